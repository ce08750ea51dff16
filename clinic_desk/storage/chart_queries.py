"""What the use cases read of a chart: rows by patient, case and visit, in a fixed order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, literal_column, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_desk import Draft
from clinic_desk.storage.models_papers import Document, Program
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_practice import Clinician, Practice
from clinic_desk.storage.models_programs import ReturnedSheet
from clinic_desk.storage.models_visits import (
    Addendum,
    DecisionRow,
    Evaluation,
    FlagActionRow,
    SupersededDecision,
    Visit,
)
from clinic_desk.storage.once import once

Reading = Session  # what a use case is handed to read with


def practice(session: Session) -> Practice:
    """The one row of the practice."""
    return session.scalars(select(Practice)).one()


def clinicians(session: Session) -> Sequence[Clinician]:
    """All clinicians, the first one first."""
    return session.scalars(select(Clinician).order_by(Clinician.id)).all()


def cases(session: Session, patient_id: UUID) -> Sequence[Case]:
    """A patient's cases, the newest first."""
    query = select(Case).where(Case.patient_id == patient_id)
    query = query.order_by(Case.opened_on.desc(), Case.id.desc())
    return once(session, ("cases", patient_id), lambda: session.scalars(query).all())


def visits(session: Session, case_ids: Sequence[UUID]) -> Sequence[Visit]:
    """The visits of cases, the newest care first."""
    query = select(Visit).where(Visit.case_id.in_(case_ids))
    return session.scalars(query.order_by(Visit.care_at.desc(), Visit.number.desc())).all()


def open_visit(session: Session, case_id: UUID) -> Visit | None:
    """The unsigned visit of a case; there is never more than one."""
    query = select(Visit).where(Visit.case_id == case_id, Visit.status == "draft")
    return session.scalars(query).one_or_none()


def highest_number(session: Session, case_id: UUID) -> int:
    """The highest visit number of a case; 0 without a visit."""
    query = select(func.max(Visit.number)).where(Visit.case_id == case_id)
    return session.scalar(query) or 0


def evaluation(session: Session, visit_id: UUID) -> Evaluation | None:
    """The evaluation of a signed visit."""
    return session.scalars(select(Evaluation).where(Evaluation.visit_id == visit_id)).one_or_none()


def evaluations(session: Session, case_ids: Sequence[UUID]) -> Sequence[tuple[Visit, Evaluation]]:
    """Signed visits of cases with their evaluations, the newest care first."""
    query = (
        select(Visit, Evaluation)
        .join(Evaluation, Evaluation.visit_id == Visit.id)
        .where(Visit.case_id.in_(case_ids), Visit.status == "signed")
        .order_by(Visit.care_at.desc(), Visit.number.desc())
    )
    return [(visit, found) for visit, found in session.execute(query)]


def decisions(session: Session, visit_ids: Sequence[UUID]) -> Sequence[DecisionRow]:
    """What was decided in visits, in the order of time."""
    if not visit_ids:
        return ()
    query = select(DecisionRow).where(DecisionRow.visit_id.in_(visit_ids))
    return session.scalars(query.order_by(DecisionRow.at, DecisionRow.id)).all()


def superseded(session: Session, visit_ids: Sequence[UUID]) -> Sequence[SupersededDecision]:
    """What was decided in visits and did not stand, in the order of time."""
    if not visit_ids:
        return ()
    row = SupersededDecision
    query = select(row).where(row.visit_id.in_(visit_ids))
    return session.scalars(query.order_by(row.at, row.id)).all()


def flag_actions(session: Session, visit_ids: Sequence[UUID]) -> Sequence[FlagActionRow]:
    """What was done about red flags in visits, in the order of time."""
    if not visit_ids:
        return ()
    query = select(FlagActionRow).where(FlagActionRow.visit_id.in_(visit_ids))
    return session.scalars(query.order_by(FlagActionRow.at, FlagActionRow.id)).all()


def addenda(session: Session, visit_ids: Sequence[UUID]) -> Sequence[Addendum]:
    """What was added to visits, in the order of time."""
    if not visit_ids:
        return ()
    query = select(Addendum).where(Addendum.visit_id.in_(visit_ids))
    return session.scalars(query.order_by(Addendum.at, Addendum.id)).all()


