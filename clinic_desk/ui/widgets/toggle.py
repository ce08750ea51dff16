"""A tick box with its text."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint


class CheckBox(QAbstractButton):
    """A tick box with its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setText(text)
        if name:
            self.setAccessibleName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = paint.width_of(self.text(), theme.font("medium"))
        gap = theme.px(10) if self.text() else 0
        return QSize(theme.px(18 + 2) + round(words + gap + 1), theme.px(tokens.HIT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(20), theme.px(tokens.HIT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.px(18)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - size - 1 if mirrored else 1
        place = paint.square(self.rect(), size, left)
        on, able = self.isChecked(), self.isEnabled()
        if on:
            paint.box(painter, place, theme.px(4), "primary" if able else "field")
            inner = place.adjusted(2, 2, -2, -2)
            paint.icon(painter, "check", inner, "on_primary")
        else:
            paint.box(painter, place, theme.px(4), "surface" if able else "sunken", "field")
        gap = theme.px(28)
        rest = QRectF(self.rect()).adjusted(0 if mirrored else gap, 0, -gap if mirrored else 0, 0)
        ink = "ink" if able else "ink3"
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        paint.text(painter, rest, self.text(), theme.font("medium"), ink, align)
        painter.end()
