"""Contacts: who letters go to, listed, added and corrected in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.contact_form import ContactForm
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import contacts
from clinic_desk.usecases.contacts import ContactRow
from clinic_desk.usecases.desk import Desk

SHOWN = 12  # the book itself has a page of its own


class ContactsCard(Card):
    """The list, and under it the form for one contact."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Contacts"), _("who letters go to"), parent)
        self._desk, self._lanes = desk, lanes
        self._editing: ContactRow | None = None
        self._rows: list[QWidget] = []
        self.new = Button(_("New contact"), "plus", compact=True)
        self.new.clicked.connect(self._add)
        self.add_to_header(self.new)
        self.holder = QWidget()
        self._list = layout.column(self.holder, tokens.S)
        self.add(self.holder)
        self.form = ContactForm()
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._close_form)
        self.add(self.form)
        self.form.hide()

    def look(self) -> None:
        """Read the list again."""
        self._lanes.run(
            lambda: contacts.listed(self._desk), self._show, replace_key="contacts: list"
        )

    def _show(self, rows: tuple[ContactRow, ...]) -> None:
        for widget in self._rows:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        for contact in rows[:SHOWN]:
            held = QWidget()
            line = layout.row(held)
            words = layout.column(spacing=2)
            words.addWidget(Label(contact.details.name, "strong", wrap=True))
            words.addWidget(Label(contact.details.organisation, "caption", wrap=True))
            edit = Button(
                _("Edit"), compact=True, name=_("Edit {name}").format(name=contact.details.name)
            )
            edit.setProperty("contact", contact)
            edit.clicked.connect(self._edit)
            line.addLayout(words, 1)
            line.addWidget(edit)
            self._list.addWidget(held)
            self._rows.append(held)
        if len(rows) > SHOWN:
            more = Label(_("The others are under Contacts."), "quiet", wrap=True)
            self._list.addWidget(more)
            self._rows.append(more)
        if not rows:
            nobody = Label(_("Nobody yet. Letters need somebody to go to."), "quiet", wrap=True)
            self._list.addWidget(nobody)
            self._rows.append(nobody)

    def _add(self) -> None:
        self._editing = None
        self.form.clear()
        self._open_form()

    def _edit(self) -> None:
        contact = self.sender().property("contact")
        if isinstance(contact, ContactRow):
            self._editing = contact
            self.form.fill(contact.details)
            self._open_form()

    def _open_form(self) -> None:
        self.form.show()
        self.form.name.setFocus()

    def _close_form(self) -> None:
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.hide()

    def _save(self) -> None:
        details, editing = self.form.details(), self._editing

        def work() -> None:
            if editing is None:
                contacts.add(self._desk, details)
            else:
                contacts.correct(self._desk, editing.id, editing.version, details)

        self._lanes.run(work, self._saved, self._refused)

    def _saved(self, _nothing: object) -> None:
        self._close_form()
        self.said.emit(_("Contact saved."), "done")
        self.look()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.form.show_problems(error.fields)
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error
