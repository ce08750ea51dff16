"""The end of the session from outside: a plain kill or a log-out closes as a person would."""

import contextlib
import signal
import socket
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class SessionEnd(QObject):
    """`asked` when the system asks this process to end. Python's own handlers would only run
    between two events, so the wish is carried through a socket that Qt watches.
    """

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":
            return  # there the window gets its close event
        self._ours, self._pythons = socket.socketpair()
        self._ours.setblocking(False)
        self._pythons.setblocking(False)
        signal.set_wakeup_fd(self._pythons.fileno())
        for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(one, _noted)
        notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._heard)

    def _heard(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._ours.recv(16)
        self.asked.emit()


def _noted(_number: int, _frame: object) -> None:
    """The handler itself does nothing: the wake-up through the socket does."""
