"""The whole program without a screen: real windows on real encrypted files."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from clinic_desk.app import ClinicDesk
from clinic_desk.library import Library
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.unlock import UnlockPage
from clinic_desk.usecases import visits
from tests.app.people import make_practice, make_visit
from tests.support.records import PASSPHRASE


class Running:
    """The program as a person works it: press, type, wait, look."""

    def __init__(self, desk: ClinicDesk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.window = desk.window
        self.troubles: list[str] = []  # the ways in which errors were shown
        desk.problems.shown.connect(self.troubles.append)

    @property
    def navigator(self) -> Navigator:
        assert self.desk.navigator is not None, "nobody is at the desk yet"
        return self.desk.navigator

    @property
    def screen(self) -> Screen:
        assert self.navigator.screen is not None
        return self.navigator.screen

    @property
    def unlock_page(self) -> UnlockPage:
        assert self.desk.unlock is not None, "the program did not ask for a passphrase"
        return self.desk.unlock

    def settle(self) -> None:
        """Until nothing is under way."""
        assert self.desk.lanes.wait_idle(20_000)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=20_000)
        self.settle()

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, field: QWidget, text: str) -> None:
        assert field.isVisible()
        assert field.isEnabled()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(field, text)

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.type(self.unlock_page.passphrase, passphrase)
        QTest.keyClick(self.unlock_page.passphrase, Qt.Key.Key_Return)
        self.settle()


@pytest.fixture
def started(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path | None], Running]]:
    """Start the program on a data folder (None: the demo clinic); it is ended after the test."""
    running: list[Running] = []
    # the program routes what nobody caught to its own sheet; the next test wants its own again
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)

    def start(folder: Path | None) -> Running:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        desk = ClinicDesk(app, folder)
        desk.start()
        qtbot.waitExposed(desk.window)
        desk.window.activateWindow()
        # what the first page can be shown without comes after it
        qtbot.waitUntil(lambda: hasattr(desk, "problems"))
        running.append(Running(desk, qtbot))
        return running[-1]

    yield start
    for program in running:
        program.desk.end()
        program.window.close()
        program.window.deleteLater()
        program.desk.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # a fault that the program took care of is still a fault, unless the test wanted it
    assert [trouble for program in running for trouble in program.troubles] == []


@pytest.fixture
def folder(tmp_path: Path, library: Library) -> Path:
    """A data folder with a practice, closed."""
    return make_practice(tmp_path / "practice", library)


@pytest.fixture
def visit(folder: Path, library: Library) -> UUID:
    """An unsigned visit in that practice."""
    return make_visit(folder, library)


@pytest.fixture
def kept(folder: Path, library: Library) -> Callable[[UUID], "visits.VisitView"]:
    """What a person finds after the next unlock."""
    from clinic_desk.usecases import practice

    def look(visit: UUID) -> visits.VisitView:
        desk = practice.unlock(folder, library, PASSPHRASE)
        try:
            return visits.open_visit(desk, visit)
        finally:
            desk.store.close()

    return look
