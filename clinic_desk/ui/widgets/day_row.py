"""A row of days with one small number each: typed straight through, a digit a day.

Digits fill the day in hand and go on to the next; X is 10; Space fills in the most; Backspace
empties and goes back; arrows walk. A day without a number is "not filled in", never 0.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint

CELL, HIGH, GAP, RADIUS = 34, 32, 4, 6  # px
TEN = 10  # what one key cannot type: 1 and 0 are two days


class DayRow(QWidget):
    """`changed` comes only from the person. `most` is the highest number a day can have."""

    changed = Signal()

    def __init__(self, name: str, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._most = name, most
        self._days: tuple[str, ...] = ()
        self._values: list[int | None] = []
        self._wrong: frozenset[int] = frozenset()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_days(self, days: Sequence[str], most: int | None = None) -> None:
        """Begin with these days, by their spoken names, all not filled in."""
        self._days = tuple(days)
        self._values = [None] * len(self._days)
        self._wrong = frozenset()
        self._most = self._most if most is None else most
        self._at = 0
        self._say()
        self.updateGeometry()
        self.update()

    def values(self) -> tuple[int | None, ...]:
        return tuple(self._values)

    def set_wrong(self, places: Sequence[int]) -> None:
        """Mark the days that cannot be taken."""
        self._wrong = frozenset(places)
        self.update()

    # -- the person ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if text.isascii() and text.isdigit() and not event.modifiers() & ~_PAD:
            self._put(int(text))
        elif key == Qt.Key.Key_X and not event.modifiers():
            self._put(TEN)
        elif key == Qt.Key.Key_Space:
            self._put(self._most)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._empty(back=key == Qt.Key.Key_Backspace)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(self._at + (1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(self._days) - 1)
        else:
            super().keyPressEvent(event)

    def _put(self, value: int) -> None:
        if not self._days or value > self._most:
            return
        self._values[self._at] = value
        self._wrong -= {self._at}
        self._at = min(self._at + 1, len(self._days) - 1)
        self._tell()

    def _empty(self, back: bool) -> None:
        if not self._days:
            return
        if back and self._values[self._at] is None and self._at > 0:
            self._at -= 1
        self._values[self._at] = None
        self._wrong -= {self._at}
        self._tell()

    def _go(self, place: int) -> None:
        self._at = min(max(place, 0), max(len(self._days) - 1, 0))
        self._say()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(int(event.position().x() // (theme.px(CELL) + theme.px(GAP))))
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def _tell(self) -> None:
        self._say()
        self.update()
        self.changed.emit()

    def _say(self) -> None:
        if not self._days:
            self.setAccessibleName(self._name)
            return
        value = self._values[self._at]
        said = _("not filled in") if value is None else str(value)
        self.setAccessibleName(f"{self._name}, {self._days[self._at]}: {said}")

    # -- drawing ------------------------------------------------------------------

    def area(self, place: int) -> QRectF:
        """Where a day stands."""
        wide = theme.px(CELL)
        return QRectF(place * (wide + theme.px(GAP)), 0, wide, theme.px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, value in enumerate(self._values):
            area = self.area(place)
            here = place == self._at and self.hasFocus()
            wrong = place in self._wrong
            edge = "flag_line" if wrong else "focus" if here else "field"
            paint.box(
                painter,
                area,
                RADIUS,
                "sunken" if value is None else "surface",
                edge,
                2.0 if here or wrong else 1.0,
                dashed=value is None and not here and not wrong,
            )
            if value is not None:
                middle = Qt.AlignmentFlag.AlignCenter
                paint.text(painter, area, str(value), theme.font("strong"), "ink", middle)
        painter.end()

    def sizeHint(self) -> QSize:
        count = max(len(self._days), 1)
        wide = count * theme.px(CELL) + (count - 1) * theme.px(GAP)
        return QSize(wide, theme.px(HIGH))


_PAD = Qt.KeyboardModifier.KeypadModifier
