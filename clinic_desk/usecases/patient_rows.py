"""Between the rows of the database and a patient's details."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from uuid import UUID

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import patient_file_queries as lists
from clinic_desk.storage.models import Patient
from clinic_desk.storage.patient_queries import FoundPatient
from clinic_desk.usecases.patient_details import (
    Allergy,
    CareContact,
    Consent,
    Identifier,
    OtherAddress,
    OtherName,
    OtherPhone,
    PatientDetails,
)
from clinic_desk.usecases.patient_views import PatientRow
from clinic_desk.usecases.words import sided

LINE_OF: Mapping[str, Callable[..., object]] = {
    "names": OtherName,
    "identifiers": Identifier,
    "addresses": OtherAddress,
    "phones": OtherPhone,
    "allergy_list": Allergy,
    "consents": Consent,
    "contacts": CareContact,
}
PLAIN = tuple(field.name for field in fields(PatientDetails) if field.name not in (*LINE_OF, "sex"))


def row_of(found: FoundPatient) -> PatientRow:
    """One line of a list."""
    side = Side(found.open_case_side) if found.open_case_side else None
    return PatientRow(
        id=found.id,
        number=found.number,
        family_name=found.family_name,
        given_name=found.given_name,
        birth_date=found.birth_date,
        phone=found.phone,
        last_visit=found.last_visit,
        open_case=sided(found.open_case, side) if found.open_case else "",
        preferred_name=found.preferred_name,
        birth_part=found.birth_part,
        archived=found.archived,
    )


def details(session: chart.Reading, row: Patient) -> PatientDetails:
    """What is recorded about a patient."""
    return _read(row, {name: lists.lines(session, name, row.id) for name in LINE_OF})


def _read(row: Patient, held: Mapping[str, Sequence[tuple[lists.Value, ...]]]) -> PatientDetails:
    found: dict[str, object] = {name: getattr(row, name) for name in PLAIN}
    for name, kind in LINE_OF.items():
        found[name] = tuple(kind(*values) for values in held[name])
    return PatientDetails(**found, sex=Sex(row.sex))  # type: ignore[arg-type]


def details_of_many(session: chart.Reading, rows: Iterable[Patient]) -> dict[UUID, PatientDetails]:
    """What is recorded about many patients, each list in one statement."""
    by_id = {row.id: row for row in rows}
    held = {name: lists.lines_of_many(session, name, list(by_id)) for name in LINE_OF}
    return {
        who: _read(row, {name: held[name].get(who, ()) for name in LINE_OF})
        for who, row in by_id.items()
    }


def put(row: Patient, said: PatientDetails) -> None:
    """Bring clean and checked details into a row; its lists are written on their own."""
    for name in PLAIN:
        setattr(row, name, getattr(said, name))
    row.sex = said.sex.value


def write(session: chart.Reading, row: Patient, said: PatientDetails) -> list[str]:
    """Record details that are clean and checked; gives the names of what changed."""
    known = details(session, row) if row.id is not None else None
    names = [field.name for field in fields(PatientDetails)]
    changed = [name for name in names if getattr(known, name, None) != getattr(said, name)]
    put(row, said)
    return changed


def write_lists(session: chart.Reading, row: Patient, said: PatientDetails) -> None:
    """Record the lists of a patient who has an id, and what the search finds them by."""
    for name in LINE_OF:
        rows = [astuple(line) for line in getattr(said, name)]
        if rows != [tuple(line) for line in lists.lines(session, name, row.id)]:
            lists.write_lines(session, name, row.id, rows)
    lists.refold(session, row)


def find_by_lists(row: Patient, said: PatientDetails) -> None:
    """Say what a new patient is found by that stands in the lists."""
    held = {name: [astuple(line) for line in getattr(said, name)] for name in lists.SEARCHED}
    row.search_more = " ".join(dict.fromkeys(part for part in lists.searched(held) if part))


def add_lists(session: chart.Reading, patient_id: UUID, said: PatientDetails) -> None:
    """Record the lists of a patient who is new and in the record; the store is asked nothing."""
    for name in LINE_OF:
        rows = [astuple(line) for line in getattr(said, name)]
        lists.add_lines(session, name, patient_id, rows)
