"""Engines for the two databases: an encrypted SQLite file, or a PostgreSQL server.

A writing transaction on SQLite begins with IMMEDIATE, because one that reads first and
then writes fails at once when another has written in between. Readers can't write at all.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from clinic_desk.errors import StorageDamaged, StorageUnavailable
from clinic_desk.storage import wal
from clinic_desk.storage.faults import damaged, translated

_PLAIN_HEADER = b"SQLite format 3\0"
_PAGE = 4096  # bytes; SQLCipher's page
_OLDEST_SAFE = (3, 51, 3)  # before it two connections may corrupt a WAL file


def connect(path: Path, key: bytes, *, foreign_keys: bool = True) -> Any:  # the driver is untyped
    """A raw connection to the encrypted file, which must exist.

    Raises the driver's DatabaseError for a key that is not the file's or a damaged first page.
    """
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        check_same_thread=False,
        timeout=5,
        isolation_level=None,
    )
    try:
        run = connection.execute
        run("PRAGMA cipher_log_level = NONE")  # it would write to the error stream
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not run("PRAGMA cipher_version").fetchone():
            raise StorageUnavailable(
                "The installed SQLite cannot encrypt.", "Install Clinic Desk again."
            )
        run("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key fails here
        for pragma in (
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "trusted_schema = OFF",
            "recursive_triggers = ON",  # else REPLACE deletes rows past the triggers
            "temp_store = MEMORY",
            "cache_size = -16384",
            "journal_size_limit = 16777216",
            "wal_autocheckpoint = 4000",  # pages, if no rest lets `Store.settle` do it before
            "cell_size_check = ON",
        ):
            run(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def create_file(path: Path) -> None:
    """An empty file that only its owner may read; SQLite's side files take over its mode."""
    path.touch(mode=0o600, exist_ok=False)


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _sqlite(creator: Callable[[], Any], *, pooled: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,  # so that its errors are part of SQLAlchemy's
        creator=creator,
        poolclass=QueuePool if pooled else NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


class _Source:
    """Where an engine's connections come from, which can be told later."""

    def __init__(self, creator: Callable[[], Any]) -> None:
        self.creator = creator

    def __call__(self) -> Any:
        return self.creator()


_rehearsed: list[tuple[Engine, _Source]] = []  # at most one, for the next unlocking


def rehearse(read: Callable[[Engine], None]) -> None:
    """Let an engine meet statements on an empty database in memory. The next `sqlite_engine` is
    the same engine with another source, so that it need not work out their texts any more.
    """
    source = _Source(
        lambda: sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    )
    engine = _sqlite(source, pooled=True)
    read(engine)
    engine.dispose()
    _rehearsed[:] = [(engine, source)]


def _pooled(creator: Callable[[], Any]) -> Engine:
    if not _rehearsed:
        return _sqlite(creator, pooled=True)
    engine, source = _rehearsed.pop()
    source.creator = creator
    return engine


def sqlite_engine(path: Path, key: bytes) -> Engine:
    """The engine of an encrypted file. Raises StorageDamaged, StorageUnavailable.

    `key` has been proved by the key file, so a file that it does not open is damaged.
    """
    if tuple(map(int, sqlcipher.sqlite_version.split("."))) < _OLDEST_SAFE:
        raise StorageUnavailable("The installed SQLite is too old.", "Install Clinic Desk again.")
    try:
        with path.open("rb") as file:
            first = file.read(_PAGE)
        if len(first) < _PAGE or first.startswith(_PLAIN_HEADER):
            raise damaged()  # SQLite would take a stump for a new, empty file
        changes = wal.beside(path)
        if changes.is_file() and wal.lost_changes(changes.read_bytes()):
            raise StorageDamaged(
                f"The file {changes.name} with the last changes is damaged.",
                "Put back all files of the data folder together from a backup. "
                "Nothing was changed. To open the data as it was before these changes, move "
                f"{changes.name} out of the data folder, and keep it.",
            )
    except OSError as error:
        raise StorageUnavailable(
            "The data file cannot be read now.", "Check the data folder and its permissions."
        ) from error
    engine = _pooled(lambda: connect(path, key))
    with translated():
        engine.connect().close()
    return engine


def sqlite_schema_engine(path: Path, key: bytes) -> Engine:
    """For migrations only: changing a parent table while foreign keys are on would empty the
    tables that hang on it.
    """
    return _sqlite(lambda: connect(path, key, foreign_keys=False), pooled=False)


def postgresql_engine(url: str) -> Engine:
    """The engine of a PostgreSQL database, by psycopg."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": "-c timezone=UTC -c synchronous_commit=on"},
    )
    with translated():
        engine.connect().close()
    return engine


def reader(engine: Engine) -> Engine:
    """The same engine for reading one consistent state; the database refuses any write."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(reading=True)
