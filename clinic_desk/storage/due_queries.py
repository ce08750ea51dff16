"""What the use cases read of running cases that are to be evaluated again.

Which cases those are stands in `case_dues`; why, and whose they are, is read of those alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from clinic_desk.storage.models_day import Appointment
from clinic_desk.storage.models_due import CaseDue
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


def due(session: Session, today: date, care_before: date) -> Sequence[UUID]:
    """The cases that are due by a day, or whose last care before another day plans a re-test; the
    first due first. Not those of patients who are booked to be evaluated.
    """
    first = func.coalesce(CaseDue.due_on, CaseDue.retest_from)
    query = (
        select(CaseDue.case_id)
        .where(
            or_(CaseDue.due_on <= today, CaseDue.retest_from < care_before),
            CaseDue.case_id.not_in(_booked(today)),
        )
        .order_by(first, CaseDue.case_id)
    )
    return session.scalars(query).all()


def _booked(today: date) -> ColumnElement[UUID]:
    """The cases of the patients who have an appointment to be evaluated, from a day on."""
    booked = select(Appointment.patient_id).where(
        Appointment.kind == RE_EVALUATION,
        Appointment.day >= today,
        Appointment.cancelled_at.is_(None),
    )
    return select(Case.id).where(Case.patient_id.in_(booked)).scalar_subquery()


def lines(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, CaseLine]:
    """What a list says of some cases, by their ids."""
    return {row[0]: CaseLine(*row) for row in session.execute(_LINES, {"cases": case_ids})}


def plans(session: Session, case_ids: Sequence[UUID]) -> Sequence[PlanLine]:
    """Those of some cases that have a plan and do not rest, with how far it has come."""
    rows = session.execute(_PLANS, {"cases": case_ids})
    return [
        PlanLine(case_id, planned or 0, signed, evaluated, last_care)
        for case_id, planned, signed, evaluated, last_care in rows
    ]


def reviews(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day of review of the newest program of some cases, where no evaluation was begun since
    it was prescribed.
    """
    rows = session.execute(_REVIEWS, {"cases": case_ids})
    return {case_id: date.fromisoformat(on) for case_id, on in rows if on}


def retests(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, tuple[datetime, int]]:
    """Those of some cases whose last visit is signed and plans to re-test something, with its time
    of care and how many things.
    """
    rows = session.execute(_RETESTS, {"cases": case_ids})
    return {case_id: (at, len(plan)) for case_id, at, plan in rows}


# Built once: these are asked at every signing, and to build them takes longer than the answers.


def _of_plans() -> Select[UUID, int | None, int, int, datetime]:
    place = func.row_number().over(
        partition_by=Visit.case_id, order_by=(Visit.care_at, Visit.number)
    )
    seen = (
        select(Visit.case_id, Visit.kind, Visit.status, Visit.care_at, place.label("place"))
        .where(Visit.case_id.in_(_CASES))
        .subquery()
    )
    evaluated = func.max(seen.c.place).filter(seen.c.kind == RE_EVALUATION)
    return (
        select(
            Case.id,
            Case.planned_visits,
            func.count().filter(seen.c.status == "signed"),
            func.coalesce(evaluated, 0),
            func.max(seen.c.care_at, type_=Visit.care_at.type),
        )
        .join(seen, seen.c.case_id == Case.id)
        .where(Case.planned_visits.is_not(None), Case.hold_since.is_(None))
        .group_by(Case.id, Case.planned_visits)
    )


def _of_reviews() -> Select[UUID, str]:
    newer, since = aliased(Program), aliased(Visit)
    review = Program.content["review_on"].as_string()
    return select(Program.case_id, review).where(
        Program.case_id.in_(_CASES),
        review.is_not(None),
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
    )


def _of_retests() -> Select[UUID, datetime, Mapping[str, object]]:
    last = aliased(Visit)
    newest = (
        select(last.id).where(last.case_id == Case.id).order_by(last.number.desc()).limit(1)
    ).scalar_subquery()
    return (
        select(Case.id, Visit.care_at, Evaluation.retest)
        .select_from(Case)
        .join(Visit, Visit.id == newest)
        .join(Evaluation, Evaluation.visit_id == Visit.id)
        .where(
            Case.id.in_(_CASES),
            Visit.status == "signed",
            cast(Evaluation.retest, Text) != "{}",
        )
    )


_CASES: BindParameter[Sequence[UUID]] = bindparam("cases", expanding=True)
_LINES = (
    select(Case.id, Case.title, Case.side, Patient.id, Patient.given_name, Patient.family_name)
    .join(Patient, Patient.id == Case.patient_id)
    .where(Case.id.in_(_CASES))
)
_PLANS, _REVIEWS, _RETESTS = _of_plans(), _of_reviews(), _of_retests()
