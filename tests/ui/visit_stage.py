"""A visit's screen in a window, with what it asked for, said and showed."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts.visit_base import VisitBase
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.flag_banner import FlagAlert
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import VisitContent


class VisitStage:
    """`banner`, `alert` and `status` are what the shell would show now."""

    def __init__(self, screen: VisitBase, place: Place, lanes: Lanes, qtbot: QtBot) -> None:
        self.screen, self.place, self.lanes, self.qtbot = screen, place, lanes, qtbot
        self.asked: list[Ref] = []
        self.said: list[tuple[str, str]] = []
        self.alert: FlagAlert | None = None
        self.status = ""
        self.banner: object = None
        screen.open_requested.connect(self.asked.append)
        screen.said.connect(lambda text, kind: self.said.append((text, kind)))
        screen.not_opened.connect(lambda why: self.said.append((why, "problem")))
        screen.flag_changed.connect(self._flag)
        screen.status_changed.connect(self._status)
        screen.banner_changed.connect(self._banner)

    def _flag(self, alert: FlagAlert | None) -> None:
        self.alert = alert

    def _status(self, text: str) -> None:
        self.status = text

    def _banner(self, banner: object) -> None:
        self.banner = banner

    def open(self, visit: UUID, extra: str = "") -> None:
        self.screen.open(Ref(self.place, visit, extra=extra))
        self.settle()

    def settle(self) -> None:
        """Let what was started end, and everything be shown."""
        assert self.lanes.wait_idle(10_000)
        for _ in range(3):
            QApplication.processEvents()

    def child(self, name: str) -> QWidget:
        found = self.screen.findChild(QWidget, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        button = self.child(name)
        assert button.isVisible(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def keys(self, text: str) -> None:
        """Type into whatever has the focus."""
        for sign in text:
            QTest.keyClicks(focused(), sign)
        self.settle()

    def key(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, how)
        self.settle()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def start(desk: Desk, case: UUID, answers: Mapping[str, object], write: bool = False) -> UUID:
    """A draft visit with these answers."""
    visit = visits.start(desk, case)
    content = VisitContent(answers=answers)
    if write:
        content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.keep(desk, visit, content)
    return visit


def signed(desk: Desk, case: UUID, answers: Mapping[str, object]) -> UUID:
    """A signed visit with these answers."""
    visit = start(desk, case, answers, write=True)
    visits.sign(desk, visit, visits.open_visit(desk, visit).content)
    return visit


def answers(desk: Desk, visit: UUID) -> dict[str, object]:
    """What is kept of the visit's evaluation."""
    return dict(visits.open_visit(desk, visit).content.answers)
