"""A patient's whole record as rows, found by following what points at what.

Nothing here names a subject: a table that hangs on a patient, a case or a visit comes along by
itself, and so does what its rows point at (the clinician who signed, the contact of a letter).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic_desk.errors import InvalidInput
from clinic_desk.storage.base import Base, Utc
from clinic_desk.storage.models import Draft, FileContent, FilePiece, Patient, Visit

Value = None | bool | int | float | str | bytes | UUID | date | datetime | Mapping[str, object]
Row = dict[str, Value]
Rows = dict[str, list[Row]]  # by table

# What belongs to this store and not to any record: its trail, its counts and its imports.
APART = frozenset(
    {"audit", "counters", "import_runs", "import_items", "file_pieces", "search_texts", "case_dues"}
)
CONTENTS = "file_contents"  # a file's bytes stand in pieces of their own; here they are one value
_PIECE = 1 << 20
PATIENTS = "patients"
VISITS = "visits"
AFTER_SIGNING = "addenda"  # the database takes them for a signed visit only
# Reckoned from other columns at each write, or this store's own: it counts the writes here, or
# says who works here.
_RECKONED = frozenset({"version", "family_key", "given_key", "search_text", "phone_key", "active"})
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column: kind is text, whole, number, yes_no, day, moment, id, bytes or json."""

    name: str
    kind: str
    optional: bool
    points_at: str = ""  # the table that an id is of


@dataclass(frozen=True, slots=True)
class TableShape:
    name: str
    columns: tuple[ColumnShape, ...]


def shapes() -> dict[str, TableShape]:
    """Every table that can be part of a record, those first that others point at."""
    return {
        table.name: TableShape(
            table.name,
            (
                *(_shape(one) for one in _columns(table)),
                *((ColumnShape("bytes", "bytes", False),) if table.name == CONTENTS else ()),
            ),
        )
        for table in Base.metadata.sorted_tables
        if table.name not in APART
    }


def key_of(name: str) -> str:
    """The column that a row of a table is known by."""
    table = Base.metadata.tables[name]
    return "id" if "id" in table.c else next(iter(table.primary_key)).name


def _columns(table: Table) -> list[Column[object]]:
    return [one for one in table.c if one.name not in _RECKONED]


def _shape(column: Column[object]) -> ColumnShape:
    kinds = (
        (Uuid, "id"),
        (Utc, "moment"),
        (Date, "day"),
        (Boolean, "yes_no"),
        (Integer, "whole"),
        (Float, "number"),
        (LargeBinary, "bytes"),
        (JSON, "json"),
    )
    kind = next((name for type_, name in kinds if isinstance(column.type, type_)), "text")
    at = next((key.column.table.name for key in column.foreign_keys), "")
    return ColumnShape(column.name, kind, bool(column.nullable), at)


def of_patients(session: Session, patient_ids: Sequence[UUID]) -> Rows:
    """All rows of these patients, and the rows elsewhere that they point at."""
    own = _owned_tables()
    found: dict[str, dict[UUID, Row]] = defaultdict(dict)
    fresh = {PATIENTS: _by_key(session, Base.metadata.tables[PATIENTS], "id", patient_ids)}
    found[PATIENTS] |= fresh[PATIENTS]
    while fresh:
        upon: dict[str, dict[UUID, Row]] = defaultdict(dict)
        for table in own:
            for key in table.foreign_keys:
                parents = list(fresh.get(key.column.table.name, ()))
                if parents:
                    rows = _by_key(session, table, key.parent.name, parents)
                    upon[table.name] |= {
                        k: v for k, v in rows.items() if k not in found[table.name]
                    }
        for name, rows in upon.items():
            found[name] |= rows
        fresh = {name: rows for name, rows in upon.items() if rows}
    everything = [key for rows in found.values() for key in rows]
    drafts = Draft.__table__
    if isinstance(drafts, Table):
        found[drafts.name] |= _by_key(session, drafts, "ref_id", everything)
    _add_pointed_at(session, found)
    return _ordered(found)


def of_practice(session: Session) -> Rows:
    """Every row that belongs to the practice rather than to a patient."""
    own = belonging_to_patients()
    found: Rows = {}
    for name in shapes():
        table = Base.metadata.tables[name]
        if name not in own:
            rows = session.execute(_select(table).order_by(table.c[key_of(name)]))
            found[name] = [_row(table, row) for row in rows]
    return found


def numbers(session: Session) -> list[tuple[UUID, str]]:
    """Every patient with their number, in the order of the numbers."""
    query = select(Patient.id, Patient.number).order_by(Patient.serial)
    return [(row.id, row.number) for row in session.execute(query)]


def belonging_to_patients() -> frozenset[str]:
    """The tables whose rows come along with a patient."""
    return frozenset({table.name for table in _owned_tables()} | {Draft.__tablename__, CONTENTS})


def _owned_tables() -> list[Table]:
    """The tables that hang on patients, directly or through others."""
    owned = {PATIENTS}
    tables = [one for one in Base.metadata.sorted_tables if one.name not in APART]
    for table in tables:
        if any(key.column.table.name in owned for key in table.foreign_keys):
            owned.add(table.name)
    return [table for table in tables if table.name in owned]


def _add_pointed_at(session: Session, found: dict[str, dict[UUID, Row]]) -> None:
    while True:
        missing: dict[str, set[UUID]] = defaultdict(set)
        for name, rows in list(found.items()):
            for column in Base.metadata.tables[name].c:
                for key in column.foreign_keys:
                    there = found[key.column.table.name]
                    for row in rows.values():
                        value = row.get(column.name)
                        if isinstance(value, UUID) and value not in there:
                            missing[key.column.table.name].add(value)
        if not missing:
            return
        for name, ids in missing.items():
            rows = _by_key(session, Base.metadata.tables[name], "id", sorted(ids))
            found[name] |= rows
            if len(rows) < len(ids):
                raise RuntimeError(f"a row points at nothing in {name}")


