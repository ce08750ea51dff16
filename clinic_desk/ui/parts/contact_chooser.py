"""A contact chosen out of a book of any size: words narrow it, a list holds what is found."""

from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import address_book
from clinic_desk.usecases.address_book import EntryRow, Found
from clinic_desk.usecases.desk import Desk

FIND_AFTER_MS = 60
SHOWN = 50


class ContactChooser(QWidget):
    """`chosen` when the person picks one; `value` is its id."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self.words = TextField(_("Find a contact"), placeholder=_("Find a contact"), icon="search")
        self.words.changed.connect(self._soon)
        self.list = ComboBox(_("Contacts found"))
        self.list.chosen.connect(self.chosen)
        column = layout.column(self, tokens.XS)
        column.addWidget(self.words)
        column.addWidget(self.list)
        self._timer = QTimer(self, singleShot=True, interval=FIND_AFTER_MS)
        self._timer.timeout.connect(self.look)

    def value(self) -> UUID | None:
        held = self.list.value()
        return held if isinstance(held, UUID) else None

    def look(self) -> None:
        """Find again with the words as they are."""
        words = self.words.value()
        self._lanes.run(
            lambda: address_book.find(self._desk, words), self._show, replace_key="contact chooser"
        )

    def _soon(self) -> None:
        self._timer.start()

    def _show(self, found: Found) -> None:
        none = _("Choose a contact") if found.rows else _("Nobody matches")
        self.list.fill([(row.id, _line(row)) for row in found.rows[:SHOWN]], none=none)
        if self.words.value().strip() and len(found.rows) == 1:
            self.list.set_value(found.rows[0].id)


def _line(row: EntryRow) -> str:
    words = (row.entry.written_name, contact_words.in_line(row.entry.role), row.entry.organisation)
    return ", ".join(filter(None, words))
