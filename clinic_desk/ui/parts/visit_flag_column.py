"""The red flags of a visit in a column, the most urgent first: one card for each that fired."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desk.ui import tokens
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_flag_card import FlagCard


class FlagColumn(QWidget):
    """A card stays the same one as long as its flag stands, so that it keeps the focus."""

    record = Signal(str)  # a flag whose action is to be recorded
    noted = Signal(str)  # a routine one that was ticked
    undone = Signal(str)  # one whose action is taken back

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, FlagCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.M)
        self.hide()

    def show_for(self, draft: VisitDraft) -> None:
        """What the answers fire now."""
        fired = sorted(draft.findings().red_flags, key=lambda one: -one.urgency.rank)
        for gone in set(self.cards) - {one.id for one in fired}:
            self._drop(self.cards.pop(gone))
        for flag in fired:
            card = self.cards.get(flag.id)
            if card is None:
                card = self.cards[flag.id] = FlagCard()
                card.hold(flag.id)
                card.record.connect(self.record)
                card.noted.connect(self.noted)
                card.undone.connect(self.undone)
                self._column.addWidget(card)
            card.show_for(draft, flag)
        self.setVisible(bool(self.cards))

    def clear(self) -> None:
        """The visit is no longer shown."""
        for card in self.cards.values():
            self._drop(card)
        self.cards = {}
        self.hide()

    def _drop(self, card: FlagCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
