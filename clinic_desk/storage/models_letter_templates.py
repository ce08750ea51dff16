"""What the practice made of the letter templates, version by version; closed by triggers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class LetterTemplate(Base):
    """One version of a letter kind. The newest one counts.

    `content` has the shape of a template file; none where the shipped one was taken back, or
    where a kind of the practice's own is no longer offered. `based_on` is the version of the
    shipped kind that it was made from; of a kind of the practice's own, that kind and its version.
    """

    __tablename__ = "letter_templates"
    __table_args__ = (
        UniqueConstraint("kind", "revision"),
        CheckConstraint("revision > 0", name="revision_counts"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]  # "referral-gp", "certificate-work@fr", or one of the practice's own
    revision: Mapped[int]
    content: Mapped[Mapping[str, object] | None]
    based_on: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
