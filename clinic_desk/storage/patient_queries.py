"""Registering and finding patients.

A search asks the beginnings of names first, by index, and looks inside words only when
that did not fill the list: so typing stays quick with a hundred thousand patients.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    event,
    func,
    or_,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute, Mapper, Session

from clinic_desk.storage.folding import (
    Term,
    fold,
    number_text,
    phone_digits,
    search_text,
    terms,
)
from clinic_desk.storage.lock_queries import hidden_cases
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit
from clinic_desk.storage.numbers import next_number
from clinic_desk.storage.search_dialects import dialect

_Query = Select[UUID, int, str, str, str, date | None, str, str, str, str, str, date | None]
_Row = Row[UUID, int, str, str, str, date | None, str, str, str, str, str, date | None]
_ENOUGH = 400  # rows that are ranked when a search has to look inside words
AT_ONCE = 1000  # patients of a long answer whose visits are looked up together
MOST_TERMS = 16  # words; in more than these nobody is found
_NUMBER_BEGUN = re.compile(r"\s*cd[- ]*", re.IGNORECASE)  # of which no digit is typed yet
_SERIAL = re.compile(r"\s*(?:cd[- ]?)?0*([1-9][0-9]{0,8})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """One line of a list. The open case is the newest one that is not closed."""

    id: UUID
    number: str
    family_name: str
    given_name: str
    birth_date: date | None
    phone: str
    last_visit: datetime | None
    open_case: str
    open_case_side: str | None
    preferred_name: str = ""
    birth_part: str = ""
    archived: bool = False


def register(session: Session, patient: Patient) -> Patient:
    """Add a new patient and give them the next number."""
    return register_as(session, patient, next_number(session, "patient"))


def register_as(session: Session, patient: Patient, serial: int) -> Patient:
    """Add a new patient under a number that was taken before, as many do at once."""
    patient.serial = serial
    patient.number = number_text(patient.serial)
    session.add(patient)
    return patient


@event.listens_for(Patient, "before_insert")
@event.listens_for(Patient, "before_update")
def _fold(_mapper: Mapper[Patient], _connection: Connection, patient: Patient) -> None:
    """Keep what the search looks into in step with the names."""
    patient.family_key = fold(patient.family_name)
    patient.given_key = fold(patient.given_name)
    patient.phone_key = phone_digits(patient.phone or "")
    patient.search_text = search_text(
        patient.family_name,
        patient.given_name,
        patient.birth_date,
        patient.phone or "",
        patient.number,
        fold(patient.preferred_name or ""),
        patient.birth_part or "",
        (patient.birth_part or "").replace("-", ""),
        patient.search_more or "",
    )


_COLUMNS = (
    Patient.id,
    Patient.serial,
    Patient.number,
    Patient.family_name,
    Patient.given_name,
    Patient.birth_date,
    Patient.phone,
    Patient.family_key,
    Patient.given_key,
    Patient.preferred_name,
    Patient.birth_part,
    Patient.archived_on,
)
_STANDING = Patient.merged_into.is_(None)  # a merged registration is found through the kept one


def find_patients(session: Session, words: str, limit: int = 50) -> tuple[FoundPatient, ...]:
    """Patients in whom every word is found: any part of a name in any order, a birth date in a
    common form, a number, a part of a phone number. Best first: family names that begin with
    a word, then given names, then parts. Without words: those seen most recently.
    """
    if not words.strip():
        return _with_visits(session, recently_seen(session, limit))
    if _NUMBER_BEGUN.fullmatch(words):
        return _with_visits(session, _begins_a_number(session, words, limit))
    found = find_by_terms(session, terms(words), limit)
    number = _SERIAL.fullmatch(words)
    if number is None:
        return found
    exact = by_number(session, int(number[1]))
    return (*exact, *(row for row in found if row.id not in {one.id for one in exact}))[:limit]


def _begins_a_number(session: Session, words: str, limit: int) -> list[_Row]:
    """Those whose name begins so, then those seen most recently: everybody has a number, and the
    index would give them all.
    """
    found: dict[UUID, _Row] = {}
    for statement in _by_beginnings(terms(words)):
        found.update((row.id, row) for row in session.execute(statement.limit(limit)))
    for row in recently_seen(session, limit):
        found.setdefault(row.id, row)
    return list(found.values())[:limit]


def all_found(session: Session, words: str) -> Iterator[FoundPatient]:
    """Everybody in whom every word is found: first as `find_patients` has them, then the rest."""
    first = find_patients(session, words)
    yield from first
    wanted = terms(words)
    if not wanted or len(wanted) > MOST_TERMS:
        return
    seen = {row.id for row in first}
    whole = any(_is_long(term) for term in wanted)
    rest: dict[UUID, _Row] = {}
    for statement in [_inside(session, wanted)] if whole else _by_beginnings(wanted):
        for row in session.execute(statement):
            if row.id not in seen:
                rest.setdefault(row.id, row)
    others = _ranked(list(rest.values()), wanted) if whole else list(rest.values())
    for start in range(0, len(others), AT_ONCE):
        yield from _with_visits(session, others[start : start + AT_ONCE])


def by_number(session: Session, serial: int) -> tuple[FoundPatient, ...]:
    """The patient with exactly this number."""
    rows = session.execute(select(*_COLUMNS).where(_STANDING, Patient.serial == serial))
    return _with_visits(session, rows.all())


def find_by_terms(
    session: Session, wanted: Sequence[Term], limit: int = 50
) -> tuple[FoundPatient, ...]:
    """Patients in whom a spelling of every term is found, best first. Single letters alone find
    the names that begin with one of them.
    """
    if not wanted or len(wanted) > MOST_TERMS:
        return ()
    if len(wanted) == 2 and not all(_is_long(term) for term in wanted):
        both = session.execute(_both_names(wanted).limit(limit)).all()
        if len(both) >= limit:
            return _with_visits(session, both)
    if len(wanted) > 1 and any(_is_long(term) for term in wanted):
        rows = session.execute(_inside(session, wanted).limit(_ENOUGH)).all()
        if len(rows) < _ENOUGH:  # all there are: ranking them is quicker than several ranges
            return _with_visits(session, _ranked(rows, wanted)[:limit])
    found: dict[UUID, _Row] = {}
    for statement in _by_beginnings(wanted):
        for row in session.execute(statement.limit(limit)):
            found.setdefault(row.id, row)
        if len(found) >= limit:
            return _with_visits(session, list(found.values())[:limit])
    if not any(_is_long(term) for term in wanted):  # single letters: no index holds them
        return _with_visits(session, list(found.values())[:limit])
    inside = [
        row
        for row in session.execute(_inside(session, wanted).limit(_ENOUGH))
        if row.id not in found
    ]
    return _with_visits(session, [*found.values(), *_ranked(inside, wanted)][:limit])


def _probe(spelling: str) -> str:
    """What is looked for in the folded text: a short word must begin a word, and each word
    stands behind a space; a longer one may stand inside.
    """
    return spelling if len(spelling) > 2 else f" {spelling}"


def _is_long(term: Term) -> bool:
    """Whether the index of three letters can serve it."""
    return all(len(_probe(spelling)) > 2 for spelling in term.spellings)


def _ranked(rows: Sequence[_Row], wanted: Sequence[Term]) -> list[_Row]:
    """Family names that begin with a word first, then given names, then the rest by name."""
    beginnings = tuple(spelling for term in wanted for spelling in term.spellings)

    def place(row: _Row) -> tuple[int, str, str, int]:
        begins = (row.family_key.startswith(beginnings), row.given_key.startswith(beginnings))
        rank = 0 if begins[0] else 1 if begins[1] else 2
        return rank, row.family_key, row.given_key, row.serial

    return sorted(rows, key=place)


def _contains(term: Term) -> ColumnElement[bool]:
    return or_(
        *(
            Patient.search_text.contains(_probe(spelling), autoescape=True)
            for spelling in term.spellings
        )
    )


def _by_beginnings(wanted: Sequence[Term]) -> list[_Query]:
    """Family names beginning with one of the words, then given names, each from its index."""
    statements = []
    for column, other in (
        (Patient.family_key, Patient.given_key),
        (Patient.given_key, Patient.family_key),
    ):
        for term in wanted:
            others = [_contains(one) for one in wanted if one is not term]
            statements.append(
                select(*_COLUMNS)
                .where(_STANDING, _begins(column, term.spellings[0]), *others)
                .order_by(column, other, Patient.serial)  # as an index has them, nothing to sort
            )
    return statements


def _both_names(wanted: Sequence[Term]) -> _Query:
    """A given name and the first letter of a family name, or the other way round, by an index
    that holds both: no other one holds a single letter.
    """
    one, other = (term.spellings[0] for term in wanted)
    ways = (
        and_(_begins(Patient.family_key, family), _begins(Patient.given_key, given))
        for family, given in ((one, other), (other, one))
    )
    return (
        select(*_COLUMNS)
        .where(_STANDING, or_(*ways))
        .order_by(Patient.family_key, Patient.given_key, Patient.serial)
    )


def _begins(
    column: ColumnElement[str] | InstrumentedAttribute[str], word: str
) -> ColumnElement[bool]:
    return and_(column >= word, column < _after(word))


def _after(beginning: str) -> str:
    """The first text that no longer begins so; folded text is plain ASCII."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def _inside(session: Session, wanted: Sequence[Term]) -> _Query:
    """All patients in whom every word is found anywhere, by the trigram index where it can."""
    statement = select(*_COLUMNS).where(_STANDING)
    long = [term for term in wanted if _is_long(term)]
    if long:
        parts = [[_probe(spelling) for spelling in term.spellings] for term in long]
        statement = statement.where(dialect(session).patients_with(parts))
    return statement.where(*(_contains(term) for term in wanted if term not in long))


