"""What the use cases read of the day list, of tasks, and of evaluations that are due again."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, Text, cast, or_, select
from sqlalchemy.orm import Session, aliased

from clinic_desk.storage.models_day import Appointment, Todo
from clinic_desk.storage.models_papers import Program
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Evaluation, Visit

Booked = tuple[Appointment, Patient, Case | None]
Asked = tuple[Todo, Patient | None, Case | None]
EVALUATIONS = ("first_evaluation", "re_evaluation")


def of_day(session: Session, day: date) -> Sequence[Booked]:
    """The day list in the order of the clock, with what was cancelled."""
    query = _booked().where(Appointment.day == day)
    return _appointments(session, query.order_by(Appointment.time, Appointment.id))


def appointment(session: Session, appointment_id: UUID) -> Booked | None:
    """One appointment with its patient and case."""
    query = _booked().where(Appointment.id == appointment_id)
    return next(iter(_appointments(session, query)), None)


def at_the_same_time(session: Session, day: date, time: str) -> Sequence[Appointment]:
    """Who stands at a time of a day already, but for what was cancelled."""
    query = select(Appointment).where(
        Appointment.day == day, Appointment.time == time, Appointment.cancelled_at.is_(None)
    )
    return session.scalars(query).all()


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


def reviews_due(session: Session, today: date) -> Sequence[tuple[Program, Case, Patient]]:
    """The newest programs of open cases whose day of review came, if no evaluation was begun
    since they were prescribed.
    """
    newer, since = aliased(Program), aliased(Visit)
    review = Program.content["review_on"].as_string()
    query = (
        select(Program, Case, Patient)
        .join(Case, Case.id == Program.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(
            Case.closed_on.is_(None),
            review <= today.isoformat(),
            ~select(newer.id)
            .where(
                newer.case_id == Program.case_id,
                or_(
                    newer.prescribed_at > Program.prescribed_at,
                    (newer.prescribed_at == Program.prescribed_at) & (newer.id > Program.id),
                ),
            )
            .exists(),
            ~select(since.id)
            .where(
                since.case_id == Program.case_id,
                since.kind.in_(EVALUATIONS),
                since.care_at > Program.prescribed_at,
            )
            .exists(),
        )
        .order_by(review, Program.id)
    )
    return [(program, case, who) for program, case, who in session.execute(query)]


def planned_to_retest(
    session: Session, before: datetime
) -> Sequence[tuple[Visit, int, Case, Patient]]:
    """The last visits of open cases, signed and before a moment, that plan to re-test something,
    with how many things; the oldest care first.
    """
    later = aliased(Visit)
    query = (
        select(Visit, Evaluation.retest, Case, Patient)
        .join(Evaluation, Evaluation.visit_id == Visit.id)
        .join(Case, Case.id == Visit.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(
            Case.closed_on.is_(None),
            Visit.status == "signed",
            Visit.care_at < before,
            cast(Evaluation.retest, Text) != "{}",
            ~select(later.id)
            .where(later.case_id == Visit.case_id, later.number > Visit.number)
            .exists(),
        )
        .order_by(Visit.care_at, Visit.id)
    )
    return [(visit, len(plan), case, who) for visit, plan, case, who in session.execute(query)]


def booked_to_evaluate(session: Session, patient_ids: Sequence[UUID], today: date) -> set[UUID]:
    """The patients who have an appointment to be evaluated, from a day on."""
    query = select(Appointment.patient_id).where(
        Appointment.patient_id.in_(patient_ids),
        Appointment.kind == "re_evaluation",
        Appointment.day >= today,
        Appointment.cancelled_at.is_(None),
    )
    return set(session.scalars(query))
