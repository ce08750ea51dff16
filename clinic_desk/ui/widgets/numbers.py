"""Numbers: a field with its unit inside, and a stepper. The wheel never changes a number.

What is typed stays as it was typed: a sign that belongs to no number is refused in words, never
left out, or "3-4" would become 34.
"""

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.texts import TextField, mark_wrong

Number = int | float

LONGEST = 24  # signs: a number with its unit, pasted
_PLAIN = re.compile(r"[+-]?(\d{1,6}([.,]\d{0,3})?|[.,]\d{1,3})")
_TYPED = re.compile(_PLAIN.pattern, re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")  # or three decimals: nobody can tell
_SIGNS = str.maketrans("\u2212\u2013\uff0d\uff0c\uff0e\u066b", "---,..")


def written(value: object) -> str:
    """A number as it is typed: 14, 7.5; empty for none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def read_number(text: str, unit: str = "") -> float | None:
    """The one number that a text says, with or without its unit, in the digits of any script;
    none where it says no number, or more than one.
    """
    said = text.translate(_SIGNS).strip()
    if unit and said.casefold().endswith(unit.casefold()):
        said = said[: -len(unit)].rstrip()
    if not _PLAIN.fullmatch(said) or _THOUSANDS.fullmatch(said):
        return None
    return float(said.replace(",", "."))


class NumberField(TextField):
    """A typed number. `value()` is None while empty or wrong; `problem()` says what is wrong."""

    def __init__(
        self,
        name: str = "",
        unit: str = "",
        parent: QWidget | None = None,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        whole: bool = False,
        width: int = 92,
    ) -> None:
        super().__init__(name, parent, unit=unit, limit=LONGEST)
        self._low, self._high, self._whole = minimum, maximum, whole
        self.unit = unit
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._width = width
        self.setFont(theme.font("body", figures=True))
        self.textChanged.connect(self._judge)
        self.editingFinished.connect(self._tidy)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._width), super().sizeHint().height())

    def typed(self) -> float | None:
        """The number in the field, in range or not."""
        return read_number(self.text(), self.unit)

    def number(self) -> Number | None:
        """The number, if it may stand."""
        typed = self.typed()
        if typed is None or self.problem():
            return None
        return int(typed) if typed.is_integer() else typed

    def set_number(self, value: object) -> None:
        """Show a number without saying `changed`."""
        if isinstance(value, dict):
            value = value.get("value")
        self.setText(written(value))

    def problem(self) -> str:
        """What is wrong, in words; empty when fine or empty."""
        typed = self.typed()
        if typed is None:
            begun = ("",) if self._low is not None and self._low >= 0 else ("", "-")
            return _("Type a number.") if self.text().strip() not in begun else ""
        if self._whole and not typed.is_integer():
            return _("Type a whole number.")
        low, high = self._low, self._high
        if (low is not None and typed < low) or (high is not None and typed > high):
            return self.range_text()
        return ""

    def range_text(self) -> str:
        unit = f" {self.unit}" if self.unit and self.unit != "°" else self.unit
        if self._low is not None and self._high is not None:
            return _("{low} to {high}{unit} can be entered.").format(
                low=written(self._low), high=written(self._high), unit=unit
            )
        if self._low is not None:
            return _("At least {low}{unit}.").format(low=written(self._low), unit=unit)
        return _("At most {high}{unit}.").format(high=written(self._high), unit=unit)

    def _judge(self) -> None:
        mark_wrong(self, bool(self.problem()))

    def _tidy(self) -> None:
        """What was typed with its unit or in other digits is shown as it was read; a minus alone
        says nothing.
        """
        typed = self.typed()
        if typed is not None and not _TYPED.fullmatch(self.text()):
            self.setText(written(typed))
        elif self.text().strip() == "-":
            self.clear()


class _Count(QSpinBox):
    """The middle of a stepper."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Stepper(QWidget):
    """Minus, number, plus. `changed` when the person changes it."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        minimum: int = 0,
        maximum: int = 99,
        parent: QWidget | None = None,
        *,
        step: int = 1,
        unit: str = "",
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._minus = _Step("minus", _("Less: {name}").format(name=name), self)
        self._plus = _Step("plus", _("More: {name}").format(name=name), self)
        self.field = _Count(self)
        self.field.setObjectName("stepper")
        self.field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.field.setRange(minimum, maximum)
        self.field.setSingleStep(step)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setAccessibleName(f"{name}, {unit}" if unit else name)
        self.field.setFrame(False)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("ringHere", True)
        self.field.setMinimumWidth(theme.px(26))
        self.setFocusProxy(self.field)
        row.addWidget(self._minus)
        row.addWidget(self.field, 1)
        row.addWidget(self._plus)
        self._setting = False
        self.field.valueChanged.connect(self._moved)
        self._minus.pressed_once.connect(self.field.stepDown)
        self._plus.pressed_once.connect(self.field.stepUp)
        self._moved()

    def value(self) -> int:
        return self.field.value()

    def set_value(self, value: int) -> None:
        """Show a value; `changed` is only for what the person does."""
        self._setting = True
        self.field.setValue(value)
        self._moved()
        self._setting = False

    def sizeHint(self) -> QSize:
        return QSize(theme.px(86), theme.px(tokens.CONTROL))

    def _moved(self) -> None:
        self._minus.setEnabled(self.field.value() > self.field.minimum())
        self._plus.setEnabled(self.field.value() < self.field.maximum())
        if not self._setting:
            self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), theme.px(tokens.R_CONTROL), "surface", "field")
        painter.setPen(paint.pen("line"))
        for x in (self._minus.geometry().right() + 0.5, self._plus.geometry().left() - 0.5):
            painter.drawLine(round(x), 1, round(x), self.height() - 2)
        painter.end()


class _Step(QWidget):
    """Minus or plus of a stepper: for the pointer; the keyboard has the arrows in the number."""

    pressed_once = Signal()

    def __init__(self, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(26), theme.px(tokens.CONTROL - 2))

    def mousePressEvent(self, event: object) -> None:
        self.pressed_once.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.px(13)
        place = paint.square(self.rect(), size, (self.width() - size) / 2)
        paint.icon(painter, self._icon, place, "primary" if self.isEnabled() else "ink3")
        painter.end()