def recently_seen(session: Session, limit: int) -> Sequence[_Row]:
    """The patients of the newest visits, then the newest registered."""
    newest = (
        select(Visit.case_id, Visit.care_at).order_by(Visit.care_at.desc()).limit(limit * 8)
    ).subquery()
    seen = (
        select(Case.patient_id, func.max(newest.c.care_at).label("at"))
        .join(newest, newest.c.case_id == Case.id)
        .group_by(Case.patient_id)
        .order_by(func.max(newest.c.care_at).desc())
        .limit(limit)
    ).subquery()
    rows = list(
        session.execute(
            select(*_COLUMNS)
            .join(seen, seen.c.patient_id == Patient.id)
            .where(_STANDING, Patient.archived_on.is_(None))
            .order_by(seen.c.at.desc())
        )
    )
    if len(rows) < limit:
        known = {row.id for row in rows}
        registered = session.execute(
            select(*_COLUMNS)
            .where(_STANDING, Patient.archived_on.is_(None))
            .order_by(Patient.serial.desc())
            .limit(limit)
        )
        rows.extend(row for row in registered if row.id not in known)
    return rows[:limit]


def by_ids(session: Session, ids: Sequence[UUID]) -> tuple[FoundPatient, ...]:
    """These patients, as lines of a list."""
    rows = session.execute(select(*_COLUMNS).where(Patient.id.in_(ids)))
    return _with_visits(session, rows.all())


