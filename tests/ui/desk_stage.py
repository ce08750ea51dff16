"""One screen in a window, with what it asked for and said."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes


class Stage:
    """One screen in a window, with what it asked for and said."""

    def __init__(self, screen: Screen, lanes: Lanes, qtbot: QtBot) -> None:
        self.screen, self.lanes, self.qtbot = screen, lanes, qtbot
        self.asked: list[Ref] = []
        self.said: list[tuple[str, str]] = []
        self.banners: list[object] = []
        screen.open_requested.connect(self.asked.append)
        screen.said.connect(lambda text, kind: self.said.append((text, kind)))
        screen.not_opened.connect(lambda why: self.said.append((why, "problem")))
        screen.undoable.connect(lambda text, _undo: self.said.append((text, "done")))
        screen.banner_changed.connect(self.banners.append)

    def open(self, place: Place, id: UUID | None = None, **more: object) -> None:
        self.screen.open(Ref(place, id, **more))  # type: ignore[arg-type]
        self.settle()

    def settle(self) -> None:
        assert self.lanes.wait_idle(10_000)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for what a pause in typing brings."""
        self.qtbot.waitUntil(true, timeout=5000)
        self.settle()


def press(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
