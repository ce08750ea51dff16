"""From when a running case is to be evaluated again, reckoned from its visits and programs."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base


class CaseDue(Base):
    """A running case that is or comes due: few rows, however many cases there were.

    `due_on` is the day of review of its newest program, or of the last care where its planned
    visits call for it now, whichever is the earlier; `retest_from` the day of the last care, where
    that plans to re-test something. Kept by `dues`; nothing else writes it.
    """

    __tablename__ = "case_dues"

    case_id: Mapped[UUID] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    due_on: Mapped[date | None] = mapped_column(index=True)
    retest_from: Mapped[date | None] = mapped_column(index=True)
