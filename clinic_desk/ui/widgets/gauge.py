"""The session gauge: minutes and seconds against the goal of 12 minutes. It warns, never blocks."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint

GOAL = 720


def clock(seconds: int) -> str:
    """Seconds as 9:47."""
    return f"{seconds // 60}:{seconds % 60:02}"


class Gauge(QWidget):
    """A key number with a bar; past the goal the bar turns to caution and says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds, self._goal = 0, GOAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_seconds(0)

    def set_seconds(self, seconds: int, goal: int = GOAL) -> None:
        self._seconds, self._goal = seconds, goal
        self.setAccessibleName(f"{clock(seconds)} {self._words()}")
        self.update()

    @property
    def over(self) -> bool:
        return self._seconds > self._goal

    def _words(self) -> str:
        goal = self._goal // 60
        if self.over:
            return _("min per session, over the goal of {goal}").format(goal=goal)
        return _("min per session, goal under {goal}").format(goal=goal)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = QRectF(0, 0, self.width(), theme.px(36))
        number, font = clock(self._seconds), theme.font("number", figures=True)
        ink = "caution" if self.over else "ink"
        paint.text(painter, top, number, font, ink)
        left = paint.width_of(number, font) + theme.px(10)
        words = QRectF(left, theme.px(6), self.width() - left, theme.px(28))
        paint.text(
            painter, words, self._words(), theme.font("body"), "ink2" if not self.over else ink
        )
        bar = QRectF(0, theme.px(42), self.width(), theme.px(10))
        paint.box(painter, bar, theme.px(5), "sunken", "line")
        # the mark of the goal stands at the end until the session grows past it
        span = max(self._goal, self._seconds) or 1
        filled = QRectF(bar)
        filled.setWidth(bar.width() * self._seconds / span)
        if filled.width() > theme.px(10):
            paint.box(painter, filled, theme.px(5), "caution_line" if self.over else "primary")
        x = min(bar.right() - 1, bar.left() + bar.width() * self._goal / span)
        painter.setPen(paint.pen("ink", 2))
        painter.drawLine(round(x), round(bar.top()) - 3, round(x), round(bar.bottom()) + 3)
        painter.end()
