"""How far a long piece of work is, with a button that stops it.

The work runs in a lane's thread and calls `Course.go_on`; the bar hears of it on the GUI thread.
"""

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Label


class Course(QObject):
    """One run of work: how far it is, and whether it is to go on."""

    moved = Signal(int, int)  # done, of how many

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = False

    def begin(self) -> None:
        """A new run."""
        self._stop = False
        self.moved.emit(0, 0)

    def stop(self) -> None:
        """Ask the work to stop; it ends at its next step."""
        self._stop = True

    def go_on(self, done: int, of: int) -> bool:
        """What the work calls, in its own thread."""
        self.moved.emit(done, of)
        return not self._stop


class _Bar(QWidget):
    """A filled share of a line; its words say the numbers, so that no one has to see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setFixedHeight(theme.px(8))
        self.setAccessibleName(_("Progress"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        radius = area.height() / 2
        paint.box(painter, area, radius, "sunken", "line")
        if self.share > 0:
            filled = QRectF(area)
            filled.setWidth(max(area.height(), area.width() * self.share))
            paint.box(painter, filled, radius, "primary")
        painter.end()


class CourseBar(QWidget):
    """The bar, its words, and Stop."""

    def __init__(self, course: Course, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course = course
        self._name = name
        self.words = Label(name, "body", wrap=True)
        self.bar = _Bar()
        self.cancel = Button(_("Stop"), "x")
        self.cancel.clicked.connect(self._cancel)
        line = layout.row(self, tokens.M)
        column = layout.column(spacing=tokens.S)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        line.addLayout(column, 1)
        line.addWidget(self.cancel)
        course.moved.connect(self._moved)

    def _moved(self, done: int, of: int) -> None:
        self.bar.share = done / of if of else 0.0
        self.cancel.setEnabled(True)
        if of:
            said = _("{name}: {done} of {of}")
            self.words.setText(said.format(name=self._name, done=f"{done:,}", of=f"{of:,}"))
        else:
            self.words.setText(self._name)
        self.bar.setAccessibleDescription(self.words.text())
        self.bar.update()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText(_("Stopping …"))
        self.course.stop()
