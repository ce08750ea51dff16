"""Cards that wait out of sight to be shown again.

To build a card and work out its style takes longer than a frame leaves, so those that are let go
of are kept under their key, and a few blank ones are made ready while nobody types.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from clinic_desk.ui.widgets.card_column import CardColumn

CardT = TypeVar("CardT", bound=QWidget)


class CardShelf(Generic[CardT]):
    """Cards of one sort of a column; `blank()` builds one that shows nothing yet."""

    def __init__(self, column: CardColumn, blank: Callable[[], CardT], ready: int) -> None:
        self._column, self._build, self._ready = column, blank, ready
        self._kept: dict[str, CardT] = {}
        self._blanks: list[CardT] = []

    def take(self, key: str) -> CardT:
        """The card that was let go of under this key, or a blank one. It is hidden."""
        card = self._kept.pop(key, None)
        if card is None:
            card = self._blanks.pop() if self._blanks else self._made()
        return card

    def put(self, key: str, card: CardT) -> None:
        """Let go of a card; it is hidden and keeps what was unfolded in it."""
        self._column.remove(card)
        self._kept[key] = card

    def prepare(self) -> bool:
        """Make one more blank card ready, styles and all; False when there are enough."""
        if len(self._blanks) >= self._ready:
            return False
        card = self._made()
        card.ensurePolished()
        for widget in card.findChildren(QWidget):
            widget.ensurePolished()
        self._blanks.append(card)
        return True

    def forget(self) -> None:
        """Delete the cards that were shown; the blank ones belong to nobody and stay."""
        for card in self._kept.values():
            self._column.discard(card)
        self._kept = {}

    def _made(self) -> CardT:
        card = self._build()
        self._column.adopt(card)
        return card
