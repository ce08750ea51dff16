"""Writing down a call: kept while typing, undone, signed, added to, discarded and brought back."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
from clinic_desk.usecases import contact_entries
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press


@pytest.fixture
def at(stage, desk: Desk, strain: UUID) -> Stage:
    found = stage(ContactEntryScreen)
    found.undo = []
    found.screen.undoable.connect(lambda text, act: found.undo.append(act))
    found.open(Place.CONTACT_ENTRY, case=strain)
    return found


def write(at: Stage) -> None:
    QTest.keyClicks(at.screen.whom, "the GP")
    QTest.keyClicks(at.screen.text, "Asks for the report. ;warn ")


def test_a_call_is_written_kept_and_signed(at: Stage, desk: Desk, strain: UUID) -> None:
    write(at)
    assert "get in touch" in at.screen.text.value()
    at.screen.leave()
    at.settle()
    assert contact_entries.begin(desk, strain).content.with_whom == "the GP"
    press(at.screen.sign)
    at.settle()
    entry = at.asked[-1].id
    at.open(Place.CONTACT_ENTRY, entry)
    assert at.screen.text.isReadOnly()
    assert at.screen.state.isVisible()
    at.screen.addenda.text.set_value("Sent.")
    press(at.screen.add)
    at.settle()
    assert [one.text for one in contact_entries.open_entry(desk, entry).addenda] == ["Sent."]


def test_typing_is_undone_in_one_place(at: Stage) -> None:
    write(at)
    QTest.keyClick(at.screen.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at.screen.text.value().endswith(";warn")


def test_what_is_missing_is_said_at_its_field(at: Stage) -> None:
    at.screen.time.set_value("25:99")
    press(at.screen.sign)
    at.settle()
    assert "10:24" in at.screen.form.problems()["time"]
    at.screen.time.set_value("10:00")
    press(at.screen.sign)
    at.settle()
    assert {"with_whom", "text"} <= set(at.screen.form.problems())


def test_a_discarded_contact_comes_back_by_undo(at: Stage, desk: Desk, strain: UUID) -> None:
    write(at)
    press(at.screen.discard)
    at.settle()
    assert at.asked[-1].place is Place.PATIENT
    assert contact_entries.begin(desk, strain).kept_at is None
    at.undo[-1]()
    at.settle()
    assert contact_entries.begin(desk, strain).content.with_whom == "the GP"
