"""One whole entry of the address book, to be typed and saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.parts.contact_phones import PhoneRows
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.address_book import Address, Entry, EntryRow

_KINDS = ("postal", "visiting")


class EntryForm(QWidget):
    """Names on the left, how to reach them on the right; saved as a whole."""

    save_asked = Signal()
    closed = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = screen.desk.actor.id
        self.row: EntryRow | None = None
        self.texts = {
            name: TextField()
            for name in ("title", "name", "salutation", "organisation", "fax", "email")
        }
        self.texts["title"].setPlaceholderText(_("Dr"))
        self.role, self.preferred = ComboBox(), ComboBox()
        self.role.fill(list(contact_words.ROLES.items()))
        self.preferred.fill(list(contact_words.WAYS.items()), none=_("Not known"))
        self.note = TextArea(lines=3)
        self.phones = PhoneRows()
        self.lines = {kind: TextArea(lines=2, most=4) for kind in _KINDS}
        self.places = {
            (kind, part): TextField() for kind in _KINDS for part in ("postcode", "town", "country")
        }
        both = layout.row(spacing=tokens.L)
        both.addWidget(self._who(), 1)
        both.addWidget(self._where(), 1)
        scroller = Scroller(tokens.XL)
        scroller.column.addLayout(both)
        scroller.column.addStretch(1)
        self.problem = Label("", "problem", wrap=True)
        self.problem.hide()
        self.cancel = Button(_("Back without saving"), "arrow-left", "link")
        self.cancel.setObjectName("dropContact")
        self.cancel.clicked.connect(self.closed)
        self.save = PrimaryButton(_("Save contact"))
        self.save.setObjectName("saveEntry")
        self.save.clicked.connect(self.save_asked)
        column = layout.column(self)
        column.addWidget(scroller, 1)
        column.addWidget(layout.Footer([self.cancel, self.problem], [self.save]))
        forms = (self.who, self.reach, self.more, *self.where.values())
        fields = {key: control for form in forms for key, control in controls(form).items()}
        self.draft = FormDraft(screen, self, "contact", fields)

    def _who(self) -> QWidget:
        side = QWidget()
        column = layout.column(side, tokens.L)
        self.who = Form(2)
        self.who.add("title", _("Title"), self.texts["title"])
        self.who.add("name", _("Name"), self.texts["name"], required=True)
        self.who.add("role", _("Role"), self.role)
        self.who.add(
            "salutation",
            _("Called in letters"),
            self.texts["salutation"],
            help=_("Such as Dr Sample."),
        )
        self.who.add("organisation", _("Practice or hospital"), self.texts["organisation"], span=2)
        card = Card(_("Who"))
        card.add(self.who)
        column.addWidget(card)
        self.reach = Form(2)
        self.reach.add("phones", _("Phones"), self.phones, span=2)
        self.reach.add("fax", _("Fax"), self.texts["fax"])
        self.reach.add("email", _("E-mail"), self.texts["email"])
        self.reach.add("preferred", _("Wants letters by"), self.preferred)
        card = Card(_("How to reach them"))
        card.add(self.reach)
        column.addWidget(card)
        column.addStretch(1)
        return side

    def _where(self) -> QWidget:
        side = QWidget()
        column = layout.column(side, tokens.L)
        titles = {"postal": _("Postal address"), "visiting": _("Address to visit")}
        hints = {"postal": _("letters go here"), "visiting": _("if it is another one")}
        self.where: dict[str, Form] = {}
        for kind in _KINDS:
            form = self.where[kind] = Form(3)
            form.add(f"{kind}.lines", _("Lines"), self.lines[kind], span=3)
            words = {"postcode": _("Postcode"), "town": _("Town"), "country": _("Country")}
            for part, word in words.items():
                field = self.places[kind, part]
                field.setAccessibleName(f"{titles[kind]}, {word}")
                form.add(f"{kind}.{part}", word, field)
            self.lines[kind].setAccessibleName(f"{titles[kind]}, {_('Lines')}")
            card = Card(titles[kind], hints[kind])
            card.add(form)
            column.addWidget(card)
        self.more = Form(1)
        self.more.add("note", _("Note for the practice"), self.note)
        card = Card(_("Note"), _("never printed"))
        card.add(self.more)
        column.addWidget(card)
        column.addStretch(1)
        return side

    def begin(self, row: EntryRow | None, entry: Entry | None = None, gone: str = "") -> None:
        """Edit an entry; None for a new one, which may begin with what is known of it, or with
        what was typed about one that is `gone` by now.
        """
        self.row = row
        entry = entry or (row.entry if row else Entry(""))
        self._before = entry
        for name, field in self.texts.items():
            field.set_value(getattr(entry, name))
        self.role.set_value(entry.role)
        self.preferred.set_value(entry.preferred or None)
        self.note.set_value(entry.note)
        self.phones.fill(entry.phones)
        for kind in _KINDS:
            address = entry.address(kind)
            self.lines[kind].set_value(address.lines)
            for part in ("postcode", "town", "country"):
                self.places[kind, part].set_value(getattr(address, part))
        self.show_problems({})
        # one at most is half typed: it stays in front until it is saved or given up
        self.draft.begin(self._me, Ref(Place.CONTACTS), entry=str(row.id) if row else gone)
        self.texts["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def entry(self) -> Entry:
        """What is typed. Addresses that the form has no room for stay as they were."""
        shown = [self._before.address(kind) for kind in _KINDS]
        others = tuple(one for one in self._before.addresses if one not in shown)
        return Entry(
            **{name: field.value() for name, field in self.texts.items()},
            role=str(self.role.value() or "other"),
            preferred=str(self.preferred.value() or ""),
            note=self.note.value(),
            phones=self.phones.phones(),
            addresses=(*(self._address(kind) for kind in _KINDS), *others),
        )

    def _address(self, kind: str) -> Address:
        parts = (self.places[kind, part].value() for part in ("postcode", "town", "country"))
        return Address(kind, self.lines[kind].value(), *parts)

    def show_problems(self, fields: dict[str, str]) -> None:
        """Beside their fields; what has none stands in the footer."""
        forms = (self.who, self.reach, self.more, *self.where.values())
        left = set(fields.values())
        for form in forms:
            left &= set(form.show_problems(fields))
        self.problem.setText(" ".join(sorted(left)))
        self.problem.setVisible(bool(left))
