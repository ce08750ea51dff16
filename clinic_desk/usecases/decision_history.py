"""What was suggested and decided over the visits of a case: nothing of it is ever lost."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import DecisionRow, SupersededDecision, Visit
from clinic_desk.usecases import words
from clinic_desk.usecases.visit_views import Decision


def view(row: DecisionRow | SupersededDecision) -> Decision:
    """A stored decision."""
    ended = row.superseded_at if isinstance(row, SupersededDecision) else None
    return Decision(row.subject, row.suggested, row.decided, row.reason, row.by, row.at, ended)


def standing(session: chart.Reading, visits: Sequence[UUID]) -> tuple[Decision, ...]:
    """What stands at the end of these visits."""
    return tuple(view(one) for one in chart.decisions(session, visits))


def superseded(session: chart.Reading, visits: Sequence[UUID]) -> tuple[Decision, ...]:
    """What was decided in these visits and then changed or taken back."""
    return tuple(view(one) for one in chart.superseded(session, visits))


def before(session: chart.Reading, visit: Visit) -> tuple[Decision, ...]:
    """All that was decided in the case's signed visits before this one, in the order of time."""
    ids = [
        one.id
        for one in chart.visits(session, [visit.case_id])
        if one.status == "signed" and one.number < visit.number
    ]
    return chain((*standing(session, ids), *superseded(session, ids)))


def chain(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions in the order of time."""
    return tuple(sorted(decisions, key=lambda one: one.at))


def about(subject: str, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those on one subject, in the order of time."""
    return chain(one for one in decisions if one.subject == subject)


def day_of(decision: Decision) -> str:
    """ "30 Jan 2026"."""
    return words.day(words.local(decision.at).date())
