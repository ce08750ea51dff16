"""Answers as segments: Yes / No / Unsure / Not asked, short choices, and the 0 to 10 scale."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint


class Segment(QAbstractButton):
    """One part of a segmented control. `key` is the value it stands for; None = not asked."""

    def __init__(self, key: str | None, label: str, tick: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.tick = tick
        self.first = self.last = False
        self.view = False
        self.least = 64
        self.setText(label)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._over = False

    def sizeHint(self) -> QSize:
        words = paint.width_of(self.text(), theme.font("strong"))
        roomy = self.tick or self.view
        width = words + theme.px(24 if roomy else 16) + (theme.px(18) if self.tick else 0)
        return QSize(max(theme.px(self.least), round(width)), theme.px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # neighbours share one edge: every segment but the last paints past its right border
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self.last else 0.5, -0.5)
        shape = paint.half_rounded(area, theme.px(tokens.R_CONTROL), self.first, self.last)
        on, empty = self.isChecked(), self.key is None
        fill, ink, edge = "surface", "ink", "field"
        if on and empty:
            fill, ink = "sunken", "ink2"
        elif on and self.view:
            fill, ink = "tint", "primary_ink"
        elif on:
            fill, ink, edge = "primary", "on_primary", "primary"
        elif self._over and self.isEnabled():
            fill = "sunken"
        if not self.isEnabled():
            ink = "on_primary" if on and not empty and not self.view else "ink3"
        painter.fillPath(shape, paint.pen(fill).brush())
        paint.outline(painter, shape, paint.pen(edge, 1, dashed=on and empty))
        if on and self.view:  # a bar as well: the tint alone would be colour alone
            painter.save()
            painter.setClipPath(shape)
            bar = theme.px(3)
            painter.fillRect(
                QRectF(0, self.height() - bar, self.width(), bar), theme.colour("primary")
            )
            painter.restore()
        self._paint_words(painter, ink, on and self.tick and not empty)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str, ticked: bool) -> None:
        font = theme.font("strong" if self.isChecked() else "body")
        words = paint.width_of(self.text(), font)
        size = theme.px(16)
        left = (self.width() - words - (size + theme.px(4) if ticked else 0)) / 2
        if ticked:
            paint.icon(painter, "check", paint.square(self.rect(), size, left), ink)
            left += size + theme.px(4)
        paint.text(painter, QRectF(left, 0, words + 1, self.height()), self.text(), font, ink)


class Segments(QWidget):
    """A row of segments of which one, or none, is chosen. One stop in the tab order.

    Arrows move and choose; `keys` maps typed letters to values; Backspace takes the answer back.
    A `view` says what is shown and is no answer: it is not filled like one. In it, and where
    something is `always` chosen, Backspace takes nothing back.
    """

    changed = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str | None, str]],
        name: str = "",
        parent: QWidget | None = None,
        *,
        keys: dict[str, str] | None = None,
        tick: bool = True,
        view: bool = False,
        always: bool = False,
        least: int = 72,
    ) -> None:
        super().__init__(parent)
        self._keys, self._always = keys or {}, always or view
        self._value: str | None = None
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.segments = [Segment(key, label, tick and not view, self) for key, label in options]
        for place, segment in enumerate(self.segments):
            segment.first, segment.last = place == 0, place == len(self.segments) - 1
            segment.least, segment.view = least, view
            segment.clicked.connect(self._clicked)
            segment.installEventFilter(self)
            row.addWidget(segment)
        self.set_name(name)
        self.set_value(None)

    def set_name(self, name: str) -> None:
        """What is asked: part of each segment's name for screen readers."""
        self._name = name
        self.setAccessibleName(name)
        for segment in self.segments:
            segment.setAccessibleName(f"{name}: {segment.text()}" if name else segment.text())

    def value(self) -> str | None:
        return self._value

    def set_value(self, value: object) -> None:
        """Show a value without saying `changed`; an unknown one shows as none."""
        known = {segment.key for segment in self.segments}
        self._value = value if isinstance(value, str) and value in known else None
        reachable = None
        for segment in self.segments:
            segment.setChecked(segment.key == self._value)
            if segment.isChecked():
                reachable = segment
        reachable = reachable or self.segments[0]
        for segment in self.segments:
            policy = (
                Qt.FocusPolicy.StrongFocus if segment is reachable else Qt.FocusPolicy.ClickFocus
            )
            segment.setFocusPolicy(policy)
        self.setFocusProxy(reachable)

    def choose(self, value: str | None) -> None:
        """As if the person chose it."""
        had_focus = any(segment.hasFocus() for segment in self.segments)
        before = self._value
        self.set_value(value)
        if had_focus:
            proxy = self.focusProxy()
            if proxy is not None:
                proxy.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._value != before:
            self.changed.emit()

    def _clicked(self) -> None:
        segment = self.sender()
        if isinstance(segment, Segment):
            self.choose(segment.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a segment leaves come up here."""
        if not self._take(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, before Qt's own focus walk takes them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        quiet = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() & ~quiet & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                step = -step
            values = [segment.key for segment in self.segments]
            if self._value is None and None not in values:
                self.choose(values[0 if step > 0 else -1])
            else:
                place = values.index(self._value) + step
                self.choose(values[min(len(values) - 1, max(0, place))])
            return True
        if event.key() == Qt.Key.Key_Backspace and not self._always:
            self.choose(None)
            return True
        return self.typed(event.text())

    def typed(self, sign: str) -> bool:
        """A typed letter; whether it meant something."""
        wanted = self._keys.get(sign.lower())
        if wanted is None:
            return False
        self.choose(wanted)
        return True


class SegmentedAnswer(Segments):
    """Yes / No (/ Unsure) / Not asked. Raw values "yes", "no", "unsure"; None = not asked."""

    def __init__(
        self, name: str = "", parent: QWidget | None = None, *, unsure: bool = False
    ) -> None:
        options: list[tuple[str | None, str]] = [("yes", _("Yes")), ("no", _("No"))]
        keys = {"y": "yes", "n": "no"}
        if unsure:
            options.append(("unsure", _("Unsure")))
            keys["u"] = "unsure"
        options.append((None, _("Not asked")))
        super().__init__(options, name, parent, keys=keys)


class ScaleAnswer(Segments):
    """0 to 10 as eleven buttons, none chosen at first; raw value a whole number or None.

    Digits choose; 1 followed by 0 is 10.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        options = [(str(number), str(number)) for number in range(11)]
        super().__init__(options, name, parent, tick=False, least=30)
        self._fresh_one = False

    def choose(self, value: str | None) -> None:
        """A number that is chosen otherwise than by a typed 1 stands for itself: a 0 after it is
        no second digit.
        """
        self._fresh_one = False
        super().choose(value)

    def number(self) -> int | None:
        return None if self._value is None else int(self._value)

    def set_number(self, value: object) -> None:
        whole = isinstance(value, (int, float)) and not isinstance(value, bool)
        self.set_value(f"{value:g}" if whole else None)
        self._fresh_one = False

    def typed(self, sign: str) -> bool:
        if len(sign) != 1 or sign not in "0123456789":
            return False
        after_one = self._fresh_one
        self.choose("10" if sign == "0" and after_one else sign)
        self._fresh_one = sign == "1"
        return True
