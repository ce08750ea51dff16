"""Every list of the program goes into a CSV file: as shown, whole, safe, and audited."""

import csv
import io
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtTest import QTest

from clinic_desk.clinical.findings import Urgency
from clinic_desk.storage.models import Audit
from clinic_desk.ui import navigator
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import find_out
from clinic_desk.ui.parts.list_out import ListOut
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.loops import LoopsScreen
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.widgets.find_field import FindField
from clinic_desk.ui.widgets.find_hits import Hit, HitGroup
from clinic_desk.usecases import find, lockbox, loops, note_templates, patients, snippets, todos
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loops import OrderDetails
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.snippets import Snippet
from clinic_desk.usecases.todos import TodoDetails
from tests.ui.desk_stage import Stage

NO_RECORDS = {"Fields"}  # to choose from while a text is written
OPENED = (Place.TODAY, Place.PATIENTS, Place.PATIENT, Place.TASKS, Place.LOOPS, Place.EXERCISES,
          Place.LETTERS, Place.CONTACTS, Place.REPORTS, Place.IMPORT)  # fmt: skip


def read(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def saved(at: Stage, out: ListOut, folder: Path) -> list[list[str]]:
    target = folder / f"{out.what} {id(out)}"
    out.save(target)
    at.settle()
    assert at.said[-1][1] == "done"
    return read(target.with_suffix(".csv"))


def test_the_lists_of_the_settings_are_saved_whole(stage, desk: Desk, tmp_path: Path) -> None:
    snippets.save(desk, snippets.listed(desk), (Snippet("hep", "Home program: twice a day"),))
    at: Stage = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.settle()
    header, row = saved(at, at.screen.people.out, tmp_path)
    assert header[:2] == ["Name", "Role"]
    assert row[:2] == ["Dana Demo", "Physiotherapist"]
    assert saved(at, at.screen.snippets.out, tmp_path)[1:] == [
        [";hep", "Home program: twice a day"]
    ]
    notes = saved(at, at.screen.notes.out, tmp_path)
    assert len(notes) == len(note_templates.listed(desk)) + 1


@pytest.fixture
def full(desk: Desk, strain: UUID, alex: UUID) -> UUID:
    """A practice with something in its lists, and a name that a spreadsheet would calculate."""
    loops.order(desk, strain, OrderDetails("imaging", "=1+1", "Sample Imaging", Urgency.URGENT_2W))
    todos.add(desk, TodoDetails("Call back", date(2026, 2, 5), patient_id=alex))
    return patients.register(desk, PatientDetails("=HYPERLINK", "Eve"))


def test_every_list_of_every_screen_can_be_saved(
    stage, desk: Desk, full: UUID, alex: UUID, tmp_path: Path
) -> None:
    written = 0
    for place, kind in navigator.SCREENS.items():
        at: Stage = stage(kind)
        if place in OPENED:
            at.open(place, alex if place is Place.PATIENT else None)
        outs = at.screen.findChildren(ListOut)
        offered = {out.act for out in outs}
        for view in at.screen.findChildren(RowsView):
            assert view.accessibleName() in NO_RECORDS or offered & set(view.actions()), place
        for out in outs:
            header, *rows = saved(at, out, tmp_path)
            assert all(header)
            assert len({len(row) for row in rows} | {len(header)}) == 1
            assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
        written += len(outs)
    with desk.store.reading() as session:
        told = [one for one in session.query(Audit) if one.act == "export_list"]
    assert len(told) == written > 20


def test_the_file_has_the_filter_and_the_order_of_the_list_and_every_row(
    stage, desk: Desk, full: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "AT_ONCE", 2)
    patients.register(desk, PatientDetails("Aardvark", "Zoe", birth_part="1985-06"))
    at: Stage = stage(PatientsScreen)
    at.open(Place.PATIENTS)
    names = [row[0] for row in saved(at, at.screen.all_out, tmp_path)]
    assert names == ["Patient", "AARDVARK, Zoe", "EXAMPLE, Alex", "'=HYPERLINK, Eve"]
    QTest.keyClicks(at.screen.field, "zoe")
    at.until(lambda: at.screen.model.rowCount() == 1)
    assert saved(at, at.screen.out, tmp_path)[1][:2] == ["AARDVARK, Zoe", "1985-06"]


def test_a_search_is_saved_beyond_the_rows_that_are_shown(desk: Desk) -> None:
    for number in range(60):
        patients.register(desk, PatientDetails(f"Marten{number:02}", "Zoe"))
    shown = find.patients(desk, "marten zoe").rows
    every = find.all_found(desk, "marten zoe")
    assert len(shown) == 50
    assert every[:50] == shown
    assert len({row.id for row in every}) == 60


def test_a_list_keeps_the_order_that_was_chosen_when_its_rows_are_read_again() -> None:
    model = RowsModel([Column("Name", str, sort=str)])
    model.set_rows(["b", "a"])
    model.sort(0)
    model.set_rows(["c", "b", "a"])
    assert model.rows() == ("a", "b", "c")


def test_a_line_that_stands_for_a_closed_part_is_left_out_and_that_is_said(
    stage, desk: Desk, full: UUID, alex: UUID, strain: UUID, tmp_path: Path
) -> None:
    at: Stage = stage(LoopsScreen)
    at.open(Place.LOOPS)
    assert len(saved(at, at.screen.out, tmp_path)) == 2
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    at.open(Place.LOOPS)
    assert len(saved(at, at.screen.out, tmp_path)) == 1
    assert at.said[-1][0].endswith("Left out, as closed at the patient's wish: 1.")


def test_what_ctrl_k_found_is_saved_and_commands_are_not(
    stage, desk: Desk, shown, qtbot, tmp_path: Path
) -> None:
    at: Stage = stage(LoopsScreen)
    field = FindField()
    shown(field)
    field.setFocus()
    out = find_out.FindOut(at.screen, field).out
    hit = Hit("EXAMPLE, Alex", "14 Jun 1991", None)
    field.connect_to(
        lambda _words: (HitGroup("Patients", (hit,)),),
        at.lanes,
        lambda _words: (HitGroup("Commands", (Hit("Today", "", None),)),),
    )
    QTest.keyClicks(field, "alex")
    at.until(lambda: field.popup_open)
    out.said.connect(lambda text, kind: at.said.append((text, kind)))
    assert saved(at, out, tmp_path)[1:] == [["Patients", "EXAMPLE, Alex", "14 Jun 1991"]]
