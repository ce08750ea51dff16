"""Duplicates on screen: side by side, merged with undo, held apart, parted where they are seen."""

import pytest
from PySide6.QtWidgets import QPushButton

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.contacts import ContactsScreen
from clinic_desk.usecases import address_book
from clinic_desk.usecases.address_book import Entry, Phone
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press


@pytest.fixture
def at(stage, desk: Desk) -> Stage:
    address_book.save(desk, Entry("Jörg Müller", "Dr", note="first"))
    address_book.save(desk, Entry("Joerg Mueller", role="vascular", phones=(Phone("555-0161"),)))
    at = stage(ContactsScreen)
    at.undos = []
    at.screen.undoable.connect(lambda text, undo: at.undos.append(undo))
    at.open(Place.CONTACTS)
    press(at.screen.alike)
    at.settle()
    return at


def _names(desk: Desk) -> list[str]:
    return sorted(row.entry.name for row in address_book.find(desk).rows)


def test_a_pair_is_merged_by_field_and_taken_back(at: Stage, desk: Desk) -> None:
    page = at.screen.merging
    assert set(page.keep) == {"title", "name", "role", "phones", "note"}
    page.keep["role"].set_value("other")
    press(at.screen.primary())
    at.settle()
    (row,) = address_book.find(desk).rows
    assert (row.entry.name, row.entry.role, row.entry.note) == ("Jörg Müller", "vascular", "first")
    assert page.nothing.isVisible()
    at.undos[-1]()
    at.settle()
    assert _names(desk) == ["Joerg Mueller", "Jörg Müller"]
    assert len(page.model.rows()) == 1


def test_two_that_are_two_leave_the_list(at: Stage, desk: Desk) -> None:
    page = at.screen.merging
    press(page.apart)
    at.settle()
    assert page.model.rows() == ()
    assert not page.merge.isEnabled()
    press(page.back)
    at.settle()
    assert at.screen.pages.currentIndex() == 0
    assert len(_names(desk)) == 2


def test_a_merge_is_parted_where_the_contact_is_seen(at: Stage, desk: Desk) -> None:
    press(at.screen.primary())
    at.settle()
    press(at.screen.merging.back)
    at.settle()
    at.settle()
    press(at.screen.pane.findChild(QPushButton, "undoMerge"))
    at.settle()
    assert len(_names(desk)) == 2
    assert at.said[-1] == ("They are two again, as before.", "done")
