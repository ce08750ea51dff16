"""What waits for an answer: referrals, imaging and tests; and what imaging showed.

A loop is closed for ever by a trigger once its answer is signed off or it is ended with a
reason; what imaging showed is written once, and a correction is a later row.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class Loop(Base):
    """Something that was asked of somebody else. Open while `closed_at` is empty."""

    __tablename__ = "loops"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    document_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("documents.id", ondelete="RESTRICT"), unique=True
    )  # the letter that asks
    kind: Mapped[str]  # referral | imaging | test
    title: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")
    urgency: Mapped[str]
    ordered_on: Mapped[date]
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    outcome: Mapped[str] = mapped_column(default="")  # answered | no_answer
    summary: Mapped[str] = mapped_column(default="")  # the answer in one line, or the reason
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    closed_by_id: Mapped[UUID | None] = mapped_column(clinician_key())

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint(
            "(outcome = '' AND closed_at IS NULL AND closed_by_id IS NULL) OR "
            "(outcome IN ('answered', 'no_answer') AND summary <> '' AND closed_at IS NOT NULL "
            "AND closed_by_id IS NOT NULL)",
            name="closing",
        ),
        Index(
            "ix_loops_open",
            "due_on",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


class LoopChase(Base):
    """A call, fax or letter that asked for the answer again. Written once."""

    __tablename__ = "loop_chases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    loop_id: Mapped[UUID] = mapped_column(ForeignKey("loops.id", ondelete="RESTRICT"), index=True)
    way: Mapped[str]  # phone | fax | e_mail | post | in_person
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())


class ImagingResult(Base):
    """What a report says, in fields. Empty text or null: the report does not say. Written once;
    the newest of a study (`corrects_id`) counts.
    """

    __tablename__ = "imaging_results"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    loop_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("loops.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("files.id", ondelete="RESTRICT"), index=True
    )
    corrects_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("imaging_results.id", ondelete="RESTRICT"), unique=True
    )
    modality: Mapped[str]  # mri | ultrasound | xray | ct | other
    studied_on: Mapped[date]
    site: Mapped[str] = mapped_column(default="")
    side: Mapped[str | None]
    conclusion: Mapped[str] = mapped_column(default="")  # a choice of the protocol
    bamic: Mapped[str] = mapped_column(default="")
    munich: Mapped[str] = mapped_column(default="")
    peetrons: Mapped[str] = mapped_column(default="")
    tendon: Mapped[str] = mapped_column(default="")  # none | intramuscular | free | both
    length_mm: Mapped[int | None]
    retraction_mm: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
