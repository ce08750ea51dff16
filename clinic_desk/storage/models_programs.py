"""What comes back about a home program. Written once: a correction is a later sheet."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class ReturnedSheet(Base):
    """A tick grid that the patient brought back. `days` is {"days": [[done, pain], …]}; null
    where nothing was written.
    """

    __tablename__ = "returned_sheets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    program_id: Mapped[UUID] = mapped_column(
        ForeignKey("programs.id", ondelete="RESTRICT"), index=True
    )
    first_on: Mapped[date]
    times_per_day: Mapped[int]
    days_per_week: Mapped[int]
    days: Mapped[Mapping[str, object]]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
