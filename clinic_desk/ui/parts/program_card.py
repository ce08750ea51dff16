"""One exercise of the library as a card: drawn figure, name, muscles, minutes, state."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QWidget

from clinic_desk.drawing.shapes import Picture
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts.program_words import upper_first
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.chips import chip_width, paint_chip
from clinic_desk.ui.widgets.picture import draw
from clinic_desk.usecases.programs import ExerciseCard

HEIGHT = 194
_FIGURE = 88
_EDGE = 11
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -100,
    Qt.Key.Key_Down: 100,
}


def figure(picture: Picture, size: QSize, ratio: float) -> QPixmap:
    """A picture as pixels, drawn once for each size and theme."""
    pixels = QPixmap(size * ratio)
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    draw(painter, picture, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return pixels


def words_in_lines(
    painter: QPainter, area: QRectF, words: str, role: str, colour: str, most: int
) -> int:
    """Words broken into at most `most` lines, the last one elided; how many there were."""
    font = theme.font(role)
    metrics = QFontMetricsF(font)
    text = QTextLayout(words, font)
    text.beginLayout()
    top, drawn = area.top(), 0
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    for number in range(most):
        line = text.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        part = words[line.textStart() : line.textStart() + line.textLength()]
        if number == most - 1:
            part = words[line.textStart() :]
            part = metrics.elidedText(part, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(QPointF(area.left(), top + metrics.ascent()), part.rstrip())
        top, drawn = top + metrics.lineSpacing(), drawn + 1
    text.endLayout()
    return drawn


def origin_words(card: ExerciseCard) -> str:
    """What the clinic made of an exercise, in a word or two; nothing for one as it ships."""
    if card.withdrawn:
        return _("Archived") if card.origin == "own" else _("Hidden")
    words = {"own": _("Own"), "changed": _("Changed here"), "outdated": _("Newer one ships")}
    return words.get(card.origin, "")


class CardView(QWidget):
    """A card. Its state follows the program; `asked` adds, `chosen` shows the line it has.

    Where nothing can be added (`adds` False: the library itself) `chosen` opens it.
    """

    asked = Signal(str)  # add this exercise
    chosen = Signal(str)  # it is in the program already: show its line
    moved = Signal(int)  # by an arrow: -1, 1, or a row of cards by -100, 100

    def __init__(self, card: ExerciseCard, parent: QWidget, *, adds: bool = True) -> None:
        super().__init__(parent)
        self.card, self._adds = card, adds
        self.in_program = False
        self.suggested = bool(card.suggested_because)
        self.locked = False
        self._over = False
        self._pixels: QPixmap | None = None
        self.setObjectName(f"card:{card.id}")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.add = IconButton("plus", _("Add {name}").format(name=card.name), self, compact=True)
        self.add.setObjectName(f"add:{card.id}")
        self.add.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.add.clicked.connect(self._ask)
        self.setToolTip(self._about())
        theme.changed.connect(self._forget)
        self.show_state(False, False)

    def show_card(self, card: ExerciseCard) -> None:
        """The exercise as it is now; the figure stays."""
        self.card = card
        self.setToolTip(self._about())
        self.show_state(self.in_program, self.locked)

    def show_state(self, in_program: bool, locked: bool) -> None:
        """Whether the program has it, and whether an open flag locks it."""
        self.in_program, self.locked = in_program, locked
        self.add.setVisible(self._adds and not in_program)
        self.add.setEnabled(not locked)
        state = (
            ", ".join(self._marks())
            if not self._adds
            else _("in program")
            if in_program
            else _("held back: {why}").format(why=self.card.held_back)
            if self.card.held_back
            else _("suggested")
            if self.suggested
            else ""
        )
        minutes = self._minutes(whole=True)
        name = ", ".join(part for part in (self.card.name, minutes, state) if part)
        self.setAccessibleName(name)
        self.update()

    def _marks(self) -> list[str]:
        """What the library says of it: the star, and what the clinic made of it."""
        star = _("favourite") if self.card.favourite else ""
        return [one for one in (star, origin_words(self.card)) if one]

    def _minutes(self, *, whole: bool = False) -> str:
        """How long it takes, and whether that is by the clinician's own dose; a card in the
        program has no room for it, and its line says so.
        """
        own = self.card.mine is not None and (whole or not self.in_program)
        words = _("{n} min, your default") if own else _("{n} min")
        return words.format(n=self.card.minutes)

    @property
    def held(self) -> str:
        """Why it is not advised now, or nothing."""
        if self.card.held_back:
            return upper_first(self.card.held_back)
        return _("A stretch while a nerve pattern is open") if self.card.hidden else ""

    def _about(self) -> str:
        parts = [self.card.name, *(f"• {step}" for step in self.card.steps)]
        if self.held:
            parts.append(_("Held back: {why}").format(why=self.held))
        elif self.card.suggested_because:
            parts.append(self.card.suggested_because)
        if self.card.not_for:
            parts.append(_("Not for: {whom}").format(whom="; ".join(self.card.not_for)))
        return "\n".join(parts)

    def _ask(self) -> None:
        self.asked.emit(self.card.id)

    def _forget(self) -> None:
        self._pixels = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixels = None
        edge, side = theme.px(_EDGE), self.add.sizeHint()
        left = edge if self._mirrored() else self.width() - side.width() - edge
        self.add.setGeometry(left, self.height() - side.height() - edge, *side.toTuple())

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.in_program or not self._adds:
            self.chosen.emit(self.card.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._adds and not self.in_program and not self.locked:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ARROWS and plain:
            self.moved.emit(_ARROWS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and plain:
            if self.in_program or not self._adds:
                self.chosen.emit(self.card.id)
            elif not self.locked:
                self._ask()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge, width, dashed = ("line", 1.0, False)
        if self.in_program:
            edge, width = "primary", 2.0
        elif self.suggested and not self.held:
            edge, dashed = "suggest_line", True
        elif self.underMouse():
            edge = "field"
        area = QRectF(self.rect())
        paint.box(painter, area, theme.px(tokens.R_CARD), "surface", edge, width, dashed)
        pad = theme.px(_EDGE)
        inner = area.adjusted(pad, pad, -pad, -pad)
        self._paint_figure(painter, inner)
        name = QRectF(inner.left(), inner.top() + theme.px(_FIGURE + 8), inner.width(), 40)
        lines = words_in_lines(painter, name, self.card.name, "strong", "ink", 2)
        self._paint_foot(painter, inner, roomy=lines == 1)
        if self.card.favourite:
            size = theme.px(16)
            left = inner.left() if self._mirrored() else inner.right() - size
            paint.icon(painter, "star", QRectF(left, inner.top(), size, size), "primary")
        painter.end()

    def _paint_figure(self, painter: QPainter, inner: QRectF) -> None:
        size = QSize(round(inner.width()), theme.px(_FIGURE))
        if self._pixels is None:
            self._pixels = figure(self.card.finish, size, self.devicePixelRatioF())
        if self.held and not self.in_program:
            painter.setOpacity(0.55)
        painter.drawPixmap(inner.topLeft(), self._pixels)
        painter.setOpacity(1.0)

    def _paint_foot(self, painter: QPainter, inner: QRectF, *, roomy: bool) -> None:
        """State and reason; a `roomy` card has two lines for the reason."""
        chip = theme.px(tokens.CHIP)
        about = QRectF(
            inner.left(), inner.bottom() - chip - theme.px(22), inner.width(), theme.px(18)
        )
        foot = QRectF(inner.left(), inner.bottom() - chip - theme.px(3), inner.width(), chip)
        font = theme.font("caption")
        minutes = self._minutes()
        if not self._adds:
            words = origin_words(self.card)
            kind = "caution" if self.card.withdrawn or self.card.origin == "outdated" else "outline"
        elif self.in_program:
            words, kind = _("In program"), "decided"
        elif self.held:
            words, kind = _("Held back"), "caution"
            if roomy and paint.width_of(self.held, font) > about.width():
                about.setTop(about.top() - theme.px(14))
                words_in_lines(painter, about, self.held, "caption", "caution", 2)
            else:
                paint.text(painter, about, self.held, font, "caution")
        elif self.suggested:
            words, kind = _("Suggested"), "suggested"
            because = self.card.suggested_because
            if paint.width_of(because, font) > about.width():
                because = _("In the suggested program")
            paint.text(painter, about, because, font, "suggest")
        else:
            words, kind = "", ""
        if not words or self.in_program or not self._adds:
            muscles = upper_first(", ".join(self.card.muscles))
            paint.text(painter, about, muscles, font, "ink2")
        if words:
            place = QRectF(foot)
            place.setWidth(chip_width(words, True))
            paint_chip(painter, place, words, kind)
            foot.setLeft(place.right() + theme.px(8))
        if not words or self.in_program or foot.width() > theme.px(90):
            paint.text(painter, foot, minutes, font, "ink2")
