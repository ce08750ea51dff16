"""When a case is to be evaluated again: at half and at the end of the visits that were planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.storage import case_queries
from clinic_desk.storage.case_queries import VisitLine
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.usecases import words
from clinic_desk.usecases.visit_beginning import RE_EVALUATION

MOST = 200  # visits of one plan


@dataclass(frozen=True, slots=True)
class Due:
    """The visit by which a re-evaluation belongs, and why."""

    mark: str  # half | full
    visit: int  # its place among the case's visits
    planned: int


@dataclass(frozen=True, slots=True)
class ReevaluationDue:
    """A case whose next visit should be a re-evaluation, or that has gone past it."""

    case_id: UUID
    patient_id: UUID
    patient: str  # "Example, Erin"
    case_title: str  # with its side
    due: Due
    signed: int  # visits so far
    last_care_on: date | None


def due_of(planned: int | None, visits: Sequence[VisitLine]) -> Due | None:
    """What is due now: from the visit before the mark on, until a visit at it or after it was
    a re-evaluation. One that is being written counts.
    """
    if planned is None:
        return None
    found = None
    for mark, visit in (("half", (planned + 1) // 2), ("full", planned)):
        done = any(one.kind == RE_EVALUATION for one in visits[visit - 1 :])
        signed = sum(one.status == "signed" for one in visits)
        # the first visit is an evaluation anyway
        if visit > 1 and signed >= visit - 1 and not done:
            found = Due(mark, visit, planned)
    return found


def all_due(session: Reading, hidden: frozenset[UUID]) -> tuple[ReevaluationDue, ...]:
    """The running cases where a re-evaluation is due, the longest without care first."""
    lines: dict[UUID, list[VisitLine]] = {}
    for one in case_queries.visit_lines(session):
        lines.setdefault(one.case_id, []).append(one)
    found = []
    for case, who in case_queries.planned(session):
        visits = lines.get(case.id, [])
        due = due_of(case.planned_visits, visits)
        if due is None or case.id in hidden:
            continue
        last = visits[-1].care_at if visits else None
        found.append(
            ReevaluationDue(
                case_id=case.id,
                patient_id=who.id,
                patient=words.list_name(who.given_name, who.family_name),
                case_title=words.sided(case.title, Side(case.side) if case.side else None),
                due=due,
                signed=sum(one.status == "signed" for one in visits),
                last_care_on=words.local(last).date() if last else None,
            )
        )
    return tuple(sorted(found, key=lambda one: one.last_care_on or date.min))
