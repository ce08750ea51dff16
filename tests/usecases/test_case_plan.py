"""A case's goals, its states, and when its planned visits call for a re-evaluation."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import EditConflict, InvalidInput, Locked
from clinic_desk.usecases import cases, lockbox, today, visits
from clinic_desk.usecases.case_goals import Goal
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.support.desk import Clock

RUN = Goal("Run 5 km", "LEFS 70", date(2026, 6, 1))
STAIRS = Goal("Stairs", met_on=date(2026, 2, 1))


def correct(desk: Desk, case: UUID, **changes: object) -> None:
    held = cases.view(desk, case)
    cases.correct(desk, case, held.version, replace(held.record, **changes))


def visit(desk: Desk, case: UUID, kind: str = "") -> UUID:
    made = visits.start(desk, case, kind)
    visits.sign(desk, made, VisitContent(note=Note("Seen.")))
    return made


def due(desk: Desk, case: UUID) -> tuple[str, int] | None:
    found = cases.view(desk, case).due
    return (found.mark, found.visit) if found else None


def test_goals_are_kept_in_order_and_said_in_one_text(desk: Desk, strain: UUID) -> None:
    correct(desk, strain, goals=(STAIRS, RUN))
    assert cases.view(desk, strain).record.goals == (STAIRS, RUN)
    with desk.store.reading() as session:
        said = session.get(cases.Case, strain).goal
    assert said == "Run 5 km (LEFS 70, by 01 Jun 2026); Stairs (met 01 Feb 2026)"


def test_the_former_record_puts_a_correction_back(desk: Desk, strain: UUID) -> None:
    before = cases.view(desk, strain)
    after = cases.correct(desk, strain, before.version, replace(before.record, title="Other"))
    cases.correct(desk, strain, after, before.record)
    assert cases.view(desk, strain).record == before.record


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"onset_on": date(2030, 1, 1)}, "onset_on"),
        ({"onset_on": date(1900, 1, 1)}, "onset_on"),
        ({"planned_visits": 0}, "planned_visits"),
        ({"planned_visits": 201}, "planned_visits"),
        ({"goals": (Goal("", "LEFS"),)}, "goals"),
        ({"goals": (Goal("Run", met_on=date(2030, 1, 1)),)}, "goals"),
        ({"goals": (Goal("x" * 2001),)}, "goals"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    desk: Desk, strain: UUID, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        correct(desk, strain, **changes)
    assert field in refused.value.fields


def test_the_side_stays_once_a_visit_is_signed(desk: Desk, strain: UUID) -> None:
    was = cases.view(desk, strain).record.side
    other = Side.LEFT if was is Side.RIGHT else Side.RIGHT
    correct(desk, strain, side=other)
    correct(desk, strain, side=was)
    visit(desk, strain)
    with pytest.raises(InvalidInput) as refused:
        correct(desk, strain, side=other)
    assert "side" in refused.value.fields


def test_an_older_version_is_not_saved(desk: Desk, strain: UUID) -> None:
    held = cases.view(desk, strain)
    correct(desk, strain, title="Newer")
    with pytest.raises(EditConflict):
        cases.correct(desk, strain, held.version, held.record)


def test_a_case_rests_and_is_resumed(desk: Desk, strain: UUID) -> None:
    with pytest.raises(InvalidInput):
        cases.hold(desk, strain, " ")
    cases.hold(desk, strain, "Waits for surgery")
    held = cases.view(desk, strain)
    assert (held.status, held.why) == ("on_hold", "Waits for surgery")
    with pytest.raises(Locked):
        visits.start(desk, strain)
    with pytest.raises(Locked):
        cases.hold(desk, strain, "Again")
    cases.resume(desk, strain)
    assert cases.view(desk, strain).status == "open"
    with pytest.raises(Locked):
        cases.resume(desk, strain)


def test_a_closed_case_says_how_it_ended_and_can_be_opened_again(desk: Desk, strain: UUID) -> None:
    cases.hold(desk, strain, "Away")
    cases.close_case(desk, strain, "Back to running")
    held = cases.view(desk, strain)
    assert (held.status, held.why) == ("closed", "Back to running")
    cases.resume(desk, strain)
    held = cases.view(desk, strain)
    assert (held.status, held.why) == ("open", "")


def test_an_unsigned_visit_keeps_a_case_from_resting(desk: Desk, strain: UUID) -> None:
    visits.start(desk, strain)
    with pytest.raises(Locked):
        cases.hold(desk, strain, "Away")


def test_a_re_evaluation_is_due_at_half_and_at_the_end_of_the_plan(
    desk: Desk, strain: UUID
) -> None:
    visit(desk, strain)
    assert due(desk, strain) is None
    correct(desk, strain, planned_visits=6)
    assert due(desk, strain) is None
    visit(desk, strain, "follow_up")
    assert due(desk, strain) == ("half", 3)
    draft = visits.start(desk, strain, "re_evaluation")
    assert due(desk, strain) is None
    visits.discard(desk, draft)
    visit(desk, strain, "follow_up")
    assert due(desk, strain) == ("half", 3)
    visit(desk, strain, "re_evaluation")
    assert due(desk, strain) is None
    visit(desk, strain, "follow_up")
    assert due(desk, strain) == ("full", 6)
    visit(desk, strain, "re_evaluation")
    assert due(desk, strain) is None


def retests(desk: Desk) -> list[tuple[UUID, str]]:
    return [(one.case_id, one.detail) for one in today.today(desk).needs if one.kind == "retest"]


def test_today_says_which_cases_are_due_but_not_those_that_rest(desk: Desk, strain: UUID) -> None:
    visit(desk, strain)
    correct(desk, strain, planned_visits=2)
    said = "Left hamstring strain: re-evaluation at visit 2 of 2 planned"
    assert retests(desk) == [(strain, said)]
    cases.hold(desk, strain, "Away")
    assert retests(desk) == []


def test_of_a_closed_part_today_says_only_that_something_is_due(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    visit(desk, strain)
    correct(desk, strain, planned_visits=2)
    lockbox.close_part(desk, alex, "case", strain, "Asked for")
    assert retests(desk) == [(strain, lockbox.CLOSED_CASE)]


def test_today_names_those_that_came_due_first_and_counts_the_others(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    other = cases.open_case(desk, alex, cases.CaseDetails("Calf cramp"))
    for case in (other, strain):
        visit(desk, case)
        correct(desk, case, planned_visits=2)
        clock.move(days=1)
    page = today.today(desk, most=1)
    assert [one.case_id for one in page.needs if one.kind == "retest"] == [other]
    assert page.retests == 2
