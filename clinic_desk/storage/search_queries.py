"""What Ctrl+K reads beside the patients: words of notes and letters, numbers, near names.

Each query is bounded: it reads the newest or the nearest rows, never all that match.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_desk.storage.lock_queries import hidden_cases
from clinic_desk.storage.models_papers import Document
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_search import (
    ADDENDUM,
    LETTER,
    VISIT,
    SearchText,
    letter_text,
    note_text,
)
from clinic_desk.storage.models_visits import Addendum, Visit
from clinic_desk.storage.search_dialects import dialect

EACH = 400  # patients whose names are compared for one part of a word
SPELLINGS = 3000  # different names that begin alike
LEAST = 3  # letters of a part that the index of three letters can serve


@dataclass(frozen=True, slots=True)
class FoundText:
    """A note, an addendum or a letter in which the words stand; `text` is all it says."""

    kind: str  # visit | addendum | letter
    opens_id: UUID
    at: datetime
    title: str
    number: int  # of the visit in its case
    text: str
    family_name: str
    given_name: str
    patient_number: str


def texts(session: Session, words: Sequence[str], limit: int) -> tuple[FoundText, ...]:
    """The newest notes and letters in which every folded word begins a word."""
    rows = _newest(session, words, limit)
    wanted = {
        kind: [row.source_id for row in rows if row.kind == kind]
        for kind in (VISIT, ADDENDUM, LETTER)
    }
    said: dict[UUID, tuple[str, int, str]] = {}
    if wanted[VISIT]:
        for visit in session.scalars(select(Visit).where(Visit.id.in_(wanted[VISIT]))):
            said[visit.id] = (visit.kind, visit.number, note_text(visit))
    if wanted[ADDENDUM]:
        added = select(Addendum.id, Addendum.text, Visit.kind, Visit.number).join(
            Visit, Visit.id == Addendum.visit_id
        )
        for one in session.execute(added.where(Addendum.id.in_(wanted[ADDENDUM]))):
            said[one.id] = (one.kind, one.number, one.text)
    if wanted[LETTER]:
        letters = select(Document.id, Document.title, Document.recipient, Document.content)
        for letter in session.execute(letters.where(Document.id.in_(wanted[LETTER]))):
            text = letter_text(letter.title, letter.recipient, letter.content)
            said[letter.id] = (letter.title, 0, text)
    people = _people(session, [row.case_id for row in rows])
    return tuple(
        FoundText(row.kind, row.opens_id, row.at, *said[row.source_id], *people[row.case_id])
        for row in rows
        if row.source_id in said
    )


def _newest(session: Session, words: Sequence[str], limit: int) -> Sequence[SearchText]:
    """The words before the last are whole, most often: an index reads those newest first and
    stops, while it gathers all that a beginning can mean before it gives the first.
    """
    hidden = tuple(hidden_cases(session))
    notes = dialect(session).notes
    rows: Sequence[SearchText] = ()
    for first in (words[:-1], ()) if len(words) > 1 else ((),):
        query = notes(session, first, words[len(first) :], hidden)
        rows = () if query is None else session.scalars(query.limit(limit)).all()
        if len(rows) >= limit:
            break
    return rows


def by_reference(session: Session, reference: str) -> FoundText | None:
    """The issued document that bears this reference, unless its case is closed."""
    query = select(
        Document.id, Document.case_id, Document.issued_at, Document.title, Document.reference
    ).where(Document.reference == reference)
    row = session.execute(query).first()
    if row is None or row.case_id in hidden_cases(session):
        return None
    who = _people(session, [row.case_id])[row.case_id]
    return FoundText(LETTER, row.id, row.issued_at, row.title, 0, row.reference, *who)


def _people(session: Session, cases: Sequence[UUID]) -> dict[UUID, tuple[str, str, str]]:
    query = (
        select(Case.id, Patient.family_name, Patient.given_name, Patient.number)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Case.id.in_(set(cases)))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(query)}


def names_like(session: Session, word: str) -> frozenset[str]:
    """Folded names that a mistyped word may have meant: those that begin with the same two
    letters, and those in which a half of it or its end stands. The caller compares them.
    """
    standing = Patient.merged_into.is_(None)
    found: set[str] = set()
    for key in (Patient.family_key, Patient.given_key):
        begins = select(key).where(key >= word[:2], key < word[:2] + "{").distinct()
        for name in session.scalars(begins.limit(SPELLINGS)):
            found.update(name.split())
    half = len(word) // 2
    for part in dict.fromkeys((word[2:], word[1:], word[:half], word[half:])):
        if len(part) < LEAST:
            continue
        inside = select(Patient.family_key, Patient.given_key, Patient.search_text).where(
            standing, dialect(session).patients_with([[part]])
        )
        for row in session.execute(inside.limit(EACH)):
            found.update(row.search_text.split())
    return frozenset(name for name in found if not name[0].isdigit())


def in_order(session: Session, start: int, count: int) -> Sequence[UUID]:
    """A page of all patients from A to Z, archived ones too."""
    query = (
        select(Patient.id)
        .where(Patient.merged_into.is_(None))
        .order_by(Patient.family_key, Patient.given_key, Patient.serial)
    )
    return session.scalars(query.offset(start).limit(count)).all()


def how_many(session: Session) -> int:
    """How many patients there are."""
    query = select(func.count()).select_from(Patient).where(Patient.merged_into.is_(None))
    return session.scalar(query) or 0
