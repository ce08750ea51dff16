"""How SQLite finds words: FTS5 tables that its own triggers keep, inside the encrypted file.

Every word that comes here is folded, letters and digits only, and is quoted all the same, so
that nothing a person types is read as the full-text language.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, column, literal_column, select, table, text

from clinic_desk.storage.models_patients import Patient
from clinic_desk.storage.models_search import SearchText

_NOTES = table("notes_search", column("rowid"))


def notes(whole: Sequence[str], begun: Sequence[str], hidden: Sequence[UUID]) -> Select[SearchText]:
    """Notes and letters with all these words, whole or only begun, the newest row first."""
    match = " AND ".join([*map(quoted, whole), *(f"{quoted(word)} *" for word in begun)])
    return (
        select(SearchText)
        .select_from(_NOTES)
        .join(SearchText, SearchText.id == _NOTES.c.rowid)
        .where(
            text("notes_search MATCH :notes").bindparams(notes=match),
            *((SearchText.case_id.not_in(hidden),) if hidden else ()),
        )
        .order_by(_NOTES.c.rowid.desc())
    )


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
