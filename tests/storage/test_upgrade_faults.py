"""An upgrade that is cut off, meets a full disk or another copy of the program loses nothing."""

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from clinic_desk import paths
from clinic_desk.errors import ClinicError, StorageUnavailable
from clinic_desk.storage import Store, schema
from clinic_desk.storage.engine import connect, create_file, postgresql_engine
from clinic_desk.storage.keys import Keys
from tests.support import postgresql
from tests.support.records import ACTOR, PASSPHRASE, QUICK

OLD = "0007"
PEOPLE = 300
BACKUP = f"clinic.before-{schema.HEAD}.db"


def _fill(engine) -> None:
    with engine.begin() as connection:
        config = schema._config(paths.migrations())
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
        filled = dict.fromkeys(
            ("sex", "phone", "email", "address", "alerts", "medicines", "occupation", "sport"), ""
        )
        empty = ", ".join(f"'{value}'" for value in filled.values())
        for number in range(1, PEOPLE + 1):
            key = f"{number:032x}"
            connection.execute(
                text(
                    f"INSERT INTO patients (id, version, serial, number, family_name, given_name,"
                    f" registered_at, family_key, given_key, search_text, phone_key, language,"
                    f" allergies, {', '.join(filled)}) VALUES ('{key}', 1, {number}, 'P-{number}',"
                    f" 'Example{number}', 'Alex', '2026-02-03 10:00:00', 'example{number}', 'alex',"
                    f" 'example{number} alex', '', 'en', '{'tape ' * 400}', {empty})"
                )
            )


def _key(folder: Path) -> bytes:
    return Keys.parse((folder / "clinic.keys").read_bytes()).unlock(PASSPHRASE)[1]


def _patients(path: Path, key: bytes) -> tuple[str, int]:
    with closing(connect(path, key)) as raw:
        assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return revision, raw.execute("SELECT count(*) FROM patients").fetchone()[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed practice of an older program, with some hundred patients."""
    place = tmp_path / "practice"
    Store.create(place, PASSPHRASE, ACTOR, QUICK)[0].close()
    key = _key(place)
    (place / "clinic.db").unlink()
    create_file(place / "clinic.db")
    engine = schema.sqlite_schema_engine(place / "clinic.db", key)
    _fill(engine)
    engine.dispose()
    return place


def _open_in_another_program(folder: Path, before: str) -> subprocess.CompletedProcess[str]:
    """Open the practice in a process of its own, after some lines that set its fate."""
    program = (
        "import sys, os\nfrom pathlib import Path\n"
        "from clinic_desk.errors import ClinicError\nfrom clinic_desk.storage import Store\n"
        f"{before}\n"
        "try:\n"
        f"    Store.open(Path(sys.argv[1]), {PASSPHRASE!r}).close()\n"
        "except ClinicError as error:\n"
        "    sys.exit(str(error))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("revision", ["0012", "0015", "0017", "0020", schema.HEAD])
def test_a_program_that_is_killed_in_an_upgrade_leaves_the_old_data_and_the_next_one_upgrades(
    folder: Path, revision: str
) -> None:
    killed = _open_in_another_program(
        folder,
        "import signal\nfrom alembic.runtime.migration import MigrationStep as Step\n"
        "from alembic.runtime.migration import HeadMaintainer as Kept\n"
        "was = Kept.update_to_step\n"
        "def cut(self, step):\n"
        "    was(self, step)\n"
        f"    if {revision!r} in self.heads:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "Kept.update_to_step = cut",
    )
    assert killed.returncode == -9
    key = _key(folder)
    assert _patients(folder / "clinic.db", key) == (OLD, PEOPLE)
    assert _patients(folder / BACKUP, key) == (OLD, PEOPLE)
    Store.open(folder, PASSPHRASE).close()
    assert _patients(folder / "clinic.db", key) == (schema.HEAD, PEOPLE)
    assert _patients(folder / BACKUP, key) == (OLD, PEOPLE)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be given less disk")
@pytest.mark.parametrize("share", [0.5, 1.02])
def test_a_full_disk_in_an_upgrade_is_said_and_the_old_data_opens(
    folder: Path, share: float
) -> None:
    size = int((folder / "clinic.db").stat().st_size * share)
    full = _open_in_another_program(
        folder,
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))",
    )
    assert "is as it was before" in full.stderr
    assert "Traceback" not in full.stderr
    key = _key(folder)
    assert (folder / BACKUP).exists() == (share > 1)  # it is full while copying, or after it
    assert _patients(folder / "clinic.db", key) == (OLD, PEOPLE)
    assert not [item.name for item in folder.iterdir() if "partial" in item.name]
    Store.open(folder, PASSPHRASE).close()
    assert _patients(folder / "clinic.db", key) == (schema.HEAD, PEOPLE)


def _at_once(open_store) -> list[object]:
    ready, ends = threading.Barrier(4), []

    def one() -> None:
        ready.wait()
        try:
            open_store().close()
            ends.append(None)
        except (ClinicError, RuntimeError) as error:
            ends.append(error)

    copies = [threading.Thread(target=one) for _ in range(4)]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()
    return ends


def test_of_copies_that_open_old_data_at_once_one_upgrades(folder: Path) -> None:
    assert _at_once(lambda: Store.open(folder, PASSPHRASE)) == [None] * 4
    key = _key(folder)
    assert _patients(folder / "clinic.db", key) == (schema.HEAD, PEOPLE)
    assert _patients(folder / BACKUP, key) == (OLD, PEOPLE)


def test_of_copies_that_open_an_old_database_of_a_server_at_once_one_upgrades(
    pg_server: str,
) -> None:
    with postgresql.database(pg_server) as url:
        engine = postgresql_engine(url)
        _fill(engine)
        engine.dispose()
        assert _at_once(lambda: Store.on_postgresql(url, b"k" * 32)) == [None] * 4


def test_of_copies_that_open_an_empty_database_at_once_one_fills_it(pg_server: str) -> None:
    with postgresql.database(pg_server) as url:
        assert _at_once(lambda: Store.on_postgresql(url, b"k" * 32)) == [None] * 4


def test_copies_from_before_are_kept_from_the_last_three_upgrades(folder: Path) -> None:
    for revision in ("0002", "0003", "0004", "0005"):
        older = folder / f"clinic.before-{revision}.db"
        older.write_bytes(b"older")
    Store.open(folder, PASSPHRASE).close()
    kept = sorted(item.name for item in folder.glob("clinic.before-*"))
    assert kept == ["clinic.before-0004.db", "clinic.before-0005.db", BACKUP]


def test_the_copy_from_before_is_encrypted_and_opens_when_it_is_put_back(folder: Path) -> None:
    Store.open(folder, PASSPHRASE).close()
    assert b"Example" not in (folder / BACKUP).read_bytes()
    if sys.platform != "win32":
        assert (folder / BACKUP).stat().st_mode & 0o777 == 0o600
    (folder / BACKUP).replace(folder / "clinic.db")
    Store.open(folder, PASSPHRASE).close()
    assert _patients(folder / "clinic.db", _key(folder)) == (schema.HEAD, PEOPLE)


def test_a_backup_that_cannot_be_written_stops_the_upgrade(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "create_file", full)
    with pytest.raises(StorageUnavailable, match="as it was before"):
        Store.open(folder, PASSPHRASE)
    monkeypatch.undo()
    assert _patients(folder / "clinic.db", _key(folder)) == (OLD, PEOPLE)
