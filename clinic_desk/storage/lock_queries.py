"""Which parts of the files are closed now, for the person at the desk.

A part that the person opened with a reason is not hidden from them until the program locks; the
store holds which those are and hands them to each session. Lists leave out the cases of
`hidden_cases`, or say of them only that there is a closed part.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_patient_file import LockOpening, PatientLock
from clinic_desk.storage.once import once

OPENED = "opened parts"  # of a session's info: a set of lock ids


def opened(session: Session) -> frozenset[UUID]:
    """The closed parts that were opened with a reason at this desk."""
    return frozenset(session.info.get(OPENED, ()))


def standing(session: Session, patient_id: UUID) -> Sequence[PatientLock]:
    """All closed parts of a patient's file, opened or not, the oldest first."""
    query = select(PatientLock).where(
        PatientLock.patient_id == patient_id, PatientLock.lifted_at.is_(None)
    )
    query = query.order_by(PatientLock.closed_at, PatientLock.id)
    return once(session, ("locks", patient_id), lambda: session.scalars(query).all())


def closed_patients(session: Session) -> frozenset[UUID]:
    """The patients who have a closed part, opened or not."""
    query = select(PatientLock.patient_id).where(PatientLock.lifted_at.is_(None))
    return frozenset(session.scalars(query))


def hidden_cases(session: Session) -> frozenset[UUID]:
    """The cases whose content nobody sees at this desk now."""
    query = select(PatientLock.id, PatientLock.case_id).where(
        PatientLock.part == "case", PatientLock.lifted_at.is_(None)
    )
    closed = once(session, "closed cases", lambda: session.execute(query).all())
    seen = opened(session)
    return frozenset(case for lock, case in closed if case is not None and lock not in seen)


def is_hidden(session: Session, patient_id: UUID, part: str) -> bool:
    """Whether a part of a patient's file (history, files) is hidden at this desk now."""
    seen = opened(session)
    return any(one.part == part and one.id not in seen for one in standing(session, patient_id))


def openings(session: Session, patient_id: UUID) -> Sequence[tuple[PatientLock, LockOpening]]:
    """Who looked into the closed parts of a patient, the newest first."""
    query = (
        select(PatientLock, LockOpening)
        .join(LockOpening, LockOpening.lock_id == PatientLock.id)
        .where(PatientLock.patient_id == patient_id)
        .order_by(LockOpening.at.desc(), LockOpening.id.desc())
    )
    return [(lock, opening) for lock, opening in session.execute(query)]
