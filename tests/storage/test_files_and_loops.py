"""Filed contents and signed answers are closed; a killed addition leaves nothing; referrals that
were issued before the program knew loops wait too.
"""

import subprocess
import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import delete, func, select, text, update

from clinic_desk import paths
from clinic_desk.errors import Locked
from clinic_desk.storage import Store, file_queries
from clinic_desk.storage.models import (
    Document,
    FileContent,
    FiledFile,
    FilePiece,
    ImagingResult,
    Loop,
    LoopChase,
)
from tests.support.records import (
    ACTOR,
    NOW,
    PASSPHRASE,
    QUICK,
    add_case,
    add_clinician,
    add_patient,
)

REVISION = "0015"


@pytest.fixture
def filed(either: Store) -> Store:
    """A practice with one of each: a content, its file, a request, a chase and a result."""
    add_clinician(either)
    patient = add_patient(either)
    case = add_case(either, patient)
    with either.unit(ACTOR) as unit:
        session = unit.session
        content = FileContent(sha256="0" * 64, size=3, media="text/plain")
        loop = _loop(case)
        session.add_all([content, loop])
        session.flush()
        file_queries.add_piece(session, content.id, 0, b"abc")
        who = {"clinician_id": ACTOR}
        session.add_all(
            [
                FiledFile(
                    patient_id=patient,
                    content_id=content.id,
                    loop_id=loop.id,
                    name="a.txt",
                    title="a",
                    added_at=NOW,
                    added_by="Dana",
                    **who,
                ),
                LoopChase(loop_id=loop.id, way="phone", at=NOW, by="Dana", **who),
                ImagingResult(
                    case_id=case,
                    modality="mri",
                    studied_on=date(2026, 2, 3),
                    entered_at=NOW,
                    entered_by="Dana",
                    **who,
                ),
            ]
        )
        unit.audit("add", "file")
        unit.commit()
    return either


def _loop(case: UUID) -> Loop:
    return Loop(
        case_id=case,
        kind="imaging",
        title="MRI",
        urgency="urgent_2w",
        ordered_on=date(2026, 2, 3),
        due_on=date(2026, 2, 17),
        opened_at=NOW,
        opened_by="Dana",
        clinician_id=ACTOR,
    )


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (FileContent, "media"),
        (FilePiece, "bytes"),
        (LoopChase, "text"),
        (ImagingResult, "conclusion"),
    ],
)
def test_what_is_written_once_is_never_changed(filed: Store, kind: type, column: str) -> None:
    value = b"altered" if column == "bytes" else "altered"
    for statement in (update(kind).values({column: value}), delete(kind)):
        with pytest.raises(Locked), filed.unit(ACTOR) as unit:
            unit.session.execute(statement)


@pytest.mark.parametrize("kind", [FiledFile, Loop])
def test_a_file_and_a_request_are_never_deleted(filed: Store, kind: type) -> None:
    with pytest.raises(Locked), filed.unit(ACTOR) as unit:
        unit.session.execute(delete(LoopChase) if kind is Loop else delete(kind))
    with filed.reading() as session:
        assert session.scalar(select(func.count()).select_from(kind)) == 1


def test_a_signed_answer_keeps_its_words_and_its_files(filed: Store) -> None:
    with filed.unit(ACTOR) as unit:
        loop = unit.session.scalars(select(Loop)).one()
        loop.outcome, loop.summary, loop.closed_at = "answered", "No tear.", NOW
        loop.closed_by_id = ACTOR
        unit.audit("sign_off", "loop", loop.id)
        unit.commit()
    for statement in (
        update(Loop).values(summary="altered"),
        update(FiledFile).values(loop_id=None),
    ):
        with pytest.raises(Locked), filed.unit(ACTOR) as unit:
            unit.session.execute(statement)
    with filed.unit(ACTOR) as unit:
        unit.session.scalars(select(FiledFile)).one().title = "MRI report"
        unit.audit("describe", "file")
        unit.commit()


def test_a_request_is_not_closed_without_words(filed: Store) -> None:
    with pytest.raises(Exception, match="closing"), filed.unit(ACTOR) as unit:
        unit.session.execute(update(Loop).values(outcome="answered", closed_at=NOW))


ADDING = """
import os, signal, sys
from pathlib import Path
from uuid import UUID
from clinic_desk.storage import Store
from clinic_desk.usecases import files
from clinic_desk.usecases.desk import Actor, Desk
from tests.support.records import ACTOR, PASSPHRASE
folder, path, patient = sys.argv[1:]
desk = Desk(Store.open(Path(folder), PASSPHRASE), None, Actor(ACTOR, "Dana Demo"))

def going(done, size):
    if done > 6 * files.PIECE:
        os.kill(os.getpid(), signal.SIGKILL)
    return True

files.add(desk, UUID(patient), files.examine(Path(path)), going=going)
"""


def test_a_power_cut_while_adding_leaves_nothing_of_the_file(tmp_path: Path) -> None:
    folder, path = tmp_path / "practice", tmp_path / "scan.bin"
    store, _ = Store.create(folder, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    patient = add_patient(store)
    store.close()
    path.write_bytes(bytes(range(256)) * 1024 * 12)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", ADDING, str(folder), str(path), str(patient)]
    assert subprocess.run(command, cwd=root, check=False).returncode == -9
    store = Store.open(folder, PASSPHRASE)
    with store.reading() as session:
        for kind in (FileContent, FilePiece, FiledFile):
            assert session.scalar(select(func.count()).select_from(kind)) == 0
        assert session.execute(text("PRAGMA quick_check")).scalar_one() == "ok"
    assert store.verify_audit() is None
    store.close()


def test_a_referral_issued_before_waits_for_its_answer_after_the_migration(
    tmp_path: Path,
) -> None:
    """The step of the migration that opens requests, on letters that have none."""
    store, _ = Store.create(tmp_path / "practice", PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    case = add_case(store, add_patient(store))
    with store.unit(ACTOR) as unit:
        unit.session.add_all(
            [
                _letter(case, 1, "referral-orthopaedics", {"see_by": "2026-02-17"}),
                _letter(case, 2, "referral-gp", {"see_by": None}),
                _letter(case, 3, "free-letter", {}),
            ]
        )
        unit.session.flush()
        with Operations.context(MigrationContext.configure(unit.session.connection())):
            _revision()._open_for_issued()
        unit.audit("issue", "letter")
        unit.commit()
    with store.reading() as session:
        found = session.scalars(select(Loop).order_by(Loop.due_on)).all()
        assert [(one.title, one.due_on, one.urgency) for one in found] == [
            ("referral-orthopaedics", date(2026, 2, 17), "urgent_2w"),
            ("referral-gp", date(2026, 3, 17), "routine_gp"),
        ]
        assert all(one.closed_at is None and one.recipient == "Dr Sample" for one in found)
    store.close()


def _revision() -> ModuleType:
    (path,) = (paths.migrations() / "versions").glob(f"{REVISION}_*.py")
    spec = spec_from_file_location("revision", path)
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def _letter(case: UUID, number: int, template: str, draft: dict[str, object]) -> Document:
    return Document(
        case_id=case,
        kind="letter",
        year=2026,
        number=number,
        reference=f"L-2026-{number:03}",
        title=template,
        recipient="Dr Sample",
        template=template,
        content={"draft": draft},
        bytes=b"%PDF",
        sha256="0" * 64,
        issued_at=NOW,
        issued_by="Dana Demo",
        clinician_id=ACTOR,
    )
