"""Find: patients, contacts, and words in signed notes and issued letters, best first.

An exact number comes before the beginning of a name, that before a part of one, and notes come
last. What was mistyped is looked for a second time, by names that are spelt nearly so. Parts of
a file that are closed are not looked into.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from rapidfuzz.distance import OSA

from clinic_desk.exchange.contact_entry import Entry
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage import patient_queries, search_queries
from clinic_desk.storage.folding import Term, has_one_sign_words, note_words, pieces, terms
from clinic_desk.usecases import address_book, patient_rows, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_views import PatientRow

TYPED = 400  # characters; nobody's name is longer, and no search gains by more
LITTLE = 3  # patients; where no more are found, near spellings are looked for too
SPELLINGS = 4  # names that a mistyped word may have meant
BEFORE, AFTER = 36, 90  # characters shown around the first word that was found
COMPARED = 30  # contacts that are put in order
LOOKED_AT = 60  # places of one text that are weighed against each other
AT_ONCE = 1000  # patients that are read together for a file
LEAST = 3  # letters of the longest word, before notes are looked through

Mark = tuple[int, int]  # where a word that was found begins and ends


@dataclass(frozen=True, slots=True)
class FoundPatients:
    """Patients in whom all is found as typed, and those whose name is only spelt nearly so."""

    rows: tuple[PatientRow, ...]
    near: tuple[PatientRow, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A visit or document in which the words stand, with the words around them."""

    kind: str  # visit | addendum | letter
    opens_id: UUID
    family_name: str
    given_name: str
    patient_number: str
    title: str  # of a letter; the kind of a visit
    number: int  # of the visit in its case
    at: datetime
    snippet: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FoundContact:
    id: UUID
    entry: Entry


@dataclass(frozen=True, slots=True)
class Found:
    patients: FoundPatients = FoundPatients(())
    contacts: tuple[FoundContact, ...] = ()
    notes: tuple[FoundNote, ...] = ()


def patients(desk: Desk, words: str, limit: int = 50) -> FoundPatients:
    """Patients by any part of a name in any order, birth date, number, phone or identifier,
    whatever the accents; without words, those seen most recently.
    """
    with desk.store.reading() as session:
        return _patients(session, typed.line(words[:TYPED]), limit)


def how_many(desk: Desk) -> int:
    """How many patients the list of all has."""
    with desk.store.reading() as session:
        return search_queries.how_many(session)


def page(desk: Desk, start: int, count: int) -> tuple[PatientRow, ...]:
    """So many of all patients from A to Z, archived ones too."""
    with desk.store.reading() as session:
        ids = search_queries.in_order(session, start, count)
        found = {one.id: one for one in patient_queries.by_ids(session, ids)}
        return tuple(patient_rows.row_of(found[one]) for one in ids if one in found)


def everybody(desk: Desk) -> Iterator[PatientRow]:
    """All patients from A to Z, archived ones too, a page at a time."""
    start, rows = 0, page(desk, 0, AT_ONCE)
    while rows:
        yield from rows
        start += AT_ONCE
        rows = page(desk, start, AT_ONCE)


def all_found(desk: Desk, words: str) -> tuple[PatientRow, ...]:
    """All patients in whom the words are found, in the order of the list of those found."""
    with desk.store.reading() as session:
        found = patient_queries.all_found(session, typed.line(words[:TYPED]))
        return tuple(patient_rows.row_of(one) for one in found)


