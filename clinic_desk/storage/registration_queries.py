"""Half-typed registrations: drafts of people who have no patient yet."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_desk import Draft

KIND = "registration"


def draft(session: Session, registration_id: UUID) -> Draft | None:
    """One of them."""
    query = select(Draft).where(Draft.kind == KIND, Draft.ref_id == registration_id)
    return session.scalars(query).one_or_none()


def drafts(session: Session, clinician_id: UUID) -> Sequence[Draft]:
    """All that a clinician began and did not finish, the newest first."""
    query = select(Draft).where(Draft.kind == KIND, Draft.clinician_id == clinician_id)
    return session.scalars(query.order_by(Draft.kept_at.desc(), Draft.id.desc())).all()
