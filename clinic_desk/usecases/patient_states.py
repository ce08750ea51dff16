"""Archive and restore a patient's file; put it under legal hold and release it."""

from uuid import UUID

from clinic_desk.errors import Locked
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Patient
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk


def archive(desk: Desk, patient_id: UUID) -> None:
    """Take a patient out of the everyday lists; a search still finds them. Raises Locked where
    a visit is not signed.
    """
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Patient, patient_id)
        for case in chart.cases(unit.session, patient_id):
            if chart.open_visit(unit.session, case.id) is not None:
                raise Locked("This patient has an unsigned visit.", "Sign it or discard it first.")
        row.archived_on = row.archived_on or desk.today()
        unit.audit("archive", "patient", row.id, at=desk.now())
        unit.commit()


def restore(desk: Desk, patient_id: UUID) -> None:
    """Bring an archived patient back into the everyday lists."""
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Patient, patient_id)
        row.archived_on = None
        unit.audit("restore", "patient", row.id, at=desk.now())
        unit.commit()


def hold(desk: Desk, patient_id: UUID, reason: str) -> None:
    """Put a file under legal hold: its retention never ends while it stands. InvalidInput."""
    reason = typed.line(reason)
    problems = typed.over_limit({"reason": reason}, {})
    if not reason:
        problems["reason"] = "Say why, such as the claim and its number."
    typed.refuse(problems)
    _set_hold(desk, patient_id, reason)


def release(desk: Desk, patient_id: UUID) -> None:
    """End a legal hold."""
    _set_hold(desk, patient_id, "")


def _set_hold(desk: Desk, patient_id: UUID, reason: str) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Patient, patient_id)
        row.hold_reason = reason
        unit.audit("hold" if reason else "release", "patient", row.id, at=desk.now())
        unit.commit()
