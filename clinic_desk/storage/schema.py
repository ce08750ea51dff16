"""Bring the database to the schema that this program knows, or refuse it untouched.

Alembic is loaded only when something is to be done, so that opening stays quick.
"""

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from clinic_desk import paths
from clinic_desk.errors import StorageUnavailable
from clinic_desk.storage.base import Base
from clinic_desk.storage.engine import connect, create_file, sqlite_schema_engine
from clinic_desk.storage.faults import translated
from clinic_desk.storage.keys import sync_folder

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0020"  # the newest revision in db/versions; a test holds them together


def stored_revision(engine: Engine) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with translated(), engine.connect() as connection:
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
    to a complete copy.
    """
    partial = copy.with_name(copy.name + ".partial")
    partial.unlink(missing_ok=True)
    create_file(partial)
    with (
        translated(),
        closing(connect(path, key)) as source,
        closing(connect(partial, key)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, no side files
    descriptor = os.open(partial, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    partial.replace(copy)
    sync_folder(copy.parent)


def migrate_sqlite(
    path: Path, key: bytes, revision: str | None, folder: Path | None = None
) -> None:
    """Bring a file to HEAD in one transaction, after a backup when it holds anything."""
    scripts = folder or paths.migrations()
    refuse_newer(revision, scripts)
    if revision is not None:
        back_up(path, key, path.with_name(f"clinic.before-{HEAD}.db"))
    engine = sqlite_schema_engine(path, key)
    with translated(), engine.begin() as connection:
        upgrade(connection, scripts)


def migrate_postgresql(engine: Engine, revision: str | None, folder: Path | None = None) -> None:
    """Bring a server's database to HEAD in one transaction."""
    scripts = folder or paths.migrations()
    refuse_newer(revision, scripts)
    with translated(), engine.begin() as connection:
        upgrade(connection, scripts)
