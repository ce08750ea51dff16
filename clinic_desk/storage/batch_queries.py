"""What a batch of letters is chosen from: open cases, when each was last seen, its program."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_papers import Program
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit


def open_cases(session: Session) -> Sequence[tuple[Case, Patient]]:
    """Open cases with their patients, by name."""
    query = (
        select(Case, Patient)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Case.closed_on.is_(None))
        .order_by(Patient.family_key, Patient.given_key, Case.id)
    )
    return [(case, who) for case, who in session.execute(query)]


def last_seen(session: Session) -> dict[UUID, datetime]:
    """When each case was last seen."""
    query = select(Visit.case_id, func.max(Visit.care_at)).group_by(Visit.case_id)
    return {row[0]: row[1] for row in session.execute(query)}


def standing_programs(session: Session) -> dict[UUID, Mapping[str, object]]:
    """The newest program of each open case."""
    query = (
        select(Program.case_id, Program.content)
        .join(Case, Case.id == Program.case_id)
        .where(Case.closed_on.is_(None))
        .order_by(Program.prescribed_at, Program.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
