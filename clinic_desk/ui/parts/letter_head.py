"""To whom, which kind, by when, on which paper; and a new contact in place."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.parts.contact_form import ContactForm
from clinic_desk.ui.parts.letter_copies import Copies, Enclosures
from clinic_desk.ui.parts.letter_finder import LetterFinder
from clinic_desk.ui.parts.letter_kind import KindField
from clinic_desk.ui.parts.paper_words import PAPERS
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.labels import FieldLabel, Problem, stacked
from clinic_desk.usecases.contacts import ContactRow
from clinic_desk.usecases.letters import KindRow, LetterDraft

PATIENT = "patient"  # the role of kinds that go to the patient


class LetterHead(QWidget):
    """`changed` names the field of the draft and its new value."""

    changed = Signal(str, object)
    contact_asked = Signal()  # the form for a contact is open
    contact_saved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = layout.column(self, tokens.M)
        self.to = ComboBox(_("To"))
        self.to.setObjectName("letterTo")
        self.to.chosen.connect(self._to)
        self.seek = IconButton("search", _("Find a contact in the address book"))
        self.seek.setObjectName("seekContact")
        self.new = IconButton("user-plus", _("New contact"))
        self.new.setObjectName("newContact")
        self.new.clicked.connect(self.ask_contact)
        self.copies = Copies()
        self.copies.changed.connect(self._copies)
        self.kinds = KindField()
        self.kinds.chosen.connect(self._kind)
        self.kind = self.kinds.kind
        self.enclosures = Enclosures()
        self.enclosures.changed.connect(self._enclosures)
        self.see_by = DateField(_("See patient by"), width=150)
        self.see_by.setObjectName("letterSeeBy")
        self.see_by.changed.connect(self._see_by)
        self.paper = ComboBox(_("Paper"))
        self.paper.setObjectName("letterPaper")
        self.paper.fill(PAPERS)
        self.paper.chosen.connect(self._paper)
        self.paper.setFixedWidth(theme.px(110))
        self.wrong = Problem()
        recipient = QWidget()
        line = layout.row(recipient, tokens.XS)
        line.addWidget(self.to, 1)
        line.addWidget(self.seek)
        line.addWidget(self.new)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.S)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(stacked(FieldLabel(_("To"), self.to), recipient), 0, 0, top)
        copies = stacked(FieldLabel(_("Separate copies to"), self.copies), self.copies)
        grid.addWidget(copies, 0, 1, top)
        enclosures = stacked(FieldLabel(_("Enclosures"), self.enclosures), self.enclosures)
        seen = stacked(FieldLabel(_("See patient by"), self.see_by), self.see_by)
        beside = QWidget()
        pair = layout.row(beside, tokens.M)
        pair.addWidget(seen, 0, top)
        pair.addWidget(enclosures, 1, top)
        grid.addWidget(stacked(FieldLabel(_("Template"), self.kind), self.kinds), 1, 0, top)
        grid.addWidget(beside, 1, 1, top)
        column.addLayout(grid)
        column.addWidget(self.wrong)
        self.card = Card(_("New contact"))
        self.form = ContactForm()
        self.form.saved.connect(self.contact_saved)
        self.form.cancelled.connect(self.close_contact)
        self.card.add(self.form)
        column.addWidget(self.card)
        self.card.hide()
        self._contacts: dict[UUID, ContactRow] = {}
        self._mine = False  # whether it goes to the patient
        self.editing: ContactRow | None = None  # the contact that the form mends; none for a new

    def fill(self, kinds: Sequence[KindRow], contacts: Sequence[ContactRow]) -> None:
        """What can be chosen; contacts of the kind's role come first."""
        self.kinds.fill(kinds)
        self.fill_contacts(contacts)

    def fill_contacts(self, contacts: Sequence[ContactRow]) -> None:
        """The contacts alone, such as after a new one."""
        self._contacts = {row.id: row for row in contacts}
        self.copies.fill(contacts)
        self._offer()

    def _offer(self) -> None:
        """Whom it can go to; a letter to the patient has no choice."""
        mine = self._mine = self.role() == PATIENT
        choices = [] if mine else [(row.id, _named(row)) for row in self._contacts.values()]
        self.to.fill(choices, none=_("The patient") if mine else _("Choose who it goes to"))
        self.to.setEnabled(not mine)
        self.seek.setEnabled(not mine)
        self.new.setEnabled(not mine)

    def add_finder(self, finder: LetterFinder) -> None:
        """Where the whole address book is searched, opened beside the list."""
        self.seek.clicked.connect(finder.ask)
        column = self.layout()
        if column is not None:
            column.addWidget(finder)

    def field(self, name: str) -> QWidget | None:
        """The control that mends a problem."""
        return {
            "recipient": self.to,
            "copies": self.copies.field,
            "enclosures": self.enclosures.field,
            "see_by": self.see_by.field,
            "paper": self.paper,
        }.get(name)

    def show_draft(self, draft: LetterDraft) -> None:
        self.kinds.set_value(draft.kind)
        if self._mine != (self.role() == PATIENT):
            self._offer()
        if self.to.value() != draft.recipient_id:
            self.to.set_value(draft.recipient_id)
        self.copies.show_names(draft.copies)
        self.enclosures.show_names(draft.enclosures)
        self.paper.set_value(draft.paper)
        if not self.see_by.field.hasFocus():
            self.see_by.set_day(draft.see_by)

    def role(self) -> str:
        """The role that the chosen kind goes to."""
        kind = self.kinds.row()
        return kind.role if kind else ""

    def ask_contact(self) -> None:
        """Open the form for a new contact."""
        self.editing = None
        self.card.header.set(_("New contact"), "")
        self.form.clear(self.role() or "gp")
        self.card.show()
        self.contact_asked.emit()
        self.form.name.setFocus()

    def mend_contact(self) -> bool:
        """Open the form for the addressee, at the address; false where none is chosen."""
        value = self.to.value()
        row = self._contacts.get(value) if isinstance(value, UUID) else None
        if row is None:
            return False
        self.editing = row
        self.card.header.set(_("Addressee"), row.details.name)
        self.form.fill(row.details)
        self.card.show()
        self.contact_asked.emit()
        self.form.address.setFocus()
        return True

    def close_contact(self) -> None:
        """Put the form for a new contact away."""
        if self.card.isVisible():
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        self.card.hide()

    def _to(self, value: object) -> None:
        self.changed.emit("recipient_id", value)

    def _copies(self, names: tuple[str, ...]) -> None:
        self.changed.emit("copies", names)

    def _enclosures(self, names: tuple[str, ...]) -> None:
        self.changed.emit("enclosures", names)

    def _kind(self, value: object) -> None:
        self.changed.emit("kind", value)

    def _see_by(self) -> None:
        self.wrong.set(self.see_by.problem())
        if not self.see_by.problem():
            self.changed.emit("see_by", self.see_by.day())

    def _paper(self, value: object) -> None:
        self.changed.emit("paper", value)


def _named(row: ContactRow) -> str:
    """Dr Robin Sample, orthopaedics."""
    role = contact_words.in_line(row.part or row.details.role)
    return f"{row.details.name}, {role}" if role else row.details.name
