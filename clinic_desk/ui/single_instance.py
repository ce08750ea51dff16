"""One running copy for one data folder: a second start raises the first window and ends.

The lock file stands beside the data; the local socket only carries the wish to be raised. The
first paint waits for the lock alone: sockets are loaded by `listen`, and by a second start.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer

LOCK = "clinic-desk.lock"
_ANSWER_MS = 3000


class SingleInstance(QObject):
    """Holds the folder's lock while it lives; `raise_asked` comes from a second start."""

    raise_asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # a crash leaves no lock: Qt checks that the process lives
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Take the lock; False when another copy holds it. Raises OSError where the folder takes
        no file.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() != QLockFile.LockError.LockFailedError:
            self._write_something()
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return False

    def _write_something(self) -> None:
        """Raise what the system says: Qt doesn't tell a full disk from a folder of others."""
        probe = self._folder / f".{LOCK}.probe"
        try:
            probe.write_bytes(b"clinic desk")
        finally:
            probe.unlink(missing_ok=True)

    def listen(self) -> None:
        """Hear what second starts ask for; after the first paint."""
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        QLocalServer.removeServer(self._name())  # what a crash may have left behind
        server.listen(self._name())

    def holder(self) -> str:
        """Who holds the lock, in words: process and computer."""
        known = self._lock.getLockInfo()
        process, computer, program = known[-3:]
        return f"{program} (process {process} on {computer})"

    def ask_to_raise(self) -> bool:
        """Ask the copy that holds the lock to come to the front; whether it was reached.

        A copy that has just started listens only after its first paint, so it is given time.
        """
        from PySide6.QtNetwork import QLocalSocket

        patience = QDeadlineTimer(_ANSWER_MS)
        while not patience.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(self._name())
            if socket.waitForConnected(patience.remainingTime()):
                socket.disconnectFromServer()
                return True
            QThread.msleep(50)
        return False

    def release(self) -> None:
        """Give the folder free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _name(self) -> str:
        """The folder's path may hold a person's name and be too long for a socket's name."""
        import hashlib

        digest = hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()
        return f"clinic-desk-{digest[:16]}"

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection() if self._server is not None else None
        if connection is not None:
            connection.deleteLater()
        self.raise_asked.emit()
