"""What the use cases read of running cases that are to be evaluated again.

Only columns are read, and names only of the cases asked for: these lists grow with what is left
undone, and Today waits for them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from clinic_desk.storage.models_day import Appointment
from clinic_desk.storage.models_papers import Program
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Evaluation, Visit

FIRST_EVALUATION, RE_EVALUATION = "first_evaluation", "re_evaluation"


class CaseLine(NamedTuple):
    """A case by what a line of a list says of it."""

    case_id: UUID
    title: str
    side: str | None
    patient_id: UUID
    given_name: str
    family_name: str


class PlanLine(NamedTuple):
    """How far the visits of a case have come: how many are planned and signed, the place of the
    last that was a re-evaluation among those in the order of care (from 1; none: 0), and the last
    care.
    """

    case_id: UUID
    planned: int
    signed: int
    evaluated: int
    last_care: datetime


_RUNNING = select(Case.id).where(Case.closed_on.is_(None))


def lines(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, CaseLine]:
    """What a list says of some cases, by their ids."""
    named = (Case.id, Case.title, Case.side, Patient.id, Patient.given_name, Patient.family_name)
    query = select(*named).join(Patient, Patient.id == Case.patient_id)
    rows = session.execute(query.where(Case.id.in_(case_ids)))
    return {row[0]: CaseLine(*row) for row in rows}


def half_way(session: Session, today: date) -> Sequence[PlanLine]:
    """The running cases whose signed visits come to half of those planned or are one short of it,
    of patients who are not archived or booked to be evaluated.
    """
    planned = select(Case.id).where(
        Case.planned_visits.is_not(None),
        Case.closed_on.is_(None),
        Case.hold_since.is_(None),
        _not_booked(today),
    )
    place = func.row_number().over(
        partition_by=Visit.case_id, order_by=(Visit.care_at, Visit.number)
    )
    seen = (
        select(Visit.case_id, Visit.kind, Visit.status, Visit.care_at, place.label("place"))
        .where(Visit.case_id.in_(planned))
        .subquery()
    )
    signed = func.count().filter(seen.c.status == "signed")
    evaluated = func.max(seen.c.place).filter(seen.c.kind == RE_EVALUATION)
    query = (
        select(
            Case.id,
            Case.planned_visits,
            signed,
            func.coalesce(evaluated, 0),
            func.max(seen.c.care_at, type_=Visit.care_at.type),
        )
        .join(seen, seen.c.case_id == Case.id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Patient.archived_on.is_(None))
        .group_by(Case.id, Case.planned_visits)
        .having(Case.planned_visits - 2 <= signed * 2)
        .order_by(func.max(seen.c.care_at), Case.id)
    )
    return [PlanLine(*row) for row in session.execute(query)]


def reviews(session: Session, today: date) -> Sequence[tuple[UUID, date]]:
    """The running cases whose newest program has its day of review behind it, if no evaluation was
    begun since it was prescribed and none is booked; with that day, the first day first.
    """
    newer, since = aliased(Program), aliased(Visit)
    review = Program.content["review_on"].as_string()
    query = (
        select(Program.case_id, review)
        .join(Case, Case.id == Program.case_id)
        .where(
            Program.case_id.in_(_RUNNING),
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
                since.kind.in_((FIRST_EVALUATION, RE_EVALUATION)),
                since.care_at > Program.prescribed_at,
            )
            .exists(),
            _not_booked(today),
        )
        .order_by(review, Program.id)
    )
    return [(case_id, date.fromisoformat(on)) for case_id, on in session.execute(query)]


def planned_to_retest(
    session: Session, today: date, before: datetime
) -> Sequence[tuple[UUID, datetime, int]]:
    """The running cases whose last visit is signed, lies before a moment and plans to re-test
    something, of patients who are not booked to be evaluated; with its time of care and how many
    things, the oldest care first.
    """
    last = aliased(Visit)
    newest = (
        select(last.id).where(last.case_id == Case.id).order_by(last.number.desc()).limit(1)
    ).scalar_subquery()
    query = (
        select(Case.id, Visit.care_at, Evaluation.retest)
        .select_from(Case)
        .join(Visit, Visit.id == newest)
        .join(Evaluation, Evaluation.visit_id == Visit.id)
        .where(
            Case.closed_on.is_(None),
            Visit.status == "signed",
            Visit.care_at < before,
            cast(Evaluation.retest, Text) != "{}",
            _not_booked(today),
        )
        .order_by(Visit.care_at, Visit.id)
    )
    return [(case_id, at, len(plan)) for case_id, at, plan in session.execute(query)]


def _not_booked(today: date) -> ColumnElement[bool]:
    """That a case's patient has no appointment to be evaluated, from a day on."""
    return Case.patient_id.not_in(
        select(Appointment.patient_id).where(
            Appointment.kind == RE_EVALUATION,
            Appointment.day >= today,
            Appointment.cancelled_at.is_(None),
        )
    )
