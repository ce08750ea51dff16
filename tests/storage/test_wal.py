"""The last changes, left in the side file by a sudden end: whole, unfinished, or damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from clinic_desk.errors import StorageDamaged
from clinic_desk.storage import Store, wal
from clinic_desk.storage.models import Patient
from tests.support.records import ACTOR, PASSPHRASE, QUICK, add_clinician, add_patient

PATIENTS = 12


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A folder as a sudden end leaves it: most patients are only in the side file."""
    there, copy = tmp_path / "practice", tmp_path / "left"
    store, _ = Store.create(there, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    for count in range(PATIENTS):
        add_patient(store, f"Example{count}", "Alex")
    shutil.copytree(there, copy)
    store.close()
    (copy / "clinic.db-shm").unlink()
    return copy


def patients(folder: Path) -> int:
    store = Store.open(folder, PASSPHRASE)
    try:
        with store.reading() as session:
            return len(session.scalars(select(Patient.id)).all())
    finally:
        store.close()


def test_a_whole_side_file_is_taken_up(left: Path) -> None:
    assert not wal.lost_changes((left / "clinic.db-wal").read_bytes())
    assert patients(left) == PATIENTS


def test_damage_with_finished_changes_behind_it_is_found_and_touches_nothing(left: Path) -> None:
    path = left / "clinic.db-wal"
    raw = path.read_bytes()
    chance = Random(5)
    places = [8, 20, 40, *(chance.randrange(len(raw) // 2) for _ in range(20))]
    before = (left / "clinic.db").read_bytes()
    for place in places:
        broken = bytearray(raw)
        broken[place] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        with pytest.raises(StorageDamaged, match="last changes"):
            Store.open(left, PASSPHRASE)
        assert path.read_bytes() == broken
    assert (left / "clinic.db").read_bytes() == before
    path.write_bytes(raw)
    assert patients(left) == PATIENTS


@pytest.mark.parametrize(
    "cut", [lambda raw: raw[:-1], lambda raw: raw[:-3000], lambda raw: raw[:-700] + bytes(700)]
)
def test_an_unfinished_last_change_is_no_damage(left: Path, cut: Callable[[bytes], bytes]) -> None:
    path = left / "clinic.db-wal"
    path.write_bytes(cut(path.read_bytes()))
    assert patients(left) == PATIENTS - 1


def test_what_is_left_from_before_a_restart_is_no_damage(tmp_path: Path) -> None:
    there, copy = tmp_path / "practice", tmp_path / "left"
    store, _ = Store.create(there, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    for count in range(PATIENTS):
        add_patient(store, f"Example{count}", "Alex")
    connection = store._engine.raw_connection()
    connection.cursor().execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
    connection.close()
    add_patient(store, "Late", "Alex")
    shutil.copytree(there, copy)
    store.close()
    (copy / "clinic.db-shm").unlink()
    assert patients(copy) == PATIENTS + 1


def test_a_rest_brings_the_changes_into_the_file_and_all_stays_there(tmp_path: Path) -> None:
    there, copy = tmp_path / "practice", tmp_path / "left"
    store, _ = Store.create(there, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    before = (there / "clinic.db").read_bytes()
    for count in range(50):
        add_patient(store, f"Example{count}", "Alex")
    assert store.unsettled
    assert (there / "clinic.db").read_bytes() == before
    store.settle()
    assert not store.unsettled
    copy.mkdir()
    for name in ("clinic.keys", "clinic.db"):  # without what lies beside the file
        shutil.copyfile(there / name, copy / name)
    store.close()
    assert patients(copy) == 50
