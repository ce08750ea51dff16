"""What an import asks of the store: who is known already, what hangs on a row, earlier runs."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Table, delete, literal, select
from sqlalchemy.orm import Session, aliased

from clinic_desk.storage.base import Base
from clinic_desk.storage.models_contacts import Contact
from clinic_desk.storage.models_imports import ImportItem, ImportRun
from clinic_desk.storage.models_papers import Document
from clinic_desk.storage.models_patients import Patient

_AT_ONCE = 500  # keys in one statement


class Known(NamedTuple):
    """What a registered person is recognised by; names and phone folded."""

    id: UUID
    number: str
    family: str
    given: str
    birth_date: date | None
    phone: str


def known_people(session: Session) -> Iterator[Known]:
    """Everyone who is registered."""
    query = select(
        Patient.id,
        Patient.number,
        Patient.family_key,
        Patient.given_key,
        Patient.birth_date,
        Patient.phone_key,
    ).execution_options(yield_per=2000)
    for row in session.execute(query):
        yield Known(*row)


def people(session: Session, ids: Sequence[UUID]) -> dict[UUID, Patient]:
    """Patients by their ids, many in one statement."""
    found: dict[UUID, Patient] = {}
    for some in _batches(ids):
        rows = session.scalars(select(Patient).where(Patient.id.in_(some)))
        found |= {row.id: row for row in rows}
    return found


def outside_numbers(session: Session) -> dict[str, UUID]:
    """The numbers under which people came from elsewhere, of the runs that still hold."""
    query = (
        select(ImportItem.outside, ImportItem.subject_id)
        .join(ImportRun, ImportRun.id == ImportItem.run_id)
        .where(
            ImportItem.subject == "patients",
            ImportItem.outside != "",
            ImportRun.undone_at.is_(None),
        )
    )
    return {row.outside: row.subject_id for row in session.execute(query)}


def contact_names(session: Session) -> Iterator[tuple[str, str, UUID]]:
    """Everyone in the address book: name, the folded name, id; in the order of the book."""
    query = select(Contact.name, Contact.name_key, Contact.id).where(Contact.archived_at.is_(None))
    for row in session.execute(query.order_by(Contact.name_key, Contact.id)):
        yield row.name, row.name_key, row.id


def merged(session: Session) -> dict[UUID, str]:
    """Registrations that are merged into another, with the number of that one."""
    winner = aliased(Patient)
    query = select(Patient.id, winner.number).join(winner, winner.id == Patient.merged_into)
    return {row[0]: row[1] for row in session.execute(query)}


def was_issued(session: Session, sha256: str) -> bool:
    """Whether a content is a paper that this practice issued itself."""
    query = select(Document.id).where(Document.sha256 == sha256).limit(1)
    return session.execute(query).first() is not None


def runs(session: Session, limit: int) -> Sequence[ImportRun]:
    """The runs, the newest first."""
    query = select(ImportRun).order_by(ImportRun.done_at.desc(), ImportRun.id.desc())
    return session.scalars(query.limit(limit)).all()


def items(session: Session, run_id: UUID) -> Sequence[ImportItem]:
    """What a run made and changed, in its order."""
    query = select(ImportItem).where(ImportItem.run_id == run_id).order_by(ImportItem.id)
    return session.scalars(query).all()


def children_first(names: set[str]) -> list[str]:
    """Tables in the order in which their rows can be removed."""
    return [one.name for one in reversed(Base.metadata.sorted_tables) if one.name in names]


def table_named(name: str) -> Table:
    """The table of an item."""
    return Base.metadata.tables[name]


def versions(session: Session, table: Table, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The present version of each row that is still there (0 where rows have none)."""
    found: dict[UUID, int] = {}
    version = table.c.version if "version" in table.c else literal(0)
    for some in _batches(ids):
        query = select(table.c.id, version).where(table.c.id.in_(some))
        found |= {row[0]: row[1] for row in session.execute(query)}
    return found


def hanging_on(session: Session, table: Table, ids: Sequence[UUID]) -> dict[str, set[UUID]]:
    """The rows of any table that point at these, by table: a new table is seen by itself."""
    found: dict[str, set[UUID]] = {}
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if other.name == "search_texts":  # reckoned from the record, and goes with its case
                continue
            if key.column.table is not table or "id" not in other.c:
                continue
            for some in _batches(ids):
                query = select(other.c.id).where(key.parent.in_(some))
                if rows := set(session.scalars(query)):
                    found.setdefault(other.name, set()).update(rows)
    return found


def remove(session: Session, table: Table, ids: Sequence[UUID]) -> None:
    """Remove rows that nothing hangs on."""
    for some in _batches(ids):
        session.execute(delete(table).where(table.c.id.in_(some)))


def _batches(ids: Sequence[UUID]) -> Iterator[tuple[UUID, ...]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield tuple(ids[start : start + _AT_ONCE])
