"""Whose evaluation is due again, over all running cases."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from clinic_desk.storage import due_queries
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.due_queries import CaseLine
from clinic_desk.usecases import case_plan, words
from clinic_desk.usecases.case_plan import Due


class Retest(NamedTuple):
    """A case that is to be evaluated again, from a day on; `why` in words."""

    on: date
    why: str
    case: CaseLine


def due(session: Reading, now: date, after_days: int, most: int) -> tuple[tuple[Retest, ...], int]:
    """The running cases whose program's day of review came, whose planned visits are half or
    wholly done, or whose last plan says to re-test without a day and lies `after_days` back. Who
    is booked to be evaluated needs nothing more.

    The `most` that were due first, and how many there are in all.
    """
    found: dict[UUID, tuple[date, Callable[[], str]]] = {}
    for case_id, on in due_queries.reviews(session, now):
        found[case_id] = (on, partial(_review, on))
    for line in due_queries.half_way(session, now):
        mark = case_plan.due_of(line.planned, line.signed, line.evaluated)
        if mark is not None:
            on = words.local(line.last_care).date()
            found.setdefault(line.case_id, (on, partial(_by_plan, mark)))
    before = datetime.combine(now - timedelta(days=after_days - 1), time.min).astimezone()
    for case_id, care_at, count in due_queries.planned_to_retest(session, now, before):
        seen = words.local(care_at).date()
        on = seen + timedelta(days=after_days)
        found.setdefault(case_id, (on, partial(_planned, count, seen)))
    first = sorted(found, key=lambda one: found[one][0])[:most]
    cases = due_queries.lines(session, first)
    return tuple(Retest(found[one][0], found[one][1](), cases[one]) for one in first), len(found)


def _review(on: date) -> str:
    return f"review of the program on {words.day(on)}"


def _by_plan(mark: Due) -> str:
    return f"re-evaluation at visit {mark.visit} of {mark.planned} planned"


def _planned(count: int, seen: date) -> str:
    return f"{words.counted(count, 're-test', 're-tests')} planned on {words.day(seen)}"
