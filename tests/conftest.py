"""Fixtures that every test may use: a real encrypted store, and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from clinic_desk.storage import Store
from tests.support import postgresql
from tests.support.desk import alex, clock, desk, library, made_practice, strain, surgeon
from tests.support.records import ACTOR, PASSPHRASE, QUICK

# a practice with a patient and a case, for use cases and screens
__all__ = ["alex", "clock", "desk", "library", "made_practice", "strain", "surgeon"]


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed files of an empty practice. To walk all revisions for every test would take
    longer than most tests; those about the making make their own.
    """
    folder = tmp_path_factory.mktemp("made") / "practice"
    Store.create(folder, PASSPHRASE, ACTOR, QUICK)[0].close()
    return folder


@pytest.fixture
def store(tmp_path: Path, made_store: Path) -> Iterator[Store]:
    """A new practice on a real encrypted file."""
    opened = Store.open(copytree(made_store, tmp_path / "practice"), PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    with postgresql.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL server binaries here and no TEST_DATABASE_URL")
        yield url


@pytest.fixture
def pg(pg_server: str) -> Iterator[Store]:
    """A new practice in its own database on a throw-away PostgreSQL."""
    with postgresql.database(pg_server) as url:
        opened = Store.on_postgresql(url, b"k" * 32)
        yield opened
        opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def either(request: pytest.FixtureRequest) -> Store:
    """The same test on both databases."""
    found: Store = request.getfixturevalue("store" if request.param == "sqlite" else "pg")
    return found