def programs(session: Session, case_ids: Sequence[UUID]) -> Sequence[Program]:
    """What was prescribed in cases, the newest first."""
    query = select(Program).where(Program.case_id.in_(case_ids))
    return session.scalars(query.order_by(Program.prescribed_at.desc(), Program.id.desc())).all()


def returned_sheets(session: Session, case_id: UUID) -> Sequence[ReturnedSheet]:
    """The tick grids that came back in a case, as they were entered."""
    query = select(ReturnedSheet).where(ReturnedSheet.case_id == case_id)
    return session.scalars(query.order_by(ReturnedSheet.entered_at, ReturnedSheet.id)).all()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """An issued document without its bytes."""

    id: UUID
    case_id: UUID
    kind: str
    reference: str
    title: str
    recipient: str
    template: str
    content: object
    issued_at: datetime
    issued_by: str


def documents(session: Session, case_ids: Sequence[UUID]) -> Sequence[DocumentLine]:
    """The issued documents of cases, the newest first, without their bytes."""
    query = _document_lines().where(Document.case_id.in_(case_ids))
    return [DocumentLine(*row) for row in session.execute(query)]


def letters(session: Session, limit: int) -> Sequence[tuple[DocumentLine, Patient]]:
    """The issued letters of all patients, the newest first."""
    query = (
        _document_lines(Patient)
        .join(Case, Case.id == Document.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Document.kind == "letter")
        .limit(limit)
    )
    return [(DocumentLine(*row[:-1]), row[-1]) for row in session.execute(query)]


def _document_lines(*more: type[Patient]):  # type: ignore[no-untyped-def]
    return select(
        Document.id,
        Document.case_id,
        Document.kind,
        Document.reference,
        Document.title,
        Document.recipient,
        Document.template,
        Document.content,
        Document.issued_at,
        Document.issued_by,
        *more,
    ).order_by(Document.issued_at.desc(), Document.id.desc())


def draft(session: Session, kind: str, ref_id: UUID) -> Draft | None:
    """The unfinished work of a kind on a thing."""
    query = select(Draft).where(Draft.kind == kind, Draft.ref_id == ref_id)
    return session.scalars(query).one_or_none()


def drafts(session: Session, ref_ids: Sequence[UUID] | None = None) -> Sequence[Draft]:
    """All unfinished work, or that on the given things; the newest kept first."""
    if ref_ids is not None and not ref_ids:
        return ()
    query = select(Draft).order_by(Draft.kept_at.desc(), Draft.id.desc())
    if ref_ids is not None:
        query = query.where(Draft.ref_id.in_(ref_ids))
    return session.scalars(query).all()


def discard_draft(session: Session, kind: str, ref_id: UUID) -> None:
    """Remove the unfinished work of a kind on a thing, if there is any."""
    session.execute(delete(Draft).where(Draft.kind == kind, Draft.ref_id == ref_id))


def day_visits(
    session: Session, begin: datetime, end: datetime
) -> list[tuple[Visit, Case, Patient]]:
    """Visits whose care began within [begin, end), in the order of the day."""
    query = (
        _visits_with_patient()
        .where(Visit.care_at >= begin, Visit.care_at < end)
        .order_by(Visit.care_at, Visit.id)
    )
    return [(visit, case, who) for visit, case, who in session.execute(query)]


def unsigned_visits(session: Session) -> list[tuple[Visit, Case, Patient]]:
    """All unsigned visits, the newest care first."""
    # written out, so that no database has to tell from a parameter that the small index serves
    query = _visits_with_patient().where(Visit.status == literal_column("'draft'"))
    rows = session.execute(query.order_by(Visit.care_at.desc(), Visit.id.desc()))
    return [(visit, case, who) for visit, case, who in rows]


def _visits_with_patient() -> Select[Visit, Case, Patient]:
    return (
        select(Visit, Case, Patient)
        .join(Case, Case.id == Visit.case_id)
        .join(Patient, Patient.id == Case.patient_id)
    )


def cases_with_patients(
    session: Session, case_ids: Sequence[UUID]
) -> dict[UUID, tuple[Case, Patient]]:
    """Cases with their patients, by the case's id."""
    query = (
        select(Case, Patient)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Case.id.in_(case_ids))
    )
    return {case.id: (case, patient) for case, patient in session.execute(query)}


def anyone_registered(session: Session) -> bool:
    """Whether there is a patient at all."""
    return session.scalar(select(Patient.id).limit(1)) is not None
