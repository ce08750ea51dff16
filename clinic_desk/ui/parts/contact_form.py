"""The fields of a contact, in place: beside a letter."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.contacts import ContactDetails


class ContactForm(QWidget):
    """Name, role, address and how to reach them."""

    saved = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: FormDraft | None = None
        self.name, self.salutation, self.organisation = TextField(), TextField(), TextField()
        self.phone, self.email = TextField(), TextField()
        self.address = TextArea(lines=3)
        self.role = ComboBox()
        self.role.fill(list(contact_words.ROLES.items()))
        self.role.set_value("gp")
        self.form = Form(2)
        self.form.add("name", _("Name"), self.name, required=True)
        self.form.add("role", _("Role"), self.role)
        self.form.add(
            "salutation", _("Called in letters"), self.salutation, help=_("Such as Dr Sample.")
        )
        self.form.add("organisation", _("Practice or hospital"), self.organisation)
        self.form.add("address", _("Address"), self.address, span=2)
        self.form.add("phone", _("Phone"), self.phone)
        self.form.add("email", _("E-mail"), self.email)
        save = Button(_("Save contact"))
        save.setObjectName("saveContact")
        save.clicked.connect(self.saved)
        cancel = Button(_("Cancel"), kind="link")
        cancel.clicked.connect(self.cancelled)
        column = layout.column(self, tokens.M)
        column.addWidget(self.form)
        line = layout.row(spacing=tokens.S)
        line.addWidget(save)
        line.addWidget(cancel)
        line.addStretch(1)
        column.addLayout(line)

    def keep_typed(self, screen: Screen) -> FormDraft:
        """Keep what is half typed in it."""
        self._draft = FormDraft(screen, self, "letter_contact", controls(self.form))
        return self._draft

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._draft is None or not self._draft.escaped(event, self.cancelled.emit):
            super().keyPressEvent(event)

    def details(self) -> ContactDetails:
        return ContactDetails(
            name=self.name.value(),
            salutation=self.salutation.value(),
            role=str(self.role.value() or "gp"),
            organisation=self.organisation.value(),
            address=self.address.value(),
            phone=self.phone.value(),
            email=self.email.value(),
        )

    def fill(self, details: ContactDetails) -> None:
        for name in ("name", "salutation", "organisation", "address", "phone", "email", "role"):
            getattr(self, name).set_value(getattr(details, name))
        self.form.clear_problems()

    def clear(self, role: str = "gp") -> None:
        self.fill(ContactDetails(name="", role=role))

    def show_problems(self, fields: dict[str, str]) -> list[str]:
        return self.form.show_problems(fields)
