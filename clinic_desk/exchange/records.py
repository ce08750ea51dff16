"""The neutral record: what every format is turned into before the practice's store is asked.

A format fills what it knows and leaves the rest empty. A new field of a person is one line here
and one in `csv_mapping.FIELDS`; an importer that does not know it goes on as it is.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime

from clinic_desk.clinical.measures import Sex

SYSTEM = "urn:clinic-desk"  # of what only this program means in a FHIR bundle
# Fields of a person that FHIR has no place for; a bundle of this program says them all the same.
BEYOND_FHIR = (
    "alerts",
    "history",
    "occupation",
    "sport",
    "gender",
    "pronouns",
    "interpreter",
    "interpreter_language",
    "funding",
    "claim_number",
    "dominant_hand",
    "dominant_leg",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be taken, and where: the line of a file, or a resource's name.

    `field` is the neutral field, or the column of the file where no field is at fault.
    """

    place: str  # "line 12", "Patient/7"; empty for the whole file
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """One person, as some file says. Empty text and None mean that the file says nothing."""

    place: str  # where in the file: "line 12"
    number: str = ""  # their number in the system that the file comes from
    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    phone: str = ""
    email: str = ""
    address: str = ""  # lines
    allergies: str = ""
    alerts: str = ""
    medicines: str = ""
    history: str = ""  # lines
    occupation: str = ""
    sport: str = ""
    language: str = ""
    consent_on: date | None = None
    birth_part: str = ""  # 1991 or 1991-06, where the day is not known
    phone_kind: str = ""  # mobile, home, work
    preferred_name: str = ""
    gender: str = ""
    pronouns: str = ""
    interpreter: str = ""  # yes, no
    interpreter_language: str = ""
    emergency_name: str = ""
    emergency_relation: str = ""
    emergency_phone: str = ""
    funding: str = ""
    claim_number: str = ""
    dominant_hand: str = ""  # left, right, both
    dominant_leg: str = ""
    gp: str = ""  # somebody of the address book, by name
    names: tuple[tuple[str, str, str], ...] = ()  # family, given, former or also
    identifiers: tuple[tuple[str, str], ...] = ()  # whose number it is, the number
    addresses: tuple[tuple[str, str], ...] = ()  # lines, kind
    phones: tuple[tuple[str, str], ...] = ()  # number, kind


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One line of a day list, as some file says."""

    place: str
    number: str = ""
    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    day: date | None = None
    time: str = ""
    visit_kind: str = ""
    arrived: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A document that a file brings for one of its people."""

    place: str
    about: str  # the place of the person
    title: str
    media: str  # as the sender says
    data: bytes
    dated_on: date | None = None
    source: str = ""
    note: str = ""


PERSON_FIELDS = tuple(one.name for one in fields(PatientRecord) if one.name != "place")


@dataclass(frozen=True, slots=True)
class ClinicianRecord:
    id: str
    name: str
    profession: str = ""
    registration: str = ""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """Somebody of the address book who cares for the patient."""

    id: str
    name: str
    title: str = ""
    role: str = ""
    organisation: str = ""
    email: str = ""
    phones: tuple[tuple[str, str], ...] = ()  # number, kind
    addresses: tuple[tuple[str, str, str, str], ...] = ()  # lines, postcode, town, country


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One episode of care for one complaint."""

    id: str
    title: str
    side: str = ""  # left, right, both
    opened_on: date | None = None
    onset_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    id: str
    case_id: str
    title: str
    at: datetime
    clinician_id: str
    signed: bool


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """One answer of a visit; a number has its unit, anything else is text."""

    id: str
    visit_id: str
    system: str  # the protocol and its version, as a URI
    code: str
    label: str
    at: datetime
    number: float | None = None
    unit: str = ""
    text: str = ""
    site: str = ""  # left, right


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """An issued paper: its bytes, or where they stand beside the bundle."""

    id: str
    visit_id: str
    title: str
    at: datetime
    clinician_id: str
    media_type: str
    data: bytes
    path: str = ""  # relative; empty where the bytes go into the bundle
    author: str = ""  # where no clinician of the practice made it


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """A patient with what other programs understand of the record."""

    id: str
    patient: PatientRecord
    clinicians: tuple[ClinicianRecord, ...] = ()
    cases: tuple[CaseRecord, ...] = ()
    visits: tuple[VisitRecord, ...] = ()
    measures: tuple[MeasureRecord, ...] = ()
    papers: tuple[PaperRecord, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    gp: str = ""  # the id of the contact who is it
