"""A measure on both sides: left and right, the deficit in words and as a bar, last visit."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.ui.widgets.numbers import Number, NumberField

# Columns at zoom 100 %: field, deficit, last visit. Rows and headers share them.
FIELD, DEFICIT, LAST, GAP = 92, 136, 112, tokens.M


class DeficitBar(QWidget):
    """How large a deficit is, 0 to 1; hidden fill while unknown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fraction: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, fraction: float | None) -> None:
        self._fraction = fraction
        self.setVisible(fraction is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(DEFICIT), theme.px(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint.box(painter, area, area.height() / 2, "sunken")
        share = min(1.0, max(0.0, self._fraction or 0.0))
        if share > 0:
            filled = QRectF(area)
            filled.setWidth(max(area.height(), area.width() * share))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                filled.moveRight(area.right())
            paint.box(painter, filled, area.height() / 2, "primary")
        painter.end()


class PairHeader(QWidget):
    """Column headings above pair rows: side marks with their words, the sore side said."""

    def __init__(
        self, title: str, side: str = "", last: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        row.addWidget(Label(title, "section", wrap=True), 1)
        for key, word in (("left", _("Left")), ("right", _("Right"))):
            sore = side in (key, "both")
            cell = QWidget()
            cell.setFixedWidth(theme.px(FIELD))
            inner = QHBoxLayout(cell)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(6)
            inner.addWidget(Icon(f"side-{key}", 16, "ink"))
            text = _("{side}, sore").format(side=word) if sore else word
            inner.addWidget(Label(text, "label"), 1)
            row.addWidget(cell)
        deficit = Label(_("Deficit, automatic"), "label")
        deficit.setFixedWidth(theme.px(DEFICIT))
        row.addWidget(deficit)
        self.last = Label(last, "label")
        self.last.setFixedWidth(theme.px(LAST))
        row.addWidget(self.last)

    def hide_last(self) -> None:
        """Where there is no visit to compare with, its column takes no room."""
        self.last.hide()


class PairField(QWidget):
    """Left and right with their deficit. Raw value {"left": n|None, "right": n|None} or None.

    `=` copies the other side. A blank side asks; it never counts as 0.
    """

    changed = Signal()
    rested = Signal()  # neither side is typed into any more

    def __init__(
        self,
        name: str = "",
        unit: str = "",
        side: str = "",
        parent: QWidget | None = None,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        whole: bool = False,
    ) -> None:
        super().__init__(parent)
        self.side = side
        self.left, self.right = (
            _SideField(
                f"{word}, {name}" if name else word,
                unit,
                self,
                minimum=minimum,
                maximum=maximum,
                whole=whole,
                width=FIELD,
            )
            for word in (_("Left"), _("Right"))
        )
        for field, key in ((self.left, "left"), (self.right, "right")):
            if side in (key, "both"):
                field.setAccessibleName(_("{name}, sore side").format(name=field.accessibleName()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        row.addWidget(self.left)
        row.addWidget(self.right)
        self._deficit = Label("", "strong")
        self._bar = DeficitBar()
        self._last = Label("", "caption")
        self._change = Label("", "good")
        self._arrow = Icon("arrow-up-right", 13, "good")
        row.addWidget(_column(DEFICIT, self._deficit, self._bar))
        change = QWidget()
        inner = QHBoxLayout(change)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(3)
        inner.addWidget(self._arrow)
        inner.addWidget(self._change, 1)
        self._change_row = change
        self._last_column = _column(LAST, self._last, change)
        row.addWidget(self._last_column)
        self.left.changed.connect(self._edited)
        self.right.changed.connect(self._edited)
        self.left.copy_asked.connect(self._copy_right)
        self.right.copy_asked.connect(self._copy_left)
        self.left.editingFinished.connect(self._left_behind)
        self.right.editingFinished.connect(self._left_behind)
        self.set_deficit("", None)
        self.set_last("", "", True)

    def value(self) -> dict[str, Number | None] | None:
        left, right = self.left.number(), self.right.number()
        if left is None and right is None:
            return None
        return {"left": left, "right": right}

    def set_value(self, value: object) -> None:
        both = value if isinstance(value, dict) else {}
        self.left.set_number(both.get("left"))
        self.right.set_number(both.get("right"))

    def typing(self) -> bool:
        return self.left.hasFocus() or self.right.hasFocus()

    def _left_behind(self) -> None:
        if not self.typing():
            self.rested.emit()

    def problem(self) -> str:
        return self.left.problem() or self.right.problem()

    def set_deficit(self, text: str, fraction: float | None, worse: bool = True) -> None:
        """The difference in words ("14° less", "Enter right side") and as a share of 1."""
        self._deficit.setText(text)
        self._deficit.set_type("strong" if fraction is not None else "caption")
        self._bar.set(fraction)
        self.left.setAccessibleDescription(text)
        self.right.setAccessibleDescription(text)

    def set_last(self, text: str, change: str = "", better: bool = True) -> None:
        """What it was at the last visit, and what changed since."""
        self._last.setText(text)
        self._change.setText(change)
        self._change.set_type("good" if better else "caution")
        self._arrow.set(
            "arrow-up-right" if better else "arrow-down-right", "good" if better else "caution"
        )
        self._change_row.setVisible(bool(change))

    def hide_last(self) -> None:
        """As in the header."""
        self._last_column.hide()

    def _edited(self) -> None:
        self.changed.emit()

    def _copy_right(self) -> None:
        self.left.setText(self.right.text())
        self.changed.emit()

    def _copy_left(self) -> None:
        self.right.setText(self.left.text())
        self.changed.emit()


class _SideField(NumberField):
    """One side; asks for a copy of the other by `=`."""

    copy_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "=":
            self.copy_asked.emit()
            return
        super().keyPressEvent(event)


def _column(width: int, *widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setFixedWidth(theme.px(width))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addStretch(1)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder
