"""A labelled bar for work that takes its time, with Cancel; the work asks it between two steps."""

from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.long_work import Stopped

TELL_EVERY = 0.05  # s: more often would only keep the window busy


class _Meter(QObject):
    """Called in the lane that works; what it tells arrives on the GUI thread."""

    moved = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stopped = False
        self._told = 0.0

    def step(self, done: int, of: int) -> None:
        if self.stopped:
            raise Stopped
        now = monotonic()
        if (of and done >= of) or now - self._told >= TELL_EVERY:
            self._told = now
            self.moved.emit(done, of)


class WorkBar(QWidget):
    """Hidden until `begin`; `step` of what that returns is handed to the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meter: _Meter | None = None
        self.words = Label("", "body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(8))
        self.count = Label("", "caption")
        self.cancel = Button(_("Cancel"), compact=True)
        self.cancel.setObjectName("cancelWork")
        self.cancel.clicked.connect(self.stop)
        row = layout.row(self, tokens.M)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.count)
        row.addWidget(self.cancel)
        self.hide()

    @property
    def working(self) -> bool:
        return self._meter is not None

    @property
    def stopping(self) -> bool:
        """Whether Cancel was pressed."""
        return self._meter is not None and self._meter.stopped

    def begin(self, words: str) -> _Meter:
        """Show what is being done; the meter goes to the work."""
        self.end()
        self._meter = _Meter(self)
        self._meter.moved.connect(self.moved, Qt.ConnectionType.QueuedConnection)
        self.words.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.count.setText("")
        self.cancel.setEnabled(True)
        self.show()
        return self._meter

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        if self._meter is not None:
            self._meter.stopped = True
            self.cancel.setEnabled(False)

    def end(self) -> None:
        """The work is over, one way or the other."""
        if self._meter is not None:
            self._meter.moved.disconnect(self.moved)
            self._meter.deleteLater()
            self._meter = None
        self.hide()

    def moved(self, done: int, of: int) -> None:
        """Show how far the work is; without a number only that it goes on."""
        if not of:
            self.bar.setRange(0, 0)
            self.count.setText("")
            return
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)
        self.count.setText(_("{n} of {all}").format(n=f"{done:,}", all=f"{of:,}"))
