"""What reports count, in SQL: cases, visits, programs and requests by clinician and by span of
days; and the rows that stand behind a number.

A merged patient's cases are counted where they are used, since a case belongs to one patient.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_loops import Loop
from clinic_desk.storage.models_papers import Program
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_practice import Clinician
from clinic_desk.storage.models_programs import ReturnedSheet
from clinic_desk.storage.models_visits import DecisionRow, Evaluation, Visit

TOGETHER = 1000  # visits or evaluations that are read at once

Where = ColumnElement[bool]
_AT_ONCE = 500  # ids in one statement; every database takes that


# Cases


def opened(first: date, last: date) -> Where:
    """Cases that were opened from one day to another."""
    return Case.opened_on.between(first, last)


def closed(first: date, last: date) -> Where:
    """Cases that were closed from one day to another."""
    return Case.closed_on.between(first, last)


def standing(day: date) -> Where:
    """Cases that were open at the end of a day."""
    return and_(Case.opened_on <= day, or_(Case.closed_on.is_(None), Case.closed_on > day))


def owner() -> ScalarSelect[UUID]:
    """Whose a case is: who began its newest visit; nobody's before the first."""
    query = select(Visit.clinician_id).where(Visit.case_id == Case.id).correlate(Case)
    return query.order_by(Visit.number.desc()).limit(1).scalar_subquery()


def owned_by(clinician: UUID | None) -> Where:
    """Cases of a clinician; None: without a visit."""
    mine = owner()
    return mine.is_(None) if clinician is None else mine == clinician


def sums(session: Session, conditions: Sequence[Where]) -> list[int]:
    """How many cases hold each of the conditions, in one pass."""
    if not conditions:
        return []
    row = session.execute(select(*map(_sum, conditions)).select_from(Case)).one()
    return [int(one or 0) for one in row]


def sums_by_owner(
    session: Session, conditions: Sequence[Where]
) -> dict[UUID | None, tuple[int, ...]]:
    """The same, by whose the cases are; only cases that hold one of them are looked at."""
    who = owner().label("owner")
    query = select(who, *map(_sum, conditions)).where(or_(*conditions)).group_by("owner")
    return {row[0]: tuple(int(one or 0) for one in row[1:]) for row in session.execute(query)}


def _sum(condition: Where) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


# Visits


def cared(begin: datetime, end: datetime) -> Where:
    """Visits whose care began within [begin, end)."""
    return and_(Visit.care_at >= begin, Visit.care_at < end)


def unsigned() -> Where:
    return Visit.status == "draft"


def without_consent() -> Where:
    """Visits of patients of whom no consent is recorded by now."""
    return Patient.consent_on.is_(None)


