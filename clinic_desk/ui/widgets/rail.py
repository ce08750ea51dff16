"""The navigation rail: sections with icon and word; icons alone in a narrow window."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint

Entry = tuple[str, str, str]  # key, label, icon
LOW = ("settings",)  # stand at the bottom


class _RailButton(QAbstractButton):
    def __init__(self, entry: Entry, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, label, self._icon = entry
        self.narrow = False
        self._over = False
        self.setText(label)
        self.setAccessibleName(label)
        self.setToolTip(f"{label} ({shortcut})" if shortcut else label)
        self.setCheckable(True)
        self.setProperty("noRing", True)  # on the dark rail it draws its own, in white
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        if self.narrow:
            return QSize(theme.px(tokens.RAIL_NARROW), theme.px(46))
        return QSize(theme.px(tokens.RAIL), theme.px(58))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        area = QRectF(self.rect())
        inner = area.adjusted(theme.px(8), theme.px(2), -theme.px(8), -theme.px(2))
        if on or self._over:
            paint.box(painter, inner, theme.px(tokens.R_CONTROL), "rail_active")
        if on:
            bar = QRectF(0, inner.top() + theme.px(8), theme.px(4), inner.height() - theme.px(16))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                bar.moveRight(area.right())
            painter.fillRect(bar, theme.colour("white"))
        ink = "white" if on or self._over else "rail_ink"
        size = theme.px(20)
        top = (area.height() - size) / 2 if self.narrow else theme.px(9)
        place = QRectF((area.width() - size) / 2, top, size, size)
        paint.icon(painter, self._icon, place, ink, "rail")
        if not self.narrow:
            words = QRectF(inner.left(), theme.px(33), inner.width(), theme.px(18))
            font = theme.font("label" if on else "caption")
            paint.text(painter, words, self.text(), font, ink, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            ring = inner.adjusted(1, 1, -1, -1)
            paint.box(painter, ring, theme.px(tokens.R_CONTROL), None, "white", tokens.RING)
        painter.end()


class Rail(QWidget):
    """`chosen(key)` when a section is picked. One stop in the tab order; Up and Down move."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(_("Sections"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(68), 0, theme.px(12))
        self._column.setSpacing(0)
        self.buttons: list[_RailButton] = []
        self.keys = tuple(entry[0] for entry in entries)
        for low in (False, True):
            if low:
                self._column.addStretch(1)
            for place, entry in enumerate(entries):
                if (entry[0] in LOW) == low:
                    shortcut = f"Ctrl+{place + 1}" if place < 6 else ""
                    button = _RailButton(entry, shortcut, self)
                    button.clicked.connect(self._pressed)
                    self._column.addWidget(button)
                    self.buttons.append(button)
        self.set_narrow(False)
        self.set_current("")

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone."""
        for button in self.buttons:
            button.narrow = narrow
            button.updateGeometry()
        self.setFixedWidth(theme.px(tokens.RAIL_NARROW if narrow else tokens.RAIL))
        self.update()

    @property
    def narrow(self) -> bool:
        return any(button.narrow for button in self.buttons)

    def set_current(self, key: str) -> None:
        for place, button in enumerate(self.buttons):
            on = button.key == key
            button.setChecked(on)
            stop = on or (key not in self.keys and place == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)

    def focus_current(self) -> None:
        for button in self.buttons:
            if button.focusPolicy() == Qt.FocusPolicy.TabFocus:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, _RailButton):
            # the mark follows the screen, which may refuse to be left
            button.setChecked(not button.isChecked())
            self.chosen.emit(button.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        places = [k for k, button in enumerate(self.buttons) if button.hasFocus()]
        if step is None or not places:
            super().keyPressEvent(event)
            return
        place = min(len(self.buttons) - 1, max(0, places[0] + step))
        self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        size = theme.px(34)
        place = QRectF((self.width() - size) / 2, theme.px(15), size, size)
        # the sign keeps its light ground in both themes
        paint.icon(painter, "logo", place, "logo", "logo_mark")
        painter.end()
