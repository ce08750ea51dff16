"""Python's garbage is collected on the GUI thread alone, as long as there are other threads.

Left to itself, Python collects in whichever thread happens to allocate. A cycle that holds a Qt
object is then destroyed in that thread, with its timers and its posted events, and Qt crashes.
"""

import gc

from PySide6.QtCore import QObject, QTimer

PAUSE_MS = 1000

_keepers = 0
_was_enabled = True


class GarbageKeeper(QObject):
    """Between `start` and `stop` nothing is collected elsewhere. Lives on the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        global _keepers, _was_enabled
        if self._timer.isActive():
            return
        if _keepers == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _keepers += 1
        self._timer.start()

    def stop(self) -> None:
        """The other threads have ended."""
        global _keepers
        if not self._timer.isActive():
            return
        self._timer.stop()
        _keepers -= 1
        if _keepers == 0 and _was_enabled:
            gc.enable()

    def _look(self) -> None:
        """Collect what Python itself would have collected by now."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
