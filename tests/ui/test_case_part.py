"""The case on the patient's page: edited, met, put on hold, closed, and taken back."""

from uuid import UUID

import pytest
from PySide6.QtWidgets import QAbstractButton

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.usecases import cases, visits
from clinic_desk.usecases.case_goals import Goal
from clinic_desk.usecases.cases import CaseRecord
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.ui.desk_stage import Stage, press


@pytest.fixture
def at(stage, desk: Desk, alex: UUID, strain: UUID) -> Stage:
    found = stage(PatientScreen)
    found.undo = []
    found.screen.undoable.connect(lambda text, act: found.undo.append((text, act)))
    found.open(Place.PATIENT, alex)
    found.settle()
    return found


def record(desk: Desk, case: UUID) -> CaseRecord:
    return cases.view(desk, case).record


def test_a_case_is_edited_in_place_and_taken_back(at: Stage, desk: Desk, strain: UUID) -> None:
    part, before = at.screen.case_part, record(desk, strain)
    press(part.card.edit)
    part.form.planned.set_value("6")
    part.form.goals.set_value(
        [{"text": "Run 5 km", "target": "LEFS 70", "due_on": "1 jun 2026", "met_on": ""}]
    )
    press(part.form.save)
    at.settle()
    after = record(desk, strain)
    assert after.planned_visits == 6
    assert [one.text for one in after.goals] == ["Run 5 km"]
    assert part.form.isHidden()
    at.undo[-1][1]()
    at.settle()
    assert record(desk, strain) == before


def test_a_goal_is_met_with_one_press(at: Stage, desk: Desk, strain: UUID) -> None:
    held = cases.view(desk, strain)
    goals = (Goal("Stairs"), Goal("Run"))
    cases.correct(
        desk, strain, held.version, CaseRecord(held.record.title, held.record.side, None, goals)
    )
    at.screen.case_part.show_case(strain)
    at.settle()
    button = at.screen.findChild(QAbstractButton, "goalMet:1")
    press(button)
    at.settle()
    assert [one.met_on for one in record(desk, strain).goals] == [None, desk.today()]


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_saved(
    at: Stage, desk: Desk, strain: UUID
) -> None:
    part, before = at.screen.case_part, record(desk, strain)
    press(part.card.edit)
    part.form.goals.set_value([{"text": "Run", "target": "", "due_on": "soon", "met_on": ""}])
    press(part.form.save)
    at.settle()
    assert "Line 1" in part.form.form.problems()["goals"]
    assert record(desk, strain) == before


def test_holding_stops_visits_until_the_case_is_resumed(
    at: Stage, desk: Desk, strain: UUID
) -> None:
    part = at.screen.case_part
    press(part.card.rest)
    press(part.hold_form.act)
    at.settle()
    assert part.hold_form.form.problems()["reason"]
    part.hold_form.outcome.set_value("Waits for surgery")
    press(part.hold_form.act)
    at.settle()
    assert cases.view(desk, strain).status == "on_hold"
    assert part.card.state.text == "On hold"
    press(at.screen.start)
    at.settle()
    assert at.said[-1][1] == "problem"
    at.undo[-1][1]()
    at.settle()
    assert cases.view(desk, strain).status == "open"


def test_closing_is_taken_back(at: Stage, desk: Desk, strain: UUID) -> None:
    part = at.screen.case_part
    press(part.card.end)
    part.close_form.outcome.set_value("Back to running")
    press(part.close_form.act)
    at.settle()
    assert cases.view(desk, strain).status == "closed"
    at.undo[-1][1]()
    at.settle()
    assert cases.view(desk, strain).status == "open"


def test_a_due_re_evaluation_is_shown(at: Stage, desk: Desk, strain: UUID) -> None:
    made = visits.start(desk, strain)
    visits.sign(desk, made, VisitContent(note=Note("Seen.")))
    held = cases.view(desk, strain)
    cases.correct(
        desk, strain, held.version, CaseRecord(held.record.title, held.record.side, None, (), 2)
    )
    at.screen.case_part.show_case(strain)
    at.settle()
    assert at.screen.case_part.card.due.isVisible()
    assert "2 of 2" in at.screen.case_part.card.due.text


def test_a_note_without_an_evaluation_starts_from_the_page(
    at: Stage, desk: Desk, strain: UUID
) -> None:
    press(at.screen.note)
    at.settle()
    visit = at.asked[-1].id
    assert visits.open_visit(desk, visit).kind == "follow_up"


def test_tab_goes_through_a_form_where_it_stands_though_it_is_made_late(
    stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    part = at.screen.case_part
    press(part.card.end)
    at.settle()
    chain = [at.screen.cases.new.nextInFocusChain()]
    while chain[-1] is not at.screen.cases.new:
        chain.append(chain[-1].nextInFocusChain())
    places = [
        chain.index(one)
        for one in (part.close_form.outcome, part.close_form.act, part.card.edit, part.card.end)
    ]
    assert places == sorted(places)
    assert chain.index(part.card.edit) < chain.index(at.screen.loops.card.order)