def _ordered(found: Mapping[str, Mapping[UUID, Row]]) -> Rows:
    return {
        name: [found[name][k] for k in sorted(found[name])] for name in shapes() if found.get(name)
    }


def _by_key(session: Session, table: Table, column: str, keys: Sequence[UUID]) -> dict[UUID, Row]:
    rows: dict[UUID, Row] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for row in session.execute(_select(table).where(table.c[column].in_(some))):
            read = _row(table, row)
            key = read[key_of(table.name)]
            if isinstance(key, UUID):
                rows[key] = read
            if table.name == CONTENTS and isinstance(key, UUID):
                read["bytes"] = _content(session, key)
    return rows


def _content(session: Session, key: UUID) -> bytes:
    query = select(FilePiece.bytes).where(FilePiece.content_id == key).order_by(FilePiece.place)
    return b"".join(session.scalars(query))


def _select(table: Table):  # type: ignore[no-untyped-def]
    return select(*_columns(table))


def _row(table: Table, row: Iterable[Value]) -> Row:
    return dict(zip((one.name for one in _columns(table)), row, strict=True))


def is_empty(session: Session) -> bool:
    """Whether no patient was ever registered here, so that numbers can be kept."""
    return not session.scalar(select(func.count()).select_from(Patient))


def present(session: Session, name: str, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these rows are in the store."""
    key = Base.metadata.tables[name].c[key_of(name)]
    found: set[UUID] = set()
    for start in range(0, len(ids), _AT_ONCE):
        query = select(key).where(key.in_(ids[start : start + _AT_ONCE]))
        found |= set(session.scalars(query))
    return found


def contents(session: Session, digests: Sequence[str]) -> dict[str, UUID]:
    """The ids of contents that are kept here, by their SHA-256."""
    query = select(FileContent.sha256, FileContent.id).where(FileContent.sha256.in_(digests))
    return {row.sha256: row.id for row in session.execute(query)}


def values(session: Session, name: str, column: str) -> set[object]:
    """All values of a column, for what must not be there twice."""
    return set(session.scalars(select(Base.metadata.tables[name].c[column])))


def insert(session: Session, rows: Rows) -> list[tuple[str, UUID, int]]:
    """Put rows into the store: parents first, each signed visit whole before it is closed.

    Returns table, id and version of each. Raises InvalidInput by the table whose row the
    database does not take.
    """
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    made: list[tuple[str, UUID, Base]] = []

    def put(name: str, some: Iterable[Row]) -> None:
        for row in some:
            plain = {column: value for column, value in row.items() if column != "bytes"}
            mapped = classes[name](**(plain if name == CONTENTS else row))
            session.add(mapped)
            made.append((name, getattr(mapped, key_of(name)), mapped))
            if name == CONTENTS and isinstance(data := row["bytes"], bytes):
                session.add_all(
                    FilePiece(content_id=row["id"], place=place, bytes=data[at : at + _PIECE])
                    for place, at in enumerate(range(0, len(data), _PIECE))
                )
        _flush(session, name)

    of_visit = {
        name: _grouped(rows[name])
        for name in shapes()
        if name in rows and _hangs_on_a_visit(Base.metadata.tables[name])
    }
    for name in shapes():
        if name == VISITS:
            for row in sorted(rows.get(VISITS, ()), key=_signed_first):
                _insert_visit(session, row, of_visit, put)
        elif name not in of_visit:
            put(name, _parents_first(name, rows.get(name, ())))
    return [(name, key, getattr(mapped, "version", 0)) for name, key, mapped in made]


def _parents_first(name: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a table that points at itself, each after the one that it points at."""
    table = Base.metadata.tables[name]
    at = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    waiting, ready = list(rows), list[Row]()
    while at and waiting:
        missing = {row[key_of(name)] for row in waiting}
        free = [row for row in waiting if not any(row.get(one) in missing for one in at)]
        if not free:
            break  # a ring; the database says what it thinks of it
        ready += free
        waiting = [row for row in waiting if row not in free]
    return [*ready, *waiting]


def _hangs_on_a_visit(table: Table) -> bool:
    return "visit_id" in table.c and not table.c.visit_id.nullable


def _signed_first(row: Row) -> tuple[bool, str, int]:
    """A case takes one unsigned visit at a time, so that one comes last."""
    number = row["number"]
    return row["status"] == "draft", str(row["case_id"]), number if isinstance(number, int) else 0


def _flush(session: Session, name: str) -> None:
    try:
        session.flush()
    except IntegrityError:
        said = "the database does not take a row of it: it breaks a rule of the record"
        raise InvalidInput({name: said}) from None


def _grouped(rows: Iterable[Row]) -> dict[object, list[Row]]:
    grouped: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["visit_id"]].append(row)
    return grouped


def _insert_visit(
    session: Session,
    row: Row,
    of_visit: Mapping[str, Mapping[object, Sequence[Row]]],
    put: Callable[[str, Iterable[Row]], None],
) -> None:
    opened = {**row, "status": "draft", "signed_at": None, "signed_by": "", "signed_by_id": None}
    put(VISITS, (opened,))
    for name, grouped in of_visit.items():
        if name != AFTER_SIGNING:
            put(name, grouped.get(row["id"], ()))
    visit = session.get_one(Visit, row["id"])
    for name in ("status", "signed_at", "signed_by", "signed_by_id"):
        setattr(visit, name, row[name])
    _flush(session, VISITS)
    put(AFTER_SIGNING, of_visit.get(AFTER_SIGNING, {}).get(row["id"], ()))
