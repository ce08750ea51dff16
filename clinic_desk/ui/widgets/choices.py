"""Choices: one of several as segments or a list, and several at once as check chips."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from clinic_desk.clinical.measures import NONE_OF
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.segments import Segments

Option = tuple[str, str]  # id, label


class ComboBox(QComboBox):
    """A drop-down list. The wheel never changes it; `chosen` when the person does."""

    chosen = Signal(object)  # the option's data

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._activated)

    def fill(self, options: Sequence[tuple[object, str]], none: str | None = None) -> None:
        """Replace the options; `none` adds one first with the data None."""
        self.clear()
        if none is not None:
            self.addItem(none, None)
        for key, label in options:
            self.addItem(label, key)

    def value(self) -> object:
        return self.currentData()

    def set_value(self, value: object) -> None:
        for row in range(self.count()):
            if self.itemData(row) == value:
                self.setCurrentIndex(row)
                return
        self.setCurrentIndex(0 if self.count() and self.itemData(0) is None else -1)

    def _activated(self, row: int) -> None:
        self.chosen.emit(self.itemData(row))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _shown(self, option: QStyleOptionComboBox) -> str:
        """What is chosen, cut with an ellipsis where the list is too narrow for it."""
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        return self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width()
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            if self._shown(option) != option.currentText:  # read whole under the pointer
                QToolTip.showText(event.globalPos(), option.currentText, self)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._shown(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        size = theme.px(16)
        left = self.width() - size - theme.px(8)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = theme.px(8)
        paint.icon(painter, "chevron-down", paint.square(self.rect(), size, left), "ink2")
        painter.end()


class ChoiceField(QWidget):
    """One of several, or not asked: segments when few and short, else a list."""

    changed = Signal()

    def __init__(
        self, options: Sequence[Option], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        short = len(options) <= 4 and sum(len(label) for _id, label in options) <= 32
        self.segments: Segments | None = None
        self.combo: ComboBox | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if short:
            self.segments = Segments([*options, (None, _("Not asked"))], name, self)
            self.segments.changed.connect(self.changed)
            row.addWidget(self.segments)
            self.setFocusProxy(self.segments)
        else:
            self.combo = ComboBox(name, self)
            self.combo.fill(options, none=_("Not asked"))
            self.combo.setMinimumWidth(theme.px(300))
            self.combo.chosen.connect(self.changed)
            row.addWidget(self.combo)
            self.setFocusProxy(self.combo)

    def value(self) -> str | None:
        if self.segments is not None:
            return self.segments.value()
        held = self.combo.value() if self.combo is not None else None
        return held if isinstance(held, str) else None

    def set_value(self, value: object) -> None:
        if self.segments is not None:
            self.segments.set_value(value)
        elif self.combo is not None:
            self.combo.set_value(value)


class CheckChip(QAbstractButton):
    """A choice that can be on beside others."""

    def __init__(self, key: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setText(label)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = paint.width_of(self.text(), theme.font("strong")) + theme.px(24 + 20)
        return QSize(round(width), theme.px(tokens.COMPACT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        fill, edge = ("tint", "primary") if on else ("surface", "field")
        area = QRectF(self.rect())
        paint.box(painter, area, theme.px(tokens.R_CONTROL), fill, edge)
        size = theme.px(14)
        place = paint.square(self.rect(), size, theme.px(9))
        if on:
            paint.icon(painter, "check", place, "primary_ink")
        else:
            paint.box(painter, place, theme.px(3), None, "field")
        font = theme.font("medium" if on else "body")
        rest = area.adjusted(theme.px(9 + 14 + 7), 0, -theme.px(6), 0)
        paint.text(painter, rest, self.text(), font, "primary_ink" if on else "ink")
        painter.end()


class ManyField(QWidget):
    """Several choices as check chips. Raw value: list of ids; None while nothing was asked.

    An empty list ("none of these") is an answer of its own: the last chip.
    """

    changed = Signal()

    def __init__(
        self,
        options: Sequence[Option],
        name: str = "",
        parent: QWidget | None = None,
        *,
        none: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        flow = Flow(self)
        self.chips = [CheckChip(key, label, self) for key, label in options]
        own = next((chip for chip in self.chips if chip.key in NONE_OF), None)
        self._own_none = own  # a choice of the question's own that excludes the others
        none = none and own is None
        self._none = CheckChip("", _("None of these"), self) if none else None
        for chip in (*self.chips, *((self._none,) if self._none else ())):
            chip.setAccessibleName(f"{name}: {chip.text()}" if name else chip.text())
            chip.clicked.connect(self._clicked)
            flow.addWidget(chip)
        if self.chips:
            self.setFocusProxy(self.chips[0])

    def value(self) -> list[str] | None:
        chosen = [chip.key for chip in self.chips if chip.isChecked()]
        if chosen:
            return chosen
        return [] if self._none is not None and self._none.isChecked() else None

    def set_value(self, value: object) -> None:
        chosen = set(value) if isinstance(value, (list, tuple)) else None
        for chip in self.chips:
            chip.setChecked(chosen is not None and chip.key in chosen)
        if self._none is not None:
            self._none.setChecked(chosen is not None and not chosen)

    def _clicked(self) -> None:
        if self._own_none is not None:
            if self.sender() is self._own_none:
                for chip in self.chips:
                    chip.setChecked(chip is self._own_none and chip.isChecked())
            elif any(chip.isChecked() for chip in self.chips if chip is not self._own_none):
                self._own_none.setChecked(False)
        if self._none is not None:
            if self.sender() is self._none:
                for chip in self.chips:
                    chip.setChecked(False)
            elif any(chip.isChecked() for chip in self.chips):
                self._none.setChecked(False)
        self.changed.emit()


class Flow(QLayout):
    """Widgets side by side, on the next line where they do not fit."""

    _tall: dict[int, int]  # by width; a layout above asks again and again
    _least: QSize | None

    def __init__(self, parent: QWidget | None = None, gap: int = tokens.S) -> None:
        super().__init__(parent)  # invalidates
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = gap
        self._held: list[QLayoutItem] = []

    def invalidate(self) -> None:
        self._tall = {}
        self._least = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._held.append(item)

    def count(self) -> int:
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._held[index] if 0 <= index < len(self._held) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        tall = self._tall.get(width)
        if tall is None:
            tall = self._tall[width] = self._place(QRect(0, 0, width, 0), moving=False)
        return tall

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._least is None:
            self._least = QSize()
            for item in self._held:
                self._least = self._least.expandedTo(item.minimumSize())
        return self._least

    def _place(self, area: QRect, moving: bool) -> int:
        x, y, tall = area.x(), area.y(), 0
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item in self._held:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x + size.width() > area.right() + 1 and tall:
                x, y, tall = area.x(), y + tall + self._gap, 0
            if moving:
                left = area.right() - (x - area.x()) - size.width() if mirrored else x
                item.setGeometry(QRect(QPoint(left, y), size))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        return y + tall - area.y()
