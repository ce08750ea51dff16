"""The addressee of a letter out of the whole address book, where the short list has them not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.contact_chooser import ContactChooser
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.usecases.desk import Desk


class LetterFinder(Card):
    """`found` has the id of the contact to write to."""

    found = Signal(object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Find a contact"), parent=parent)
        self.chooser = ContactChooser(desk, lanes)
        self.chooser.words.setObjectName("findContact")
        self.chooser.words.returnPressed.connect(self._take)
        self.chooser.list.setObjectName("contactsFound")
        self.take = Button(_("Write to them"), "check")
        self.take.setObjectName("takeContact")
        self.take.clicked.connect(self._take)
        leave = Button(_("Cancel"), kind="link")
        leave.setObjectName("leaveFinder")
        leave.clicked.connect(self.hide)
        self.add(self.chooser)
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.take)
        row.addWidget(leave)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def ask(self) -> None:
        """Open it with nothing typed."""
        self.chooser.words.set_value("")
        self.chooser.look()
        self.show()
        self.chooser.words.setFocus()

    def _take(self) -> None:
        value = self.chooser.value()
        if value is None:
            self.chooser.list.setFocus()
            return
        self.hide()
        self.found.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