def visit_sums(
    session: Session, where: Where, conditions: Sequence[Where]
) -> dict[UUID, tuple[int, ...]]:
    """Visits that hold each of the conditions, by clinician; the first number is all of them."""
    query = (
        select(Visit.clinician_id, func.count(), *map(_sum, conditions))
        .join(Case, Case.id == Visit.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(where)
        .group_by(Visit.clinician_id)
    )
    return {row[0]: tuple(int(one or 0) for one in row[1:]) for row in session.execute(query)}


def moments(
    session: Session, where: Where
) -> Iterator[Sequence[tuple[UUID, UUID, datetime, datetime]]]:
    """Signed visits, many at a time: id, clinician, when care was and when it was signed. Which of
    them are late is a question of the local day, which SQL does not know.
    """
    query = select(Visit.id, Visit.clinician_id, Visit.care_at, Visit.signed_at)
    query = query.where(where, Visit.signed_at.is_not(None))
    for rows in session.execute(query, execution_options={"yield_per": TOGETHER}).partitions():
        yield [(one, who, care, signed) for one, who, care, signed in rows if signed is not None]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one signed evaluation; of all that it holds the smallest part that scores
    can be read from.
    """

    visit_id: UUID
    case_id: UUID
    clinician_id: UUID
    care_at: datetime
    protocol: str
    version: str
    answers: Mapping[str, object]


def answered(
    session: Session, where: Where, step: Callable[[int, int], None]
) -> Sequence[Answered]:
    """Of each signed evaluation what was answered, the oldest first; `step` hears how many of
    them are read.
    """
    query = (
        select(
            Visit.id,
            Visit.case_id,
            Visit.clinician_id,
            Visit.care_at,
            Visit.protocol,
            Visit.protocol_version,
            Evaluation.answers,
        )
        .join(Evaluation, Evaluation.visit_id == Visit.id)
        .where(where, Visit.status == "signed")
        .order_by(Visit.case_id, Visit.care_at, Visit.number)
    )
    of = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    found: list[Answered] = []
    for rows in session.execute(query, execution_options={"yield_per": TOGETHER}).partitions():
        found += [Answered(*row) for row in rows]
        step(len(found), of)
    return found


def evaluating() -> Where:
    """Visits with an evaluation; a follow-up note is none."""
    return Visit.kind.in_(("first_evaluation", "re_evaluation"))


def cases_cared(begin: datetime, end: datetime) -> Where:
    """Visits of cases that had a signed visit within [begin, end), also the earlier ones."""
    within = select(Visit.case_id).where(cared(begin, end), Visit.status == "signed")
    return and_(Visit.case_id.in_(within), Visit.care_at < end)


def decided(session: Session, subjects: Sequence[str]) -> dict[UUID, dict[str, str]]:
    """What was last decided in each case, by subject: its grade, its pattern."""
    query = (
        select(Visit.case_id, DecisionRow.subject, DecisionRow.decided)
        .join(Visit, Visit.id == DecisionRow.visit_id)
        .where(DecisionRow.subject.in_(subjects), Visit.status == "signed")
        .order_by(Visit.care_at, Visit.number)
    )
    found: dict[UUID, dict[str, str]] = {}
    for case_id, subject, value in session.execute(query):
        found.setdefault(case_id, {})[subject] = value
    return found


# Programs and requests


def programs(
    session: Session, begin: datetime, end: datetime
) -> Sequence[tuple[UUID, UUID, str | None, str | None]]:
    """What was prescribed within [begin, end): id, case, template and its name."""
    query = select(
        Program.id,
        Program.case_id,
        Program.content["template"].as_string(),
        Program.content["template_name"].as_string(),
    ).where(Program.prescribed_at >= begin, Program.prescribed_at < end)
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def first_prescribed(
    session: Session, templates: Sequence[str]
) -> Sequence[tuple[UUID, str, datetime]]:
    """When each case was first given one of some programs."""
    template = Program.content["template"].as_string()
    query = (
        select(Program.case_id, template, func.min(Program.prescribed_at))
        .where(template.in_(templates))
        .group_by(Program.case_id, template)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def sheets(session: Session, begin: datetime, end: datetime) -> Sequence[ReturnedSheet]:
    """The tick grids of programs that were prescribed within [begin, end), as they came back."""
    query = (
        select(ReturnedSheet)
        .join(Program, Program.id == ReturnedSheet.program_id)
        .where(Program.prescribed_at >= begin, Program.prescribed_at < end)
    )
    return session.scalars(query.order_by(ReturnedSheet.entered_at, ReturnedSheet.id)).all()


def ordered(first: date, last: date) -> Where:
    """Requests that were made from one day to another."""
    return Loop.ordered_on.between(first, last)


def overdue(today: date) -> Where:
    """Requests whose answer is due and has not come."""
    return and_(Loop.closed_at.is_(None), Loop.due_on < today)


def waiting() -> Where:
    return Loop.closed_at.is_(None)


def ended(outcome: str) -> Where:
    """Requests that were answered, or ended without an answer."""
    return Loop.outcome == outcome


def loop_sums(
    session: Session, where: Where, by: str, conditions: Sequence[Where]
) -> dict[object, tuple[int, ...]]:
    """Requests that hold each of the conditions, by recipient or clinician; the first is all."""
    column = Loop.recipient if by == "recipient" else Loop.clinician_id
    query = select(column, func.count(), *map(_sum, conditions)).where(where).group_by(column)
    return {row[0]: tuple(int(one or 0) for one in row[1:]) for row in session.execute(query)}


def answer_times(session: Session, where: Where) -> Sequence[tuple[str, date, datetime]]:
    """Of each answered request: recipient, when it was asked and when it was signed off."""
    query = select(Loop.recipient, Loop.ordered_on, Loop.closed_at).where(
        where, Loop.outcome == "answered"
    )
    rows = session.execute(query)
    return [(to, asked, answered) for to, asked, answered in rows if answered is not None]


# The rows behind a number


@dataclass(frozen=True, slots=True)
class Line:
    """A case, with the visit or request that was counted."""

    patient_id: UUID
    family_name: str
    given_name: str
    number: str
    case_id: UUID
    title: str
    side: str | None
    opened_on: date
    closed_on: date | None
    visit_id: UUID | None = None
    visit_number: int | None = None
    visit_kind: str | None = None
    care_at: datetime | None = None
    visit_status: str | None = None
    loop_id: UUID | None = None
    loop_title: str | None = None
    due_on: date | None = None


_CASE = (
    Patient.id,
    Patient.family_name,
    Patient.given_name,
    Patient.number,
    Case.id,
    Case.title,
    Case.side,
    Case.opened_on,
    Case.closed_on,
)
_VISIT = (Visit.id, Visit.number, Visit.kind, Visit.care_at, Visit.status)


def case_lines(session: Session, where: Sequence[Where], limit: int) -> list[Line]:
    """Cases, the newest first."""
    query = select(*_CASE).join(Patient, Patient.id == Case.patient_id).where(*where)
    return _lines(session, query.order_by(Case.opened_on.desc(), Case.id), limit)


def visit_lines(session: Session, where: Sequence[Where], limit: int) -> list[Line]:
    """Visits, the newest first."""
    query = (
        select(*_CASE, *_VISIT)
        .select_from(Visit)
        .join(Case, Case.id == Visit.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(*where)
    )
    return _lines(session, query.order_by(Visit.care_at.desc(), Visit.id), limit)


def loop_lines(session: Session, where: Sequence[Where], limit: int) -> list[Line]:
    """Requests, the newest first."""
    query = (
        select(*_CASE, Loop.id, Loop.title, Loop.due_on)
        .select_from(Loop)
        .join(Case, Case.id == Loop.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(*where)
        .order_by(Loop.ordered_on.desc(), Loop.id)
    )
    rows: Sequence[Sequence[Any]] = session.execute(query.limit(limit)).all()
    blank = (None,) * len(_VISIT)
    return [Line(*row[: len(_CASE)], *blank, *row[len(_CASE) :]) for row in rows]


def _lines(session: Session, query: Select, limit: int) -> list[Line]:  # type: ignore[type-arg]
    return [Line(*row) for row in session.execute(query.limit(limit))]


def of_cases(ids: Sequence[UUID]) -> Where:
    return or_(*(Case.id.in_(part) for part in _parts(ids)))


def of_visits(ids: Sequence[UUID]) -> Where:
    return or_(*(Visit.id.in_(part) for part in _parts(ids)))


def of_recipient(name: str) -> Where:
    return Loop.recipient == name


def of_clinician(clinician: UUID) -> Where:
    """Visits that a clinician began."""
    return Visit.clinician_id == clinician


def asked_by(clinician: UUID) -> Where:
    """Requests of a clinician."""
    return Loop.clinician_id == clinician


def _parts(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)] or [()]


def case_days(session: Session) -> dict[UUID, tuple[date | None, date | None]]:
    """When the complaint of each case began, and when the case ended."""
    query = select(Case.id, Case.onset_on, Case.closed_on)
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def names(session: Session) -> dict[UUID, str]:
    """Every clinician by id."""
    return {row[0]: row[1] for row in session.execute(select(Clinician.id, Clinician.name))}


def first_day(session: Session) -> date | None:
    """The day of the first case."""
    return session.scalar(select(func.min(Case.opened_on)))


def both(*conditions: Where) -> Where:
    """All conditions at once."""
    return and_(*conditions)
