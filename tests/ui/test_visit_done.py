"""Done today: ticked by keys, undone as one step, used as the home program."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import programs, visits
from clinic_desk.usecases.desk import Desk
from tests.ui.visit_stage import VisitStage

LINE = "tick:exercise:s1_heel_slide"
MASSAGE = "tick:treatment:manual_therapy"


@pytest.fixture
def at(desk: Desk, strain: UUID, shown, qtbot: QtBot) -> Iterator[VisitStage]:
    content = programs.from_template(desk, strain, "acute_g2_late")
    programs.prescribe(desk, strain, content)
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = VisitScreen(desk, lanes)
    shown(screen, 1310, 640)
    stage = VisitStage(screen, Place.VISIT, lanes, qtbot)
    stage.open(visits.start(desk, strain))
    yield stage
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    screen.forget()
    assert errors == []


def tick(at: VisitStage, name: str) -> None:
    """By keys alone."""
    chip = at.child(name)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)


def test_what_is_ticked_opens_its_dose_and_stands_in_the_note_at_once(at: VisitStage) -> None:
    tick(at, LINE)
    row = at.child("done:exercise:s1_heel_slide")
    assert row.sets.value() == at.screen.draft.done()[0].line.sets
    row.sets.field.setFocus()
    QTest.keyClick(row.sets.field, Qt.Key.Key_Up)
    tick(at, MASSAGE)
    text = at.child("note:objective").value()
    assert text.startswith("Done today: heel slide")
    assert f"{row.sets.value()} sets of" in text
    assert "manual therapy (10 min)" in text
    tick(at, MASSAGE)
    assert "manual therapy" not in at.child("note:objective").value()


def test_one_undo_takes_the_tick_and_its_words_away(at: VisitStage) -> None:
    tick(at, LINE)
    tick(at, MASSAGE)
    at.screen.draft.sheet.undo()
    assert not at.child(MASSAGE).isChecked()
    assert "manual therapy" not in at.child("note:objective").value()
    at.screen.draft.sheet.undo()
    assert at.screen.draft.done() == ()
    assert at.child("note:objective").value() == ""
    assert not at.child("useAsProgram").isEnabled()


def test_the_clinicians_own_words_stay_around_the_line(at: VisitStage) -> None:
    area = at.child("note:objective")
    area.setFocus()
    at.keys("Walks well.")
    tick(at, LINE)
    assert area.value().startswith("Walks well.\nDone today: heel slide")
    tick(at, LINE)
    assert area.value() == "Walks well."


def test_pain_is_not_asked_until_it_is_chosen(at: VisitStage) -> None:
    tick(at, LINE)
    row = at.child("done:exercise:s1_heel_slide")
    assert "pain" not in at.child("note:objective").value()
    row.pain.set_value(0)
    row.pain.chosen.emit(0)
    assert "pain during 0 of 10" in at.child("note:objective").value()


def test_an_exercise_of_the_library_is_added_and_used_as_home_program(
    at: VisitStage, desk: Desk, strain: UUID
) -> None:
    more = at.child("doneMore")
    more.chosen.emit("s2_calf_raise")
    assert at.child("tick:exercise:s2_calf_raise").isChecked()
    at.press("useAsProgram")
    at.settle()
    draft = programs.builder(desk, strain).draft
    assert draft is not None
    assert draft.lines[-1].exercise == "s2_calf_raise"
    assert at.said[-1] == ("1 exercise is in the program's draft.", "done")


def test_a_signed_visit_shows_what_was_done_and_nothing_to_tick(at: VisitStage, desk: Desk) -> None:
    tick(at, LINE)
    visit = at.screen.draft.view.id
    at.screen.leave()
    at.settle()
    visits.sign(desk, visit, visits.open_visit(desk, visit).content)
    at.open(visit)
    assert at.child("done:exercise:s1_heel_slide").isVisible()
    assert not at.child("done:exercise:s1_heel_slide").isEnabled()
    assert not at.child("doneMore").isVisible()
