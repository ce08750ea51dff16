"""One running copy for one data folder: a second start raises the first window and ends.

The lock file stands beside the data; the local socket only carries the wish to be raised.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "clinic-desk.lock"
_ANSWER_MS = 500


class SingleInstance(QObject):
    """Holds the folder's lock while it lives; `raise_asked` comes from a second start."""

    raise_asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # a crash leaves no lock: Qt checks that the process lives
        # The folder's path may hold a person's name and be too long for a socket's name.
        digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
        self._name = f"clinic-desk-{digest[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Take the lock and listen; False when another copy holds it."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)  # what a crash may have left behind
        self._server.listen(self._name)
        return True

    def holder(self) -> str:
        """Who holds the lock, in words: process and computer."""
        known = self._lock.getLockInfo()
        process, computer, program = known[-3:]
        return f"{program} (process {process} on {computer})"

    def ask_to_raise(self) -> bool:
        """Ask the copy that holds the lock to come to the front; whether it was reached."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(_ANSWER_MS)
        socket.disconnectFromServer()
        return reached

    def release(self) -> None:
        """Give the folder free."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.deleteLater()
        self.raise_asked.emit()
