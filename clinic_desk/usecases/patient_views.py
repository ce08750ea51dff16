"""What the screens see of a patient: frozen, with no way back into the database."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.measures import Sex, Side


@dataclass(frozen=True, slots=True)
class PatientDetails:
    """What a person types when registering; birth_date may be unknown."""

    family_name: str
    given_name: str
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    phone: str = ""
    email: str = ""
    address: str = ""  # lines
    allergies: str = ""
    alerts: str = ""
    medicines: str = ""
    occupation: str = ""
    sport: str = ""
    language: str = "en"
    consent_on: date | None = None


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One line of a list or of a search."""

    id: UUID
    number: str  # "CD-00412"
    family_name: str
    given_name: str
    birth_date: date | None
    phone: str
    last_visit: datetime | None
    open_case: str  # "Left hamstring strain" or ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    id: UUID
    title: str
    side: Side | None
    opened_on: date
    onset_on: date | None
    closed_on: date | None
    visits: int
    goal: str


@dataclass(frozen=True, slots=True)
class Banner:
    """Identity and warnings, always visible on patient screens."""

    patient_id: UUID
    number: str
    family_name: str
    given_name: str
    birth_date: date | None
    age: int | None
    case_id: UUID | None
    case_title: str
    side: Side | None
    day: int | None  # days since onset, day 0 is the day of onset
    red_flag: str  # "", "open", "acted"
    red_flag_text: str  # "Red flag open", "Red flag, referral sent 03 Feb"
    allergies: str
    alerts: str
    consent_on: date | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the patient's journal, newest first."""

    kind: str  # visit | program | handout | letter | addendum | file | answer
    id: UUID
    at: datetime
    title: str
    summary: str
    state: str  # draft | signed | issued | prescribed
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class PatientFile:
    """The patient's page."""

    id: UUID
    version: int
    details: PatientDetails
    banner: Banner
    cases: tuple[CaseRow, ...]
    journal: tuple[JournalEntry, ...]
