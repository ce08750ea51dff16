"""What the use cases read of one case: its goals, and how far its planned visits have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_cases import CaseGoal
from clinic_desk.storage.models_visits import Visit


def goals(session: Session, case_id: UUID) -> Sequence[CaseGoal]:
    """The goals of a case in their order."""
    query = select(CaseGoal).where(CaseGoal.case_id == case_id)
    return session.scalars(query.order_by(CaseGoal.place)).all()


@dataclass(frozen=True, slots=True)
class VisitLine:
    """Of a visit only what counts for a plan."""

    case_id: UUID
    kind: str
    status: str
    care_at: datetime


def visit_lines(session: Session, case_id: UUID) -> Sequence[VisitLine]:
    """The visits of a case, in the order of care."""
    query = select(Visit.case_id, Visit.kind, Visit.status, Visit.care_at)
    query = query.where(Visit.case_id == case_id).order_by(Visit.care_at, Visit.number)
    return [VisitLine(*row) for row in session.execute(query)]
