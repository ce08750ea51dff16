"""The lines of the home program: figure, dose, minutes; the chosen one opens its steppers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from clinic_desk.clinical.loads import LoadKind
from clinic_desk.drawing.shapes import Picture
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, program_words
from clinic_desk.ui.parts.program_card import figure
from clinic_desk.ui.parts.program_dose import DoseEditor
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.gauge import clock
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import exercise_marks, supersets
from clinic_desk.usecases.programs import ExerciseCard, Line

_FIGURE = QSize(88, 56)
_HEAD = 74


class LineHead(QWidget):
    """What a line says: a stop in the tab order that Enter or a click chooses."""

    chosen = Signal()
    moved = Signal(int)
    removed = Signal()
    dragged = Signal(QPoint, bool)  # where on the screen, and whether it was let go there

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(_HEAD))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title = self._dose = self._often = self._time = ""
        self._held = self._dragging = False
        self._pressed_at = QPoint()
        self._picture: Picture | None = None
        self._pixels: QPixmap | None = None
        theme.changed.connect(self._forget)

    def show_line(self, mark: str, name: str, line: Line, seconds: int, mine: bool = False) -> None:
        """Say a line's words; `seconds` is what a session of it takes, `mine` says that its dose
        is the clinician's own default.
        """
        self._title = f"{mark}. {name}"
        self._dose = program_words.dose(line)
        self._often = program_words.often(line)
        if mine:
            self._often = _("Your default, {often}").format(
                often=program_words.lower_first(self._often)
            )
        if line.note:
            self._often = f"{self._often}. {line.note}"
        self._held = bool(line.override_reason)
        self._time = clock(seconds)
        minutes = _("{time} minutes").format(time=self._time)
        self.setAccessibleName(f"{self._title}, {self._dose}, {self._often}, {minutes}")
        self.update()

    def show_picture(self, picture: Picture | None) -> None:
        if picture is not self._picture:
            self._picture = picture
            self._forget()

    def _forget(self) -> None:
        self._pixels = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = abs(event.position().toPoint().y() - self._pressed_at.y())
        if not self._dragging and far >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint(), False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.dragged.emit(event.globalPosition().toPoint(), True)
        elif self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and alt:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not ctrl:
            self.chosen.emit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        high = self.height()
        grip = paint.square(self.rect(), theme.px(16), theme.px(12))
        paint.icon(painter, "grip-vertical", grip, "ink3")
        wide, tall = theme.px(_FIGURE.width()), theme.px(_FIGURE.height())
        box = QRectF(theme.px(38), (high - tall) / 2, wide, tall)
        paint.box(painter, box, theme.px(tokens.R_SMALL), "surface", "line")
        if self._picture is not None:
            inner = QSize(wide - theme.px(10), tall - theme.px(8))
            if self._pixels is None:
                self._pixels = figure(self._picture, inner, self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft() + QPointF(theme.px(5), theme.px(3)), self._pixels)
        left = box.right() + theme.px(11)
        right = self.width() - theme.px(18)
        time = theme.px(52)
        room = right - time - left - theme.px(6)
        rows = (
            (9, self._title, "strong", "ink"),
            (29, self._dose, "body", "ink"),
            (48, self._often, "caption", "ink2"),
        )
        for top, words, role, ink in rows:
            place = QRectF(left, theme.px(top), room, theme.px(18))
            paint.text(painter, place, words, theme.font(role), ink)
        end = Qt.AlignmentFlag.AlignRight
        clock_at = QRectF(right - time, theme.px(18), time, theme.px(18))
        paint.text(painter, clock_at, self._time, theme.font("strong", figures=True), "ink", end)
        under = QRectF(right - time, theme.px(36), time, theme.px(16))
        paint.text(painter, under, _("min"), theme.font("caption"), "ink2", end)
        painter.end()


class LineRow(QWidget):
    """One line with its editor, which is made when the line is first chosen."""

    chosen = Signal(int)
    changed = Signal(int, object, str)  # place, new line, field
    acted = Signal(int, str)  # place, act
    preferred = Signal(int, bool)  # place, whether its dose is to be one's own default
    dragged = Signal(int, QPoint, bool)  # place, where on the screen, let go

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self.open = False
        self.setObjectName(f"line:{place}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head = LineHead(self)
        self.head.chosen.connect(self._choose)
        self.head.moved.connect(self._move)
        self.head.removed.connect(self._remove)
        self.head.dragged.connect(self._drag)
        self.why = Label("", "caution", wrap=True)
        self.why.setContentsMargins(theme.px(38), 0, tokens.M, tokens.S)
        self.why.hide()
        self.editor: DoseEditor | None = None
        self.weight = LoadKind.KG  # what is offered first
        self._column = layout.column(self)
        self._column.addWidget(self.head)
        self._column.addWidget(self.why)

    def show_line(
        self,
        line: Line,
        card: ExerciseCard | None,
        seconds: int,
        last: bool,
        names: Mapping[str, str],
        mark: str,
    ) -> None:
        """Show this line as it stands now."""
        name = card.name if card else line.exercise
        mine = card is not None and exercise_marks.is_own(line, card.mine)
        self.head.show_line(mark, name, line, seconds, mine)
        self.head.show_picture(card.finish if card else None)
        held = card.held_back if card else ""
        said = []
        if held and (self.open or not line.override_reason):
            words = _("Held back: {why}. Your reason: {reason}")
            reason = line.override_reason or _("none yet")
            said.append(words.format(why=held.rstrip("."), reason=reason))
        if card is not None and card.not_for:
            said.append(_("Not for: {whom}").format(whom="; ".join(card.not_for)))
        self.why.setText("\n".join(said))
        self.why.setVisible(bool(said))
        if self.open:
            if self.editor is None:
                self.editor = DoseEditor(self)
                self.editor.setContentsMargins(tokens.L, 0, tokens.L, tokens.M)
                self.editor.changed.connect(self._changed)
                self.editor.acted.connect(self._act)
                self.editor.preferred.wanted.connect(self._prefer)
                self._column.addWidget(self.editor)
            easier = names.get(card.easier or "", "") if card else ""
            harder = names.get(card.harder or "", "") if card else ""
            in_turn = mark[:1].isalpha()
            self.editor.load.prefer(self.weight)
            self.editor.show_line(line, easier, harder, self.place == 0, last, in_turn)
            self.editor.preferred.show_line(line, card.mine if card else None)
        if self.editor is not None:
            self.editor.setVisible(self.open)
        self.update()

    def _choose(self) -> None:
        self.chosen.emit(self.place)

    def _move(self, step: int) -> None:
        self.acted.emit(self.place, "up" if step < 0 else "down")

    def _drag(self, where: QPoint, let_go: bool) -> None:
        self.dragged.emit(self.place, where, let_go)

    def _remove(self) -> None:
        self.acted.emit(self.place, "remove")

    def _changed(self, line: Line, field: str) -> None:
        self.changed.emit(self.place, line, field)

    def _act(self, act: str) -> None:
        self.acted.emit(self.place, act)

    def _prefer(self, wanted: bool) -> None:
        self.preferred.emit(self.place, wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("tint" if self.open else "surface"))
        if self.open:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = self.width() - theme.px(4) if mirrored else 0
            painter.fillRect(left, 0, theme.px(4), self.height(), theme.colour("primary"))
        painter.setPen(paint.pen("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class DropMark(QWidget):
    """Where a dragged line goes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("primary"))
        painter.end()


class LineList(QWidget):
    """All lines. Rows stay and are shown anew, so that the focus stays where it is."""

    chosen = Signal(int)  # place, or -1
    changed = Signal(int, object, str)
    acted = Signal(int, str)
    preferred = Signal(int, bool)
    dropped = Signal(int, int)  # from, to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("programLines")
        self._mark = DropMark(self)
        self.rows: list[LineRow] = []
        self.open_place = -1
        self._weight = LoadKind.KG
        self._column = layout.column(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def prefer(self, weight: LoadKind) -> None:
        """Offer this unit of weight first, from the next showing on."""
        self._weight = weight

    def show_lines(
        self, lines: Sequence[Line], seconds: Sequence[int], cards: Mapping[str, ExerciseCard]
    ) -> None:
        """Show the program as it stands now."""
        while len(self.rows) > len(lines):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(lines):
            row = LineRow(len(self.rows), self)
            row.chosen.connect(self._choose)
            row.changed.connect(self.changed)
            row.acted.connect(self.acted)
            row.preferred.connect(self.preferred)
            row.dragged.connect(self._drag)
            self.rows.append(row)
            self._column.addWidget(row)
        if self.open_place >= len(lines):
            self.open_place = -1
        names = {key: card.name for key, card in cards.items()}
        marks = supersets.marks(lines)
        for row, line, took, mark in zip(self.rows, lines, seconds, marks, strict=True):
            row.open = row.place == self.open_place
            row.weight = self._weight
            card = cards.get(line.exercise)
            row.show_line(line, card, took, row.place == len(lines) - 1, names, mark)

    def _drag(self, place: int, where: QPoint, let_go: bool) -> None:
        """Show between which lines the dragged one goes; move it when it is let go."""
        y = self.mapFromGlobal(where).y()
        before = sum(y > row.y() + row.height() / 2 for row in self.rows)
        self._mark.setVisible(not let_go)
        edge = self.rows[before].y() if before < len(self.rows) else self.height()
        self._mark.setGeometry(0, max(0, edge - theme.px(2)), self.width(), theme.px(3))
        self._mark.raise_()
        if let_go:
            target = before - 1 if before > place else before
            if target != place:
                self.dropped.emit(place, target)

    def choose(self, place: int) -> None:
        """Open a line's steppers; -1 closes them."""
        self.open_place = place
        self.chosen.emit(place)

    def _choose(self, place: int) -> None:
        self.choose(-1 if place == self.open_place else place)
