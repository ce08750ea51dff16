"""The program locks by itself, and never at the cost of what was typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from clinic_desk import settings
from clinic_desk.ui.refs import Place, Ref
from tests.app.conftest import Running
from tests.app.people import make_practice


class Away:
    """The clocks of the program, which run on while nobody is there."""

    def __init__(self, program: Running) -> None:
        self.idle = program.desk.door.idle
        self.at = 1000.0
        self.idle._clocks = (lambda: self.at,)
        self.idle._heard()

    def minutes(self, count: float) -> None:
        self.at += 60 * count
        self.idle.look()


@pytest.fixture
def program(started: Callable[[Path | None], Running], tmp_path: Path, library) -> Running:
    make_practice(tmp_path / "practice", library)
    running = started(tmp_path / "practice")
    running.unlock()
    return running


def test_it_locks_after_ten_minutes_without_input_and_not_before(program: Running) -> None:
    away = Away(program)
    away.minutes(9.9)
    assert program.desk.navigator is not None
    QTest.mouseMove(program.window.windowHandle(), QPoint(40, 40))
    away.minutes(9.9)  # somebody is there
    assert program.desk.navigator is not None
    away.minutes(0.1)
    assert program.desk.navigator is None
    assert program.unlock_page.passphrase.isVisible()


def test_the_minutes_are_a_setting_and_may_be_none(program: Running) -> None:
    away = Away(program)
    folder = program.desk.folder
    settings.save(folder, settings.load(folder)._replace(lock_minutes=0))
    away.minutes(600)
    assert program.desk.navigator is not None
    settings.save(folder, settings.load(folder)._replace(lock_minutes=60))
    away.minutes(0)
    assert program.desk.navigator is None


def test_what_is_typed_and_not_saved_is_not_lost(program: Running) -> None:
    program.navigator.go(Ref(Place.TASKS))
    program.settle()
    program.screen._begin()
    program.type(program.screen.form.what, "Call the surgeon")
    away = Away(program)
    away.minutes(30)
    program.until(lambda: program.desk.navigator is None)  # once it is kept
    program.unlock()
    program.navigator.go(Ref(Place.TASKS))
    program.settle()
    assert program.screen.form.what.value() == "Call the surgeon"


def test_an_open_dialog_is_put_away_first(program: Running) -> None:
    dialog = QDialog(program.window)
    dialog.setModal(True)
    dialog.show()
    away = Away(program)
    away.minutes(11)
    assert not dialog.isVisible()
    away.minutes(0)
    assert program.desk.navigator is None


def test_the_first_key_after_a_sleep_of_the_computer_locks(program: Running) -> None:
    away = Away(program)
    away.at += 60 * 60  # no timer ran meanwhile
    QTest.keyClick(program.window.windowHandle(), Qt.Key.Key_A)
    assert program.desk.navigator is None
