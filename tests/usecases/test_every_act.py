"""Every act that writes to the record is taken back exactly, or is for ever with its reason."""

import ast
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from clinic_desk import usecases
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import ClinicError
from clinic_desk.library import Library
from clinic_desk.storage.base import Base
from clinic_desk.usecases import (
    address_book,
    cases,
    patients,
    practice,
    taking_back,
)
from clinic_desk.usecases.address_book import Entry
from clinic_desk.usecases.cases import CaseDetails
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from tests.support.desk import Clock
from tests.support.records import PASSPHRASE, QUICK
from tests.usecases.acts import BY_WHAT_THEY_KEPT, FOR_EVER, TAKEN_BACK, Place

# The trail and its like go on; what a thing ended by its undo says is what undo says of it.
_LEFT_OUT = frozenset({"audit", "counters", "file_contents", "file_pieces"})
_KEPT_AS_ENDED: Mapping[str, str] = {  # table, and the column that says that it ended
    "appointments": "cancelled_at",
    "cases": "closed_on",
    "clinic_exercises": "hidden",
    "clinic_templates": "hidden",
    "contact_merges": "undone_at",
    "contacts": "archived_at",
    "files": "archived_at",
    "import_runs": "undone_at",
    "loops": "closed_at",
    "patient_locks": "lifted_at",
    "patient_merges": "undone_at",
    "patients": "archived_on",
    "todos": "ended_at",
}
# Parts of what ended, and stories to which undo adds that it was taken back.
_OF_THEM = frozenset(
    {
        "case_goals",
        "exercise_photos",
        "import_items",
        "letter_templates",
        "merge_moves",
        "patient_phones",
        "todo_moves",
    }
)
Dump = dict[str, dict[tuple[object, ...], dict[str, object]]]


def _rows(desk: Desk) -> Dump:
    found: Dump = {}
    with desk.store.reading() as session:
        for mapper in Base.registry.mappers:
            table = mapper.local_table
            if table.name in _LEFT_OUT:
                continue
            version = mapper.version_id_col
            keys = [column.name for column in mapper.primary_key]
            rows = session.execute(select(table)).mappings().all()
            found[str(table.name)] = {
                tuple(row[key] for key in keys): {
                    name: value
                    for name, value in row.items()
                    if version is None or name != version.name
                }
                for row in rows
            }
    return found


def _same(before: Dump, after: Dump) -> None:
    for table, rows in before.items():
        now = after[table]
        for key, row in rows.items():
            assert now.get(key) == row, table
        for key in now.keys() - rows.keys():
            if table in _KEPT_AS_ENDED:
                assert now[key][_KEPT_AS_ENDED[table]], table
            else:
                assert table in _OF_THEM, table
    assert _texts(before) == _texts(after)


def _texts(found: Dump) -> dict[object, object]:
    """What letters of each kind are written with: the newest version, where it has a text."""
    rows = sorted(found["letter_templates"].values(), key=lambda one: str(one["revision"]))
    newest = {one["kind"]: one["content"] for one in rows}
    return {kind: content for kind, content in newest.items() if content is not None}


# writes the entry for the acts that call it, and is none itself
_WRITER = "template_versions.append"


def _acts() -> Iterator[str]:
    """Every function of the use cases that writes an entry of the trail: itself, by a private
    function of its module or by the writer.
    """
    for path in sorted(Path(usecases.__path__[0]).glob("*.py")):
        functions = {
            node.name: node
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef)
        }
        called: dict[str, set[str]] = {}
        found: set[str] = set()
        for name, node in functions.items():
            calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
            called[name] = {one.id for one in calls if isinstance(one, ast.Name)}
            methods = [one for one in calls if isinstance(one, ast.Attribute)]
            if any(one.attr == "audit" or ast.unparse(one) == _WRITER for one in methods):
                found.add(name)
        while more := {name for name, others in called.items() if others & found} - found:
            found |= more
        acts = (f"{path.stem}.{name}" for name in found if not name.startswith("_"))
        yield from (act for act in acts if act != _WRITER)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, library: Library) -> tuple[Path, list[UUID]]:
    """A practice, made once and copied for each act."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    desk, _code = practice.set_up(
        folder,
        library,
        practice.PracticeDetails(name="Example Street Physiotherapy", phone="555-0100"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        kdf=QUICK,
    )
    alex = patients.register(
        desk, PatientDetails("Example", "Alex", birth_date=date(1991, 6, 14), phone="555-0142")
    )
    strain = cases.open_case(desk, alex, CaseDetails("hamstring strain", Side.LEFT, goal="Parkrun"))
    surgeon = address_book.save(desk, Entry("Robin Sample", title="Dr", role="orthopaedics"))
    desk.store.close()
    return folder, [alex, strain, surgeon.id]


@pytest.fixture
def at(
    made: tuple[Path, list[UUID]], tmp_path: Path, library: Library, clock: Clock
) -> Iterator[Place]:
    folder, ids = made
    shutil.copytree(folder, tmp_path / "practice")
    desk = replace(practice.unlock(tmp_path / "practice", library, PASSPHRASE), now=clock)
    yield Place(desk, *ids, tmp_path)
    desk.store.close()


def test_every_act_is_taken_back_or_for_ever_with_a_reason() -> None:
    kept = {one for act, (back, _made) in BY_WHAT_THEY_KEPT.items() for one in (act, back)}
    kept -= {"import_any.take"}  # it writes by import_run.begin
    known = [*TAKEN_BACK, *FOR_EVER, *kept]
    assert sorted(_acts()) == sorted(known)


@pytest.mark.parametrize(
    ("name", "number"),
    [(name, number) for name, made in TAKEN_BACK.items() for number in range(len(made))],
)
def test_undo_gives_back_exactly_what_was_before(
    at: Place, clock: Clock, name: str, number: int
) -> None:
    act = TAKEN_BACK[name][number](at)
    clock.move(hours=1)  # what is put back is what was, not what is now
    before = _rows(at.desk)
    _made, undo = taking_back.doing(at.desk, act)
    assert undo is not None
    assert _rows(at.desk) != before
    clock.move(hours=1)
    undo()
    _same(before, _rows(at.desk))
    with pytest.raises(ClinicError):  # once is enough
        undo()


@pytest.mark.parametrize("name", BY_WHAT_THEY_KEPT)
def test_what_keeps_what_it_did_gives_back_exactly_what_was_before(at: Place, name: str) -> None:
    act, back = BY_WHAT_THEY_KEPT[name][1](at)
    before = _rows(at.desk)
    act()
    assert _rows(at.desk) != before
    back()
    _same(before, _rows(at.desk))
