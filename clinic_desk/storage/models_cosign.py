"""Notes under supervision: asked for a co-signature, given back with a remark, co-signed.

Rows are only ever added; triggers refuse to change or remove one. The last of a note says how
it stands.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class CosignAct(Base):
    """One act on a note (a visit or a contact) that was signed under supervision."""

    __tablename__ = "cosign_acts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("visits.id", ondelete="RESTRICT"), index=True
    )
    contact_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact_entries.id", ondelete="RESTRICT"), index=True
    )
    act: Mapped[str]  # asked (by the author) | returned | cosigned (by who supervises)
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    by: Mapped[str]  # the name as it was at that moment
    at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("(visit_id IS NULL) <> (contact_id IS NULL)", name="note"),
        CheckConstraint(
            "act IN ('asked', 'cosigned') OR (act = 'returned' AND remark <> '')", name="act"
        ),
    )
