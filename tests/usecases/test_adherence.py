"""A returned tick grid: entered once, kept for ever, summed up for the note and the letter."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from clinic_desk.clinical.adherence import Day, typed
from clinic_desk.errors import InvalidInput, NotFound
from clinic_desk.storage import chart_queries
from clinic_desk.usecases import (
    adherence,
    advisability,
    charts,
    letter_draft,
    programs,
    shelf,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.measured import measured_of
from tests.usecases.answers import STRAIN
from tests.usecases.conftest import Clock
from tests.usecases.test_programs import evaluated

FIRST = date(2026, 2, 3)


@pytest.fixture
def program(desk: Desk, strain: UUID) -> UUID:
    evaluated(desk, strain, STRAIN)
    return programs.prescribe(desk, strain, programs.from_template(desk, strain, "acute_g2_late"))


def test_the_sheet_to_fill_in_runs_from_the_prescription_until_today(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=6)
    sheet = adherence.blank(desk, strain)
    assert sheet is not None
    assert (sheet.program_id, sheet.first, sheet.days) == (program, FIRST, 7)
    adherence.record(desk, program, sheet.first, typed([1] * 7, []))
    assert adherence.blank(desk, strain) is None
    clock.move(days=2)
    rest = adherence.blank(desk, strain)
    assert rest is not None
    assert (rest.first, rest.days) == (date(2026, 2, 10), 2)


def test_without_a_program_there_is_no_sheet(desk: Desk, strain: UUID) -> None:
    assert adherence.blank(desk, strain) is None
    assert adherence.summary(desk, strain) is None


def test_what_came_back_is_summed_up_in_one_sentence(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=6)
    adherence.record(desk, program, FIRST, typed([2, 2, 1, 0], [3, 2, 5]))
    seen = adherence.summary(desk, strain)
    assert seen is not None
    times = adherence.blank(desk, strain)
    assert times is not None
    assert times.times_per_day == 2
    assert seen.percent == 62
    assert seen.line == (
        "Home program 03 Feb to 06 Feb 2026: 5 of 8 sessions (62 %), worst pain 5 of 10."
    )


def test_empty_days_at_the_end_are_not_entered(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=9)
    adherence.record(desk, program, FIRST, (Day(1), Day(), Day(2), Day(), Day()))
    rest = adherence.blank(desk, strain)
    assert rest is not None
    assert rest.first == date(2026, 2, 6)


def test_a_correction_is_a_later_sheet_and_the_first_one_stays(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=1)
    adherence.record(desk, program, FIRST, (Day(0),))
    adherence.record(desk, program, FIRST, (Day(2, 4),))
    seen = adherence.summary(desk, strain)
    assert seen is not None
    assert (seen.whole.done, seen.whole.worst_pain) == (2, 4)
    with desk.store.reading() as session:
        assert len(chart_queries.returned_sheets(session, strain)) == 2


def test_what_cannot_be_is_refused_and_nothing_is_kept(
    desk: Desk, strain: UUID, program: UUID
) -> None:
    for days in ((Day(9),), (Day(None),), (Day(1), Day(1))):  # the second day is still to come
        with pytest.raises(InvalidInput):
            adherence.record(desk, program, FIRST, days)
    assert adherence.summary(desk, strain) is None
    with pytest.raises(NotFound):
        adherence.record(desk, uuid4(), FIRST, (Day(1),))


def test_a_sheet_that_came_back_is_said_in_the_note_once_and_in_the_letter(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=6)
    adherence.record(desk, program, FIRST, typed([2, 2, 1, 0], [3, 2, 5]))
    visit = visits.open_visit(desk, started(desk, strain))
    seen = adherence.summary(desk, strain)
    assert seen is not None
    assert visit.home == seen.line
    content = visits.write_into_note(desk, visit, visit.content)
    assert seen.line in content.note.subjective
    assert content.note.subjective.count("home") <= 1
    with desk.store.reading() as session:
        kind = shelf.letter_kind(desk.library, "referral-gp")
        found = letter_draft.source(desk, session, strain, kind)
    part = next(one for one in kind.parts if one.id == "treatment")
    assert seen.line in part.fill(found.values)


def test_a_sheet_before_the_last_signed_visit_is_not_said_again(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=3)
    adherence.record(desk, program, FIRST, typed([2, 2], [3]))
    first = started(desk, strain)
    content = visits.open_visit(desk, first).content
    content = replace(content, note=visits.Note("Better.", "", "", ""))
    visits.sign(desk, first, content)
    clock.move(days=1)
    second = visits.open_visit(desk, visits.start(desk, strain))
    assert second.home == ""
    assert second.content.carried["adherence_pct"].value == 100


def test_gates_read_the_sheet_with_its_day_and_a_later_answer_counts_more(
    desk: Desk, strain: UUID, program: UUID, clock: Clock
) -> None:
    clock.move(days=6)
    adherence.record(desk, program, FIRST, typed([2, 2, 1, 0], [3, 2, 5]))
    with desk.store.reading() as session:
        seen = measured_of(desk, session, charts.case(session, strain))
    assert seen is not None
    assert seen.answers["adherence_pct"] == 62
    assert seen.answers["home_pain_worst"] == 5
    assert seen.dates["adherence_pct"] == date(2026, 2, 6)


@pytest.mark.parametrize(
    ("ticks", "pains", "states"),
    [
        ([2, 2, 2, 2], [1, 2, 0], ("met", "met")),
        ([2, 2, 1, 0], [3, 2, 5], ("not_met", "not_met")),
        ([2, 2, 2, 2], [], ("not_measured", "met")),
        ([], [], ("not_measured", "not_measured")),
    ],
)
def test_a_returned_sheet_meets_or_fails_the_home_gates_with_value_and_day(
    desk: Desk,
    strain: UUID,
    program: UUID,
    clock: Clock,
    ticks: list[int],
    pains: list[int],
    states: tuple[str, str],
) -> None:
    clock.move(days=6)
    if ticks:
        adherence.record(desk, program, FIRST, typed(ticks, pains))
    with desk.store.reading() as session:
        seen = measured_of(desk, session, charts.case(session, strain))
    found = advisability.criteria(shelf.template(desk.library, "comp_2"), seen)
    pain, kept = (next(one for one in found if word in one.text) for word in ("pain", "sessions"))
    assert (pain.state, kept.state) == states
    assert all(one.working and one.source for one in (pain, kept))
    assert all(bool(one.detail) == (one.state != "not_measured") for one in (pain, kept))
    if kept.detail:
        assert kept.detail.endswith("% on 06 Feb 2026")


def started(desk: Desk, case: UUID) -> UUID:
    """A new visit, after the fixture's own is discarded."""
    visits.discard(desk, visits.start(desk, case))
    return visits.start(desk, case)
