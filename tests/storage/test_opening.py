"""Making, opening and refusing a practice's files: wrong words and damage are told apart."""

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text

from clinic_desk.errors import (
    AccessDenied,
    ClinicError,
    Locked,
    NotFound,
    StorageDamaged,
    StorageUnavailable,
)
from clinic_desk.storage import Store, keys
from clinic_desk.storage.engine import connect, create_file
from clinic_desk.storage.models import Audit, Contact, Patient
from tests.support.records import (
    ACTOR,
    PASSPHRASE,
    QUICK,
    add_case,
    add_clinician,
    add_patient,
    add_visit,
)

SECRETS = (b"Secretfamily", b"Pulled up while sprinting", b"secretfamily", b"hamstring strain")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The closed folder of a practice with a patient and a signed visit."""
    place = tmp_path / "new" / "practice"
    store, _ = Store.create(place, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    for count in range(40):
        add_patient(store, f"Secretfamily{count}", "Alex", allergies="x" * 500)
    add_visit(store, add_case(store, add_patient(store)))
    store.close()
    return place


def names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_practice_is_two_files_in_a_folder_of_ones_own(folder: Path) -> None:
    assert names(folder) == ["clinic.db", "clinic.keys"]
    assert Store.is_there(folder)
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {item.stat().st_mode & 0o777 for item in folder.iterdir()} == {0o600}


def test_no_text_of_the_record_stands_readable_in_any_file(folder: Path) -> None:
    store = Store.open(folder, PASSPHRASE)
    add_patient(store, "Secretfamily", "Open")
    assert "clinic.db-wal" in names(folder)
    for item in folder.iterdir():
        raw = item.read_bytes()
        assert not raw.startswith(b"SQLite format 3")
        assert not [secret for secret in SECRETS if secret in raw]
    store.close()


def test_it_opens_again_with_everything_and_the_person(folder: Path) -> None:
    store = Store.open(folder, PASSPHRASE)
    assert store.person == ACTOR
    with store.reading() as session:
        assert len(session.scalars(select(Patient.id)).all()) == 41
    assert store.verify_audit() is None
    store.close()


def test_a_wrong_passphrase_is_denied_and_changes_nothing(folder: Path) -> None:
    before = {item.name: item.read_bytes() for item in folder.iterdir()}
    with pytest.raises(AccessDenied):
        Store.open(folder, "wrong")
    assert {item.name: item.read_bytes() for item in folder.iterdir()} == before


def test_an_empty_folder_holds_no_practice(tmp_path: Path) -> None:
    assert not Store.is_there(tmp_path)
    with pytest.raises(NotFound):
        Store.open(tmp_path, PASSPHRASE)


@pytest.mark.parametrize("lost", ["clinic.db", "clinic.keys"])
def test_a_missing_file_is_damage_and_is_named(folder: Path, lost: str) -> None:
    (folder / lost).unlink()
    with pytest.raises(StorageDamaged, match=lost):
        Store.open(folder, PASSPHRASE)


def test_a_second_practice_is_not_made_over_the_first(folder: Path) -> None:
    before = (folder / "clinic.db").read_bytes()
    with pytest.raises(Locked):
        Store.create(folder, PASSPHRASE, kdf=QUICK)
    (folder / "clinic.keys").unlink()
    with pytest.raises(StorageDamaged):
        Store.create(folder, PASSPHRASE, kdf=QUICK)
    assert (folder / "clinic.db").read_bytes() == before


def test_what_an_interrupted_set_up_left_is_cleared_but_keys_are_kept(tmp_path: Path) -> None:
    (tmp_path / "clinic.db.new").write_bytes(b"half")
    (tmp_path / "clinic.keys").write_bytes(b"older keys")
    store, _ = Store.create(tmp_path, PASSPHRASE, ACTOR, QUICK)
    store.close()
    assert names(tmp_path) == ["clinic.db", "clinic.keys", "clinic.keys.unused-1"]


def test_an_interrupted_set_up_never_looks_like_a_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace
    for step in range(2):
        done: list[Path] = []

        def cut(self: Path, target: Path, step: int = step, done: list[Path] = done) -> Path:
            if len(done) == step:
                raise OSError("cut")
            done.append(self)
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", cut)
        with pytest.raises(StorageUnavailable):
            Store.create(tmp_path / str(step), PASSPHRASE, ACTOR, QUICK)
        monkeypatch.undo()
        assert not Store.is_there(tmp_path / str(step))
        Store.create(tmp_path / str(step), PASSPHRASE, ACTOR, QUICK)[0].close()


def test_keys_of_another_practice_are_damage_not_a_wrong_passphrase(
    folder: Path, tmp_path: Path
) -> None:
    Store.create(tmp_path / "other", PASSPHRASE, ACTOR, QUICK)[0].close()
    (tmp_path / "other" / "clinic.keys").replace(folder / "clinic.keys")
    with pytest.raises(StorageDamaged, match="another"):
        Store.open(folder, PASSPHRASE)


def test_a_plain_or_empty_data_file_is_refused(folder: Path) -> None:
    for content in (b"", b"SQLite format 3\0" + bytes(4080), b"x", bytes(8192)):
        (folder / "clinic.db").write_bytes(content)
        with pytest.raises(StorageDamaged):
            Store.open(folder, PASSPHRASE)
        assert (folder / "clinic.db").read_bytes() == content


def _read_all(folder: Path) -> None:
    store = Store.open(folder, PASSPHRASE)
    try:
        with store.reading() as session:
            for found in session.execute(text("SELECT name FROM sqlite_master WHERE type='table'")):
                session.execute(text(f"SELECT * FROM {found.name}")).all()
            assert session.execute(text("PRAGMA quick_check")).scalars().all() == ["ok"]
    finally:
        store.close()


def test_flipped_bits_holes_and_cuts_are_always_found(folder: Path) -> None:
    path = folder / "clinic.db"
    raw = path.read_bytes()
    chance = random.Random(7)
    damages = []
    for _ in range(100):
        altered = bytearray(raw)
        altered[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        damages.append(bytes(altered))
    for start in range(0, len(raw), len(raw) // 12):
        damages.append(raw[:start] + bytes(512) + raw[start + 512 :])
        damages.append(raw[:start])
    unnoticed = 0
    for damage in damages:
        path.write_bytes(damage)
        with suppress(StorageDamaged, AssertionError):
            _read_all(folder)
            unnoticed += 1
    assert unnoticed == 0
    path.write_bytes(raw)
    _read_all(folder)


def test_a_changed_passphrase_replaces_the_old_one(folder: Path) -> None:
    data = (folder / "clinic.db").read_bytes()
    store = Store.open(folder, PASSPHRASE)
    with pytest.raises(AccessDenied):
        store.change_passphrase("wrong", "next words", QUICK)
    store.change_passphrase(PASSPHRASE, "next words", QUICK)
    store.close()
    assert (folder / "clinic.db").read_bytes() == data
    with pytest.raises(AccessDenied):
        Store.open(folder, PASSPHRASE)
    Store.open(folder, "next words").close()


def test_the_recovery_code_opens_and_sets_a_new_passphrase(tmp_path: Path) -> None:
    made, code = Store.create(tmp_path, PASSPHRASE, ACTOR, QUICK)
    made.close()
    store = Store.open_with_recovery(tmp_path, code.lower(), "a new one")
    assert store.person == ACTOR
    store.close()
    Store.open(tmp_path, "a new one").close()
    with pytest.raises(AccessDenied):
        Store.open(tmp_path, PASSPHRASE)
    with pytest.raises(AccessDenied):
        Store.open_with_recovery(tmp_path, keys.new_recovery_code(), "no")


def test_a_full_disk_is_said_in_words_and_loses_nothing(store: Store) -> None:
    add_clinician(store)
    with pytest.raises(StorageUnavailable, match="full"), store.unit(ACTOR) as unit:
        connection = unit.session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        unit.session.add(Contact(name="Dr Robin Sample", address="x" * 100_000))
        unit.audit("add", "contact")
        unit.commit()
    with store.unit(ACTOR) as unit:
        unit.session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        unit.session.add(Contact(name="Dr Robin Sample", address="x" * 100_000))
        unit.audit("add", "contact")
        unit.commit()
    with store.reading() as session:
        assert len(session.scalars(select(Contact.id)).all()) == 1
        assert session.scalars(select(Audit.act)).all() == ["set_up", "add"]


def test_a_server_that_is_away_is_said_in_words() -> None:
    with pytest.raises(StorageUnavailable, match="server"):
        Store.on_postgresql("postgresql://nobody@127.0.0.1:9/none?connect_timeout=2", b"k" * 32)


def test_a_server_that_ends_the_connection_is_said_in_words(pg: Store) -> None:
    add_clinician(pg)
    with pytest.raises(StorageUnavailable), pg.unit(ACTOR) as unit:
        unit.session.add(Contact(name="Dr Robin Sample"))
        unit.session.flush()
        mine = unit.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with pg.unit(ACTOR) as other:
            other.session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        unit.audit("add", "contact")
        unit.commit()
    with pg.reading() as session:
        assert session.scalars(select(Contact.id)).all() == []


def test_an_error_names_no_path_or_value_of_the_driver(folder: Path) -> None:
    (folder / "clinic.db").write_bytes(bytes(8192))
    with pytest.raises(ClinicError) as damaged:
        Store.open(folder, PASSPHRASE)
    assert str(folder) not in str(damaged.value)


def test_an_encrypted_file_without_a_schema_is_damage(folder: Path) -> None:
    path = folder / "clinic.db"
    key = keys.read(folder / "clinic.keys").unlock(PASSPHRASE)[1]
    path.unlink()
    create_file(path)
    bare = connect(path, key)
    bare.execute("CREATE TABLE other (id INTEGER)")
    bare.close()
    with pytest.raises(StorageDamaged):
        Store.open(folder, PASSPHRASE)


def test_opening_loads_neither_migrations_nor_the_server_driver(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from clinic_desk.storage import Store;"
        f"Store.open(Path(sys.argv[1]), {PASSPHRASE!r}).close();"
        "print([m for m in ('alembic', 'psycopg', 'reportlab', 'PySide6') if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said.stdout.strip(), said.stderr) == ("[]", "")
