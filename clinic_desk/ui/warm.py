"""Making ready while nobody types: the page of a patient, which is opened next on most days.

Once Today has stood for a second without a key or a click, what a patient's page reads is read
once and its screen is built, in slices of a frame or two; any key or click puts off the rest.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.refs import Place
from clinic_desk.usecases import rehearsal

QUIET_MS = 1000  # without a key or a click
BETWEEN_MS = 40  # for what came meanwhile
_HANDS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Warmup(QObject):
    """Goes once through what is to be made ready, then is done with."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._readings: Iterator[None] = rehearsal.patient_page(navigator.desk)
        self._building: list[Callable[[], object]] = [self._build, self._polish]
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read)
        navigator.window.closing.connect(self.stop)
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._timer.start(QUIET_MS)

    def stop(self) -> None:
        """Leave the rest as it is: all is made when it is wanted."""
        self._timer.stop()
        self._building, self._readings = [], iter(())
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    @property
    def done(self) -> bool:
        """Whether nothing is left to make ready."""
        return not self._building

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS and self._timer.isActive():
            self._timer.start(QUIET_MS)
        return False

    def _read(self) -> None:
        readings = self._readings
        self._navigator.lanes.run(
            lambda: next(readings, rehearsal.END), self._was_read, self._failed
        )

    def _was_read(self, step: str | None) -> None:
        if self.done:
            return
        if step == rehearsal.END:
            self._timer.timeout.disconnect(self._read)
            self._timer.timeout.connect(self._make)
        self._timer.start(BETWEEN_MS)

    def _make(self) -> None:
        self._building.pop(0)()
        if self.done:
            self.stop()
        else:
            self._timer.start(BETWEEN_MS)

    def _build(self) -> None:
        self._navigator.prepare(Place.PATIENT)

    def _polish(self) -> None:
        self._navigator.prepare(Place.PATIENT).ensurePolished()

    def _failed(self, _error: Exception) -> None:
        self.stop()  # whoever opens the page is told what is wrong
