"""A note under supervision on screen: what the student sees, and what the supervisor does."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import contact_entries, cosign, people, today, visits
from clinic_desk.usecases.contact_entries import EntryContent
from clinic_desk.usecases.cosign import NoteRef
from clinic_desk.usecases.desk import Actor, Desk
from clinic_desk.usecases.people import PersonDetails
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.support.records import PASSPHRASE
from tests.ui.desk_stage import press


@pytest.fixture
def student(desk: Desk) -> Desk:
    details = PersonDetails("Sam Student", "student", "", "student", desk.actor.id)
    key = people.add(desk, details, PASSPHRASE, "the student's own words")
    return replace(desk, actor=Actor(key, "Sam Student", "student"))


@pytest.fixture
def note(student: Desk, strain: UUID) -> UUID:
    visit = visits.start(student, strain)
    visits.sign(student, visit, VisitContent(Note(subjective="Runs again without pain.")))
    return visit


def _as(at, desk: Desk) -> None:
    """The same screen with another person at the desk."""
    at.screen.desk = desk
    at.screen.supervision._desk = desk


def test_the_supervisor_co_signs_by_the_filled_button(stage, desk: Desk, note: UUID) -> None:
    at = stage(VisitScreen)
    at.open(Place.VISIT, note)
    at.settle()
    assert at.screen.supervision.isVisible()
    assert "awaiting co-signature" in at.screen.state.text
    assert at.screen.primary() is at.screen.supervision.cosign
    assert at.screen.supervision.cosign.hasFocus()
    press(at.screen.primary())
    at.settle()
    view = visits.open_visit(desk, note)
    assert view.cosigning is not None
    assert view.cosigning.state == "cosigned"
    assert "co-signed by Dana Demo" in at.screen.state.text
    assert at.screen.primary() is at.screen.add


def test_a_remark_is_asked_for_and_gives_the_note_back(
    stage, desk: Desk, student: Desk, note: UUID
) -> None:
    at = stage(VisitScreen)
    at.open(Place.VISIT, note)
    at.settle()
    card = at.screen.supervision
    press(card.back)
    at.settle()
    assert "Say what" in card.problem.text
    card.remark.set_value("Say which tests were done.")
    press(card.cosign)  # a remark that would be lost stops the co-signature
    at.settle()
    assert "remark" in card.problem.text
    press(card.back)
    at.settle()
    assert card.chip.text == "Given back"
    theirs = [one for one in today.today(student).needs if one.kind == "returned"]
    assert [one.visit_id for one in theirs] == [note]


def test_the_student_sees_that_it_waits_and_can_only_add(stage, student: Desk, note: UUID) -> None:
    at = stage(VisitScreen)
    _as(at, student)
    at.open(Place.VISIT, note)
    at.settle()
    assert at.screen.supervision.isVisible()
    assert not at.screen.supervision.cosign.isVisible()
    assert not at.screen.supervision.back.isVisible()
    assert at.screen.primary() is at.screen.add


def test_an_addendum_that_is_being_typed_comes_before_the_co_signature(stage, note: UUID) -> None:
    at = stage(VisitScreen)
    at.open(Place.VISIT, note)
    at.settle()
    at.screen.addenda.text.set_value("Seen together.")
    at.screen.addenda.text.changed.emit()
    assert at.screen.primary() is at.screen.add
    assert not at.screen.supervision.cosign.isVisible()


def test_a_call_is_co_signed_on_its_own_page(
    stage, desk: Desk, student: Desk, strain: UUID
) -> None:
    content = EntryContent("phone", "the patient", desk.now(), "Asked about sitting; advised.")
    entry = contact_entries.sign(student, strain, content)
    at = stage(ContactEntryScreen)
    at.open(Place.CONTACT_ENTRY, entry)
    at.settle()
    press(at.screen.primary())
    at.settle()
    seen = contact_entries.open_entry(desk, entry).cosigning
    assert seen is not None
    assert seen.state == "cosigned"


def test_today_of_the_supervisor_leads_to_the_note(stage, desk: Desk, note: UUID) -> None:
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    at.settle()
    needs = [one for one in at.screen.needs._needs if one.kind == "cosign"]
    assert [one.detail for one in needs] == ["First evaluation, visit 1, by Sam Student"]
    asked: list[object] = []
    at.screen.open_requested.connect(asked.append)
    at.screen.needs.pressed.emit(needs[0])
    assert [(one.place, one.id) for one in asked] == [(Place.VISIT, note)]
    cosign.co_sign(desk, NoteRef(note))
    assert not [one for one in today.today(desk).needs if one.kind == "cosign"]


def test_others_work_is_shown_on_today_by_the_filter(
    stage, desk: Desk, student: Desk, strain: UUID
) -> None:
    visits.start(student, strain)
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    at.settle()
    card = at.screen.needs
    assert card.whose.isVisible()
    shown = len(card._widgets)
    card.whose.set_value("all")
    card.whose.changed.emit()
    assert len(card._widgets) > shown


def test_a_single_person_has_no_filter(stage, desk: Desk, strain: UUID) -> None:
    visits.start(desk, strain)
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    at.settle()
    assert not at.screen.needs.whose.isVisible()
