"""Bring the database to the schema that this program knows, or refuse it untouched.

Alembic is loaded only when something is to be done, so that opening stays quick.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, inspect, text

from clinic_desk import paths
from clinic_desk.errors import StorageUnavailable
from clinic_desk.storage.base import Base
from clinic_desk.storage.engine import connect, create_file, sqlite_schema_engine
from clinic_desk.storage.faults import translated
from clinic_desk.storage.keys import sync_folder

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0023"  # the newest revision in db/versions; a test holds them together
_COPIES = 3  # from before an upgrade, that are kept
_AS_IT_WAS = "The data could not be made ready for this Clinic Desk, and is as it was before."
_UPGRADE_LOCK = 0x75706772  # any number of our own, another than that of the audit trail


def stored_revision(engine: Engine) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with translated(), engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _config(folder: Path) -> "Config":
    from alembic.config import Config  # slow to load, and seldom needed

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["metadata"] = Base.metadata
    return config


def refuse_newer(revision: str | None, folder: Path) -> None:
    """Raise StorageUnavailable for a revision that this program does not know."""
    from alembic.script import ScriptDirectory  # slow to load, and seldom needed

    known = {
        script.revision for script in ScriptDirectory.from_config(_config(folder)).walk_revisions()
    }
    if revision is not None and revision not in known:
        raise StorageUnavailable(
            "The data was written by a newer Clinic Desk.",
            "Install the newer version; nothing was changed.",
        )


def upgrade(connection: Connection, folder: Path) -> None:
    """Run what is missing inside the connection's open transaction."""
    from alembic import command  # slow to load, and seldom needed

    config = _config(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = sorted({str(row[0]) for row in broken})
            raise RuntimeError(f"the migration left rows without their parent in {tables}")


def back_up(path: Path, key: bytes, copy: Path) -> None:
    """Copy the whole database, encrypted with the same key, under a name that is only given
    to a complete copy. Raises StorageUnavailable, and then leaves no part of one.
    """
    partial = copy.with_name(copy.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        create_file(partial)
        with closing(connect(path, key)) as source, closing(connect(partial, key)) as target:
            _copy(source, target)
            target.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, no side files
        descriptor = os.open(partial, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        partial.replace(copy)
        sync_folder(copy.parent)
    except BaseException:
        for left in copy.parent.glob(f"{partial.name}*"):
            left.unlink(missing_ok=True)
        raise


def _copy(source: Any, target: Any) -> None:
    try:
        source.backup(target)
    except sqlcipher.OperationalError as error:  # SQLite's code is not in it
        raise StorageUnavailable(
            "The data could not be copied first.",
            "Check free space on the disk and the data folder's permissions, then try again.",
        ) from error


@contextmanager
def _as_it_was() -> Iterator[None]:
    """Say of a disk or a server that failed in between that the records are as they were."""
    try:
        with translated():
            yield
    except StorageUnavailable as error:
        raise StorageUnavailable(_AS_IT_WAS, str(error)) from error
    except OSError as error:
        raise StorageUnavailable(
            _AS_IT_WAS,
            "Check free space and the data folder's permissions, then open it again.",
        ) from error


def migrate_sqlite(
    path: Path, key: bytes, revision: str | None, folder: Path | None = None
) -> None:
    """Bring a file to HEAD in one transaction, after a backup when it holds anything.

    The file is held from before the backup: a second copy of the program that opens it at the
    same moment waits, then finds it done, and the backup is never of what is new already.
    """
    scripts = folder or paths.migrations()
    refuse_newer(revision, scripts)
    engine = sqlite_schema_engine(path, key)
    with _as_it_was(), engine.begin() as connection:
        if revision is not None:
            found = _revision(connection)
            if found == HEAD:
                return
            refuse_newer(found, scripts)
            back_up(path, key, path.with_name(f"clinic.before-{HEAD}.db"))
        upgrade(connection, scripts)
    _forget_older_copies(path.parent)


def _forget_older_copies(folder: Path) -> None:
    """Keep the last copies from before: one that cannot be removed now goes with the next."""
    copies = sorted(folder.glob("clinic.before-*.db"), key=lambda copy: copy.stat().st_mtime_ns)
    for copy in copies[:-_COPIES]:
        with suppress(OSError):
            copy.unlink()


def migrate_postgresql(engine: Engine, revision: str | None, folder: Path | None = None) -> None:
    """Bring a server's database to HEAD in one transaction; who comes second finds it done."""
    scripts = folder or paths.migrations()
    refuse_newer(revision, scripts)
    with _as_it_was(), engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        found = _revision(connection)
        if found != HEAD:
            refuse_newer(found, scripts)
            upgrade(connection, scripts)
