"""Contacts by phone, e-mail and message in a case: signed at once, closed for ever by triggers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class ContactEntry(Base):
    """What was said outside a visit, with whom and when. Until it is signed it is a draft."""

    __tablename__ = "contact_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]  # phone | email | message | in_person
    with_whom: Mapped[str]
    at: Mapped[datetime]
    text: Mapped[str]
    signed_at: Mapped[datetime]
    signed_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())


class ContactAddendum(Base):
    """What was added to a signed contact afterwards."""

    __tablename__ = "contact_addenda"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(
        ForeignKey("contact_entries.id", ondelete="RESTRICT"), index=True
    )
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    by: Mapped[str]
    at: Mapped[datetime]
    text: Mapped[str]
