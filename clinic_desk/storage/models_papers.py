"""Prescribed programs and issued documents: written once, closed for ever by triggers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class Program(Base):
    """A home program as it was prescribed. What is still edited lives in `Draft`."""

    __tablename__ = "programs"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    visit_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("visits.id", ondelete="RESTRICT"), index=True
    )
    content: Mapped[Mapping[str, object]]
    prescribed_at: Mapped[datetime]
    prescribed_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())


class Document(Base):
    """An issued handout or letter: the exact bytes with their SHA-256 in hexadecimal.

    `content` is what it was made from; `number` counts from 1 by kind and year.
    """

    __tablename__ = "documents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    visit_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("visits.id", ondelete="RESTRICT"), index=True
    )
    program_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("programs.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]  # handout | letter
    year: Mapped[int]
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")  # as written on the paper
    recipient_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="RESTRICT")
    )
    template: Mapped[str] = mapped_column(default="")
    template_version: Mapped[str] = mapped_column(default="")
    content: Mapped[Mapping[str, object]]
    bytes: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(index=True)
    issued_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())

    __table_args__ = (
        UniqueConstraint("kind", "year", "number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
