"""How SQLite finds words: FTS5 tables that its own triggers keep, inside the encrypted file.

Every word that comes here is folded, letters and digits only, and is quoted all the same, so
that nothing a person types is read as the full-text language.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from clinic_desk.storage.models_patients import Patient
from clinic_desk.storage.models_search import SearchText

_NOTES = table("notes_search", column("rowid"))
_WORDS = table("search_words", column("word", Text))

INDEXED = range(2, 5)  # letters of a beginning that the index itself serves
MEANT = 64  # words that are looked for one by one instead of their common beginning
NEWEST = 4000  # rows in which one more single letter is looked for, which no index holds


def notes(
    session: Session, whole: Sequence[str], begun: Sequence[str], hidden: Sequence[UUID]
) -> Select[SearchText] | None:
    """Notes and letters with all these words, whole or only begun, the newest row first; None
    where no word begins so.
    """
    match, letters = [quoted(word) for word in whole], []
    for word in begun:
        meant = (word,) if len(word) in INDEXED else _meant(session, word)
        if not meant:
            return None
        if len(word) in INDEXED or len(meant) > MEANT:
            if len(word) > 1:
                match.append(f"{quoted(word)} *")
            else:
                letters.append(word)
        else:
            match.append("(" + " OR ".join(map(quoted, meant)) + ")")
    if not match:
        match, letters = [f"{quoted(word)} *" for word in letters], []
    wanted = text("notes_search MATCH :notes").bindparams(notes=" AND ".join(match))
    query = (
        select(SearchText)
        .select_from(_NOTES)
        .join(SearchText, SearchText.id == _NOTES.c.rowid)
        .where(wanted)
        .order_by(_NOTES.c.rowid.desc())
    )
    if letters:
        oldest = select(_NOTES.c.rowid).where(wanted).order_by(_NOTES.c.rowid.desc())
        oldest = oldest.offset(NEWEST).limit(1)
        query = query.where(
            _NOTES.c.rowid > func.coalesce(oldest.scalar_subquery(), 0),
            *((" " + SearchText.words).contains(f" {letter}") for letter in letters),
        )
    if hidden:
        query = query.where(SearchText.case_id.not_in(hidden))
    return query


def _meant(session: Session, word: str) -> Sequence[str]:
    """The words in notes and letters that begin so, and one more than are looked for one by one
    where there are too many.
    """
    query = (
        select(_WORDS.c.word)
        .where(_WORDS.c.word >= word, _WORDS.c.word < word[:-1] + chr(ord(word[-1]) + 1))
        .order_by(_WORDS.c.word)
    )
    return session.scalars(query.limit(MEANT + 1)).all()


def patients_with(groups: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Patients in whose words a part out of each group stands; parts have three letters or more."""
    match = " AND ".join(
        "(" + " OR ".join(quoted(part) for part in parts) + ")" for parts in groups
    )
    return Patient.serial.in_(
        select(literal_column("rowid"))
        .select_from(text("patients_search"))
        .where(text("patients_search MATCH :parts").bindparams(parts=match))
    )


def quoted(word: str) -> str:
    """A text that the full-text language reads as text."""
    return '"' + word.replace('"', '""') + '"'
