"""Where a person can go: a place and the thing to open there."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    TODAY = "today"
    PATIENTS = "patients"
    NEW_PATIENT = "new_patient"
    PATIENT = "patient"  # id: patient; case: which of their cases
    VISIT = "visit"  # id: visit
    EVALUATION = "evaluation"  # id: visit
    PROGRAM = "program"  # id: case
    LETTER = "letter"  # id: case; extra: letter kind
    LETTERS = "letters"
    LETTER_TEMPLATES = "letter_templates"  # extra: letter kind
    DOCUMENT = "document"  # id: issued document
    EXERCISES = "exercises"
    SETTINGS = "settings"


# What each place highlights in the rail.
SECTION = {
    Place.TODAY: "today",
    Place.EXERCISES: "exercises",
    Place.LETTERS: "letters",
    Place.LETTER_TEMPLATES: "letters",
    Place.SETTINGS: "settings",
}


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
