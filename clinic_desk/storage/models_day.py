"""The day list, and what is still to be done: appointments, tasks and recalls.

Nothing here is deleted: an appointment is cancelled, a task is done or withdrawn, and each day
that a task was put off from stays.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


def _patient_key() -> ForeignKey:
    return ForeignKey("patients.id", ondelete="RESTRICT")


def _case_key() -> ForeignKey:
    return ForeignKey("cases.id", ondelete="RESTRICT")


class Appointment(Base):
    """A patient on the day list. `time` is what the clock on the wall says ("10:30")."""

    __tablename__ = "appointments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    day: Mapped[date]
    time: Mapped[str]
    patient_id: Mapped[UUID] = mapped_column(_patient_key(), index=True)
    case_id: Mapped[UUID | None] = mapped_column(_case_key(), index=True)
    kind: Mapped[str]  # first_visit | follow_up | re_evaluation | phone
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())  # who made it
    arrived_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str] = mapped_column(default="")
    visit_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("visits.id", ondelete="SET NULL"), index=True
    )  # that was started from it; an unsigned one may be discarded

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("length(time) = 5", name="time"),
        Index("ix_appointments_day_time", "day", "time"),
    )


class Todo(Base):
    """A task; with `recall` one about a patient who is to come again. Open while `ended_at` is
    empty.
    """

    __tablename__ = "todos"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    recall: Mapped[bool]
    what: Mapped[str]  # of a recall: its reason
    patient_id: Mapped[UUID | None] = mapped_column(_patient_key(), index=True)
    case_id: Mapped[UUID | None] = mapped_column(_case_key(), index=True)
    due_on: Mapped[date]
    first_due_on: Mapped[date]  # before it was put off
    owner_id: Mapped[UUID] = mapped_column(clinician_key())
    every: Mapped[int] = mapped_column(default=0)  # 0: once
    unit: Mapped[str] = mapped_column(default="")  # day | week | month
    follows_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("todos.id", ondelete="RESTRICT"), index=True
    )  # the one whose doing made this one
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())  # who made it
    outcome: Mapped[str] = mapped_column(default="")  # done | withdrawn
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("NOT recall OR patient_id IS NOT NULL", name="recall"),
        CheckConstraint(
            "(every = 0 AND unit = '') OR (every > 0 AND unit IN ('day', 'week', 'month'))",
            name="repeat",
        ),
        CheckConstraint(
            "(outcome = '' AND ended_at IS NULL) OR "
            "(outcome IN ('done', 'withdrawn') AND ended_at IS NOT NULL)",
            name="ending",
        ),
        Index(
            "ix_todos_open",
            "due_on",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class TodoMove(Base):
    """A task was put off, or brought back to its day. Written once."""

    __tablename__ = "todo_moves"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    todo_id: Mapped[UUID] = mapped_column(ForeignKey("todos.id", ondelete="RESTRICT"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
