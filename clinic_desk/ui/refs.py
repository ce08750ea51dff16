"""Where a person can go: a place and the thing to open there."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    TODAY = "today"
    PATIENTS = "patients"
    NEW_PATIENT = "new_patient"
    PATIENT = "patient"  # id: patient; case: which of their cases
    PATIENT_FILE = "patient_file"  # id: patient; close parts, merge, archive, hold
    RETENTION = "retention"
    VISIT = "visit"  # id: visit
    EVALUATION = "evaluation"  # id: visit
    PROGRAM = "program"  # id: case
    LETTER = "letter"  # id: case; extra: letter kind
    LETTERS = "letters"
    BATCH = "batch"  # extra: "recalls" for those of the recalls that are due
    LETTER_TEMPLATES = "letter_templates"  # extra: letter kind
    DOCUMENT = "document"  # id: issued document
    CONTACT_ENTRY = "contact_entry"  # id: signed contact; without it case: the one being written
    FILE = "file"  # id: filed file
    LOOP = "loop"  # id: request that waits for an answer
    LOOPS = "loops"
    TASKS = "tasks"  # id: patient a recall is for
    EXERCISES = "exercises"
    CONTACTS = "contacts"  # id: contact
    REPORTS = "reports"  # extra: which report
    SETTINGS = "settings"
    IMPORT = "import"  # extra: the file to begin with


# What each place highlights in the rail.
SECTION = {
    Place.TODAY: "today",
    Place.LOOPS: "today",
    Place.TASKS: "tasks",
    Place.EXERCISES: "exercises",
    Place.LETTERS: "letters",
    Place.BATCH: "letters",
    Place.CONTACTS: "contacts",
    Place.LETTER_TEMPLATES: "letters",
    Place.REPORTS: "reports",
    Place.SETTINGS: "settings",
    Place.IMPORT: "settings",
}


CASE = "case"  # as `extra` of a patient: the details of the case, to be corrected
LETTERHEAD = "letterhead"  # as `extra` of the settings


@dataclass(frozen=True, slots=True)
class Ref:
    place: Place
    id: UUID | None = None
    case: UUID | None = None
    extra: str = ""

    @property
    def section(self) -> str:
        """The rail entry this belongs to."""
        return SECTION.get(self.place, "patients")
