"""What the use cases read of the practice's letter templates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_desk import Draft
from clinic_desk.storage.models_letter_templates import LetterTemplate
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit


def template(session: Session, kind: str) -> LetterTemplate | None:
    """The newest version of a kind."""
    query = select(LetterTemplate).where(LetterTemplate.kind == kind)
    return session.scalars(query.order_by(LetterTemplate.revision.desc()).limit(1)).one_or_none()


def newest(session: Session) -> Sequence[LetterTemplate]:
    """The newest version of every kind that the practice touched, the oldest kind first."""
    last = (
        select(LetterTemplate.kind, func.max(LetterTemplate.revision).label("revision"))
        .group_by(LetterTemplate.kind)
        .subquery()
    )
    query = select(LetterTemplate).join(
        last,
        (LetterTemplate.kind == last.c.kind) & (LetterTemplate.revision == last.c.revision),
    )
    return session.scalars(query.order_by(LetterTemplate.kind)).all()


def versions(session: Session, kind: str) -> Sequence[LetterTemplate]:
    """Every version of a kind, the newest first."""
    query = select(LetterTemplate).where(LetterTemplate.kind == kind)
    return session.scalars(query.order_by(LetterTemplate.revision.desc())).all()


def newest_cases(session: Session, limit: int) -> Sequence[tuple[Case, Patient]]:
    """Cases with their patients, those with the newest care first."""
    last = select(Visit.case_id, func.max(Visit.care_at).label("at")).group_by(Visit.case_id)
    seen = last.subquery()
    query = (
        select(Case, Patient)
        .join(seen, seen.c.case_id == Case.id)
        .join(Patient, Patient.id == Case.patient_id)
        .order_by(seen.c.at.desc(), Case.id)
        .limit(limit)
    )
    return [(case, who) for case, who in session.execute(query)]


def half_typed(session: Session, kind: str, clinician_id: UUID) -> Sequence[Draft]:
    """The drafts of a kind that a clinician began, the newest kept first."""
    query = select(Draft).where(Draft.kind == kind, Draft.clinician_id == clinician_id)
    return session.scalars(query.order_by(Draft.kept_at.desc(), Draft.id.desc())).all()
