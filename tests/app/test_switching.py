"""Two people at one desk: each is chosen by name, locks, and finds their own again."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk import door, settings
from clinic_desk.library import Library
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import demo, people, practice
from clinic_desk.usecases.people import PersonDetails
from tests.app.conftest import Running
from tests.app.people import FAMILY
from tests.support.records import PASSPHRASE

OWN = "the student's own words"


@pytest.fixture
def two(folder: Path, library: Library) -> Path:
    """A practice in which Dana Demo supervises Sam Student."""
    desk = practice.unlock(folder, library, PASSPHRASE)
    details = PersonDetails("Sam Student", "student", "", "student", desk.actor.id)
    people.add(desk, details, PASSPHRASE, OWN)
    desk.store.close()
    return folder


def _choose(program: Running, name: str) -> None:
    assert program.unlock_page.who is not None
    box = program.unlock_page.who.box
    box.setCurrentIndex(box.findText(name))


def test_a_single_person_is_not_asked_who_they_are(started, folder: Path) -> None:
    assert started(folder).unlock_page.who is None


def test_the_page_of_a_locked_demo_clinic_says_its_passphrase() -> None:
    assert door.DEMO == demo.PASSPHRASE


def test_two_people_unlock_by_name_and_the_last_one_is_chosen_again(started, two: Path) -> None:
    program = started(two)
    _choose(program, "Sam Student")
    program.unlock(PASSPHRASE)  # another person's
    assert "does not open" in program.unlock_page.problem.text
    program.unlock_page.passphrase.clear()
    program.unlock(OWN)
    assert program.navigator.desk.actor.name == "Sam Student"
    assert settings.load(two).last_person == str(program.navigator.desk.actor.id)
    QTest.keyClick(
        program.window,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    program.settle()
    assert program.desk.navigator is None
    assert not program.window.shell_shown
    assert program.unlock_page.who is not None
    assert program.unlock_page.who.box.currentText() == "Sam Student"
    _choose(program, "Dana Demo")
    program.unlock(PASSPHRASE)
    assert isinstance(program.screen, TodayScreen)
    assert program.navigator.desk.actor.name == "Dana Demo"


def test_who_locked_goes_on_where_they_were_and_another_person_begins_on_today(
    started, two: Path
) -> None:
    program = started(two)
    _choose(program, "Dana Demo")
    program.unlock(PASSPHRASE)
    for name, secret, expected in (
        ("Dana Demo", PASSPHRASE, PatientsScreen),
        ("Sam Student", OWN, TodayScreen),
    ):
        program.navigator.go(Ref(Place.PATIENTS))
        program.settle()
        QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        program.settle()
        _choose(program, name)
        program.unlock(secret)
        program.settle()
        assert isinstance(program.screen, expected)


def test_locking_keeps_what_was_typed_and_leaves_nothing_of_it_in_the_window(
    started, two: Path, visit: UUID, kept
) -> None:
    program = started(two)
    _choose(program, "Dana Demo")
    program.unlock(PASSPHRASE)
    program.navigator.go(Ref(Place.VISIT, visit))
    program.settle()
    screen = program.screen
    assert isinstance(screen, VisitScreen)
    program.type(screen.note.first, "Walks without a limp")
    program.press(program.window.bar.lock)
    assert FAMILY not in program.window.windowTitle()
    assert not program.window.patient_banner.isVisible()
    assert program.window.stack.count() == 0
    program.desk.end()
    assert "Walks without a limp" in kept(visit).content.note.subjective
