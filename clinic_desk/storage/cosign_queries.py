"""What the use cases read of notes under supervision. Keys are made in the order of time, so
the acts on a note stand in the order of their ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from clinic_desk.storage.models_contact_entries import ContactEntry
from clinic_desk.storage.models_cosign import CosignAct
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_practice import Clinician
from clinic_desk.storage.models_visits import Visit


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note that still waits: asked for, and neither co-signed nor asked for anew since."""

    asked: CosignAct
    returned: bool  # given back with a remark since
    supervisor_id: UUID | None  # of the author, as it is now
    visit: Visit | None
    contact: ContactEntry | None
    case: Case
    patient: Patient


def of_visits(session: Session, visit_ids: Sequence[UUID]) -> Sequence[CosignAct]:
    """The acts on visits, in the order of time."""
    query = select(CosignAct).where(CosignAct.visit_id.in_(visit_ids))
    return session.scalars(query.order_by(CosignAct.id)).all()


def of_contacts(session: Session, contact_ids: Sequence[UUID]) -> Sequence[CosignAct]:
    """The acts on contacts, in the order of time."""
    query = select(CosignAct).where(CosignAct.contact_id.in_(contact_ids))
    return session.scalars(query.order_by(CosignAct.id)).all()


def open_notes(session: Session, person: UUID | None = None) -> list[OpenNote]:
    """What waits for a co-signature, the longest first: written by a person or supervised by
    them, or all of it.
    """
    later, back = aliased(CosignAct), aliased(CosignAct)

    def after(one: type[CosignAct], *acts: str):  # type: ignore[no-untyped-def]
        same = or_(one.visit_id == CosignAct.visit_id, one.contact_id == CosignAct.contact_id)
        return exists().where(same, one.id > CosignAct.id, one.act.in_(acts))

    query = (
        select(
            CosignAct,
            after(back, "returned"),
            Clinician.supervisor_id,
            Visit,
            ContactEntry,
            Case,
            Patient,
        )
        .join(Clinician, Clinician.id == CosignAct.clinician_id)
        .outerjoin(Visit, Visit.id == CosignAct.visit_id)
        .outerjoin(ContactEntry, ContactEntry.id == CosignAct.contact_id)
        .join(Case, or_(Case.id == Visit.case_id, Case.id == ContactEntry.case_id))
        .join(Patient, Patient.id == Case.patient_id)
        .where(CosignAct.act == "asked", ~after(later, "asked", "cosigned"))
        .order_by(CosignAct.id)
    )
    if person is not None:
        query = query.where(
            or_(CosignAct.clinician_id == person, Clinician.supervisor_id == person)
        )
    return [OpenNote(*row) for row in session.execute(query)]
