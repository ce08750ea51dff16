"""The note's fields: the practice's headings, carrying forward, and one undo for all of it."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts.note_templates_card import NoteTemplatesCard
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import note_templates, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.note_templates import Heading, NoteTemplate
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.ui.visit_stage import VisitStage

CTRL = Qt.KeyboardModifier.ControlModifier
OWN = NoteTemplate("Short", (Heading("How it went", "subjective"), Heading("Next", "plan")))


@pytest.fixture
def at(desk: Desk, strain: UUID, shown, qtbot: QtBot) -> Iterator[VisitStage]:
    note_templates.save(desk, note_templates.listed(desk), (OWN,))
    first = visits.start(desk, strain)
    visits.sign(desk, first, VisitContent(note=Note(subjective="Sore.", plan="Bridges daily.")))
    lanes = Lanes()
    screen = VisitScreen(desk, lanes)
    shown(screen, 1310, 640)
    stage = VisitStage(screen, Place.VISIT, lanes, qtbot)
    stage.open(visits.start(desk, strain, "follow_up"))
    yield stage
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    screen.forget()


def test_the_last_words_are_carried_tinted_until_they_are_touched(at: VisitStage) -> None:
    at.press("carry:plan")
    area = at.child("note:plan")
    assert area.value() == "Bridges daily."
    assert area.tinted
    assert "not touched" in at.child("carried:plan").text()
    assert "Plan" in at.child("untouched").text()
    assert not at.child("carry:plan").isVisible()
    at.keys(" Twice.")
    assert not area.tinted
    assert at.child("carried:plan").text() == ""


def test_carrying_forward_is_one_step_of_undo(at: VisitStage) -> None:
    at.press("carry:plan")
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.child("note:plan").value() == ""
    assert not at.child("note:plan").tinted
    assert at.child("carry:plan").isVisible()


def test_another_layout_keeps_what_is_written_and_is_undone(at: VisitStage, desk: Desk) -> None:
    at.keys("Less sore.")
    at.child("note:objective").setFocus()
    at.keys("SLR 80.")
    choice = at.screen.note.layout_choice
    choice.set_value("Short")
    choice.chosen.emit("Short")
    at.settle()
    areas = at.screen.note.areas
    assert [area.accessibleName() for area in areas.values()] == [
        "How it went", "Next", "Objective",
    ]  # fmt: skip
    assert areas["subjective"].value() == "Less sore."
    assert areas["objective"].value() == "SLR 80."
    assert at.child("last:plan").text() == "Bridges daily."
    at.screen.undo_last()
    at.settle()
    assert list(at.screen.note.areas) == ["subjective", "objective", "assessment", "plan"]
    at.screen.redo_last()
    at.screen.leave()
    at.settle()
    kept = visits.open_visit(desk, at.screen.draft.view.id).content
    assert kept.layout.name == "Short"
    assert kept.note.objective == "SLR 80."


def test_a_signed_note_opens_under_its_own_headings(at: VisitStage, desk: Desk) -> None:
    at.keys("Fine.")
    choice = at.screen.note.layout_choice
    choice.set_value("Short")
    choice.chosen.emit("Short")
    at.settle()
    at.press("signButton")
    note_templates.save(desk, note_templates.listed(desk), ())
    at.open(at.screen.draft.view.id)
    assert [area.accessibleName() for area in at.screen.note.areas.values()] == [
        "How it went", "Next",
    ]  # fmt: skip
    assert at.screen.note.first.isReadOnly()
    assert at.screen.note.layout_choice.value() == "Short"


def test_a_late_note_says_both_times(at: VisitStage, clock) -> None:
    visit = at.screen.draft.view.id
    clock.move(days=2)
    at.open(visit)
    assert at.screen.note.header.hint.text().startswith("Late entry: care on")


def test_templates_are_made_in_settings_and_taken_back(desk: Desk, shown) -> None:
    lanes = Lanes()
    card = NoteTemplatesCard(desk, lanes)
    shown(card, 500, 800)
    undos: list = []
    card.undoable.connect(lambda _text, undo: undos.append(undo))
    card.look()
    lanes.wait_idle(5_000)
    before = note_templates.listed(desk)
    QTest.mouseClick(card.new, Qt.MouseButton.LeftButton)
    card.name.set_value("Mine")
    card.sections.set_value([{"title": "All", "part": "subjective"}])
    card.kinds["follow_up"].setChecked(True)
    QTest.mouseClick(card.save, Qt.MouseButton.LeftButton)
    lanes.wait_idle(5_000)
    mine = NoteTemplate("Mine", (Heading("All", "subjective"),), ("follow_up",))
    assert mine in note_templates.listed(desk)
    undos[-1]()
    lanes.wait_idle(5_000)
    lanes.stop()
    assert note_templates.listed(desk) == before
