"""Bringing the last changes into the records' file while nothing is asked of the records.

SQLite does it by itself once enough has gathered, but within the saving that comes next, which
then takes a tenth of a second longer.
"""

from PySide6.QtCore import QObject, QTimer

from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases.desk import Desk

QUIET_MS = 1500  # without any work on the records


class Settling(QObject):
    """Works until `stop`, on the lane of the records."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._lanes = desk.store, lanes
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._settle)
        lanes.idle.connect(self._wait)

    def stop(self) -> None:
        """The records are closed, which brings in what is left."""
        self._lanes.idle.disconnect(self._wait)
        self._timer.stop()

    def _wait(self) -> None:
        if self._store.unsettled:
            self._timer.start()

    def _settle(self) -> None:
        if not self._lanes.busy:
            self._lanes.run(self._store.settle, replace_key="settle")
