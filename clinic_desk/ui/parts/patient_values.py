"""Between a patient's details and what stands in the fields of the form.

The fields hold text as it was typed, a date half typed too; that is also what a draft keeps.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.ui.widgets.dates import parse_day, written_day
from clinic_desk.ui.widgets.part_dates import parse_birth, written_birth
from clinic_desk.usecases import patient_details
from clinic_desk.usecases.patient_details import PatientDetails

Values = dict[str, object]
LINE_OF = {
    "names": patient_details.OtherName,
    "identifiers": patient_details.Identifier,
    "addresses": patient_details.OtherAddress,
    "phones": patient_details.OtherPhone,
    "allergy_list": patient_details.Allergy,
    "consents": patient_details.Consent,
    "contacts": patient_details.CareContact,
}
_SHORT = ("allergies", "consent_on", "birth_part")  # follow from other fields
_DAYS = ("since", "until", "given_on", "withdrawn_on")


def values_of(details: PatientDetails) -> Values:
    """What the fields show of details."""
    found: Values = {}
    for field in fields(PatientDetails):
        name, value = field.name, getattr(details, field.name)
        if name in _SHORT:
            continue
        if name in LINE_OF:
            found[name] = [
                {one.name: _shown(getattr(line, one.name)) for one in fields(line)}
                for line in value
            ]
        elif name == "birth_date":
            found[name] = written_birth(value, details.birth_part)
        else:
            found[name] = value if isinstance(value, bool) else str(value)
    return found


def details_of(values: Mapping[str, object], today: date) -> PatientDetails:
    """The details that the fields stand for; what cannot be read is left out (and is refused
    beside its field before anything is saved).
    """
    found: dict[str, object] = {}
    for field in fields(PatientDetails):
        name = field.name
        value = values.get(name)
        if name in _SHORT or name not in values:
            continue
        if name in LINE_OF:
            found[name] = tuple(_lines(name, value, today))
        elif name == "birth_date":
            found[name], found["birth_part"] = _birth(str(value or ""), today)
        elif name == "sex":
            found[name] = Sex(str(value)) if value in set(Sex) else Sex.UNKNOWN
        else:
            found[name] = bool(value) if name == "no_allergies" else str(value or "")
    return PatientDetails(**{"family_name": "", "given_name": ""} | found)  # type: ignore[arg-type]


def _lines(name: str, value: object, today: date) -> list[object]:
    made = []
    for row in value if isinstance(value, list) else []:
        line: dict[str, object] = {}
        for key, text in row.items():
            if key in _DAYS:
                line[key] = _day(str(text or ""), today)
            elif key == "contact_id":
                line[key] = UUID(str(text)) if text else None
            else:
                line[key] = str(text or "")
        if name == "contacts" and line["contact_id"] is None:
            continue
        if name == "consents" and line["given_on"] is None:
            line["given_on"] = today  # the day that it is written down
        made.append(LINE_OF[name](**line))
    return made


def _shown(value: object) -> str:
    return written_day(value) if isinstance(value, date) else "" if value is None else str(value)


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today)
    except ValueError:
        return None


def _birth(text: str, today: date) -> tuple[date | None, str]:
    try:
        return parse_birth(text, today)
    except ValueError:
        return None, ""
