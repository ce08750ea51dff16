"""One line under the banner: what was done, with Undo; or a problem, which stays.

It is read aloud when it comes, with the keys of its button, and does not go while the mouse or the
keyboard is on it.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.labels import Icon, Label

SHOWN_MS = 8000
_LONG = re.compile(r"(\S{24})(?=\S{6})")  # a word that may be broken, so that Undo keeps its place
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
        self._text = ""
        self.words = Label("", "medium", wrap=True)
        self.words.setMinimumWidth(1)
        self.action = Button("", kind="link", compact=True)
        self.action.hide()
        self._close = IconButton("x", _("Close message"), kind="quiet", compact=True)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        self._close.clicked.connect(self.close_message)
        self.action.clicked.connect(self._act)
        self.hide()

    @property
    def text(self) -> str:
        return self._text if not self.isHidden() else ""

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
        self._text = text
        self.words.setText(_LONG.sub("\\1\u200b", text))
        self.words.setAccessibleName(text)
        self.setAccessibleName(text)
        self._callback = callback
        self.action.setText(action)
        self.action.setAccessibleName(f"{action}: {text}" if action else "")
        self.action.setVisible(bool(action))
        if self.kind == "problem":
            self._timer.stop()
        else:
            self._timer.start(SHOWN_MS)
        self.show()
        self.update()
        self._read_aloud()

    def undo(self) -> bool:
        """Take back what the line says, where it offers that."""
        offered = not self.isHidden() and self.action.text() == _("Undo")
        if offered:
            self._act()
        return offered

    def _read_aloud(self) -> None:
        said = self._text
        if self.action.text():
            said += " " + _("{action}: F6, then Space.").format(action=self.action.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        event = QAccessibleAnnouncementEvent(self, said)
        if self.kind == "problem":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _over(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(SHOWN_MS)
        else:
            self.close_message()

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
