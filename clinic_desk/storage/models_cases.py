"""What a patient wants back in a case, goal by goal."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id


class CaseGoal(Base):
    """One goal, with what is measured, by when, and the day it was met."""

    __tablename__ = "case_goals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"))
    place: Mapped[int]  # in the order that the clinician gave
    text: Mapped[str]
    target: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    met_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("case_id", "place"),)
