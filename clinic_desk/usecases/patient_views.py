"""What the screens see of a patient: frozen, with no way back into the database."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.usecases.lockbox import ClosedPart
from clinic_desk.usecases.patient_details import PatientDetails

__all__ = ["Banner", "CaseRow", "JournalEntry", "PatientDetails", "PatientFile", "PatientRow"]


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
    preferred_name: str = ""
    birth_part: str = ""  # 1991 or 1991-06, where the day is not known
    archived: bool = False


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
    hidden: bool = False  # the patient wants it closed; it opens after a reason


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
    preferred_name: str = ""
    pronouns: str = ""
    birth_part: str = ""  # 1991 or 1991-06, where the day is not known
    age_words: str = ""  # "34 y"; "34 or 35 y" where the birthday is not known
    no_allergies: bool = False  # asked, and there are none
    interpreter: str = ""  # the language to interpret, "yes" where it is not said; "" none
    closed_parts: int = 0  # parts of the file that the patient wants closed
    archived: bool = False
    merged_into: str = ""  # the number of the registration that is used instead


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the patient's journal, newest first."""

    kind: str  # visit | program | handout | letter | addendum | file | answer | contact
    id: UUID
    at: datetime
    title: str
    summary: str
    state: str  # draft | signed | waiting | returned (under supervision) | issued | prescribed
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
    closed: tuple[ClosedPart, ...] = ()
    care_team: tuple[tuple[str, str], ...] = ()  # role and name, in the order typed
    hold_reason: str = ""
