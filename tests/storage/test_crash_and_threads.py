"""What was acknowledged is there after a kill; several threads may write at once."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from sqlalchemy import select, text

from clinic_desk.storage import Store
from clinic_desk.storage.models import Contact, Draft, Patient
from tests.support.records import ACTOR, PASSPHRASE, QUICK, add_clinician, add_patient

ROUNDS = 20
WRITER = """
import sys
from pathlib import Path
from clinic_desk.storage import Store
from clinic_desk.storage.base import new_id, utc_now
from clinic_desk.storage.visit_acts import keep_draft
from tests.support.records import ACTOR, PASSPHRASE, add_patient
store = Store.open(Path(sys.argv[1]), PASSPHRASE)
print("ready", flush=True)
while True:
    print("patient", add_patient(store, "Example", "Alex"), flush=True)
    ref = new_id()
    with store.unit(ACTOR) as unit:
        keep_draft(unit.session, "visit", ref, ACTOR, {"text": "x" * 2000}, utc_now())
        unit.commit(drafts_only=True)
    print("draft", ref, flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    store, _ = Store.create(folder, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    store.close()
    acknowledged: set[str] = set()
    chance = Random(11)
    root = Path(__file__).parents[2]
    for _ in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], cwd=root, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            for _ in range(chance.randrange(2, 14)):
                acknowledged.add(child.stdout.readline().strip())
            child.kill()  # while it is writing the next one
            acknowledged.update(line.strip() for line in child.stdout if line.endswith("\n"))
        store = Store.open(folder, PASSPHRASE)
        with store.reading() as session:
            there = {f"patient {key}" for key in session.scalars(select(Patient.id))}
            there |= {f"draft {key}" for key in session.scalars(select(Draft.ref_id))}
            sound = session.execute(text("PRAGMA quick_check")).scalar_one()
        assert acknowledged - {"ready"} <= there
        assert sound == "ok"
        assert store.verify_audit() is None
        store.close()
    assert len(acknowledged) > ROUNDS


def _in_four_threads(work: Callable[[str], None]) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ("A", "B", "C", "D")))


def test_threads_number_patients_without_a_gap(either: Store) -> None:
    add_clinician(either)

    def work(name: str) -> None:
        for _ in range(10):
            add_patient(either, name)

    _in_four_threads(work)
    with either.reading() as session:
        serials = session.scalars(select(Patient.serial).order_by(Patient.serial)).all()
    assert serials == list(range(1, 41))


def test_threads_that_read_and_then_write_all_come_through_in_one_trail(either: Store) -> None:
    add_clinician(either)

    def work(name: str) -> None:
        for _ in range(10):
            with either.unit(ACTOR) as unit:
                unit.session.scalars(select(Contact.id)).all()
                unit.session.add(Contact(name=name))
                unit.audit("add", "contact")
                unit.commit()
            with either.reading() as session:
                session.scalars(select(Contact.id)).all()

    _in_four_threads(work)
    with either.reading() as session:
        assert len(session.scalars(select(Contact.id)).all()) == 40
    assert either.verify_audit() is None
