"""One person who works here: who they are, their role, and the passphrases that let them in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.forms.former_values import OWN_FIELDS
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.desk import PHYSIOTHERAPIST, SUPERVISED
from clinic_desk.usecases.people import Person, PersonDetails

ROLES = (
    ("physiotherapist", _("Physiotherapist")),
    ("student", _("Student")),
    ("assistant", _("Assistant")),
)


class PersonForm(QWidget):
    """Adds a person, or corrects one; the passphrases are asked for only where they are needed."""

    saved = Signal()
    cancelled = Signal()
    left = Signal()  # no longer works here
    let_in = Signal()  # a new passphrase, also for who had left

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(OWN_FIELDS, True)
        self.setObjectName("personForm")
        self.name, self.profession, self.registration = (TextField() for _n in range(3))
        self.role = ComboBox()
        self.role.fill(list(ROLES))
        self.role.chosen.connect(self.show_supervisor)
        self.who = Form(2)
        self.who.add("name", _("Name"), self.name, required=True)
        self.who.add("profession", _("Title, as it stands on letters"), self.profession)
        self.who.add("registration", _("Registration number"), self.registration)
        self.who.add("role", _("Role"), self.role)
        self.supervisor = ComboBox()
        self.under = Form(1)
        self.under.add("supervisor_id", _("Supervised by"), self.supervisor, required=True)
        self.own, self.fresh, self.again = (TextField(limit=1000) for _n in range(3))
        for field in (self.own, self.fresh, self.again):
            field.setEchoMode(TextField.EchoMode.Password)
        self.keys = Form(3)
        self.keys.add("own", _("Your own passphrase"), self.own)
        self.keys.add("passphrase", _("Their passphrase"), self.fresh)
        self.keys.add("again", _("Theirs again"), self.again)
        self.asked = Label("", "caption", wrap=True)
        self.problem = Problem()
        self.save = Button(_("Save"), name=_("Save: person"))
        self.save.setObjectName("savePerson")
        self.save.clicked.connect(self.saved)
        self.cancel = Button(_("Cancel"), kind="link")
        self.cancel.clicked.connect(self.cancelled)
        self.leave = Button(_("No longer works here"), kind="quiet")
        self.leave.setObjectName("personLeaves")
        self.leave.clicked.connect(self.left)
        self.renew = Button(_("Set a new passphrase"), "key-round")
        self.renew.setObjectName("personPassphrase")
        self.renew.clicked.connect(self.let_in)
        column = layout.column(self, tokens.M)
        for part in (self.who, self.under):
            column.addWidget(part)
        column.addWidget(self.asked)
        column.addWidget(self.keys)
        column.addWidget(self.problem)
        line = layout.row(spacing=tokens.S)
        for button in (self.save, self.renew, self.cancel):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.leave)
        column.addLayout(line)

    def begin(self, one: Person | None, everybody: Sequence[Person]) -> None:
        """Show a person, or an empty form."""
        details = one.details if one is not None else PersonDetails("", "")
        self.forget()
        self.name.set_value(details.name)
        self.profession.set_value(details.profession)
        self.registration.set_value(details.registration)
        self.role.set_value(details.role)
        may = [
            (other.id, other.details.name)
            for other in everybody
            if other.active
            and other.details.role == PHYSIOTHERAPIST
            and (one is None or other.id != one.id)
        ]
        self.supervisor.fill(may)
        self.supervisor.set_value(details.supervisor_id)
        if self.supervisor.currentIndex() < 0 and len(may) == 1:
            self.supervisor.setCurrentIndex(0)
        mine = one is not None and one.me
        gone = one is not None and not one.active
        self.keys.setVisible(not mine)
        self.asked.setVisible(not mine)
        self.asked.setText(
            _("They type their passphrase themselves. At least 8 characters.")
            if one is None
            else _("They work here again once they have a new passphrase.")
            if gone
            else _("A new passphrase is only needed where theirs is forgotten.")
        )
        self.save.setText(_("Add") if one is None else _("Save"))
        self.renew.setText(_("Let in again") if gone else _("Set a new passphrase"))
        self.renew.setVisible(one is not None and not mine)
        self.leave.setVisible(one is not None and not mine and not gone)
        self.show_supervisor()

    def forget(self) -> None:
        """Keep no passphrase in a field that nobody looks at."""
        for field in (self.own, self.fresh, self.again):
            field.clear()
        for form in (self.who, self.under, self.keys):
            form.clear_problems()
        self.problem.set("")

    def details(self) -> PersonDetails:
        """What is typed."""
        role = str(self.role.value())
        chosen = self.supervisor.value()
        return PersonDetails(
            self.name.value(),
            self.profession.value() or dict(ROLES)[role].lower(),
            self.registration.value(),
            role,
            chosen if role in SUPERVISED else None,  # type: ignore[arg-type]
        )

    def passphrases_fit(self) -> bool:
        """Whether the new passphrase was typed twice the same; says so where not."""
        if self.fresh.value() == self.again.value():
            return True
        self.keys.show_problems({"again": _("The two new passphrases differ.")})
        return False

    def show_problems(self, fields: Mapping[str, str]) -> None:
        """Each beside its field."""
        for form in (self.who, self.under, self.keys):
            form.clear_problems()
        self.problem.set("")
        left = self.who.show_problems(fields)
        left = self.under.show_problems({k: v for k, v in fields.items() if v in left})
        left = self.keys.show_problems({k: v for k, v in fields.items() if v in left})
        self.problem.set(" ".join(left))

    def show_supervisor(self) -> None:
        self.under.setVisible(self.role.value() in SUPERVISED)