def _with_visits(session: Session, rows: Sequence[_Row]) -> tuple[FoundPatient, ...]:
    """Add the last visit and the open case to the few rows that are shown."""
    ids = [row.id for row in rows]
    if not ids:
        return ()
    hidden = tuple(hidden_cases(session))
    last = {
        row.patient_id: row.at
        for row in session.execute(
            select(Case.patient_id, func.max(Visit.care_at).label("at"))
            .join(Visit, Visit.case_id == Case.id)
            .where(Case.patient_id.in_(ids), Case.id.not_in(hidden))
            .group_by(Case.patient_id)
        )
    }
    opened = {
        row.patient_id: row
        for row in session.execute(
            select(Case.patient_id, Case.title, Case.side)
            .where(Case.patient_id.in_(ids), Case.closed_on.is_(None), Case.id.not_in(hidden))
            .order_by(Case.opened_on, Case.id)
        )
    }
    return tuple(
        FoundPatient(
            row.id,
            row.number,
            row.family_name,
            row.given_name,
            row.birth_date,
            row.phone,
            last.get(row.id),
            opened[row.id].title if row.id in opened else "",
            opened[row.id].side if row.id in opened else None,
            row.preferred_name,
            row.birth_part,
            row.archived_on is not None,
        )
        for row in rows
    )
