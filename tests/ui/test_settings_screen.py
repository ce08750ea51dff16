"""Settings on a real encrypted store: found, applied at once, taken back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk import settings
from clinic_desk.errors import AccessDenied
from clinic_desk.settings import Settings
from clinic_desk.ui import theme
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.problems import Problems
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import exports, letter_images, practice, retention
from clinic_desk.usecases.desk import Desk
from tests.support.records import PASSPHRASE
from tests.ui.desk_stage import press


def offered(at) -> list:
    """What the message bar's Undo would call."""
    offers: list = []
    at.screen.undoable.connect(lambda _text, undo: offers.append(undo))
    return offers


def test_the_letterhead_is_saved_and_read_back(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    assert at.screen.letterhead.name.value() == "Example Street Physiotherapy"
    at.screen.letterhead.phone.set_value("555-0177")
    at.screen.letterhead.paper.set_value("letter")
    press(at.screen.save)
    at.settle()
    kept = practice.view(desk).practice
    assert (kept.phone, kept.paper) == ("555-0177", "letter")


def test_leaving_the_settings_saves_what_was_typed(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.leave()
    at.settle()
    assert at.said == []  # nothing was changed
    at.screen.letterhead.phone.set_value("555-0178")
    at.screen.leave()
    at.settle()
    assert practice.view(desk).practice.phone == "555-0178"


def test_a_practice_without_a_name_is_refused_beside_the_field(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.letterhead.name.set_value(" ")
    press(at.screen.save)
    at.settle()
    assert "name" in at.screen.letterhead.form.problems()
    assert practice.view(desk).practice.name == "Example Street Physiotherapy"


def test_the_look_applies_at_once_and_is_kept(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.looks.theme.set_value("dark")
    at.screen.looks.theme.changed.emit()
    assert theme.is_dark()
    assert settings.load(desk.store.folder) == Settings(theme="dark", zoom=100)


def test_the_passphrase_is_changed_only_by_who_knows_it(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)

    def change(old: str, new: str, again: str) -> dict[str, str]:
        for field, text in (
            (at.screen.passphrase.old, old),
            (at.screen.passphrase.new, new),
            (at.screen.passphrase.again, again),
        ):
            field.set_value(text)
        at.screen.passphrase._change()
        at.settle()
        return at.screen.passphrase.keys.problems()

    assert "again" in change(PASSPHRASE, "a new passphrase", "another passphrase")
    assert "old" in change("not the passphrase", "a new passphrase", "a new passphrase")
    assert change(PASSPHRASE, "a new passphrase", "a new passphrase") == {}
    folder = desk.store.folder
    with pytest.raises(AccessDenied):
        practice.unlock(folder, desk.library, PASSPHRASE)
    practice.unlock(folder, desk.library, "a new passphrase").store.close()


def test_the_address_book_opens_from_the_settings(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    press(at.screen.contacts)
    assert at.asked == [Ref(Place.CONTACTS)]


@pytest.mark.parametrize(
    ("typed", "control"),
    [
        ("dark", lambda screen: screen.looks.theme),
        ("font", lambda screen: screen.looks.zoom),
        ("text size", lambda screen: screen.looks.zoom),
        ("paper", lambda screen: screen.letterhead.paper),
        ("password", lambda screen: screen.passphrase.old),
        ("keep years", lambda screen: screen.retention.country),
        ("units", lambda screen: screen.habits.weight),
        ("reminders", lambda screen: screen.habits.soon),
        ("german", lambda screen: screen.habits.language),
        ("snipets", lambda screen: screen.snippets.new),  # mistyped
    ],
)
def test_a_setting_is_found_by_its_words_and_brought_into_view(
    stage, desk: Desk, typed: str, control
) -> None:
    at = stage(SettingsScreen)
    at.screen.resize(1294, 500)
    at.open(Place.SETTINGS)
    QTest.keyClicks(at.screen.search.field, typed)
    assert at.screen.search.hits()
    QTest.keyClick(at.screen.search.field, Qt.Key.Key_Return)
    wanted = control(at.screen)
    focus = QApplication.focusWidget()
    assert focus in (wanted, *wanted.findChildren(QWidget))
    at.until(lambda: wanted.visibleRegion().boundingRect().height() > 10)
    assert at.screen.search.field.value() == ""


def test_a_found_setting_is_gone_to_by_the_arrow_and_enter(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    QTest.keyClicks(at.screen.search.field, "text size")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert at.screen.looks.zoom.isAncestorOf(QApplication.focusWidget())


def test_habits_are_kept_at_once_and_taken_back_one_after_the_other(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    card = at.screen.habits
    for field, value, told in (
        (card.language, "de", card.language.chosen),
        (card.weight, "lb", card.weight.changed),
        (card.temperature, "f", card.temperature.changed),
        (card.soon, 14, card.soon.changed),
        (card.retest, 35, card.retest.changed),
    ):
        field.set_value(value)
        told.emit(value) if told is card.language.chosen else told.emit()
    kept = settings.load(desk.store.folder)
    assert kept == Settings(
        language="de", weight="lb", temperature="f", soon_days=14, retest_days=35
    )
    for _step in range(2):
        at.screen.take_back()
    assert settings.load(desk.store.folder) == Settings(language="de", weight="lb", temperature="f")
    assert (card.soon.value(), card.retest.value()) == (7, 28)


def test_a_word_that_no_setting_has_is_said(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    QTest.keyClicks(at.screen.search.field, "zzzz")
    assert at.screen.search.hits() == []
    assert "zzzz" in at.screen.search.nothing.text()
    assert at.screen.search.nothing.isVisible()


def test_a_typed_line_is_kept_when_it_is_left_and_taken_back(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    offers = offered(at)
    was = practice.view(desk).practice.phone
    at.screen.letterhead.phone.setFocus()
    at.screen.letterhead.phone.set_value("555-0179 ")
    at.screen.letterhead.email.setFocus()
    at.settle()
    assert practice.view(desk).practice.phone == "555-0179"
    assert at.screen.letterhead.phone.value() == "555-0179"
    assert len(offers) == 1
    offers[-1]()
    at.settle()
    assert practice.view(desk).practice.phone == was
    assert at.screen.letterhead.phone.value() == was


def test_changes_of_different_parts_are_taken_back_one_after_the_other(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    offers = offered(at)
    at.screen.looks.theme.set_value("dark")
    at.screen.looks.theme.changed.emit()
    at.screen.retention.country.set_value("DE")
    at.screen.retention.country.chosen.emit("DE")
    at.settle()
    at.screen.letterhead.paper.set_value("letter")
    at.screen.letterhead.paper.chosen.emit("letter")
    at.settle()
    assert len(offers) == 3
    assert (retention.chosen_country(desk), practice.view(desk).practice.paper) == ("DE", "letter")
    undo = QKeySequence(QKeySequence.StandardKey.Undo)[0]
    at.screen.save.setFocus()  # not in a line, whose own Ctrl+Z comes first
    for _step in range(3):
        QTest.keyClick(at.screen.save, undo.key(), undo.keyboardModifiers())
        at.settle()
    assert (retention.chosen_country(desk), practice.view(desk).practice.paper) == ("", "a4")
    assert not theme.is_dark()
    assert settings.load(desk.store.folder).theme == "system"


def test_screens_are_made_anew_for_another_zoom(shown, qapp, desk: Desk) -> None:
    lanes = Lanes()
    window = shown(MainWindow(), 1366, 768)
    nav = Navigator(window, desk, lanes, Problems(window, window.message))
    nav.go(Ref(Place.TODAY))
    first = nav.screen
    nav.go(Ref(Place.SETTINGS))
    nav.go(Ref(Place.TODAY))
    assert nav.screen is first
    theme.apply(qapp, "light", 150)
    nav.go(Ref(Place.SETTINGS))
    nav.go(Ref(Place.TODAY))
    assert nav.screen is not first
    assert lanes.wait_idle(10_000)
    assert lanes.stop()


def picture(tmp_path: Path, colour: str = "navy") -> Path:
    image = Image.new("RGB", (200, 80), "white")
    ImageDraw.Draw(image).rectangle((20, 20, 180, 60), fill=colour)
    path = tmp_path / f"{colour}.png"
    image.save(path)
    return path


def test_website_registrations_and_envelope_are_saved_and_read_back(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.letterhead.website.set_value("www.clinic.example")
    at.screen.letterhead.registrations.set_value("Company 1\nProvider 2")
    at.screen.letterhead.envelope.set_value("dl")
    press(at.screen.save)
    at.settle()
    kept = practice.view(desk).practice
    assert (kept.website, kept.registrations, kept.envelope) == (
        "www.clinic.example",
        "Company 1\nProvider 2",
        "dl",
    )
    assert at.screen.letterhead.envelope.value() == "dl"


def test_a_letterhead_too_high_for_the_window_is_refused_beside_the_field(
    stage, desk: Desk
) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.letterhead.registrations.set_value("\n".join("abcdefghijkl"))
    at.screen.letterhead.envelope.set_value("us10")
    press(at.screen.save)
    at.settle()
    assert "too high" in at.screen.letterhead.form.problems()["envelope"]
    assert practice.view(desk).practice.envelope == "none"


def test_logo_and_signature_are_chosen_shown_and_removed(stage, desk: Desk, tmp_path: Path) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    for chooser, read in (
        (at.screen.letterhead.logo, letter_images.logo),
        (at.screen.signature, letter_images.signature),
    ):
        assert not chooser.drop.isVisible()
        chooser.take(picture(tmp_path))
        at.settle()
        assert chooser.image == read(desk)
        assert not chooser.seen.pixmap().isNull()
        press(chooser.drop)
        at.settle()
        assert read(desk) is None
        assert not chooser.seen.isVisible()


def test_a_file_that_is_no_picture_is_refused_where_it_was_chosen(
    stage, desk: Desk, tmp_path: Path
) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    wrong = tmp_path / "logo.png"
    wrong.write_text("<svg/>", encoding="utf-8")
    at.screen.letterhead.logo.take(wrong)
    at.settle()
    assert "no JPEG, PNG or WebP" in at.screen.letterhead.logo.problem.text
    at.screen.letterhead.logo.take(tmp_path / "gone.png")
    at.settle()
    assert "cannot be read" in at.screen.letterhead.logo.problem.text


def test_the_test_page_shows_what_was_just_typed(stage, desk: Desk, tmp_path: Path) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.letterhead.envelope.set_value("c5")
    at.screen.letterhead.website.set_value("www.clinic.example")
    at.screen.save_test(tmp_path / "page.pdf")
    at.settle()
    text = PdfReader(tmp_path / "page.pdf").pages[0].extract_text()
    assert "www.clinic.example" in text
    assert "Fold once at the mark" in " ".join(text.split())
    assert practice.view(desk).practice.envelope == "c5"


def test_why_letters_cannot_be_signed_digitally_is_said(
    stage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "can_sign", lambda: False)
    at = stage(SettingsScreen)
    assert "pyHanko is not installed" in at.screen.you.signing.text()


def test_a_logo_is_taken_back_to_the_one_before(stage, desk: Desk, tmp_path: Path) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    offers = offered(at)
    at.screen.letterhead.logo.take(picture(tmp_path))
    at.settle()
    first = letter_images.logo(desk)
    at.screen.letterhead.logo.take(picture(tmp_path, "maroon"))
    at.settle()
    at.screen.letterhead.logo.drop.click()
    at.settle()
    assert letter_images.logo(desk) is None
    for left in (2, 1):
        offers[left]()
        at.settle()
    assert letter_images.logo(desk) == first
    assert at.screen.letterhead.logo.image == first
    assert [text for text, _kind in at.said if "Logo" in text] == [
        "Logo saved. New letters carry it.",
        "Logo saved. New letters carry it.",
        "Logo removed. What was issued keeps it.",
    ]


def test_what_a_colleague_changed_meanwhile_is_shown_and_kept(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    offers = offered(at)
    seen = practice.view(desk)
    practice.correct(
        desk, seen.version, replace(seen.practice, website="a.example"), seen.clinician
    )
    at.screen.letterhead.phone.setFocus()
    at.screen.letterhead.phone.set_value("555-0179")
    at.screen.letterhead.email.setFocus()
    at.settle()
    assert at.screen.letterhead.website.value() == "a.example"
    offers[-1]()
    at.settle()
    kept = practice.view(desk).practice
    assert (kept.phone, kept.website) == (seen.practice.phone, "a.example")
    assert at.screen.letterhead.phone.value() == seen.practice.phone


@pytest.mark.parametrize(("width", "columns"), [(1366, 2), (1050, 2), (1020, 1), (640, 1)])
def test_no_card_is_cut_off_in_a_narrow_window(stage, width: int, columns: int) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    for wide in (1366, width):
        at.screen.window().resize(wide, 700)
        QApplication.sendPostedEvents()
    assert [at.screen.left.isVisible(), at.screen.right.isVisible()].count(True) == columns
    for column in (at.screen.left, at.screen.right):
        least = column.holder.minimumSizeHint().width()
        assert column.isHidden() or least <= column.viewport().width()
