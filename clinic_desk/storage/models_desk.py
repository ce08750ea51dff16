"""Drafts that are kept while typing, and the chained trail of who did what."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class Draft(Base):
    """Unfinished work: one for each kind (visit, program, letter) and thing it belongs to."""

    __tablename__ = "drafts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    ref_id: Mapped[UUID]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    payload: Mapped[Mapping[str, object]]
    started_at: Mapped[datetime]
    kept_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("kind", "ref_id"),)


class Audit(Base):
    """One entry of the trail. `hash` is HMAC-SHA256 over the hash before and this entry.

    Holds ids and words of the program only, never names or answers.
    """

    __tablename__ = "audit"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID]
    act: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[UUID | None]
    details: Mapped[Mapping[str, object]]
    previous: Mapped[str]
    hash: Mapped[str]
