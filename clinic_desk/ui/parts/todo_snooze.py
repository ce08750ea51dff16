"""Putting a task off: a button that opens the usual lengths."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.widgets.buttons import IconButton

USUAL = (
    (1, _("For a day")),
    (7, _("For a week")),
    (14, _("For two weeks")),
    (28, _("For four weeks")),
)


class SnoozeButton(IconButton):
    """`put_off` has the days; of what is not due yet they count from the day it is due."""

    put_off = Signal(int)

    def __init__(
        self, what: str = "", parent: QWidget | None = None, *, compact: bool = False
    ) -> None:
        name = _("Put off: {what}").format(what=what) if what else _("Put off")
        super().__init__("hourglass", name, parent, compact=compact)
        self.setProperty("snooze", True)
        self.lengths = QMenu(self)
        for days, words in USUAL:
            self.lengths.addAction(words).triggered.connect(partial(self._chosen, days))
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self.lengths.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _chosen(self, days: int, _checked: bool = False) -> None:
        self.put_off.emit(days)
