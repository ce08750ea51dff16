"""Patients: register, correct, find, open.

Names are text from people: any script, any length up to 200 characters.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.usecases.desk import Desk


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

    kind: str  # visit | program | handout | letter | addendum
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


def register(desk: Desk, details: PatientDetails) -> UUID:
    """Register a new patient and give them the next number.

    Raises InvalidInput by field: a missing family name, a birth date in the future or more
    than 130 years ago, text over its limit.
    """
    raise NotImplementedError


def correct(desk: Desk, patient_id: UUID, version: int, details: PatientDetails) -> int:
    """Save changed details; returns the new version. Raises EditConflict, InvalidInput."""
    raise NotImplementedError


def alike(desk: Desk, details: PatientDetails) -> tuple[PatientRow, ...]:
    """Patients who may be the same person: same folded family name and birth date or phone."""
    raise NotImplementedError


def find(desk: Desk, words: str, limit: int = 50) -> tuple[PatientRow, ...]:
    """Patients by any part of a name (accent- and case-blind, any order), birth date in a
    common form, number or phone; no words gives the most recently seen.
    """
    raise NotImplementedError


def open_file(desk: Desk, patient_id: UUID, case_id: UUID | None = None) -> PatientFile:
    """The whole page of a patient. Raises NotFound."""
    raise NotImplementedError


def banner(desk: Desk, patient_id: UUID, case_id: UUID | None = None) -> Banner:
    """Identity and warnings, for the given case or the newest open one."""
    raise NotImplementedError
