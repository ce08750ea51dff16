"""What the use cases read of contacts outside visits."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_contact_entries import ContactAddendum, ContactEntry


def in_cases(session: Session, case_ids: Sequence[UUID]) -> Sequence[ContactEntry]:
    """The signed contacts of cases, the newest first."""
    query = select(ContactEntry).where(ContactEntry.case_id.in_(case_ids))
    return session.scalars(query.order_by(ContactEntry.at.desc(), ContactEntry.id.desc())).all()


def addenda(session: Session, entry_ids: Sequence[UUID]) -> Sequence[ContactAddendum]:
    """What was added to contacts, in the order of time."""
    if not entry_ids:
        return ()
    query = select(ContactAddendum).where(ContactAddendum.entry_id.in_(entry_ids))
    return session.scalars(query.order_by(ContactAddendum.at, ContactAddendum.id)).all()
