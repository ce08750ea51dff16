"""One line under the banner: what was done, with Undo; or a problem, which stays."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.labels import Icon, Label

SHOWN_MS = 8000
# kind: fill, edge, icon, colour of the icon
_LOOKS = {
    "done": ("good_tint", "good_line", "circle-check", "good"),
    "info": ("tint", "primary", "info", "primary_ink"),
    "problem": ("caution_tint", "caution_line", "triangle-alert", "caution"),
}


class MessageBar(QWidget):
    """`kind`: done, info (both close after 8 s) or problem (stays until closed)."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.kind = "info"
        self._callback: Callable[[], object] | None = None
        self.setMinimumHeight(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.XL, tokens.XS, tokens.M, tokens.XS)
        row.setSpacing(tokens.S)
        self._icon = Icon("info", 16, "ink")
        self.words = Label("", "medium", wrap=True)
        self.action = Button("", kind="link", compact=True)
        self._close = IconButton("x", _("Close message"), kind="quiet", compact=True)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_message)
        self._close.clicked.connect(self.close_message)
        self.action.clicked.connect(self._act)
        self.hide()

    @property
    def text(self) -> str:
        return self.words.text() if not self.isHidden() else ""

    def say(
        self,
        text: str,
        kind: str = "done",
        action: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:
        """Show a line, with a button that calls `callback` where there is one."""
        self.kind = kind if kind in _LOOKS else "info"
        _fill, _edge, icon, role = _LOOKS[self.kind]
        self._icon.set(icon, role)
        self.words.setText(text)
        self.setAccessibleName(text)
        self._callback = callback
        self.action.setText(action)
        self.action.setVisible(bool(action))
        if self.kind == "problem":
            self._timer.stop()
        else:
            self._timer.start(SHOWN_MS)
        self.show()
        self.update()

    def close_message(self) -> None:
        self._timer.stop()
        self._callback = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _act(self) -> None:
        callback = self._callback
        self.close_message()
        if callback is not None:
            callback()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, edge, _icon, _role = _LOOKS[self.kind]
        painter.fillRect(self.rect(), theme.colour(fill))
        painter.fillRect(0, 0, theme.px(4), self.height(), theme.colour(edge))
        painter.setPen(paint.pen("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
