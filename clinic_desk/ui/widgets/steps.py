"""The steps of an evaluation: number or tick, title, and what is answered or flagged."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. `note` stands at the right: "12", "7/9"; `flags` replaces it with "1 open"."""

    id: str
    title: str
    note: str = ""
    complete: bool = False
    flags: int = 0


class _StepButton(QAbstractButton):
    def __init__(self, number: int, row: StepRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self.row = row
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._over = False
        self.show_row(row)

    def show_row(self, row: StepRow) -> None:
        self.row = row
        self.setText(row.title)
        state = _("complete") if row.complete else row.note
        if row.flags:
            state = ngettext("{n} red flag", "{n} red flags", row.flags).format(n=row.flags)
        name = _("Step {n}: {title}, {state}")
        self.setAccessibleName(
            name.format(n=self.number, title=row.title, state=state).rstrip(", ")
        )
        self.setToolTip(row.title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(198), theme.px(tokens.STEP_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(tokens.STEP_ROW))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, row, on = QRectF(self.rect()), self.row, self.isChecked()
        radius = theme.px(tokens.R_CONTROL)
        if on or self._over:
            paint.box(painter, area, radius, "tint" if on else "sunken")
        if on:
            painter.save()
            painter.setClipRect(QRectF(0, 0, theme.px(4), area.height()))
            paint.box(painter, area, radius, "primary")
            painter.restore()
        size = theme.px(22)
        badge = paint.square(self.rect(), size, theme.px(8))
        if row.flags:
            paint.icon(painter, "octagon", badge, "flag_line", "on_flag")
        elif row.complete:
            paint.box(painter, badge, size / 2, "good_tint", "good_line")
            inner = badge.adjusted(4, 4, -4, -4)
            paint.icon(painter, "check", inner, "good")
        else:
            fill, edge, ink = ("primary", None, "on_primary") if on else (None, "field", "ink")
            paint.box(painter, badge, size / 2, fill, edge)
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, badge, str(self.number), theme.font("label"), ink, centre)
        note, role, font = row.note, "ink2", theme.font("caption")
        if row.flags:
            note, role, font = _("{n} open").format(n=row.flags), "flag", theme.font("label")
        elif on:
            role, font = "ink", theme.font("label")
        wide = paint.width_of(note, font)
        right = QRectF(area.right() - wide - theme.px(9), 0, wide + 1, area.height())
        paint.text(painter, right, note, font, role)
        left = badge.right() + theme.px(9)
        title = QRectF(left, 0, right.left() - left - theme.px(6), area.height())
        words = theme.font("strong" if on else "body")
        paint.text(painter, title, row.title, words, "ink")
        painter.end()


class StepList(QWidget):
    """The list; `chosen(step id)` when the person picks a step. Up and Down move the focus."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Steps"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._buttons: list[_StepButton] = []
        self._current = ""

    def set_steps(self, rows: Sequence[StepRow]) -> None:
        """Show these steps; buttons are kept where they can be, so the focus stays."""
        while len(self._buttons) > len(rows):
            button = self._buttons.pop()
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        for place, row in enumerate(rows):
            if place < len(self._buttons):
                if self._buttons[place].row != row:
                    self._buttons[place].show_row(row)
                continue
            button = _StepButton(place + 1, row, self)
            button.clicked.connect(self._pressed)
            self._column.addWidget(button)
            self._buttons.append(button)
        self.set_current(self._current)

    def set_current(self, step: str) -> None:
        self._current = step
        for button in self._buttons:
            on = button.row.id == step
            policy = Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
            if button.isChecked() is not on or button.focusPolicy() is not policy:
                button.setChecked(on)
                button.setFocusPolicy(policy)
        if self._buttons and not any(button.isChecked() for button in self._buttons):
            self._buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def current(self) -> str:
        return self._current

    def buttons(self) -> tuple[QAbstractButton, ...]:
        return tuple(self._buttons)

    def focus_current(self) -> None:
        """Put the focus on the current step."""
        for button in self._buttons:
            if button.isChecked():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, _StepButton):
            self.set_current(button.row.id)
            self.chosen.emit(button.row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        places = [k for k, button in enumerate(self._buttons) if button.hasFocus()]
        if step is None or not places:
            super().keyPressEvent(event)
            return
        place = min(len(self._buttons) - 1, max(0, places[0] + step))
        self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
