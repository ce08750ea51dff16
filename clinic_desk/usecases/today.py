"""Today: what needs the clinician now."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class VisitRow:
    visit_id: UUID
    patient_id: UUID
    case_id: UUID
    care_at: datetime
    patient: str  # "EXAMPLE, Alex"
    birth_date: date | None
    kind: str
    case_title: str
    side: Side | None
    state: str  # draft | signed
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs the clinician."""

    kind: str  # red_flag | unsigned | letter_draft | program_draft
    title: str  # patient
    detail: str
    patient_id: UUID
    case_id: UUID
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Today:
    day: date
    visits: tuple[VisitRow, ...]
    needs: tuple[Need, ...]  # red flags first
    next_up: VisitRow | None  # the newest unsigned visit, to continue
    patients: int  # how many are registered, for the empty state


def today(desk: Desk) -> Today:
    """The Today page in one reading."""
    raise NotImplementedError
