"""Contacts: the address book, found as one types, one entry beside the list."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError, InvalidInput, NotFound
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import contact_words, layout, list_out
from clinic_desk.ui.parts.contact_entry_form import EntryForm
from clinic_desk.ui.parts.contact_files import ContactFiles
from clinic_desk.ui.parts.contact_merge import MergePage
from clinic_desk.ui.parts.contact_pane import ContactPane
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.refs import Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import address_book
from clinic_desk.usecases.address_book import EntryRow, Found, Uses
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.form_drafts import Kept

FIND_AFTER_MS = 60  # a pause this short is still typing on; a newer search supersedes anyway
PANE = 380  # px
ARCHIVED = "archived"

COLUMNS = (
    Column(_("Name"), lambda row: row.entry.written_name, type="strong"),
    Column(_("Role"), lambda row: contact_words.role(row.entry.role), width=150),
    Column(_("Practice or hospital"), lambda row: row.entry.organisation, spare=2),
    Column(_("Place"), lambda row: contact_words.place(row.entry), width=140, spare=1),
    Column(_("Phone"), lambda row: contact_words.first_phone(row.entry), width=150, spare=3),
)


class ContactsScreen(Screen):
    """The list with the chosen entry beside it; a form over both where one is edited."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._wanted: UUID | None = None
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._find)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._book())
        self.form = EntryForm(self)
        self._half = ""  # which entry was left half typed
        self._half_typed = HalfTyped(self)
        self._half_typed.found.connect(self._go_on)
        self.form.save_asked.connect(self._save)
        self.form.closed.connect(self._give_up)
        self.pages.addWidget(self.form)
        self.files = ContactFiles(desk, lanes)
        self.files.opened.connect(self._show_files)
        self.files.left.connect(self.show_book)
        self.files.said.connect(self.said)
        self.files.undoable.connect(self.undoable)
        self.files.changed.connect(self._find)
        self.pages.addWidget(self.files)
        self.merging = MergePage(desk, lanes)
        self.merging.left.connect(self.show_book)
        self.merging.said.connect(self.said)
        self.merging.undoable.connect(self.undoable)
        self.pane.merge_undone.connect(self.merging.take_back)
        self.pages.addWidget(self.merging)
        list_out.of_view(self, self.files.rows, "contacts_of_file", self.files.card)
        list_out.of_view(self, self.merging.rows, "contact_pairs")
        self.out.setMenu(self.files.menu(self.out))
        layout.column(self).addWidget(self.pages)
        self._timer = QTimer(self, singleShot=True, interval=FIND_AFTER_MS)
        self._timer.timeout.connect(self._find)

    def _book(self) -> QWidget:
        self.field = TextField(
            _("Find a contact"),
            placeholder=_("Name, practice, town, phone or e-mail"),
            icon="search",
        )
        self.field.setObjectName("contactSearch")
        self.field.changed.connect(self._find_soon)
        self.field.returnPressed.connect(self._to_list)
        self.role = ComboBox(_("Which contacts"))
        self.role.setObjectName("contactRole")
        self.role.fill(
            [*contact_words.ROLES.items(), (ARCHIVED, _("Archived"))], none=_("All roles")
        )
        self.role.setMinimumWidth(theme.px(190))
        self.role.chosen.connect(self._find)
        self.take = Button(_("Take a file"), "download")
        self.take.setObjectName("takeContactFile")
        self.take.clicked.connect(self._choose_file)
        self.out = Button(_("Save as a file"), "save", trailing="chevron-down")
        self.out.setObjectName("saveContactFile")
        self.alike = Button(_("Find duplicates"), "users")
        self.alike.setObjectName("findDuplicates")
        self.alike.clicked.connect(self._show_alike)
        self.new = PrimaryButton(_("New contact"))
        self.new.setObjectName("newContact")
        self.new.clicked.connect(self._add)
        acts = (self.role, self.alike, self.take, self.out, self.new)
        self.top = layout.TopBar(self.field, acts)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Contacts"))
        self.rows.chosen.connect(self._chosen)
        self.rows.opened.connect(self._edit)
        self.card = Card(flush=True)
        self.card.add(self.rows, 1)
        list_out.of_view(self, self.rows, "contacts", self.card, self._all_found)
        self.empty = EmptyState("", _("New contact"))
        self.empty.pressed.connect(self._add)
        self.found = QStackedWidget()
        self.found.addWidget(self.card)
        self.found.addWidget(self.empty)
        self.pane = ContactPane()
        self.pane.asked.connect(self._act)
        self.pane.open_requested.connect(self.open_requested)
        beside = layout.row(spacing=tokens.L)
        beside.addWidget(self.found, 1)
        beside.addWidget(self.pane)
        page = QWidget()
        whole = layout.column(page, tokens.L, tokens.XL)
        whole.addWidget(self.top)
        whole.addLayout(beside, 1)
        return page

    # What the shell asks

    def open(self, ref: Ref) -> None:
        if self.pages.currentWidget() is self.files:
            self._show_files()
            return
        if self.editing:
            self.heading_changed.emit(_("Contacts"), "")
            self.said.emit(_("This is what you had typed. Save it, or go back."), "info")
            return
        self._wanted = ref.id or self._wanted
        self.show_book()
        self._half_typed.look([(self.form.draft.name, self.desk.actor.id)])
        self.take_focus(self.field)

    def primary(self) -> QAbstractButton:
        page = self.pages.currentWidget()
        if page is self.files or page is self.merging:
            return self.files.take if page is self.files else self.merging.merge
        return self.form.save if self.editing else self.new

    def search_field(self) -> QWidget | None:
        return self.field if self.pages.currentIndex() == 0 else None

    def panes(self) -> list[QWidget]:
        shown = (None, self.form, self.files, self.merging)[self.pages.currentIndex()]
        return [shown] if shown is not None else [self.rows, self.pane]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back only where nothing would be lost."""
        if not self.editing or not self.form.draft.escaped(event, self.show_book):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setFixedWidth(min(theme.px(PANE), max(280, self.width() * 2 // 5)))

    @property
    def editing(self) -> bool:
        return self.pages.currentWidget() is self.form

    # Files

    def _choose_file(self) -> None:
        self.files.choose()

    def _show_files(self) -> None:
        self.pages.setCurrentWidget(self.files)
        self.heading_changed.emit(_("Contacts from a file"), "")

    def _show_alike(self) -> None:
        self.pages.setCurrentWidget(self.merging)
        self.heading_changed.emit(_("Duplicates"), "")
        self.merging.look()

    # The list

    def show_book(self) -> None:
        """The list, read again."""
        self.pages.setCurrentIndex(0)
        self.heading_changed.emit(_("Contacts"), "")
        self._find()

    def _find_soon(self) -> None:
        self._timer.start()

    def _wanted_rows(self) -> tuple[str, str, bool]:
        """The words, the role, and whether those archived are looked through."""
        words, chosen = self.field.value(), self.role.value()
        archived = chosen == ARCHIVED
        return words, "" if archived or chosen is None else str(chosen), archived

    def _all_found(self) -> list_out.Read:
        wanted, desk = self._wanted_rows(), self.desk
        return lambda: address_book.find(desk, *wanted, limit=address_book.ALL).rows

    def _find(self, _role: object = None) -> None:
        wanted = self._wanted_rows()
        self.lanes.run(
            lambda: address_book.find(self.desk, *wanted),
            self._show,
            self._refused,
            replace_key="contacts: find",
        )

    def _show(self, found: Found) -> None:
        current = self._wanted or (self.pane.row.id if self.pane.row else None)
        self._wanted = None
        self.model.set_rows(found.rows)
        place = next((n for n, row in enumerate(found.rows) if row.id == current), 0)
        self.rows.choose(place)
        self.card.header.set("", contact_words.counted(len(found.rows), found.total))
        self.found.setCurrentIndex(0 if found.rows else 1)
        if not found.rows:
            self.pane.hide()
            self.pane.row = None
            words = self.field.value().strip()
            filtered = words or self.role.value() is not None
            self.empty.sentence.setText(
                _("Nobody in the book matches this.")
                if filtered
                else _("Nobody yet. Letters need somebody to go to.")
            )

    def _to_list(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, row: object) -> None:
        if not isinstance(row, EntryRow):
            return
        self.pane.show_row(row)
        self.pane.show()
        self._ask_uses(row.id)

    def _ask_uses(self, key: UUID) -> None:
        self.lanes.run(
            lambda: (key, address_book.uses(self.desk, key)),
            self._show_uses,
            self._refused,
            replace_key="contacts: uses",
        )

    def _show_uses(self, told: tuple[UUID, Uses]) -> None:
        if self.pane.row is not None and self.pane.row.id == told[0]:
            self.pane.show_uses(told[1])

    # Acts

    def _act(self, act: str) -> None:
        row = self.pane.row
        if row is None:
            return
        if act == "edit":
            self._edit(row)
        elif act == "archive":
            words = _("{name} is archived. What names them goes on naming them.")
            act_of = partial(address_book.archive, self.desk, row.id)
            self.doing.do(act_of, words.format(name=row.entry.written_name))
        elif act == "restore":
            words = _("{name} is in the book again.")
            act_of = partial(address_book.restore, self.desk, row.id)
            self.doing.do(act_of, words.format(name=row.entry.written_name))

    # Making and changing

    def _go_on(self, found: tuple[Kept, ...]) -> None:
        """A contact was left half typed: the form is open again."""
        if self.editing:
            return
        self._half = key = str(found[0].values.get("entry", ""))
        if not key:
            self._open_form(None)
            return
        self.lanes.run(
            lambda: address_book.open_entry(self.desk, UUID(key)), self._open_form, self._gone
        )

    def _gone(self, error: Exception) -> None:
        """Whom it was about is no longer in the book; what was typed begins a new entry."""
        if not isinstance(error, NotFound):
            raise error
        self._open_form(None, self._half)

    def _give_up(self) -> None:
        self.form.draft.give_up()
        self.show_book()

    def _add(self) -> None:
        self._open_form(None)

    def _edit(self, row: object) -> None:
        if isinstance(row, EntryRow) and row.archived_at is None:
            self._open_form(row)

    def _open_form(self, row: EntryRow | None, gone: str = "") -> None:
        self.pages.setCurrentWidget(self.form)
        title = _("Change contact") if row else _("New contact")
        self.heading_changed.emit(title, row.entry.written_name if row else "")
        self.form.begin(row, gone=gone)

    def _save(self) -> None:
        entry, row = self.form.entry(), self.form.row
        key, version = (row.id, row.version) if row else (None, None)
        self.doing.do(
            partial(address_book.save, self.desk, entry, key, version),
            _("{name} is saved.").format(name=entry.written_name),
            self._saved,
            self._refused,
        )

    def _saved(self, row: EntryRow) -> None:
        self.form.draft.end()
        self._wanted = row.id
        self.show_book()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        if isinstance(error, InvalidInput) and self.editing:
            self.form.show_problems(dict(error.fields))
            return
        self.said.emit(f"{error} {error.hint}".strip(), "problem")
