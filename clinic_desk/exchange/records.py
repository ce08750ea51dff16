"""The neutral record: what every format is turned into before the practice's store is asked.

A format fills what it knows and leaves the rest empty. A new field of a person is one line here
and one in `csv_mapping.FIELDS`; an importer that does not know it goes on as it is.
"""

from dataclasses import dataclass, fields
from datetime import date

from clinic_desk.clinical.measures import Sex


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
    occupation: str = ""
    sport: str = ""
    language: str = ""
    consent_on: date | None = None


PERSON_FIELDS = tuple(one.name for one in fields(PatientRecord) if one.name != "place")
