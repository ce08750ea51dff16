"""When a patient was seen last, for all patients in one query, the longest ago first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit


@dataclass(frozen=True, slots=True)
class Quiet:
    """A patient who was not seen since a day."""

    id: UUID
    number: str
    family_name: str
    given_name: str
    birth_date: date | None
    birth_part: str
    last_contact: datetime
    hold_reason: str
    archived_on: date | None


def quiet_since(session: Session, moment: datetime, limit: int) -> Sequence[Quiet]:
    """Patients without a visit and without a registration since a moment; those on hold too.

    Somebody who was merged is judged with the registration that is used.
    """
    seen_since = exists().where(
        Case.patient_id == Patient.id, Visit.case_id == Case.id, Visit.care_at >= moment
    )
    last = (
        select(func.max(Visit.care_at))
        .join(Case, Case.id == Visit.case_id)
        .where(Case.patient_id == Patient.id)
        .scalar_subquery()
    )
    query = (
        select(
            Patient.id,
            Patient.number,
            Patient.family_name,
            Patient.given_name,
            Patient.birth_date,
            Patient.birth_part,
            func.coalesce(last, Patient.registered_at).label("last_contact"),
            Patient.hold_reason,
            Patient.archived_on,
        )
        .where(Patient.merged_into.is_(None), Patient.registered_at < moment, ~seen_since)
        .order_by(Patient.serial)
        .limit(limit)
    )
    return [Quiet(*row) for row in session.execute(query)]


def on_hold(session: Session) -> int:
    """How many files are under a legal hold."""
    query = select(func.count()).select_from(Patient).where(Patient.hold_reason != "")
    return session.scalar(query) or 0
