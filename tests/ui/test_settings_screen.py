"""Settings on a real encrypted store: letterhead, look, passphrase, contacts."""

import pytest

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
from clinic_desk.usecases import contacts, practice
from clinic_desk.usecases.desk import Desk
from tests.support.records import PASSPHRASE
from tests.ui.desk_stage import press


def test_the_letterhead_is_saved_and_read_back(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    assert at.screen.name.value() == "Example Street Physiotherapy"
    at.screen.phone.set_value("555-0177")
    at.screen.paper.set_value("letter")
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
    at.screen.phone.set_value("555-0178")
    at.screen.leave()
    at.settle()
    assert practice.view(desk).practice.phone == "555-0178"


def test_a_practice_without_a_name_is_refused_beside_the_field(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.name.set_value(" ")
    press(at.screen.save)
    at.settle()
    assert "name" in at.screen.form.problems()
    assert practice.view(desk).practice.name == "Example Street Physiotherapy"


def test_the_look_applies_at_once_and_is_kept(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.screen.theme.set_value("dark")
    at.screen.theme.changed.emit()
    assert theme.is_dark()
    assert settings.load(desk.store.folder) == Settings(theme="dark", zoom=100)


def test_the_passphrase_is_changed_only_by_who_knows_it(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)

    def change(old: str, new: str, again: str) -> dict[str, str]:
        for field, text in ((at.screen.old, old), (at.screen.new, new), (at.screen.again, again)):
            field.set_value(text)
        at.screen._change()
        at.settle()
        return at.screen.keys.problems()

    assert "again" in change(PASSPHRASE, "a new passphrase", "another passphrase")
    assert "old" in change("not the passphrase", "a new passphrase", "a new passphrase")
    assert change(PASSPHRASE, "a new passphrase", "a new passphrase") == {}
    folder = desk.store.folder
    with pytest.raises(AccessDenied):
        practice.unlock(folder, desk.library, PASSPHRASE)
    practice.unlock(folder, desk.library, "a new passphrase").store.close()


def test_a_contact_is_added_in_settings(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    press(at.screen.contacts.new)
    at.screen.contacts.form.name.set_value("Dr Pat Sample")
    at.screen.contacts.form.saved.emit()
    at.settle()
    assert [row.details.name for row in contacts.listed(desk)] == ["Dr Pat Sample"]
    assert len(at.screen.contacts._rows) == 1


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
