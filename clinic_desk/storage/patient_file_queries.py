"""The lists of a patient's file: read in the order typed, written as a whole, and folded into
what the search looks into.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from clinic_desk.storage.folding import fold, phone_digits
from clinic_desk.storage.models_patient_file import (
    PatientAddress,
    PatientAllergy,
    PatientConsent,
    PatientContact,
    PatientIdentifier,
    PatientName,
    PatientPhone,
)
from clinic_desk.storage.models_patients import Patient

_List = (
    type[PatientName]
    | type[PatientIdentifier]
    | type[PatientAddress]
    | type[PatientPhone]
    | type[PatientAllergy]
    | type[PatientConsent]
    | type[PatientContact]
)
Value = str | date | UUID | None
LISTS: Mapping[str, tuple[_List, tuple[str, ...]]] = {
    "names": (PatientName, ("family_name", "given_name", "kind")),
    "identifiers": (PatientIdentifier, ("system", "value", "note")),
    "addresses": (PatientAddress, ("address", "kind", "since", "until")),
    "phones": (PatientPhone, ("number", "kind")),
    "allergy_list": (PatientAllergy, ("substance", "reaction", "severity")),
    "consents": (PatientConsent, ("what", "given_on", "how", "by_whom", "withdrawn_on")),
    "contacts": (PatientContact, ("contact_id", "role")),
}


SEARCHED = ("names", "identifiers", "phones")


def identifier_key(value: str) -> str:
    """A number without spaces and signs: "H-22 31" and "h2231" are one."""
    return fold(value).replace(" ", "")


def lines(session: Session, name: str, patient_id: UUID) -> Sequence[tuple[Value, ...]]:
    """The lines of one list, each as its values in the order of `LISTS`."""
    kind, columns = LISTS[name]
    query = select(*(getattr(kind, column) for column in columns))
    query = query.where(kind.patient_id == patient_id).order_by(kind.place, kind.id)
    return [tuple(row) for row in session.execute(query)]


def lines_of_many(
    session: Session, name: str, patient_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[Value, ...]]]:
    """The lines of one list for many patients in one statement."""
    kind, columns = LISTS[name]
    query = select(kind.patient_id, *(getattr(kind, column) for column in columns))
    query = query.where(kind.patient_id.in_(patient_ids)).order_by(kind.place, kind.id)
    found: dict[UUID, list[tuple[Value, ...]]] = {}
    for who, *values in session.execute(query):
        found.setdefault(who, []).append(tuple(values))
    return found


def write_lines(
    session: Session, name: str, patient_id: UUID, rows: Sequence[tuple[Value, ...]]
) -> None:
    """Put these lines in the place of those that are there."""
    kind = LISTS[name][0]
    session.execute(delete(kind).where(kind.patient_id == patient_id))
    add_lines(session, name, patient_id, rows)


def add_lines(
    session: Session, name: str, patient_id: UUID, rows: Sequence[tuple[Value, ...]]
) -> None:
    """Give a list its first lines."""
    kind, columns = LISTS[name]
    for place, row in enumerate(rows):
        values = dict(zip(columns, row, strict=True))
        session.add(kind(patient_id=patient_id, place=place, **values, **_keys(name, values)))


def _keys(name: str, values: Mapping[str, Value]) -> dict[str, str]:
    if name == "names":
        return {"key": fold(str(values["family_name"]))}
    if name == "identifiers":
        return {"key": identifier_key(str(values["value"]))}
    if name == "phones":
        return {"key": phone_digits(str(values["number"]))}
    return {}


def refold(session: Session, patient: Patient) -> None:
    """Say anew what a patient is found by that stands in other tables: other names, phones and
    numbers, and all of those who were merged into them.
    """
    session.flush()
    parts = _searched(session, patient.id)
    merged = select(Patient).where(Patient.merged_into == patient.id).order_by(Patient.serial)
    for other in session.scalars(merged):
        parts += [other.search_text.strip()]
    patient.search_more = " ".join(dict.fromkeys(part for part in parts if part))
    flag_modified(patient, "search_more")  # a changed list is a new version of the patient


def _searched(session: Session, patient_id: UUID) -> list[str]:
    return searched({name: lines(session, name, patient_id) for name in SEARCHED})


def searched(held: Mapping[str, Sequence[tuple[Value, ...]]]) -> list[str]:
    """What a patient is found by of other names, numbers and phones."""
    parts = []
    for family, given, _kind in held["names"]:
        parts += [fold(str(family)), fold(str(given))]
    for _system, value, _note in held["identifiers"]:
        parts += [fold(str(value)), identifier_key(str(value))]
    for number, _kind in held["phones"]:
        parts.append(phone_digits(str(number)))
    return parts
