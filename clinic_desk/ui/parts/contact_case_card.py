"""The contacts of the case in hand: listed, added with their part, taken out again."""

from functools import cached_property, partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import contact_words, late, layout
from clinic_desk.ui.parts.contact_chooser import ContactChooser
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Label, stacked
from clinic_desk.usecases import case_contacts
from clinic_desk.usecases.case_contacts import CaseContactRow
from clinic_desk.usecases.desk import Desk


class AddForm(QWidget):
    """Who takes which part in the case."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = layout.column(self, tokens.S)
        self.part = ComboBox(_("Part in this case"))
        parts = [(one, contact_words.role(one)) for one in case_contacts.PARTS]
        self.part.fill(parts)
        self.part.set_value("gp")
        self.chooser = ContactChooser(desk, lanes)
        column.addWidget(stacked(FieldLabel(_("Part in this case"), self.part), self.part))
        column.addWidget(self.chooser)
        self.put = Button(_("Add to the case"))
        self.put.setObjectName("putCaseContact")
        self.put.clicked.connect(self.asked)
        cancel = Button(_("Cancel"), kind="link")
        cancel.clicked.connect(self.cancelled)
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.put)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)


class CaseContactsCard(Card):
    """Letters of the case offer these first."""

    said = Signal(str, str)
    undoable = Signal(str, object)
    open_requested = Signal(object)  # Ref

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Contacts of this case"), parent=parent)
        self._desk, self._lanes = desk, lanes
        self._case: UUID | None = None
        self._doing = Doing(desk, lanes, self)
        self._doing.changed.connect(self.look)
        self._lines: list[QWidget] = []
        self.more = Button(_("Add"), kind="link", compact=True, name=_("Add a contact of the case"))
        self.more.setObjectName("addCaseContact")
        self.more.clicked.connect(self._ask)
        self.add_to_header(self.more)
        self.list = layout.column(spacing=tokens.S)
        self.body.addLayout(self.list)
        self._place = layout.column()
        self.body.addLayout(self._place)

    @cached_property
    def form(self) -> AddForm:
        """What adds one; made when it is first wanted."""
        form = AddForm(self._desk, self._lanes)
        form.asked.connect(self._put)
        form.cancelled.connect(self._close)
        form.hide()
        self._place.addWidget(form)
        late.follow(form, self.more)
        return form

    def tell(self, screen: Screen) -> None:
        """Say through the screen that it stands on what is to be said."""
        self.said.connect(screen.said)
        self.undoable.connect(screen.undoable)
        self.open_requested.connect(screen.open_requested)

    def show_case(self, case: UUID | None) -> None:
        """Whose contacts are shown; None hides the card."""
        if case != self._case and "form" in self.__dict__:
            self.form.hide()
        self._case = case
        self.setVisible(case is not None)
        self.look()

    def look(self) -> None:
        """Read them again."""
        case = self._case
        if case is not None:
            self._lanes.run(
                lambda: (case, case_contacts.of_case(self._desk, case)),
                self._show,
                self._refused,
                replace_key="case contacts",
            )

    def _show(self, read: tuple[UUID, tuple[CaseContactRow, ...]]) -> None:
        case, rows = read
        if case != self._case:
            return
        for line in self._lines:
            self.list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(row) for row in rows]
        if not rows:
            nobody = _("Nobody yet. Letters of the case offer these first.")
            self._lines = [Label(nobody, "quiet", wrap=True)]
        for line in self._lines:
            self.list.addWidget(line)

    def _line(self, row: CaseContactRow) -> QWidget:
        held = QWidget()
        line = layout.row(held, tokens.S)
        words = layout.column(spacing=2)
        words.addWidget(Label(contact_words.breakable(row.name), "strong", wrap=True))
        archived = _("archived") if row.archived else ""
        told = (contact_words.role(row.part), row.organisation, row.phone, archived)
        line_of_words = contact_words.breakable(", ".join(filter(None, told)))
        words.addWidget(Label(line_of_words, "caption", wrap=True))
        see = IconButton("eye", _("Look at {name}").format(name=row.name))
        see.setProperty("ref", Ref(Place.CONTACTS, row.contact_id))
        see.clicked.connect(self._see)
        out = IconButton("x", _("Take {name} out of the case").format(name=row.name))
        out.setObjectName("dropCaseContact")
        out.setProperty("row", row)
        out.clicked.connect(self._out)
        line.addLayout(words, 1)
        line.addWidget(see)
        line.addWidget(out)
        out.setVisible(row.link_id is not None)
        return held

    def _ask(self) -> None:
        self.form.show()
        self.form.chooser.look()
        self.form.chooser.words.setFocus()

    def _close(self) -> None:
        self.form.hide()
        self.more.setFocus()

    def _put(self) -> None:
        form = self.form
        case, contact, part = self._case, form.chooser.value(), str(form.part.value())
        if case is None:
            return
        if contact is None:
            self.said.emit(_("Choose who it is first."), "info")
            form.chooser.list.setFocus()
            return
        act = partial(case_contacts.put, self._desk, case, contact, part)
        self._doing.do(act, _("Added to the contacts of this case."), self._was_put)

    def _was_put(self, _nothing: object) -> None:
        self._close()

    def _see(self) -> None:
        self.open_requested.emit(self.sender().property("ref"))

    def _out(self) -> None:
        row = self.sender().property("row")
        if isinstance(row, CaseContactRow) and row.link_id is not None:
            words = _("{name} is no longer a contact of this case.")
            act = partial(case_contacts.take_out, self._desk, row.link_id)
            self._doing.do(act, words.format(name=row.name))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(f"{error} {error.hint}".strip(), "problem")
