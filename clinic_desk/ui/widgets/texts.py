"""Typed text: one line and several. Anything pasted stays plain text.

The first paint needs a field, so the `Qt` namespace (20 ms) is loaded only where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent


def mark_wrong(field: QWidget, wrong: bool) -> None:
    """Show a field's edge as wrong, or as usual."""
    if bool(field.property("wrong")) == wrong:
        return
    field.setProperty("wrong", wrong)
    field.style().unpolish(field)
    field.style().polish(field)


OWN_ENTER = "own_enter"  # the property of a line in which Enter does not go on


class TextField(QLineEdit):
    """One line, with an optional icon at its left and unit or hint at its right."""

    changed = Signal()  # typed by the person

    def __init__(
        self,
        name: str = "",
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        icon: str = "",
        unit: str = "",
        limit: int = 200,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name or placeholder)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(limit)
        self._icon, self._unit = icon, unit
        self.searches = icon == "search"  # for something that is there, and is no entry itself
        self._set_margins()
        if icon or unit:
            theme.changed.connect(self._set_margins)
        self.textEdited.connect(self.changed)

    def value(self) -> str:
        return self.text()

    def set_value(self, value: object) -> None:
        self.setText(value if isinstance(value, str) else "")
        if not self.hasFocus():  # too long for its line, it shows how it begins
            self.home(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.text() or self.hasSelectedText():
            return
        from PySide6.QtCore import Qt  # loaded only now: the first paint meets an empty field

        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.end(False)  # brought here by the program: typing goes on at the end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z in a field in which nothing was typed takes back what was done before."""
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
            return
        super().keyPressEvent(event)

    def _set_margins(self) -> None:
        unit = round(paint.width_of(self._unit, theme.font("body"))) if self._unit else 0
        self.setTextMargins(theme.px(24) if self._icon else 0, 0, unit + (6 if unit else 0), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self._icon or self._unit):
            return
        painter = QPainter(self)
        if self._icon:
            place = paint.square(self.rect(), theme.px(16), theme.px(10))
            paint.icon(painter, self._icon, place, "ink2")
        if self._unit:
            from PySide6.QtCore import Qt

            area = QRectF(self.rect()).adjusted(0, 0, -theme.px(10), 0)
            font, right = theme.font("body"), Qt.AlignmentFlag.AlignRight
            paint.text(painter, area, self._unit, font, "ink3", right)
        painter.end()


class TextArea(QPlainTextEdit):
    """Several lines; grows from `lines` up to `most` lines, then scrolls. Tab leaves it."""

    changed = Signal()

    def __init__(
        self, name: str = "", parent: QWidget | None = None, *, lines: int = 3, most: int = 0
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._lines, self._most = lines, max(most, lines)
        self._setting = False
        self.textChanged.connect(self._edited)
        self._fit()

    def value(self) -> str:
        return self.toPlainText()

    def set_value(self, value: object) -> None:
        text = value if isinstance(value, str) else ""
        if text == self.toPlainText():
            return
        self._setting = True
        self.setPlainText(text)
        self._setting = False

    def _edited(self) -> None:
        self._fit()
        if not self._setting:
            self.changed.emit()

    def _fit(self) -> None:
        shown = min(self._most, max(self._lines, round(self.document().size().height())))
        self.setFixedHeight(round(self._line() * shown) + 20)
        if not self.hasFocus():  # while nobody writes, it shows how it begins
            self.verticalScrollBar().setValue(0)

    def _line(self) -> float:
        """How high a line is laid out. A font's own measure is rounded and at large text a pixel
        less a line: the last line would find no room, and the first be scrolled away.
        """
        first = self.document().firstBlock()
        laid_out = self.blockBoundingRect(first).height() / max(1, first.lineCount())
        return max(laid_out, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter belongs to the screen's primary button."""
        from PySide6.QtCore import Qt

        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)
