"""Locks the records where nobody has typed, clicked or pointed for a while.

It does what the lock command does. Work under way is waited for, and where something typed would
be lost it does not lock and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from clinic_desk import settings
from clinic_desk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Protocol

    from PySide6.QtGui import QWindow

    from clinic_desk.ui.main_window import MainWindow
    from clinic_desk.ui.navigator import Navigator
    from clinic_desk.ui.tasks import Lanes

    class Clinic(Protocol):
        """The running program, as far as this needs it."""

        folder: Path
        window: MainWindow
        navigator: Navigator | None

        @property
        def lanes(self) -> Lanes: ...


LOOK_MS = 10_000  # how often the time is looked at
_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    )
)


class IdleLock(QObject):
    """Runs from unlocking to locking. It listens to the windows of the system and not to every
    widget, so that typing pays nothing for it.
    """

    def __init__(self, clinic: Clinic, lock: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._clinic, self._lock = clinic, lock
        self._clocks: tuple[Callable[[], float], ...] = (time.monotonic, time.time)
        self._last = self._now()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, _navigator: Navigator | None = None) -> None:
        """The records are open."""
        from PySide6.QtGui import QGuiApplication

        app = QGuiApplication.instance()
        self._heard()
        self._watch(self._clinic.window.windowHandle())
        if isinstance(app, QGuiApplication) and not self._timer.isActive():
            app.focusWindowChanged.connect(self._watch)
        self._timer.start()

    def end(self) -> None:
        """The records are closed."""
        from PySide6.QtGui import QGuiApplication

        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and self._timer.isActive():
            app.focusWindowChanged.disconnect(self._watch)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._timer.isActive() and event.type() in _INPUT:
            if self._due():  # the computer slept: nobody goes on where another one sat
                self.look()
                return True
            self._heard()
        return False

    def look(self) -> None:
        """Lock if it is time."""
        clinic = self._clinic
        if not self._due() or clinic.navigator is None or clinic.lanes.busy:
            return
        if self._put_away():
            return  # the next look locks
        if _half_typed(clinic.navigator):
            said = _("Not locked after {n} minutes: what you typed here is not saved yet.")
            clinic.window.message(said.format(n=self._minutes()), "problem")
        else:
            self._lock()
        self._heard()

    def _put_away(self) -> bool:
        """Close a dialog or menu that is open: no answer was given."""
        from PySide6.QtWidgets import QApplication, QDialog

        open_now = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if open_now is None:
            return False
        if isinstance(open_now, QDialog):
            open_now.reject()
        else:
            open_now.close()
        return True

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _minutes(self) -> int:
        return settings.load(self._clinic.folder).lock_minutes

    def _due(self) -> bool:
        idle = max(now - then for now, then in zip(self._now(), self._last, strict=True))
        if idle < 60 * settings.LOCK_RANGE[0]:
            return False
        minutes = self._minutes()
        return bool(minutes) and idle >= 60 * minutes

    def _now(self) -> tuple[float, ...]:
        """By the running clock, which may stand while the computer sleeps, and by that of the
        day.
        """
        return tuple(clock() for clock in self._clocks)

    def _heard(self) -> None:
        self._last = self._now()


def _half_typed(navigator: Navigator) -> bool:
    """Whether the screen in front holds typed words that it keeps only when they are saved."""
    from clinic_desk.ui.screen import half_typed

    return navigator.screen is not None and half_typed(navigator.screen)
