"""What an act wrote, row by row and column by column, so that just that can be put back.

Several people use one record: between an act and its undo a colleague may have written too. What
the act did not change is never touched; where what it changed was changed since, nothing is put
back and the person is told what stands in the way.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from clinic_desk.storage.base import Base
from clinic_desk.storage.models_contacts import Contact
from clinic_desk.storage.models_desk import Audit, Draft
from clinic_desk.storage.models_due import CaseDue
from clinic_desk.storage.models_files import FileContent, FilePiece
from clinic_desk.storage.models_patients import Patient
from clinic_desk.storage.models_practice import Clinician, Counter
from clinic_desk.storage.models_search import SearchText

Key = tuple[type[Base], tuple[object, ...]]
Row = Mapping[str, object]
Subject = tuple[str, str, UUID | None]  # act, subject, id
Ending = Callable[[Any], None]

# Kept beside the record and never put back: the trail, numbers that were given, a file's content,
# and what follows from the record by itself.
_APART: frozenset[type[Base]] = frozenset(
    {Audit, CaseDue, Counter, FileContent, FilePiece, SearchText}
)
# What a row is found by follows from the rest of it; two people's changes may both have moved it.
_FOLLOWS: Mapping[type[Base], frozenset[str]] = {
    Patient: frozenset({"search_more", "search_text", "family_key", "given_key", "phone_key"}),
    Contact: frozenset({"search_text", "name_key"}),
}


@dataclass(frozen=True, slots=True, repr=False)  # no report may show what stands in a row
class Change:
    """One row before and after an act."""

    kind: type[Base]
    key: tuple[object, ...]
    before: Row | None  # None: the act added it
    after: Row | None  # None: the act took it away

    @property
    def names(self) -> list[str]:
        """The columns that differ; of a row that came or went, all of them."""
        before, after = self.before, self.after
        if before is None or after is None:
            return list(before or after or {})
        return [name for name in before if before[name] != after[name]]


@dataclass(frozen=True, slots=True)
class Written:
    """What one or several transactions of one act wrote, and what the trail says of it."""

    changes: tuple[Change, ...] = ()
    subjects: tuple[Subject, ...] = ()


class Watched:
    """What was written while somebody watched."""

    def __init__(self) -> None:
        self.written = Written()

    def add(
        self, changes: Iterable[Change], subjects: Iterable[tuple[str, str, UUID | None]]
    ) -> None:
        """One more transaction: where it went on with the same row, both are one change."""
        held = {(one.kind, one.key): one for one in self.written.changes}
        for one in changes:
            first = held.get((one.kind, one.key))
            held[one.kind, one.key] = one if first is None else replace(one, before=first.before)
        changed = tuple(one for one in held.values() if one.before != one.after)
        self.written = Written(changed, (*self.written.subjects, *subjects))


_watching: ContextVar[Watched | None] = ContextVar("watching", default=None)


@contextmanager
def watching() -> Iterator[Watched]:
    """Note what is committed in here."""
    seen = Watched()
    token = _watching.set(seen)
    try:
        yield seen
    finally:
        _watching.reset(token)


def watched() -> Watched | None:
    """Who watches, where somebody does."""
    return _watching.get()


class Notes:
    """The rows that one transaction is about to change, as they are before it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: dict[Key, Row | None] = {}
        self._new: list[Base] = []

    def objects(self) -> None:
        """What a flush will write."""
        session = self._session
        self._name_new()
        for row in (*session.deleted, *(one for one in session.dirty if session.is_modified(one))):
            key = inspect(row).identity
            if key is not None:
                self._note(type(row), tuple(key))
        self._new += [row for row in session.new if type(row) not in _APART]

    def statement(self, state: ORMExecuteState) -> None:
        """What a statement for many rows will write."""
        mapper = state.bind_mapper
        if mapper is None or mapper.class_ in _APART:
            return
        self._name_new()
        if state.is_insert:
            self._statement_adds(mapper, state)
            return
        statement: Any = state.statement
        keys = select(*mapper.primary_key)
        if statement.whereclause is not None:
            keys = keys.where(statement.whereclause)
        for key in self._session.connection().execute(keys).all():
            self._note(mapper.class_, tuple(key))

    def _statement_adds(self, mapper: Mapper[Any], state: ORMExecuteState) -> None:
        given: Any = state.parameters
        for values in given if isinstance(given, Sequence) else ():
            key = tuple(values.get(column.key) for column in mapper.primary_key)
            if None not in key:
                self._before.setdefault((mapper.class_, key), None)

    def _name_new(self) -> None:
        """What was added has its key now; a later flush must not take it for an old row."""
        for row in self._new:
            key = inspect(row).identity
            if key is not None:
                self._before.setdefault((type(row), tuple(key)), None)

    def _note(self, kind: type[Base], key: tuple[object, ...]) -> None:
        if kind not in _APART and (kind, key) not in self._before:
            self._before[kind, key] = row_of(self._session, kind, key)

    def changes(self) -> list[Change]:
        """What is different now that all is flushed."""
        self._name_new()
        found = (
            Change(kind, key, before, row_of(self._session, kind, key))
            for (kind, key), before in self._before.items()
        )
        return [one for one in found if one.before != one.after and not _typed_on(one)]


