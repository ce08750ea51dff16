"""What letters about recalls are chosen from: the recalls that stand, what was written before."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_day import Todo
from clinic_desk.storage.models_papers import Document
from clinic_desk.storage.models_patient_file import PatientAddress, PatientConsent
from clinic_desk.storage.models_patients import Case
from clinic_desk.storage.models_visits import Visit


def of_case(session: Session, case: Case) -> Sequence[Todo]:
    """The open recalls of a case, and those of its patient that name none; the first due first."""
    own = and_(Todo.patient_id == case.patient_id, Todo.case_id.is_(None))
    query = (
        select(Todo)
        .where(Todo.recall, Todo.ended_at.is_(None), or_(Todo.case_id == case.id, own))
        .order_by(Todo.due_on, Todo.id)
    )
    return session.scalars(query).all()


def cases_of(session: Session, patient_ids: Sequence[UUID]) -> dict[UUID, list[Case]]:
    """The cases of patients: the open ones first, and of these the one that was seen last."""
    seen = (
        select(Visit.case_id, func.max(Visit.care_at).label("at")).group_by(Visit.case_id)
    ).subquery()
    query = (
        select(Case)
        .outerjoin(seen, seen.c.case_id == Case.id)
        .where(Case.patient_id.in_(patient_ids))
        .order_by(
            Case.closed_on.is_not(None), seen.c.at.is_(None), seen.c.at.desc(), Case.id.desc()
        )
    )
    found: dict[UUID, list[Case]] = {}
    for case in session.scalars(query):
        found.setdefault(case.patient_id, []).append(case)
    return found


def written(session: Session, case_ids: Sequence[UUID], kind: str) -> dict[UUID, datetime]:
    """When a letter of a kind, in whichever language, was last issued in each case."""
    spoken = Document.template.startswith(f"{kind}@", autoescape=True)
    query = (
        select(Document.case_id, func.max(Document.issued_at))
        .where(
            Document.case_id.in_(case_ids),
            Document.kind == "letter",
            or_(Document.template == kind, spoken),
        )
        .group_by(Document.case_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def consents(session: Session, patient_id: UUID, what: str) -> Sequence[PatientConsent]:
    """What a patient said to one thing, the newest last."""
    query = (
        select(PatientConsent)
        .where(PatientConsent.patient_id == patient_id, PatientConsent.what == what)
        .order_by(PatientConsent.given_on, PatientConsent.place)
    )
    return session.scalars(query).all()


def post_address(session: Session, patient_id: UUID, on: date) -> str:
    """The address that a patient keeps for letters apart from the first one; empty without one."""
    query = (
        select(PatientAddress.address)
        .where(
            PatientAddress.patient_id == patient_id,
            PatientAddress.kind == "post",
            or_(PatientAddress.since.is_(None), PatientAddress.since <= on),
            or_(PatientAddress.until.is_(None), PatientAddress.until >= on),
        )
        .order_by(PatientAddress.place)
        .limit(1)
    )
    return session.scalar(query) or ""
