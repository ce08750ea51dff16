"""What the use cases read of requests that wait for an answer, and of what imaging showed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from clinic_desk.storage.models_files import FiledFile
from clinic_desk.storage.models_loops import ImagingResult, Loop, LoopChase
from clinic_desk.storage.models_patients import Case, Patient

Found = tuple[Loop, Case, Patient]


def open_loops(session: Session) -> Sequence[Found]:
    """All that waits for an answer or whose answer waits to be signed off, by the day due."""
    return _rows(session, _found().where(Loop.closed_at.is_(None)))


def of_patient(session: Session, patient_id: UUID) -> Sequence[Found]:
    """All requests of a patient, closed ones too, by the day due."""
    return _rows(session, _found().where(Case.patient_id == patient_id))


def closed(session: Session, case_ids: Sequence[UUID]) -> Sequence[Loop]:
    """The closed requests of cases."""
    query = select(Loop).where(Loop.case_id.in_(case_ids), Loop.closed_at.is_not(None))
    return session.scalars(query).all()


def one(session: Session, loop_id: UUID) -> Found | None:
    """A request with its case and patient."""
    return next(iter(_rows(session, _found().where(Loop.id == loop_id))), None)


def waiting_for(session: Session, document_id: UUID) -> Loop | None:
    """The open request of an issued letter."""
    query = select(Loop).where(Loop.document_id == document_id, Loop.closed_at.is_(None))
    return session.scalars(query).one_or_none()


def _found() -> Select[Loop, Case, Patient]:
    return (
        select(Loop, Case, Patient)
        .join(Case, Case.id == Loop.case_id)
        .join(Patient, Patient.id == Case.patient_id)
        .order_by(Loop.due_on, Loop.opened_at, Loop.id)
    )


def _rows(session: Session, query: Select[Loop, Case, Patient]) -> Sequence[Found]:
    return [(loop, case, who) for loop, case, who in session.execute(query)]


def answered(session: Session, loop_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many files each of the requests has as its answer; none is left out."""
    if not loop_ids:
        return {}
    query = (
        select(FiledFile.loop_id, func.count())
        .where(FiledFile.loop_id.in_(loop_ids))
        .group_by(FiledFile.loop_id)
    )
    return {loop_id: count for loop_id, count in session.execute(query) if loop_id is not None}


def chases(session: Session, loop_ids: Sequence[UUID]) -> Sequence[LoopChase]:
    """How the answers were asked for again, the newest first."""
    if not loop_ids:
        return ()
    query = select(LoopChase).where(LoopChase.loop_id.in_(loop_ids))
    return session.scalars(query.order_by(LoopChase.at.desc(), LoopChase.id.desc())).all()


def imaging_results(session: Session, case_id: UUID) -> Sequence[ImagingResult]:
    """What imaging of a case showed and stands uncorrected, the newest study first."""
    later = aliased(ImagingResult)
    query = (
        select(ImagingResult)
        .where(
            ImagingResult.case_id == case_id,
            ~select(later.id).where(later.corrects_id == ImagingResult.id).exists(),
        )
        .order_by(
            ImagingResult.studied_on.desc(),
            ImagingResult.entered_at.desc(),
            ImagingResult.id.desc(),
        )
    )
    return session.scalars(query).all()
