"""Returned tick grids: what they add up to, and what can be no sheet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.clinical.adherence import Day, Sheet, by_day, by_week, checked, summed, typed
from clinic_desk.errors import InvalidInput

FIRST = date(2026, 2, 3)


def sheet(*done: int | None, pain: tuple[int | None, ...] = (), week: int = 7) -> Sheet:
    return Sheet(FIRST, 2, week, typed(done, pain))


def test_ticks_are_counted_against_what_was_asked() -> None:
    kept = summed(by_day([sheet(2, 2, 1, 0, pain=(3, 2, 5))]))
    assert kept is not None
    assert (kept.days, kept.done, kept.asked, kept.percent) == (4, 5, 8, 62)
    assert kept.worst_pain == 5


def test_a_day_that_is_not_filled_in_is_not_a_day_without_exercise() -> None:
    kept = summed(by_day([sheet(2, None, None, 2)]))
    assert kept is not None
    assert (kept.days, kept.percent) == (2, 100)


def test_a_sheet_with_pain_alone_says_nothing_about_exercise() -> None:
    kept = summed(by_day([sheet(None, None, pain=(4, 6))]))
    assert kept is not None
    assert kept.percent is None
    assert kept.worst_pain == 6


def test_rest_days_that_the_program_gives_are_no_fault() -> None:
    kept = summed(by_day([sheet(2, 0, 2, 0, 2, 0, 0, week=3)]))
    assert kept is not None
    assert kept.percent == 100


def test_a_later_sheet_corrects_an_earlier_one() -> None:
    kept = summed(by_day([sheet(0, 0), sheet(2, None)]))
    assert kept is not None
    assert kept.done == 2
    assert kept.days == 2


def test_weeks_are_counted_from_the_first_day() -> None:
    weeks = by_week([sheet(*[2] * 7, *[1] * 7)])
    assert [week.percent for week in weeks] == [100, 50]
    assert weeks[1].first == FIRST + timedelta(days=7)


def test_nothing_filled_in_adds_up_to_nothing() -> None:
    assert summed({}) is None
    assert by_week([]) == ()


@pytest.mark.parametrize(
    ("given_sheet", "field"),
    [
        (sheet(3), "days[0].done"),
        (sheet(-1), "days[0].done"),
        (sheet(1, pain=(11,)), "days[0].pain"),
        (sheet(None, None), "days"),
        (Sheet(FIRST, 2, 7, ()), "days"),
        (Sheet(FIRST, 2, 7, (Day(1),) * 43), "days"),
        (Sheet(FIRST - timedelta(days=9), 2, 7, (Day(1),)), "first"),
        (Sheet(FIRST + timedelta(days=30), 2, 7, (Day(1),)), "first"),
        (sheet(*[1] * 20), "days[15].done"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(given_sheet: Sheet, field: str) -> None:
    with pytest.raises(InvalidInput) as fault:
        checked(given_sheet, FIRST + timedelta(days=14), FIRST)
    assert field in fault.value.fields


DAYS = st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=1, max_size=42)


@given(DAYS, st.integers(1, 7))
def test_a_share_is_never_outside_0_to_100(done: list[int | None], week: int) -> None:
    kept = summed(by_day([sheet(*done, week=week)]))
    if kept is not None and kept.percent is not None:
        assert 0 <= kept.percent <= 100


@given(DAYS)
def test_the_weeks_add_up_to_the_whole(done: list[int | None]) -> None:
    whole = summed(by_day([sheet(*done)]))
    weeks = by_week([sheet(*done)])
    assert sum(week.done for week in weeks) == (whole.done if whole else 0)
