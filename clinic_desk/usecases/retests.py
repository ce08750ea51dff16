"""Whose evaluation is due again, over all running cases."""

from datetime import date, timedelta
from typing import NamedTuple

from clinic_desk.clinical import visit_plan
from clinic_desk.clinical.visit_plan import Due
from clinic_desk.storage import due_queries
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.due_queries import CaseLine, PlanLine
from clinic_desk.usecases import words


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
    waiting = due_queries.due(session, now, now - timedelta(days=after_days - 1))
    first = waiting[:most]
    reviews = due_queries.reviews(session, first)
    plans = {one.case_id: one for one in due_queries.plans(session, first)}
    planned = due_queries.retests(session, first)
    found = []
    for case_id, case in due_queries.lines(session, first).items():
        if reviews.get(case_id, date.max) <= now:
            found.append(_review(reviews[case_id], case))
        elif (mark := _mark(plans.get(case_id))) is not None:
            found.append(_by_plan(mark, plans[case_id], case))
        elif case_id in planned:
            care_at, count = planned[case_id]
            found.append(_planned(words.local(care_at).date(), count, after_days, case))
    return tuple(sorted(found, key=lambda one: one.on)), len(waiting)


def _review(on: date, case: CaseLine) -> Retest:
    return Retest(on, f"review of the program on {words.day(on)}", case)


def _mark(plan: PlanLine | None) -> Due | None:
    return plan and visit_plan.due(plan.planned, plan.signed, plan.evaluated)


def _by_plan(mark: Due, plan: PlanLine, case: CaseLine) -> Retest:
    why = f"re-evaluation at visit {mark.visit} of {mark.planned} planned"
    return Retest(words.local(plan.last_care).date(), why, case)


def _planned(seen: date, count: int, after_days: int, case: CaseLine) -> Retest:
    why = f"{words.counted(count, 're-test', 're-tests')} planned on {words.day(seen)}"
    return Retest(seen + timedelta(days=after_days), why, case)
