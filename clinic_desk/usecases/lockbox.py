"""Parts of a file that the patient wants closed: the notes of a case, the history, the files.

A closed part opens for the person at the desk after a reason, until the program locks; who, when
and why is written once and is in the audit trail. Until then what it holds is in no list, no
preview, no letter and no export. Warnings that protect the patient (allergies, alerts, red
flags) are never closed.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.errors import AccessDenied, Locked
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Case, Clinician, LockOpening, Patient, PatientLock
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk

CASE, HISTORY, FILES = PARTS = ("case", "history", "files")
CLOSED_CASE = "Closed at the patient's wish"  # stands where a case's title would
_TITLES = ("title", "what", "case_title", "case", "detail", "about")  # of the views of a list


def stands_for_closed(row: object) -> bool:
    """Whether a line of a list only says that there is something closed."""
    if isinstance(row, tuple):
        return CLOSED_CASE in row
    return any(getattr(row, name, None) == CLOSED_CASE for name in _TITLES)


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """A part that is closed; `opened` when this desk looks into it now."""

    id: UUID
    part: str
    case_id: UUID | None
    note: str
    closed_at: datetime
    opened: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody looked into a closed part."""

    part: str
    at: datetime
    by: str
    reason: str


def close_part(
    desk: Desk, patient_id: UUID, part: str, case_id: UUID | None = None, note: str = ""
) -> UUID:
    """Close a part at the patient's wish. Raises NotFound, InvalidInput, Locked."""
    note = typed.block(note)
    problems = typed.over_limit({"note": note}, {"note": typed.BLOCK})
    if part not in PARTS:
        problems["part"] = f"A part is one of {', '.join(PARTS)}."
    if (part == CASE) != (case_id is not None):
        problems["case_id"] = "Choose the case whose notes are closed."
    typed.refuse(problems)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        unit.get(Patient, patient_id)
        if case_id is not None and unit.get(Case, case_id).patient_id != patient_id:
            raise Locked("This case is another patient's.")
        for one in lock_queries.standing(unit.session, patient_id):
            if (one.part, one.case_id) == (part, case_id):
                raise Locked("This part is closed already.")
        row = PatientLock(
            patient_id=patient_id,
            part=part,
            case_id=case_id,
            note=note,
            closed_at=now,
            closed_by=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        unit.audit("close_part", "patient", patient_id, {"lock": row.id, "part": part}, at=now)
        unit.commit()
        return row.id


def open_part(desk: Desk, lock_id: UUID, reason: str) -> None:
    """Look into a closed part, until the program locks. Raises InvalidInput without a reason."""
    reason = typed.block(reason)
    problems = typed.over_limit({"reason": reason}, {"reason": typed.BLOCK})
    if not reason:
        problems["reason"] = "Say why it has to be opened; this is kept with your name."
    typed.refuse(problems)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        lock = unit.get(PatientLock, lock_id)
        row = LockOpening(lock_id=lock.id, clinician_id=desk.actor.id, at=now, reason=reason)
        unit.session.add(row)
        unit.session.flush()
        unit.audit(
            "open_part", "patient", lock.patient_id, {"lock": lock.id, "opening": row.id}, at=now
        )
        unit.commit()
    desk.store.opened.add(lock_id)


def shut_part(desk: Desk, lock_id: UUID) -> None:
    """Look no longer into a closed part: it is hidden again at once."""
    desk.store.opened.discard(lock_id)


def lift(desk: Desk, lock_id: UUID) -> None:
    """The patient no longer wants the part closed. Raises AccessDenied before it was opened."""
    if lock_id not in desk.store.opened:
        raise AccessDenied("Open the part first, with a reason.", "Nothing was changed.")
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(PatientLock, lock_id)
        row.lifted_at = row.lifted_at or now
        unit.audit("lift_part", "patient", row.patient_id, {"lock": row.id}, at=now)
        unit.commit()


def openings(desk: Desk, patient_id: UUID) -> tuple[Opening, ...]:
    """Who looked into the closed parts of a patient, the newest first."""
    with desk.store.reading() as session:
        names = {one.id: one.name for one in session.query(Clinician)}
        return tuple(
            Opening(lock.part, one.at, names[one.clinician_id], one.reason)
            for lock, one in lock_queries.openings(session, patient_id)
        )


def parts(session: chart.Reading, patient_id: UUID) -> tuple[ClosedPart, ...]:
    """The closed parts of a patient's file."""
    seen = lock_queries.opened(session)
    return tuple(
        ClosedPart(one.id, one.part, one.case_id, one.note, one.closed_at, one.id in seen)
        for one in lock_queries.standing(session, patient_id)
    )


def refuse_hidden(session: chart.Reading, case_id: UUID) -> None:
    """Raise AccessDenied for a case that is closed and was not opened at this desk."""
    if case_id in lock_queries.hidden_cases(session):
        raise _closed()


def refuse_part(session: chart.Reading, patient_id: UUID, part: str) -> None:
    """The same for the history or the files of a patient."""
    if lock_queries.is_hidden(session, patient_id, part):
        raise _closed()


def _closed() -> AccessDenied:
    return AccessDenied(
        "The patient wants this part of their file closed.",
        "It opens on the patient's page, after a reason.",
    )
