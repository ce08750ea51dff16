"""Today, built while the passphrase is typed, so that it has only to be filled.

In turns of its own, so that no key waits: first its widgets, then their first painting, for which
letters and icons are drawn once. Nothing here knows anybody's records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from clinic_desk.ui import theme

if TYPE_CHECKING:
    from clinic_desk.ui.main_window import MainWindow
    from clinic_desk.ui.screens.today import TodayScreen
    from clinic_desk.ui.tasks import Lanes

PAUSE_MS = 10  # between the turns


class TodayAhead(QObject):
    """`begin` where nobody is at the desk, `take` when somebody comes."""

    def __init__(self, window: MainWindow, lanes: Lanes) -> None:
        super().__init__(window)
        self._window, self._lanes = window, lanes
        self.screen: TodayScreen | None = None
        self._zoom = theme.zoom()  # that it was built for
        self._making = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._making.timeout.connect(self._make)
        self._painting = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._painting.timeout.connect(self._paint)

    def begin(self) -> None:
        """Build it soon, in the window's stack."""
        self._making.start()

    def take(self) -> TodayScreen | None:
        """The screen, unless it was not built in time or its sizes are those of another zoom."""
        self._making.stop()
        self._painting.stop()
        screen, self.screen = self.screen, None
        if screen is not None and self._zoom != theme.zoom():
            screen.deleteLater()
            return None
        return screen

    def _make(self) -> None:
        from clinic_desk.ui.screens.today import TodayScreen

        self._zoom = theme.zoom()
        self.screen = TodayScreen(None, self._lanes, self._window.stack)
        self._painting.start()

    def _paint(self) -> None:
        if self.screen is not None:
            self.screen.resize(self._window.stack.size())
            self.screen.grab()
