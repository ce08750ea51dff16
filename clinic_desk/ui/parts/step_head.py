"""What stands above a step of the evaluation: its title, its hint, and acts on the whole step."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.labels import Label


class StepHead(QWidget):
    """The hint stands beside the title, or below it where it would have to break; from there it
    goes while `panel` is open, which needs the height.
    """

    def __init__(
        self, acts: Sequence[QWidget], panel: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._acts, self._panel = tuple(acts), panel
        panel.installEventFilter(self)
        self.title, self.hint = Label("", "title"), Label("", "caption", wrap=True)
        self._line = layout.row(spacing=tokens.M)
        self._line.addWidget(self.title)
        self._line.addWidget(self.hint, 1)
        for act in acts:
            self._line.addWidget(act)
        self._whole = layout.column(self, tokens.XS)
        self._whole.setContentsMargins(20, 14, 20, 6)
        self._whole.addLayout(self._line)
        self._below = False

    def say(self, title: str, hint: str) -> None:
        """The step in front."""
        self.title.setText(title)
        self.hint.setText(hint)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # an act came or went
            self._fit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._panel and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._give_way()
        return super().eventFilter(watched, event)

    def _give_way(self) -> None:
        self.hint.setVisible(not (self._below and self._panel.isVisible()))

    def _fit(self) -> None:
        shown = [one for one in (self.title, *self._acts) if not one.isHidden()]
        taken = sum(one.sizeHint().width() + self._line.spacing() for one in shown)
        edges = self._whole.contentsMargins()
        room = self.width() - edges.left() - edges.right() - taken
        below = self.hint.fontMetrics().horizontalAdvance(self.hint.text()) > room
        if below == self._below:
            return
        self._below = below
        if below:
            self._line.removeWidget(self.hint)
            self._line.insertStretch(1, 1)
            self._whole.addWidget(self.hint)
        else:
            self._whole.removeWidget(self.hint)
            self._line.takeAt(1)
            self._line.insertWidget(1, self.hint, 1)
        self._give_way()
