"""Data as an older program wrote it, laid into a database of either kind, and rows of any table.

`old/0007.json.gz` holds the rows of a practice that the program of revision 0007 filled through
its own use cases (its demo clinic, with an addendum, a changed decision, a returned sheet, an own
exercise, an issued referral, an open visit and an open letter), and the key file beside them.
"""

import base64
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, text

from clinic_desk import paths
from clinic_desk.storage import schema

_FILE = Path(__file__).parents[1] / "storage" / "old" / "0007.json.gz"

# What a check of the schema asks of a column that has no plainer value.
_SPECIAL: dict[tuple[str, str], object] = {
    ("appointments", "time"): "09:30",
    ("todos", "every"): 0,
    ("todos", "unit"): "",
    ("todos", "outcome"): "",
    ("todos", "recall"): False,
    ("loops", "outcome"): "",
    ("cosign_acts", "act"): "asked",
    ("import_items", "act"): "added",
}
# What may be empty, but is wanted in a row that stands for many.
_WANTED = {("cosign_acts", "visit_id")}
_SEARCH = ("patients_search", "notes_search", "search_words", "search_texts", "alembic_version")


def held() -> dict:
    """The rows by table, the passphrase and the key file."""
    return json.loads(gzip.decompress(_FILE.read_bytes()))


def raised(engine: Engine, revision: str) -> None:
    """Bring the database to a revision, as the program does."""
    with engine.begin() as connection:
        config = schema._config(paths.migrations())
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def _open_triggers(connection: Connection) -> Iterator[None]:
    """Let rows of signed visits in, which nobody could add after the signature."""
    if connection.dialect.name == "postgresql":
        tables = inspect(connection).get_table_names()
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'closed_%'"
    ).all()
    for name, _sql in found:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, sql in found:
        connection.exec_driver_sql(sql)


def lay(connection: Connection, tables: dict[str, list[dict]]) -> None:
    """Write the rows, parents first, as they stood in the older program's file."""
    with _open_triggers(connection):
        for table, rows in tables.items():
            kinds = {one["name"]: one["type"] for one in inspect(connection).get_columns(table)}
            for row in rows:
                values = {name: _value(value, kinds[name]) for name, value in row.items()}
                marks = ", ".join(f":{name}" for name in values)
                connection.execute(
                    text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"), values
                )


def _value(value: object, kind: object) -> object:
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return bool(value) if isinstance(kind, sa.Boolean) and value is not None else value


def fill_empty(connection: Connection) -> list[str]:
    """Add a row to each table that has none, and name the tables."""
    filled = []
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(_SEARCH)]
    metadata = MetaData()
    metadata.reflect(connection, only=names)
    for table in metadata.sorted_tables:
        if connection.execute(sa.select(sa.func.count()).select_from(table)).scalar():
            continue
        connection.execute(table.insert().values(_row(connection, table)))
        filled.append(table.name)
    return filled


def _row(connection: Connection, table: Table) -> dict[str, object]:
    row: dict[str, object] = {}
    used: dict[str, int] = {}
    for column in table.c:
        special = (table.name, column.name)
        if special in _SPECIAL:
            row[column.name] = _SPECIAL[special]
        elif column.nullable and special not in _WANTED:
            row[column.name] = None
        elif column.foreign_keys:
            (key,) = column.foreign_keys
            other = key.column.table
            ids = connection.scalars(sa.select(key.column).order_by(key.column)).all()
            place = used[other.name] = used.get(other.name, -1) + 1  # another one each time
            row[column.name] = ids[place % len(ids)]
        else:
            row[column.name] = _plain(column)
    return row


def _plain(column: sa.Column) -> object:
    kind = column.type
    match kind:
        case _ if "sha256" in column.name:
            return "a" * 64
        case sa.Uuid():
            return uuid4() if kind.as_uuid else str(uuid4())
        case sa.CHAR():
            return uuid4().hex
        case sa.Boolean():
            return True
        case sa.Integer():
            return 1
        case sa.LargeBinary():
            return b"bytes"
        case sa.DateTime():
            return datetime(2026, 2, 3, 10, 58, tzinfo=UTC)
        case sa.Date():
            return date(2026, 2, 3)
        case sa.JSON():
            return {"a": 1}
    return f"a {column.name}"


def rows(connection: Connection, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    """What stands in the columns, in a form that can be compared, in any order of the table."""
    found = connection.execute(text(f"SELECT {', '.join(columns)} FROM {table}")).all()
    return sorted((tuple(_compared(value) for value in row) for row in found), key=repr)


def _compared(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value