def everything(desk: Desk, words: str, limit: int = 8) -> Found:
    """What Ctrl+K shows: at most so many of each kind."""
    words = typed.line(words[:TYPED])
    if not words:
        return Found()
    with desk.store.reading() as session:
        return Found(
            _patients(session, words, limit),
            _contacts(session, words, limit // 2),
            _notes(session, words, limit),
        )


def _patients(session: chart.Reading, words: str, limit: int) -> FoundPatients:
    wanted = terms(words)
    found = patient_queries.find_patients(session, words, limit)
    rows = tuple(patient_rows.row_of(one) for one in found)
    if len(rows) >= min(limit, LITTLE) or not words:
        return FoundPatients(rows)
    known = {row.id for row in rows}
    near = patient_queries.find_by_terms(session, _respelt(session, wanted), limit)
    others = tuple(patient_rows.row_of(one) for one in near if one.id not in known)
    return FoundPatients(rows, others[: limit - len(rows)])


def _respelt(session: chart.Reading, wanted: Sequence[Term]) -> tuple[Term, ...]:
    """The same terms with the names that are spelt nearly so; empty where there are none."""
    changed = tuple(_near(session, term) for term in wanted)
    return changed if changed != tuple(wanted) else ()


def _near(session: chart.Reading, term: Term) -> Term:
    word = term.spellings[0]
    if len(word) < 4 or not word.isalpha():
        return term
    most = 1 if len(word) < 6 else 2
    scored = sorted(
        (distance, name)
        for name in search_queries.names_like(session, word)
        if (distance := _distance(word, name, most)) <= most
    )
    return replace(term, spellings=(word, *(name for _score, name in scored[:SPELLINGS])))


def _distance(word: str, name: str, most: int) -> int:
    """How many letters are wrong, missing or swapped; the end of a name need not be typed."""
    whole = OSA.distance(word, name, score_cutoff=most)
    if whole <= most or len(word) < 5:
        return whole
    begun = OSA.distance(word, name[: len(word)], score_cutoff=1)
    return begun + 1 if begun <= 1 else most + 1


def _contacts(session: chart.Reading, words: str, limit: int) -> tuple[FoundContact, ...]:
    wanted = address_book.terms(words)
    if not wanted or len(wanted) > patient_queries.MOST_TERMS:
        return ()
    firsts = tuple(spelling for one in wanted for spelling in one)
    rows = sorted(  # those whose name begins so before those who live in a place called so
        book.found(session, wanted, limit=COMPARED)[0],
        key=lambda row: not any(word.startswith(firsts) for word in row.name_key.split()),
    )
    return tuple(FoundContact(row.id, address_book.view(row).entry) for row in rows[:limit])


def _notes(session: chart.Reading, words: str, limit: int) -> tuple[FoundNote, ...]:
    exact = search_queries.by_reference(session, words.upper())
    found = [exact] if exact is not None else []
    wanted = tuple(dict.fromkeys(note_words(words)))[: patient_queries.MOST_TERMS]
    if any(len(word) >= LEAST for word in wanted) or has_one_sign_words(words):
        found += search_queries.texts(session, wanted, limit)
    return tuple(_shown(one, wanted) for one in found[:limit])


def _shown(one: search_queries.FoundText, wanted: Sequence[str]) -> FoundNote:
    snippet, marks = excerpt(one.text, wanted)
    return FoundNote(
        one.kind,
        one.opens_id,
        one.family_name,
        one.given_name,
        one.patient_number,
        one.title,
        one.number,
        one.at,
        snippet,
        marks,
    )


def excerpt(text: str, wanted: Sequence[str]) -> tuple[str, tuple[Mark, ...]]:
    """The words around the place where most was found, on one line, and where they stand."""
    flat = " ".join(text.split())
    hits = tuple(islice(_found_in(flat, wanted), LOOKED_AT))
    found = [(begin, end) for begin, end, _words in hits]
    first = max(hits, key=lambda one: _fullness(hits, one[0]), default=(0,))[0]
    start = 0 if first <= BEFORE else flat.find(" ", first - BEFORE) + 1
    if not 0 < start <= first:
        start = max(0, first - BEFORE)
    end = min(len(flat), first + AFTER)
    lead = "… " if start else ""
    tail = " …" if end < len(flat) else ""
    shift = len(lead) - start
    marks = tuple((b + shift, min(e, end) + shift) for b, e in found if start <= b < end)
    return f"{lead}{flat[start:end]}{tail}", marks


def _found_in(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    for begin, end, folded in pieces(text):
        said = frozenset(one for one in wanted if any(word.startswith(one) for word in folded))
        if said:
            yield begin, end, said


def _fullness(hits: Sequence[tuple[int, int, frozenset[str]]], start: int) -> int:
    """How many of the words stand in what is shown from there."""
    seen = (words for begin, end, words in hits if start <= begin and end <= start + AFTER)
    return len(frozenset[str]().union(*seen))
