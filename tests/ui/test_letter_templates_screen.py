"""The practice edits a letter template: fields put in, faults named, tried on a case, logged."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.letter_templates import LetterTemplatesScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import letter_kinds, letter_templates, template_drafts
from clinic_desk.usecases.desk import Desk
from tests.ui.paper_stage import PaperStage, evaluated
from tests.usecases.answers import STRAIN

GP = "referral-gp"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lanes():  # type: ignore[no-untyped-def]
    made = Lanes()
    errors: list[object] = []
    made.unhandled.connect(errors.append)
    yield made
    made.wait_idle(10_000)
    made.stop()
    assert errors == []


@pytest.fixture
def at(shown, qtbot: QtBot, desk: Desk, lanes: Lanes, strain: UUID):  # type: ignore[no-untyped-def]
    evaluated(desk, strain, STRAIN)
    screen = LetterTemplatesScreen(desk, lanes)
    shown(screen, 1310, 640)
    made = PaperStage(screen, lanes, qtbot)
    made.open(Place.LETTER_TEMPLATES, extra=GP)
    yield made
    screen.leave()


def rewrite(at, part: str, text: str) -> None:  # type: ignore[no-untyped-def]
    at.screen.text.show_part(part)
    field = at.screen.text.text
    field.selectAll()
    field.insertPlainText(text)
    at.settle()


def test_the_list_says_what_ships_and_what_was_changed(at, desk: Desk) -> None:
    assert [row.state for row in at.screen.list.model.rows()] == ["shipped"] * 15
    rewrite(at, "history", "Nothing but this.")
    assert at.screen.list.state(at.screen._row()).text == "Not saved"
    at.press("saveTemplate")
    assert at.screen._row().state == "changed"
    assert letter_kinds.in_use(desk, GP).part("history").text == "Nothing but this."


def test_a_field_is_put_in_where_the_cursor_stands(at, desk: Desk) -> None:
    rewrite(at, "history", "Born , they said.")
    cursor = at.screen.text.text.textCursor()
    cursor.setPosition(5)
    at.screen.text.text.setTextCursor(cursor)
    at.write("templateFindField", "birth")
    at.press("insertField")
    assert at.screen.text.text.toPlainText() == "Born {{ born }}, they said."
    at.press("saveTemplate")
    assert letter_kinds.in_use(desk, GP).part("history").text == "Born {{ born }}, they said."


def test_the_page_on_a_real_case_follows_what_is_typed(at) -> None:
    at.until(lambda: bool(at.screen.trial.pages.pdf))
    before = at.screen.trial.pages.pdf
    rewrite(at, "history", "Something quite different.")
    at.until(lambda: at.screen.trial.pages.pdf != before)


def test_a_fault_names_line_and_part_keeps_the_page_and_cannot_be_saved(at, desk: Desk) -> None:
    at.until(lambda: bool(at.screen.trial.pages.pdf))
    before = at.screen.trial.pages.pdf
    rewrite(at, "history", "Fine.\n{{ nobody }}")
    at.until(lambda: "nobody" in at.screen.text.problem.text)
    assert at.screen.text.problem.text.startswith("Line 2:")
    assert at.screen.trial.pages.pdf == before
    at.press("saveTemplate")
    assert at.said[-1][1] == "problem"
    assert letter_templates.history(desk, GP)[0].revision == 0


def test_a_fault_in_another_part_is_reached_with_one_press(at) -> None:
    rewrite(at, "history", "{{ nobody }}")
    at.screen.text._chosen("question")
    at.until(lambda: at.visible("goToFault"))
    assert "History, line 1" in at.screen.faults.said.text()
    at.press("goToFault")
    assert at.screen.text.shown_part == "history"


def test_what_is_not_saved_stays_with_its_kind_and_is_dropped_when_asked(at) -> None:
    rewrite(at, "history", "Half a thought")
    at.screen.list.rows.choose(0)
    at.settle()
    assert at.screen._kind != GP
    assert at.screen._unsaved
    at.screen.open(Ref(Place.LETTER_TEMPLATES, extra=GP))
    at.settle()
    assert at.screen.text._edited.part("history").text == "Half a thought"
    at.press("dropTemplate")
    assert not at.screen._unsaved
    assert at.screen.text._edited.part("history").text != "Half a thought"


def test_the_log_brings_an_older_version_back(at, desk: Desk) -> None:
    for text in ("One.", "Two."):
        rewrite(at, "history", text)
        at.screen.what.set_value(f"wrote {text}")
        at.press("saveTemplate")
    at.screen.view.set_value("log")
    at.screen._turn()
    assert [one.note for one in at.screen.log.model.rows()] == ["wrote Two.", "wrote One.", ""]
    at.screen.log.rows.choose(1)
    at.press("lookVersion")
    assert at.screen.text._edited.part("history").text == "One."
    at.press("dropTemplate")
    at.screen.view.set_value("log")
    at.screen._turn()
    at.screen.log.rows.choose(1)
    at.press("restoreVersion")
    assert letter_kinds.in_use(desk, GP).part("history").text == "One."


def test_the_shipped_template_comes_back_with_one_press(at, desk: Desk) -> None:
    assert not at.visible("restoreShipped")
    rewrite(at, "history", "Ours.")
    at.press("saveTemplate")
    at.press("restoreShipped")
    assert at.screen._row().state == "shipped"
    assert letter_kinds.in_use(desk, GP).part("history").text != "Ours."


def test_a_copy_becomes_a_kind_of_the_practices_own(at, desk: Desk) -> None:
    at.press("copyTemplate")
    row = at.screen._row()
    assert (row.state, row.name) == ("own", "Referral, GP, our copy")
    at.press("restoreShipped")  # it says “Withdraw it” now
    assert at.screen._row().state == "withdrawn"


@pytest.mark.parametrize(
    ("screen", "place"), [(LettersScreen, Place.LETTERS), (SettingsScreen, Place.SETTINGS)]
)
def test_the_templates_are_reached_from_letters_and_settings(stage, desk, screen, place) -> None:  # type: ignore[no-untyped-def]
    at = stage(screen)
    at.open(place)
    at.screen.templates.click()
    assert at.asked[-1].place is Place.LETTER_TEMPLATES


def test_parts_are_added_moved_and_taken_out_by_keys_and_undone(at, desk: Desk) -> None:
    text = at.screen.text
    text.show_part("history")
    text.text.setFocus()
    QTest.keyClick(text.text, "N", CTRL_SHIFT)
    made = text.shown_part
    assert text.heading.hasFocus()
    QTest.keyClicks(text.heading, "Our note")
    QTest.keyClick(text.heading, Qt.Key.Key_Up, CTRL_SHIFT)
    order = [one.id for one in text._edited.parts]
    assert order.index(made) == order.index("history") - 1
    rewrite(at, made, "Seen by {{ clinician }}.")
    at.press("saveTemplate")
    kind = letter_kinds.in_use(desk, GP)
    assert (kind.part(made).title, kind.part(made).text) == ("Our note", "Seen by {{ clinician }}.")
    text.show_part("findings")
    QTest.keyClick(text.text, Qt.Key.Key_Delete, CTRL_SHIFT)
    assert "findings" not in [one.id for one in text._edited.parts]
    at.press("templateUndo")
    assert text._edited.part("findings").shows == "table"
    assert not at.screen._unsaved
    at.press("templateRedo")
    assert at.screen._unsaved
    at.press("saveTemplate")
    assert "findings" not in [one.id for one in letter_kinds.in_use(desk, GP).parts]
    at.press("restoreShipped")
    assert letter_kinds.in_use(desk, GP).part("findings").table


def test_typing_is_undone_text_by_text_and_leaves_nothing_unsaved(at) -> None:
    before = at.screen.text._edited
    rewrite(at, "history", "One")
    rewrite(at, "goal", "Two")
    at.press("templateUndo")
    assert at.screen.text._edited.part("goal") == before.part("goal")
    assert at.screen.text._edited.part("history").text == "One"
    at.press("templateUndo")
    assert at.screen.text._edited == before
    assert not at.screen._unsaved


def test_looking_at_another_part_changes_nothing(at) -> None:
    at.screen.text._chosen("goal")
    assert not at.screen._unsaved


def test_required_and_ticked_are_set_by_their_boxes(at, desk: Desk) -> None:
    text = at.screen.text
    text.show_part("question")
    assert not text.required.isEnabled()
    assert not text.bar.out.isEnabled()
    text.show_part("goal")
    QTest.mouseClick(text.required, Qt.MouseButton.LeftButton)
    assert not text.included.isEnabled()
    at.press("saveTemplate")
    part = letter_kinds.in_use(desk, GP).part("goal")
    assert (part.required, part.included) == (True, True)
    QTest.mouseClick(text.required, Qt.MouseButton.LeftButton)
    QTest.mouseClick(text.included, Qt.MouseButton.LeftButton)
    at.press("saveTemplate")
    part = letter_kinds.in_use(desk, GP).part("goal")
    assert (part.required, part.included) == (False, False)


def again(at, qtbot: QtBot, desk: Desk, shown) -> PaperStage:  # type: ignore[no-untyped-def]
    """The screen as it is built anew after a lock."""
    at.screen.leave()
    at.settle()
    screen = LetterTemplatesScreen(desk, at.screen.lanes)
    shown(screen, 1310, 640)
    made = PaperStage(screen, at.screen.lanes, qtbot)
    made.open(Place.LETTER_TEMPLATES, extra=GP)
    return made


def test_what_is_half_typed_is_there_again_after_a_lock(at, qtbot, desk: Desk, shown) -> None:  # type: ignore[no-untyped-def]
    typed = "Half a {{ nobody }} thought"
    rewrite(at, "history", typed)
    assert not at.screen.unkept()  # so nothing keeps the person from locking
    later = again(at, qtbot, desk, shown)
    assert later.screen.text._edited.part("history").text == typed
    assert later.screen.list.state(later.screen._row()).text == "Not saved"
    later.press("templateUndo")
    assert not later.screen._unsaved
    later.press("templateRedo")
    later.press("dropTemplate")
    assert template_drafts.kept(desk) == {}
    later.screen.leave()


def test_who_saves_second_is_told_by_whom_and_loses_nothing(at, desk: Desk) -> None:
    rewrite(at, "history", "Mine.")
    theirs = letter_templates.edit(desk, GP).with_part("history", text="Theirs.")
    letter_templates.save(desk, theirs)
    at.press("saveTemplate")
    assert at.said[-1][1] == "problem"
    assert "Dana Demo saved version 1 in the meantime" in at.said[-1][0]
    assert at.screen.text.text.toPlainText() == "Mine."
    assert letter_kinds.in_use(desk, GP).part("history").text == "Theirs."
    at.screen.view.set_value("log")
    at.screen._turn()
    before = at.screen.trial.pages.pdf
    at.press("lookVersion")  # theirs as a page, beside what is typed
    at.until(lambda: at.screen.trial.pages.pdf != before)
    assert at.screen.text._edited.part("history").text == "Mine."
    at.press("saveTemplate")
    assert letter_kinds.in_use(desk, GP).part("history").text == "Mine."
    assert letter_templates.edit(desk, GP, 1).part("history").text == "Theirs."
    assert template_drafts.kept(desk) == {}


def test_the_same_kind_is_seen_and_saved_in_another_language(at, desk: Desk) -> None:
    at.screen.list.languages.chosen.emit("de")
    at.settle()
    assert at.screen._kind == f"{GP}@de"
    at.screen.text.show_part("history")
    assert "Allergie" in at.screen.text.text.toPlainText()
    before = at.screen.trial.pages.pdf
    rewrite(at, "history", "Kurz: {{ complaint }}.")
    at.until(lambda: at.screen.trial.pages.pdf != before)
    at.press("saveTemplate")
    assert letter_templates.edit(desk, f"{GP}@de").part("history").text == "Kurz: {{ complaint }}."
    assert at.screen._row().state == "changed"
    assert len(letter_templates.history(desk, GP)) == 1
    at.press("restoreShipped")
    assert "Allergie" in letter_templates.edit(desk, f"{GP}@de").part("history").text