def _typed_on(change: Change) -> bool:
    """What is being typed has its own undo, in the sheet that it is typed in."""
    return change.kind is Draft and None not in (change.before, change.after)


def row_of(session: Session, kind: type[Base], key: tuple[object, ...]) -> Row | None:
    """A row as the database has it, without its version and what only follows from it."""
    found = session.connection().execute(_query(kind, key)).mappings().one_or_none()
    return dict(found) if found is not None else None


def _query(kind: type[Base], key: tuple[object, ...]) -> Select[Any]:
    mapper = inspect(kind)
    left_out = _FOLLOWS.get(kind, frozenset())
    columns = [
        prop.columns[0].label(prop.key)
        for prop in mapper.column_attrs
        if prop.columns[0] is not mapper.version_id_col and prop.key not in left_out
    ]
    pairs = zip(mapper.primary_key, key, strict=True)
    return select(*columns).where(*(column == value for column, value in pairs))


def changed_since(session: Session, changes: Iterable[Change]) -> list[tuple[Change, list[str]]]:
    """What of an act's changes no longer stands as the act left it, with the columns."""
    found = []
    for one in changes:
        now = row_of(session, one.kind, one.key)
        if now is None or one.after is None:
            moved = [] if now is one.after else one.names
        else:
            moved = [name for name in one.names if now[name] != one.after[name]]
        if moved:
            found.append((one, moved))
    return found


def last_actor(session: Session, subjects: Collection[UUID]) -> tuple[UUID, str] | None:
    """Who stands last in the trail of one of these: id and name."""
    query = (
        select(Clinician.id, Clinician.name)
        .join(Audit, Audit.actor_id == Clinician.id)
        .where(Audit.subject_id.in_(subjects))
        .order_by(Audit.sequence.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found is not None else None


def put_back(
    session: Session, changes: Sequence[Change], endings: Mapping[type[Base], Ending]
) -> list[Base]:
    """Give every changed row its former values; gives the rows that stand again.

    A row that was added and is a thing of its own is ended as its kind is ended, for nothing is
    deleted; what was only a part of another thing goes.
    """
    place = {table: at for at, table in enumerate(Base.metadata.sorted_tables)}
    ordered = sorted(changes, key=lambda one: place[inspect(one.kind).local_table])  # type: ignore[index]
    changed = [one for one in ordered if one.before is not None and one.after is not None]
    for one in changed:  # so that what goes is no longer named
        row, columns = session.get_one(one.kind, _identity(one)), inspect(one.kind).column_attrs
        for name, value in _former(one):
            if value is None and columns[name].columns[0].foreign_keys:
                setattr(row, name, None)
    session.flush()
    added = [one for one in ordered if one.before is None]
    whole = {one.key[0] for one in added if one.kind in endings}
    for one in reversed(added):
        row = session.get_one(one.kind, _identity(one))
        if one.kind in endings:
            endings[one.kind](row)
        elif not _names_one(one, whole):
            session.delete(row)
        session.flush()
    standing: list[Base] = []
    for one in (one for one in ordered if one.after is None):
        row = one.kind(**(one.before or {}))
        session.add(row)
        session.flush()
        standing.append(row)
    for one in changed:
        row = session.get_one(one.kind, _identity(one))
        for name, value in _former(one):
            setattr(row, name, value)
        standing.append(row)
    session.flush()
    return standing


def _names_one(change: Change, whole: Collection[object]) -> bool:
    """Whether a row is a part of something that stays: an archived patient keeps the phones."""
    columns = inspect(change.kind).column_attrs
    held = change.after or {}
    return any(held[one.key] in whole for one in columns if one.columns[0].foreign_keys)


def _former(change: Change) -> list[tuple[str, object]]:
    return [(name, change.before[name]) for name in change.names if change.before is not None]


def _identity(change: Change) -> object:
    return change.key if len(change.key) > 1 else change.key[0]
