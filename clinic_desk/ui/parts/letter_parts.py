"""What the letter holds: its parts with tick boxes, and where each came from."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.cards import Card, Divider
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases.letters import Part


class PartRow(QWidget):
    """One part. The box includes it; the rest of the row chooses it for the editor."""

    ticked = Signal(str, bool)
    chosen = Signal(str)
    walked = Signal(str, int)
    moved = Signal(str, int)

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self.open = False
        self._shown: tuple[object, ...] = ()
        self.setObjectName(f"part:{part.id}")
        self.setFixedHeight(theme.px(tokens.STEP_ROW - 2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.box = CheckBox("", self, name=_("Include {part}").format(part=part.title))
        self.box.setObjectName(f"include:{part.id}")
        self.box.clicked.connect(self._tick)
        row = layout.row(self, tokens.M)
        row.setContentsMargins(tokens.L, 0, tokens.L, 0)
        row.addWidget(self.box)
        row.addStretch(1)
        self.up = IconButton("arrow-up", "", kind="quiet", compact=True)
        self.up.setObjectName(f"partUp:{part.id}")
        self.up.clicked.connect(self._up)
        self.down = IconButton("arrow-down", "", kind="quiet", compact=True)
        self.down.setObjectName(f"partDown:{part.id}")
        self.down.clicked.connect(self._down)
        for button in (self.up, self.down):
            row.addWidget(button)
            button.hide()

    def show_part(self, part: Part, opened: bool, first: bool, last: bool) -> None:
        shown = (part.title, part.included, part.edited, part.origin, opened, first, last)
        if shown == self._shown:
            self.part = part
            return  # a key in the text changes no row
        self.part, self.open, self._shown = part, opened, shown
        for button, name, on in (
            (self.up, _("Move {part} up (Alt+Up)"), not first),
            (self.down, _("Move {part} down (Alt+Down)"), not last),
        ):
            button.setAccessibleName(name.format(part=part.title))
            button.setToolTip(name.format(part=part.title))
            button.setEnabled(on)
            button.setVisible(opened)
        self.box.setChecked(part.included)
        self.box.setEnabled(not part.required)
        state = _("included") if part.included else _("left out")
        self.setAccessibleName(f"{part.title}, {state}, {self.origin()}")
        self.update()

    def origin(self) -> str:
        """Where the words come from."""
        if self.part.edited:
            return _("Edited by you")
        return self.part.origin

    def _tick(self, on: bool) -> None:
        self.ticked.emit(self.part.id, on)

    def _up(self) -> None:
        self.moved.emit(self.part.id, -1)

    def _down(self) -> None:
        self.moved.emit(self.part.id, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.part.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ctrl:
            self.chosen.emit(self.part.id)
        elif key == Qt.Key.Key_Space and self.box.isEnabled():
            self.box.click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            go = self.moved if alt else self.walked
            go.emit(self.part.id, 1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.open:
            painter.fillRect(self.rect(), theme.colour("tint"))
            left = self.width() - theme.px(4) if mirrored else 0
            painter.fillRect(left, 0, theme.px(4), self.height(), theme.colour("primary"))
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        end = tokens.L + (theme.px(2 * 28 + tokens.M + 4) if self.open else 0)
        area = QRectF(self.rect()).adjusted(theme.px(46), 0, -end, 0)
        if mirrored:
            near, far = far, near
            area = QRectF(self.rect()).adjusted(end, 0, -theme.px(46), 0)
        font = theme.font("strong" if self.open else "medium")
        title = QFontMetricsF(font).horizontalAdvance(self.part.title)
        ink = "ink" if self.part.included else "ink2"
        paint.text(painter, area, self.part.title, font, ink, near)
        gap = title + tokens.L
        rest = area.adjusted(0, 0, -gap, 0) if mirrored else area.adjusted(gap, 0, 0, 0)
        role = "primary_ink" if self.part.edited else "ink2"
        paint.text(painter, rest, self.origin(), theme.font("caption"), role, far)
        painter.end()


class PartList(Card):
    """All parts in the order in which they are printed."""

    ticked = Signal(str, bool)
    chosen = Signal(str)
    ordered = Signal(tuple)  # the ids in their new order

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What the letter holds"), parent=parent, flush=True)
        self.setObjectName("letterParts")
        self.header.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        self.body.setContentsMargins(1, 1, 1, 4)
        self._rows: dict[str, PartRow] = {}
        self._lines: list[QWidget] = []

    def show_parts(self, parts: Sequence[Part], chosen: str) -> None:
        """Show the parts as they stand; rows stay while the parts are the same."""
        order = [part.id for part in parts]
        if set(order) != set(self._rows):
            self._build(parts)
        elif order != list(self._rows):
            self._order(order)
        for place, part in enumerate(parts):
            first, last = place == 0, place == len(parts) - 1
            self._rows[part.id].show_part(part, part.id == chosen, first, last)
        held = sum(part.included for part in parts)
        self.header.set(
            _("What the letter holds"),
            _("{n} of {all} included").format(n=held, all=len(parts)),
        )

    def _build(self, parts: Sequence[Part]) -> None:
        for widget in (*self._rows.values(), *self._lines):
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows, self._lines = {}, []
        for part in parts:
            line = Divider()
            row = PartRow(part, self)
            row.ticked.connect(self.ticked)
            row.chosen.connect(self.chosen)
            row.walked.connect(self._walk)
            row.moved.connect(self._move)
            self.body.addWidget(line)
            self.body.addWidget(row)
            self._rows[part.id] = row
            self._lines.append(line)

    def _order(self, order: Sequence[str]) -> None:
        """The same rows in another order; the one with the focus keeps it."""
        self._rows = {name: self._rows[name] for name in order}
        for line, row in zip(self._lines, self._rows.values(), strict=True):
            for widget in (line, row):
                self.body.removeWidget(widget)
                self.body.addWidget(widget)
        rows = list(self._rows.values())
        for before, after in pairwise(rows):
            QWidget.setTabOrder(before, after)

    def _move(self, part: str, step: int) -> None:
        names = list(self._rows)
        place = names.index(part)
        if 0 <= place + step < len(names):
            names.insert(place + step, names.pop(place))
            self.ordered.emit(tuple(names))

    def _walk(self, part: str, step: int) -> None:
        names = list(self._rows)
        place = names.index(part) + step
        if 0 <= place < len(names):
            self._rows[names[place]].setFocus()
            self.chosen.emit(names[place])
