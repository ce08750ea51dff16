"""A column of cards that scrolls: laid out in one go, and only what changed is painted anew.

A general layout asks all its widgets at each change of any of them, and a widget that is not
opaque is painted again wherever it moves. Here each card stands in an opaque cell, and the cells
are moved such that none covers another on its way: the pixels of those that only move are then
taken along as they are.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from clinic_desk.ui import theme
from clinic_desk.ui.widgets.kept_column import KeptColumn


class _Ground(QWidget):
    """What the cells lie on; they stay where they are when it grows."""

    def __init__(self, column: "CardColumn", role: str) -> None:
        super().__init__()
        self.role = role
        self._column = column
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._column.arrange()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        _fill(self, event, self.role)


class _Cell(QWidget):
    """One card on the column's own colour, which its round corners would let through."""

    def __init__(self, card: QWidget, ground: _Ground) -> None:
        super().__init__(ground)
        self._role = ground.role
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.card = card
        card.setParent(self)

    def tall(self, width: int) -> int:
        """Height in px at this width; 0 for a card that hides itself."""
        card = self.card
        if card.isHidden():
            return 0
        held = card.layout()
        if isinstance(held, KeptColumn):
            held.renew()
        if card.hasHeightForWidth():
            return card.heightForWidth(width)
        return card.sizeHint().height()

    def settle(self) -> None:
        """Lay out what changed inside, so that nothing of it is asked for once more."""
        held = self.card.layout()
        if isinstance(held, KeptColumn):
            held.settle()
        elif held is not None:
            held.activate()
        for asked in (self, self.card):
            QCoreApplication.removePostedEvents(asked, QEvent.Type.LayoutRequest)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the card wants another height, so the column is asked
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.card.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        _fill(self, event, self._role)


def _fill(widget: QWidget, event: QPaintEvent, role: str) -> None:
    painter = QPainter(widget)
    painter.fillRect(event.rect(), theme.colour(role))
    painter.end()


class CardColumn(QScrollArea):
    """Cards one below another, as wide as the view, on a ground of a colour role; `margins` left,
    top, right and bottom in px.

    Cards that are out of the column stay its children, hidden, with their style worked out.
    """

    def __init__(
        self,
        margins: tuple[int, int, int, int],
        spacing: int,
        ground: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._margins, self._spacing = margins, spacing
        self._cells: list[_Cell] = []
        self._held = False
        self._ground = _Ground(self, ground)
        self.setWidget(self._ground)

    def standing(self) -> tuple[QWidget, ...]:
        """What stands in the column, from above."""
        return tuple(cell.card for cell in self._cells)

    def adopt(self, card: QWidget) -> None:
        """Make a card a child of the column, out of sight; one that hid itself stays hidden."""
        wanted = not card.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        _Cell(card, self._ground)
        card.setVisible(wanted)  # as far as its cell is

    def place(self, card: QWidget, place: int) -> None:
        """Let an adopted card stand at this place, counted from above."""
        cell = _cell(card)
        if place < len(self._cells) and self._cells[place] is cell:
            return
        if cell in self._cells:
            self._cells.remove(cell)
        self._cells.insert(place, cell)
        self._ask()

    def add(self, card: QWidget) -> None:
        """Adopt a card and let it stand below all others."""
        self.adopt(card)
        self.place(card, len(self._cells))

    def remove(self, card: QWidget) -> None:
        """Take a card out of sight; it stays the column's child."""
        cell = _cell(card)
        self._cells.remove(cell)
        cell.hide()
        self._ask()

    def discard(self, card: QWidget) -> None:
        """Delete a card that is out of sight."""
        _cell(card).deleteLater()

    def hold(self) -> None:
        """Wait with the arrangement until `arrange`: several things are about to change."""
        self._held = True

    def arrange(self) -> None:
        """Give every card its place and height, now."""
        self._held = False
        left, top, right, bottom = self._margins
        wide = self.viewport().width()
        inner, at = wide - left - right, top
        wanted: list[tuple[_Cell, QRect]] = []
        for cell in self._cells:
            tall = cell.tall(inner)
            wanted.append((cell, QRect(left, at, inner, tall)))
            if tall:
                at += tall + self._spacing
        total = at - self._spacing + bottom if at > top else top + bottom
        self._ground.resize(wide, max(total, self.viewport().height()))
        down = [pair for pair in wanted if pair[1].top() > pair[0].y()]
        up = [pair for pair in wanted if pair[1].top() <= pair[0].y()]
        for cell, area in (*reversed(down), *up):
            if cell.geometry() != area:
                cell.setGeometry(area)
            if cell.isHidden():
                cell.show()
            cell.settle()
        QCoreApplication.removePostedEvents(self._ground, QEvent.Type.LayoutRequest)
        # What is shown asks to be painted by a posted event, which may come after the painting of
        # all else: it would be painted twice.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater)

    def _ask(self) -> None:
        if not self._held:
            self._ground.updateGeometry()
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


def _cell(card: QWidget) -> _Cell:
    cell = card.parentWidget()
    if not isinstance(cell, _Cell):
        raise ValueError("the card was never adopted by a column")
    return cell
