"""Who may be the same person: a few hundred candidates at most, each kind found by its index.

Comparing names letter by letter is dear, so it is done only with these; nothing here reads all
patients, however many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from clinic_desk.storage.folding import fold, phone_digits
from clinic_desk.storage.models_patient_file import PatientIdentifier, PatientName, PatientPhone
from clinic_desk.storage.models_patients import Patient
from clinic_desk.storage.patient_file_queries import identifier_key

EACH = 100  # candidates of one kind
BEGINNING = 3  # letters of a family name that are typed right


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of the person who is looked for."""

    family_name: str
    given_name: str = ""
    preferred_name: str = ""
    born: tuple[date, ...] = ()  # the day, and days that it is easily mistyped as
    phones: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()  # family names


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of a registered patient is compared; names and numbers are folded."""

    id: UUID
    families: tuple[str, ...]
    givens: tuple[str, ...]
    birth_date: date | None
    birth_part: str
    phones: tuple[str, ...]
    identifiers: tuple[str, ...]


def candidates(session: Session, sought: Sought) -> tuple[Candidate, ...]:
    """Patients with a near name, the same or a near birth date, a phone or a number in common."""
    found: dict[UUID, None] = {}
    for query in _queries(sought):
        found.update(dict.fromkeys(session.scalars(query.limit(EACH))))
    return _read(session, list(found))


def _queries(sought: Sought) -> Iterator[Select[UUID]]:
    living = Patient.merged_into.is_(None)
    if sought.born:
        yield select(Patient.id).where(living, Patient.birth_date.in_(sought.born))
    phones = tuple(key for key in map(phone_digits, sought.phones) if len(key) > 4)
    if phones:
        yield select(Patient.id).where(living, Patient.phone_key.in_(phones))
        yield select(PatientPhone.patient_id).where(PatientPhone.key.in_(phones))
    numbers = tuple(key for key in map(identifier_key, sought.identifiers) if key)
    if numbers:
        yield select(PatientIdentifier.patient_id).where(PatientIdentifier.key.in_(numbers))
    families = tuple(key for key in map(fold, (sought.family_name, *sought.other_names)) if key)
    given = fold(sought.given_name) or fold(sought.preferred_name)
    for family in families:
        firsts = [and_(*_begins(Patient.given_key, word[:1])) for word in given.split()]
        yield select(Patient.id).where(
            living, Patient.family_key == family, *([or_(*firsts)] if firsts else [])
        )
        if len(family) > BEGINNING and given:
            yield select(Patient.id).where(
                living,
                *_begins(Patient.family_key, family[:BEGINNING]),
                *_begins(Patient.given_key, given[:2]),
            )
        yield select(PatientName.patient_id).where(PatientName.key == family)
    if families and given:  # family and given name the other way round
        yield select(Patient.id).where(
            living, Patient.family_key == given, Patient.given_key == families[0]
        )


def _begins(column: InstrumentedAttribute[str], beginning: str) -> tuple[ColumnElement[bool], ...]:
    """A range of the index; folded text is plain ASCII, and `{` stands after `z`."""
    return (column >= beginning, column < beginning + "{") if beginning else ()


def _read(session: Session, ids: Sequence[UUID]) -> tuple[Candidate, ...]:
    rows = session.execute(
        select(
            Patient.id,
            Patient.family_key,
            Patient.given_key,
            Patient.preferred_name,
            Patient.birth_date,
            Patient.birth_part,
            Patient.phone_key,
        )
        .where(Patient.id.in_(ids), Patient.merged_into.is_(None))
        .order_by(Patient.serial)
    ).all()
    known = [row.id for row in rows]
    names = _grouped(session, PatientName, PatientName.key, known)
    givens = _grouped(session, PatientName, PatientName.given_name, known)
    phones = _grouped(session, PatientPhone, PatientPhone.key, known)
    numbers = _grouped(session, PatientIdentifier, PatientIdentifier.key, known)
    return tuple(
        Candidate(
            row.id,
            (row.family_key, *names.get(row.id, ())),
            tuple(
                dict.fromkeys(
                    key
                    for key in (
                        row.given_key,
                        fold(row.preferred_name),
                        *map(fold, givens.get(row.id, ())),
                    )
                    if key
                )
            ),
            row.birth_date,
            row.birth_part,
            tuple(key for key in (row.phone_key, *phones.get(row.id, ())) if key),
            numbers.get(row.id, ()),
        )
        for row in rows
    )


def _grouped(
    session: Session,
    kind: type[PatientName] | type[PatientPhone] | type[PatientIdentifier],
    column: InstrumentedAttribute[str],
    ids: Sequence[UUID],
) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    query = select(kind.patient_id, column).where(kind.patient_id.in_(ids))
    for who, key in session.execute(query.order_by(kind.place)):
        found[who] = (*found.get(who, ()), key)
    return found
