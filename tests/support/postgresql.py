"""A throw-away PostgreSQL server for the tests: no durability, a unix socket, one database a test.

TEST_DATABASE_URL names a server to use instead. Without server binaries the tests are skipped.
"""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a server's maintenance database, or None where there is no server."""
    given = os.environ.get("TEST_DATABASE_URL")
    binaries = _binaries()
    if given or binaries is None:
        yield given
        return
    as_user = ["runuser", "-u", "nobody", "--"] if getpass.getuser() == "root" else []
    user = "nobody" if as_user else getpass.getuser()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        if as_user:
            shutil.chown(name, "nobody")

        def run(program: str, *arguments: str) -> None:
            command = [*as_user, str(binaries / program), *arguments]
            subprocess.run(command, check=True, cwd=name, stdout=subprocess.DEVNULL, timeout=60)

        data = f"{name}/data"
        run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-k {name} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{name}/log", "start")
        try:
            yield f"postgresql://{user}@/postgres?host={name}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


@contextmanager
def database(maintenance: str) -> Iterator[str]:
    """A new empty database on the server, dropped afterwards."""
    name = f"clinic_{uuid4().hex}"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield make_url(maintenance).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
