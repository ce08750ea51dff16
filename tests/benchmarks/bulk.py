"""Rows into the program's own tables by the bare driver, a chunk to a transaction.

What each row triggers in the search is done once at the end, as a migration would: the triggers
and indices that only follow the rows are set aside while these go in, and are put back from their
own words in the schema, so that the finished file has exactly the program's schema. Foreign keys
are looked over in one pass. The disk is waited for once, at the end.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects.sqlite import dialect

from clinic_desk.storage import Store

_SET_ASIDE = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND ("
    "(type = 'trigger' AND name IN "
    "('search_texts_insert', 'search_patients_insert', 'closed_evaluations_insert')) OR "
    "(type = 'index' AND tbl_name IN ('patients', 'cases', 'visits', 'search_texts') "
    "AND sql NOT LIKE 'CREATE UNIQUE%'))"
)
_SEARCHED = (
    "INSERT INTO notes_search(notes_search) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE search_words_once USING fts5vocab(notes_search, row)",
    "INSERT INTO search_words(word) SELECT term FROM search_words_once",
    "DROP TABLE search_words_once",
    "INSERT INTO patients_search(rowid, search_text) SELECT serial, search_text FROM patients",
)
_TABLES = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"


class Loader:
    """What writes; made by `loading`."""

    def __init__(self, cursor: Any) -> None:
        self._run = cursor.execute
        self._many = cursor.executemany
        self.rows = 0

    @contextmanager
    def chunk(self) -> Iterator[None]:
        """One transaction; the changes file is emptied after it."""
        self._run("BEGIN IMMEDIATE")
        yield
        self._run("COMMIT")
        self._run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def add(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of one table, all with the same columns; the model's own defaults are added."""
        first, rows = _peek(rows)
        if first is None:
            return
        given = [column for column in table.c if column.key in first]
        fixed = [(one, _default(one)) for one in table.c if one.key not in first and _fixed(one)]
        names = ", ".join(one.name for one in (*given, *(one for one, _value in fixed)))
        values = ", ".join("?" * (len(given) + len(fixed)))
        sql = f"INSERT INTO {table.name} ({names}) VALUES ({values})"
        ways = [(one.key, one.type.bind_processor(_DIALECT)) for one in given]
        ends = tuple(value for _column, value in fixed)

        def plain() -> Iterator[tuple[object, ...]]:
            for row in rows:
                self.rows += 1
                yield (*(row[key] if way is None else way(row[key]) for key, way in ways), *ends)

        self._many(sql, plain())


_DIALECT = dialect()  # type: ignore[no-untyped-call]


def _peek(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[Mapping[str, Any] | None, Iterable[Mapping[str, Any]]]:
    walk = iter(rows)
    first = next(walk, None)
    return first, chain((first,), walk) if first is not None else ()


def _fixed(column: Column[Any]) -> bool:
    return column.default is not None


def _default(column: Column[Any]) -> object:
    """What the model itself puts in; ids are the caller's."""
    default = column.default
    value = default.arg(None) if default.is_callable else default.arg  # type: ignore[union-attr]
    way = column.type.bind_processor(_DIALECT)
    return value if way is None else way(value)


@contextmanager
def loading(store: Store) -> Iterator[Loader]:
    """A loader; afterwards the file has the program's schema, searched and checked."""
    connection = store._engine.raw_connection()
    try:
        cursor = connection.cursor()
        run = cursor.execute
        before = run(_TABLES).fetchall()
        for pragma in ("query_only = OFF", "foreign_keys = OFF", "synchronous = OFF"):
            run(f"PRAGMA {pragma}").fetchall()
        run("PRAGMA cache_size = -400000").fetchall()
        aside = run(_SET_ASIDE).fetchall()
        for kind, name, _sql in aside:
            run(f"DROP {kind} {name}")
        loader = Loader(cursor)
        yield loader
        for words in (*(sql for kind, _n, sql in aside if kind == "index"), *_SEARCHED):
            _said(words, lambda words=words: run(words))
        for kind, _name, sql in aside:
            if kind == "trigger":
                run(sql)
        after = run(_TABLES).fetchall()
        if before != after:
            raise RuntimeError("the schema is not what it was")
        broken = _said("foreign keys", lambda: run("PRAGMA foreign_key_check").fetchall())
        if broken:
            raise RuntimeError(f"rows without their parent: {broken[:3]}")
        run("PRAGMA synchronous = FULL").fetchall()
        run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.invalidate()  # its settings are not the program's


def _said(what: str, work: Any) -> Any:
    begun = time.perf_counter()
    done = work()
    print(f"  {what[:60]}: {time.perf_counter() - begun:.1f} s", flush=True)
    return done
