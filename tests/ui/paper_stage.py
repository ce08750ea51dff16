"""A paper screen in a window, with what it asked for, said and showed; and records to work on."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visits import Decision, VisitContent


class PaperStage:
    """`banner`, `heading` and `status` are what the shell would show now."""

    def __init__(self, screen: Screen, lanes: Lanes, qtbot: QtBot) -> None:
        self.screen, self.lanes, self.qtbot = screen, lanes, qtbot
        self.asked: list[Ref] = []
        self.said: list[tuple[str, str]] = []
        self.banner: object = None
        self.heading = self.status = ""
        screen.open_requested.connect(self.asked.append)
        screen.said.connect(lambda text, kind: self.said.append((text, kind)))
        screen.not_opened.connect(lambda why: self.said.append((why, "problem")))
        screen.status_changed.connect(self._status)
        screen.banner_changed.connect(self._banner)
        screen.heading_changed.connect(self._heading)

    def _status(self, text: str) -> None:
        self.status = text

    def _banner(self, banner: object) -> None:
        self.banner = banner

    def _heading(self, title: str, subtitle: str) -> None:
        self.heading = f"{title}, {subtitle}"

    def open(self, place: Place, id: UUID | None = None, extra: str = "") -> None:
        self.screen.open(Ref(place, id, extra=extra))
        self.settle()

    def settle(self) -> None:
        """Let what was started end, and everything be shown."""
        for _ in range(3):
            assert self.lanes.wait_idle(10_000)
            QApplication.processEvents()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for what a pause in typing brings."""
        self.qtbot.waitUntil(true, timeout=5000)
        self.settle()

    def child(self, name: str) -> QWidget:
        found = self.screen.findChild(QWidget, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        """Press a button that can be seen."""
        button = self.child(name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def write(self, name: str, text: str) -> None:
        QTest.keyClicks(self.child(name), text)
        self.settle()

    def visible(self, name: str) -> bool:
        return self.child(name).isVisible()


def evaluated(
    desk: Desk, case: UUID, answers: dict[str, object], *, sign: bool = True, grade: str = "2"
) -> UUID:
    """A visit with these answers and a decided grade; signed or left open."""
    visit = visits.start(desk, case)
    decision = Decision("grade", grade, grade, "", desk.actor.name, desk.now())
    content = VisitContent(answers=answers, decisions=(decision,) if grade else ())
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.keep(desk, visit, content)
    if sign:
        visits.sign(desk, visit, content)
    return visit
