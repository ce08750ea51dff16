"""The cases of a patient on the patient's page; the one in hand stands out."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.patient_banner import case_words
from clinic_desk.usecases.patient_views import CaseRow


class CasesCard(Card):
    """`chosen` has the case whose button was pressed; `new_asked` where one is to be opened."""

    chosen = Signal(object)  # CaseRow
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Cases"), parent=parent)
        self.new = Button(_("Open case"), kind="link", compact=True)
        self.new.clicked.connect(self.new_asked)
        self.add_to_header(self.new)
        self.buttons: list[Button] = []
        self._widest = 0

    def show_cases(self, rows: Sequence[CaseRow], chosen: UUID | None) -> None:
        """Show a patient's cases; without any the card is not there."""
        for button in self.buttons:
            self.body.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for row in rows:
            words = case_words(row.title, row.side, None)
            if row.closed_on is not None:
                words = _("{case}, closed {day}").format(case=words, day=written_day(row.closed_on))
            icon = f"side-{row.side}" if row.side else "lock" if row.hidden else ""
            kind = "chosen" if row.id == chosen else "plain"
            button = Button(words.replace("&", "&&"), icon, kind, name=words)
            button.setToolTip(words)
            button.setMaximumWidth(min(button.sizeHint().width(), self._widest))
            button.clicked.connect(partial(self.chosen.emit, row))
            self.add(button)
            self.buttons.append(button)
        self.setVisible(bool(rows))

    def set_widest(self, width: int) -> None:
        """How wide a case's button may be."""
        self._widest = width
        for button in self.buttons:
            button.setMaximumWidth(min(button.sizeHint().width(), width))
