"""Snippets while typing in a visit's note, and their list in Settings."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts.snippets_card import SnippetsCard
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import snippets, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.snippets import Snippet
from tests.ui.visit_stage import VisitStage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at(desk: Desk, strain: UUID, shown, qtbot: QtBot) -> Iterator[VisitStage]:
    own = (Snippet("hep", "Home program shown to {given_name}.\nHandout given."),)
    own += (Snippet("heat", "Heat, 10 min."),)
    snippets.save(desk, snippets.listed(desk), own)
    lanes = Lanes()
    screen = VisitScreen(desk, lanes)
    shown(screen, 1310, 640)
    stage = VisitStage(screen, Place.VISIT, lanes, qtbot)
    stage.open(visits.start(desk, strain))
    yield stage
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    screen.forget()


def note(at: VisitStage) -> str:
    area = at.child("note:subjective")
    assert isinstance(area, TextArea)
    return area.value()


def test_a_key_and_space_become_the_text_and_one_undo_brings_the_key_back(at: VisitStage) -> None:
    at.keys("Went well ;hep ")
    assert note(at).startswith("Went well Home program shown to ")
    assert note(at).endswith("Handout given. ")
    at.key(Qt.Key.Key_Z, CTRL)
    assert note(at) == "Went well ;hep"
    at.keys("s")
    assert note(at) == "Went well ;heps"


def test_tab_and_enter_take_what_the_list_has_chosen(at: VisitStage) -> None:
    at.keys(";")
    popup = at.screen.snippets.popup
    assert popup is not None
    assert popup.list.count() == 2
    at.key(Qt.Key.Key_Down)
    at.key(Qt.Key.Key_Tab)
    assert note(at).endswith("Handout given.")
    assert at.screen.snippets.popup is None
    assert at.child("note:subjective").hasFocus()


def test_escape_puts_the_list_away_and_leaves_the_text(at: VisitStage) -> None:
    at.keys(";he")
    at.key(Qt.Key.Key_Escape)
    assert at.screen.snippets.popup is None
    assert note(at) == ";he"


@pytest.mark.parametrize("typed", ["word;hep ", ";hex ", "a;b ", "; ", ";he "])
def test_nothing_expands_inside_a_word_or_for_an_unknown_key(at: VisitStage, typed: str) -> None:
    at.keys(typed)
    assert note(at) == typed


def test_the_list_in_settings_is_changed_at_once_and_taken_back(desk: Desk, shown) -> None:
    lanes = Lanes()
    card = SnippetsCard(desk, lanes)
    shown(card, 500, 700)
    undos: list = []
    card.undoable.connect(lambda _text, undo: undos.append(undo))
    card.look()
    lanes.wait_idle(5_000)
    before = snippets.listed(desk)
    QTest.mouseClick(card.new, Qt.MouseButton.LeftButton)
    card.key.set_value(";tens")
    card.text.set_value("TENS, 20 min.")
    QTest.mouseClick(card.save, Qt.MouseButton.LeftButton)
    lanes.wait_idle(5_000)
    assert Snippet("tens", "TENS, 20 min.") in snippets.listed(desk)
    undos[-1]()
    lanes.wait_idle(5_000)
    lanes.stop()
    assert snippets.listed(desk) == before


def test_a_key_twice_is_said_at_its_field(desk: Desk, shown) -> None:
    lanes = Lanes()
    card = SnippetsCard(desk, lanes)
    shown(card, 500, 700)
    card.look()
    lanes.wait_idle(5_000)
    QTest.mouseClick(card.new, Qt.MouseButton.LeftButton)
    card.key.set_value("hep")
    card.text.set_value("Again")
    QTest.mouseClick(card.save, Qt.MouseButton.LeftButton)
    lanes.wait_idle(5_000)
    lanes.stop()
    assert "already" in card.form.problems()["key"]
