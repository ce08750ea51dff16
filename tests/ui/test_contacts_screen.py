"""The address book on screen: found, typed, saved, taken back, archived."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.contacts import ContactsScreen
from clinic_desk.usecases import address_book
from clinic_desk.usecases.address_book import Address, Entry, Phone
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press

VASCULAR = Entry(
    "Zoë Łukasiewicz",
    "Dr",
    role="vascular",
    organisation="Sample Vascular Centre",
    addresses=(
        Address("postal", "PO Box 4", "10115", "Berlin"),
        Address("visiting", "Musterweg 1"),
        Address("visiting", "Second Way 2"),
    ),
    phones=(Phone("+49 30 901820", "work"), Phone("555-0161")),
    preferred="fax",
)


@pytest.fixture
def at(stage, desk: Desk, surgeon: UUID) -> Stage:
    address_book.save(desk, VASCULAR)
    at = stage(ContactsScreen)
    at.undos = []
    at.screen.undoable.connect(lambda text, undo: at.undos.append((text, undo)))
    at.open(Place.CONTACTS)
    return at


def _names(at: Stage) -> list[str]:
    return [row.entry.name for row in at.screen.model.rows()]


def test_words_and_role_narrow_the_list_and_the_first_is_shown(at: Stage) -> None:
    assert len(_names(at)) == 2
    QTest.keyClicks(at.screen.field, "berlin zoe")
    at.until(lambda: _names(at) == [VASCULAR.name])
    assert at.screen.pane.name.text() == "Dr Zoë Łukasiewicz"
    at.screen.field.set_value("")
    at.screen.role.set_value("orthopaedics")
    at.screen.role.chosen.emit("orthopaedics")
    at.settle()
    assert _names(at) == ["Dr Robin Sample"]


def test_nobody_found_says_so(at: Stage) -> None:
    at.screen.field.set_value("nobody at all")
    at.screen._find()
    at.settle()
    assert at.screen.found.currentWidget() is at.screen.empty
    assert not at.screen.pane.isVisible()


def test_a_new_contact_is_typed_saved_and_taken_back(at: Stage, desk: Desk) -> None:
    press(at.screen.primary())
    assert at.screen.editing
    form = at.screen.form
    QTest.keyClicks(form.texts["name"], "Pat Example")
    QTest.keyClicks(form.places["postal", "town"], "Sampletown")
    QTest.keyClicks(form.phones._lines[0][2], "555-0162")
    assert form.draft.touched
    press(at.screen.primary())
    at.settle()
    assert not at.screen.editing
    assert at.screen.pane.name.text() == "Pat Example"
    at.undos[-1][1]()
    at.settle()
    assert "Pat Example" not in _names(at)


def test_a_change_keeps_what_the_form_does_not_show_and_is_undone(at: Stage, desk: Desk) -> None:
    row = address_book.find(desk, "zoe").rows[0]
    at.screen._edit(row)
    at.screen.form.texts["email"].set_value("zoe@vascular.example")
    press(at.screen.form.save)
    at.settle()
    changed = address_book.open_entry(desk, row.id).entry
    assert changed.email == "zoe@vascular.example"
    assert changed.addresses == row.entry.addresses
    at.undos[-1][1]()
    at.settle()
    assert address_book.open_entry(desk, row.id).entry == row.entry


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(at: Stage, desk: Desk) -> None:
    press(at.screen.new)
    form = at.screen.form
    form.texts["email"].set_value("no at sign")
    press(form.save)
    at.settle()
    assert at.screen.editing
    assert set(form.who.problems()) == {"name"}
    assert set(form.reach.problems()) == {"email"}


def test_escape_does_not_discard_what_was_typed(at: Stage) -> None:
    press(at.screen.new)
    QTest.keyClicks(at.screen.form.texts["name"], "x")
    QTest.keyClick(at.screen, Qt.Key.Key_Escape)
    assert at.screen.editing
    press(at.screen.form.cancel)
    at.settle()
    QTest.keyClick(at.screen, Qt.Key.Key_Escape)
    assert not at.screen.editing


def test_archived_entries_leave_the_list_and_come_back(at: Stage) -> None:
    at.screen.rows.choose(1)
    at.settle()
    name = at.screen.pane.row.entry.name
    press(at.screen.pane.archive)
    at.settle()
    assert name not in _names(at)
    at.screen.role.set_value("archived")
    at.screen._find()
    at.settle()
    assert _names(at) == [name]
    press(at.screen.pane.restore)
    at.settle()
    at.screen.role.set_value(None)
    at.screen._find()
    at.settle()
    assert name in _names(at)


def test_every_control_of_the_form_has_a_name(at: Stage) -> None:
    form = at.screen.form
    fields = (*form.texts.values(), *form.places.values(), *form.lines.values(), form.note)
    names = [field.accessibleName() for field in fields]
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_word_without_end_does_not_push_the_pane_out_of_sight(at: Stage, desk: Desk) -> None:
    address_book.save(desk, Entry("W" * 200, organisation="x" * 200, note="y" * 2000))
    at.screen.show_book()
    at.settle()
    place = next(n for n, name in enumerate(_names(at)) if name.startswith("W"))
    at.screen.rows.choose(place)
    at.settle()
    pane = at.screen.pane
    assert pane.name.parentWidget().width() <= pane.scroller.viewport().width()
