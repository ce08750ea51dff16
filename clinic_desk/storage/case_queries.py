"""What the use cases read of cases: their goals, and how far their planned visits have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_cases import CaseGoal
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit


def goals(session: Session, case_id: UUID) -> Sequence[CaseGoal]:
    """The goals of a case in their order."""
    query = select(CaseGoal).where(CaseGoal.case_id == case_id)
    return session.scalars(query.order_by(CaseGoal.place)).all()


def planned(session: Session) -> Sequence[tuple[Case, Patient]]:
    """The running cases with a number of visits planned, of patients who are not archived."""
    query = (
        select(Case, Patient)
        .join(Patient, Patient.id == Case.patient_id)
        .where(
            Case.planned_visits.is_not(None),
            Case.closed_on.is_(None),
            Case.hold_since.is_(None),
            Patient.archived_on.is_(None),
        )
        .order_by(Case.opened_on, Case.id)
    )
    return [(case, who) for case, who in session.execute(query)]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """Of a visit only what counts for a plan."""

    case_id: UUID
    kind: str
    status: str
    care_at: datetime


def visit_lines(session: Session, case_id: UUID | None = None) -> Sequence[VisitLine]:
    """The visits of a case, or of all cases that `planned` lists, in the order of care."""
    query = select(Visit.case_id, Visit.kind, Visit.status, Visit.care_at)
    if case_id is not None:
        query = query.where(Visit.case_id == case_id)
    else:
        query = query.join(Case, Case.id == Visit.case_id).where(
            Case.planned_visits.is_not(None),
            Case.closed_on.is_(None),
            Case.hold_since.is_(None),
        )
    rows = session.execute(query.order_by(Visit.care_at, Visit.number))
    return [VisitLine(*row) for row in rows]
