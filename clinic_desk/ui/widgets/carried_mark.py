"""What stands from an earlier visit beside a question, dotted until it is touched."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint

HEIGHT = 22  # px, so that it can be hit


class CarriedMark(QWidget):
    """A tinted line with a dotted underline; `pressed` says "same as then".

    It takes no focus: F7 in the row does the same.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setToolTip(_("{words}. Same as then: F7").format(words=text))
        self.setAccessibleName(_("{words}. F7: same as then").format(words=text) if text else "")
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = paint.width_of(self._text, theme.font("caption")) + 2 * theme.px(tokens.XS)
        return QSize(round(width) + 2, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(60)), theme.px(HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        paint.box(painter, area, theme.px(4), "tint")
        air = theme.px(tokens.XS)
        inside = area.adjusted(air, 0, -air, 0)
        paint.text(painter, inside, self._text, theme.font("caption"), "primary_ink")
        line = QPen(paint.pen("primary_ink", 1.2))
        line.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(line)
        low = area.bottom() - theme.px(3)
        painter.drawLine(int(inside.left()), int(low), int(inside.right()), int(low))
        painter.end()
