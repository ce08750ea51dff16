"""What the use cases read of the day list and of tasks."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_day import Appointment, Todo
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit

Booked = tuple[Appointment, Patient, Case | None]
Asked = tuple[Todo, Patient | None, Case | None]


def of_day(session: Session, day: date) -> Sequence[Booked]:
    """The day list in the order of the clock, with what was cancelled."""
    query = _booked().where(Appointment.day == day)
    return _appointments(session, query.order_by(Appointment.time, Appointment.id))


def appointment(session: Session, appointment_id: UUID) -> Booked | None:
    """One appointment with its patient and case."""
    query = _booked().where(Appointment.id == appointment_id)
    return next(iter(_appointments(session, query)), None)


def booked(session: Session, day: date) -> Sequence[Appointment]:
    """What is booked on a day, but for what was cancelled."""
    query = select(Appointment).where(Appointment.day == day, Appointment.cancelled_at.is_(None))
    return session.scalars(query).all()


def _booked() -> Select[Appointment, Patient, Case | None]:
    return (
        select(Appointment, Patient, Case)
        .join(Patient, Patient.id == Appointment.patient_id)
        .outerjoin(Case, Case.id == Appointment.case_id)
    )


def _appointments(
    session: Session, query: Select[Appointment, Patient, Case | None]
) -> Sequence[Booked]:
    return [(row, who, case) for row, who, case in session.execute(query)]


def open_cases(session: Session, patient_ids: Sequence[UUID]) -> dict[UUID, list[Case]]:
    """The open cases of patients, the newest first."""
    query = select(Case).where(Case.patient_id.in_(patient_ids), Case.closed_on.is_(None))
    found: dict[UUID, list[Case]] = {}
    if not patient_ids:
        return found
    for case in session.scalars(query.order_by(Case.opened_on.desc(), Case.id.desc())):
        found.setdefault(case.patient_id, []).append(case)
    return found


def of_visit(session: Session, visit_id: UUID) -> Sequence[Appointment]:
    """The appointments that a visit was started from."""
    return session.scalars(select(Appointment).where(Appointment.visit_id == visit_id)).all()


def visits(session: Session, visit_ids: Sequence[UUID]) -> dict[UUID, tuple[Visit, Case]]:
    """Visits with their cases, by the visit's id."""
    query = select(Visit, Case).join(Case, Case.id == Visit.case_id).where(Visit.id.in_(visit_ids))
    return {visit.id: (visit, case) for visit, case in session.execute(query)}


def open_todos(session: Session, until: date | None = None) -> Sequence[Asked]:
    """What is still to be done, by the day due; until a day, or all of it."""
    query = _asked().where(Todo.ended_at.is_(None))
    if until is not None:
        query = query.where(Todo.due_on <= until)
    return _todos(session, query.order_by(Todo.due_on, Todo.id))


def done_todos(session: Session, limit: int) -> Sequence[Asked]:
    """What was done, the newest first."""
    query = _asked().where(Todo.outcome == "done")
    return _todos(session, query.order_by(Todo.ended_at.desc(), Todo.id.desc()).limit(limit))


def followers(session: Session, todo_id: UUID) -> Sequence[Todo]:
    """The tasks that the doing of one made, whatever became of them."""
    query = select(Todo).where(Todo.follows_id == todo_id)
    return session.scalars(query).all()


def _asked() -> Select[Todo, Patient | None, Case | None]:
    return (
        select(Todo, Patient, Case)
        .outerjoin(Patient, Patient.id == Todo.patient_id)
        .outerjoin(Case, Case.id == Todo.case_id)
    )


def _todos(session: Session, query: Select[Todo, Patient | None, Case | None]) -> Sequence[Asked]:
    return [(row, who, case) for row, who, case in session.execute(query)]
