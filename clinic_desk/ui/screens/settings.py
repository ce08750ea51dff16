"""Settings: what a practice sets once, found by its words, applied at once and taken back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError, EditConflict, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.doing import Doing, Told
from clinic_desk.ui.parts.habits_card import HabitsCard
from clinic_desk.ui.parts.import_export import ExportCard
from clinic_desk.ui.parts.letterhead_card import FIELDS, LetterheadCard
from clinic_desk.ui.parts.lock_card import LockCard
from clinic_desk.ui.parts.looks_card import LooksCard
from clinic_desk.ui.parts.note_templates_card import NoteTemplatesCard
from clinic_desk.ui.parts.passphrase_card import PassphraseCard
from clinic_desk.ui.parts.people_card import PeopleCard
from clinic_desk.ui.parts.retention_card import RetentionCard
from clinic_desk.ui.parts.settings_search import SettingsSearch
from clinic_desk.ui.parts.snippets_card import SnippetsCard
from clinic_desk.ui.parts.you_card import YouCard
from clinic_desk.ui.refs import LETTERHEAD, Place, Ref
from clinic_desk.ui.screen import KEPT_AT_ONCE, Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import letterhead_trial, paper_file, practice
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.practice import ClinicianDetails, PracticeDetails, PracticeView

NARROW = 1050  # px at 100 %: below it, one column


class SettingsScreen(Screen):
    """What a practice sets once. All applies at once, the typed lines when they are left, and
    Undo or Ctrl+Z takes back one change after the other. The passphrase alone waits for its button.
    """

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._view: PracticeView | None = None
        self._saving = self._again = False
        told = Told(self)
        told.said.connect(self.said)
        told.undoable.connect(self._offer)
        self.doing = Doing(desk, lanes, told)
        self.doing.taken_back.connect(self._read)
        self._sent: tuple[PracticeDetails, ClinicianDetails] | None = None
        self._steps: list[Callable[[], object]] = []  # what takes back each change, the last last
        self.search = SettingsSearch()

        self.letterhead = LetterheadCard(desk, lanes)
        self.letterhead.test_asked.connect(self.save_test)
        self.you = person = YouCard(desk, lanes)
        self.who, self.signature = person.form, person.signature
        self.save = PrimaryButton(_("Save"))
        self.save.clicked.connect(self._save)

        self.looks, self.habits = LooksCard(desk.store.folder), HabitsCard(desk)
        self.locking = LockCard(desk.store.folder)
        self.people = PeopleCard(desk, lanes)
        self.retention = RetentionCard(desk, lanes)
        self.retention.kept.connect(self._reread)
        self.retention.list_asked.connect(self._to_retention)
        self.snippets, self.notes = SnippetsCard(desk, lanes), NoteTemplatesCard(desk, lanes)
        for held in (self.people, self.snippets, self.notes):
            held.keep_typed(self)
        for part in (self.looks, self.habits, self.locking, self.people, self.retention,
                     self.snippets, self.notes, self.letterhead.logo, self.signature):  # fmt: skip
            part.said.connect(self.said)
            part.undoable.connect(self._offer)

        self.exchange = ExportCard(desk, lanes)
        self.exchange.said.connect(self.said)
        self.exchange.import_asked.connect(self._import)

        self.passphrase = PassphraseCard(desk, lanes)
        self.passphrase.said.connect(self.said)
        place = Card(_("Where the records are"))
        place.add(Label(str(desk.store.folder or ""), "body", wrap=True))

        self.templates = Button(_("Letter templates"), "file-pen")
        self.templates.setObjectName("openTemplates")
        self.templates.clicked.connect(self._to_templates)
        papers = Card(_("Letters"))
        papers.add(Label(_("The texts of each kind of letter, and your own kinds."), "quiet"))
        papers.add(self.templates)
        self.contacts = Button(_("Address book"), "book-user")
        self.contacts.setObjectName("openContacts")
        self.contacts.clicked.connect(self._to_contacts)
        book = Card(_("Contacts"))
        book.add(Label(_("Who letters go to is kept in the address book."), "quiet", wrap=True))
        book.add(self.contacts)

        self.left, self.right = Scroller(), Scroller()
        for card in (self.letterhead, person, self.habits, self.retention):
            self.left.column.addWidget(card)
        self.left.column.addStretch(1)
        self._second = (self.people, self.looks, self.locking, self.snippets, self.notes, papers,
                        book, self.exchange, self.passphrase, place)  # fmt: skip
        for other in self._second:
            self.right.column.addWidget(other)
        self.right.column.addStretch(1)
        across = layout.row(spacing=0)
        across.addWidget(self.left, 1)
        across.addWidget(self.right, 1)
        whole = layout.column(self)
        whole.addWidget(self.search)
        whole.addLayout(across, 1)
        whole.addWidget(layout.Footer([], [self.save]))
        self.passphrase.setVisible(not desk.demo)
        place.setVisible(not desk.demo)
        self._know()
        self._keep_at_once()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        """In a narrow window all in one column: beside each other they would be cut off."""
        narrow = self.width() < theme.px(NARROW)
        if narrow == self.right.isHidden():
            return
        into = self.left if narrow else self.right
        for card in self._second:
            into.column.insertWidget(into.column.count() - 1, card)  # above what fills the rest
        self.right.setHidden(narrow)

    def _know(self) -> None:
        """Tell the search what there is."""
        search, looks = self.search, self.looks
        here = _("Practice and letterhead")
        search.know_form(self.letterhead.form, here)
        search.know("logo", _("Logo"), here, self.letterhead.logo.choose)
        search.know_form(self.who, _("You"))
        search.know("signature", _("Your signature"), _("You"), self.signature.choose)
        search.know_form(self.retention.form, _("Retention"))
        search.know("retention", _("Files that are due"), _("Retention"), self.retention.list)
        search.know("people", _("Clinicians"), _("Clinicians"), self.people.new)
        search.know_form(looks.form, _("Look"))
        at = _("Handouts, units and reminders")
        search.know_form(self.habits.form, at)
        search.know("unreviewed", self.habits.unreviewed.text(), at, self.habits.unreviewed)
        search.know_form(self.locking.form, _("Locking"))
        search.know("snippets", _("Snippets"), _("Snippets"), self.snippets.new)
        search.know("notes", _("Note templates"), _("Note templates"), self.notes.new)
        search.know("templates", _("Letter templates"), _("Letters"), self.templates)
        search.know("contacts", _("Address book"), _("Contacts"), self.contacts)
        search.know("import", _("Import"), _("Import and export"), self.exchange.into)
        search.know("export", _("Export"), _("Import and export"), self.exchange.out)
        if not self.desk.demo:
            at = _("Passphrase")
            search.know("passphrase", _("Change passphrase"), at, self.passphrase.old)

    def _keep_at_once(self) -> None:
        """A typed line is kept when it is left, a choice when it is made."""
        for form in (self.letterhead.form, self.who):
            form.setProperty(KEPT_AT_ONCE, True)
            for row in form.rows.values():
                row.control.installEventFilter(self)
        self.letterhead.paper.chosen.connect(self._keep)
        self.letterhead.envelope.chosen.connect(self._keep)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.take_back)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Settings"), "")
        for part in (self.looks, self.habits, self.locking, self.people, self.retention,
                     self.snippets, self.notes, self.letterhead.logo, self.signature):  # fmt: skip
            part.look()
        for held in (self.people, self.snippets, self.notes):
            held.resume()
        self._read()
        if ref.extra == LETTERHEAD:
            self.take_focus(self.letterhead.name)
        else:
            self.take_focus(self.search.field)

    def _read(self) -> None:
        self.lanes.run(lambda: practice.view(self.desk), self._show, replace_key="settings")

    def search_field(self) -> QWidget:
        return self.search.field

    # -- taking back --------------------------------------------------------------

    def _offer(self, text: str, undo: Callable[[], object]) -> None:
        self._steps.append(undo)
        self.undoable.emit(text, self.take_back)

    def take_back(self) -> None:
        """Undo the last change; again, the one before."""
        if self._steps:
            self._steps.pop()()

    # -- other places -------------------------------------------------------------

    def _to_contacts(self) -> None:
        self.open_requested.emit(Ref(Place.CONTACTS))

    def _to_retention(self) -> None:
        self.open_requested.emit(Ref(Place.RETENTION))

    def _to_templates(self) -> None:
        self.open_requested.emit(Ref(Place.LETTER_TEMPLATES))

    def _import(self) -> None:
        self.open_requested.emit(Ref(Place.IMPORT))

    def primary(self) -> QAbstractButton:
        return self.save

    def _show(self, view: PracticeView) -> None:
        self._view = view
        self.letterhead.form.clear_problems()
        self.who.clear_problems()
        self._fill(view, self._typed())

    def _fill(self, view: PracticeView, known: tuple[PracticeDetails, ClinicianDetails]) -> None:
        """Show what is kept in every field that says what it said when it was `known`."""
        sheet = self.letterhead
        for field, text, was in (
            *((getattr(sheet, name), getattr(view.practice, name), getattr(known[0], name))
              for name in FIELDS),
            *((getattr(self.you, name), getattr(view.clinician, name), getattr(known[1], name))
              for name in ClinicianDetails.__slots__),
        ):  # fmt: skip
            # else the mark in a line that is being typed in would move
            if field.value() == was != text:
                field.set_value(text)

    def _typed(self) -> tuple[PracticeDetails, ClinicianDetails]:
        return self.letterhead.details(), self.you.details()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            elsewhere = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in elsewhere:
                self._keep()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """What was typed is saved, as all else here is at once."""
        self._keep()

    def _keep(self, _choice: object = None) -> None:
        view = self._view
        if view is not None and self._typed() != (view.practice, view.clinician):
            self._save()

    def _save(self) -> None:
        if self._view is None:
            return
        if self._saving:
            self._again = True  # what was typed meanwhile goes after it
            return
        before, (details, who) = self._view, self._typed()
        self._saving, self._sent = True, (details, who)

        def act() -> PracticeView:
            practice.correct(self.desk, before.version, details, who, before)
            return practice.view(self.desk)

        self.doing.do(act, self._words(before, details, who), self._saved, self._refused)

    def _words(self, before: PracticeView, details: PracticeDetails, who: ClinicianDetails) -> str:
        """What is saved, by the names of its fields."""
        changed = [
            self.letterhead.form.rows[name].name
            for name in FIELDS
            if getattr(before.practice, name) != getattr(details, name)
        ]
        changed += [
            self.who.rows["clinician" if name == "name" else name].name
            for name in ClinicianDetails.__slots__
            if getattr(before.clinician, name) != getattr(who, name)
        ]
        return _("Saved: {what}.").format(what=", ".join(changed)) if changed else _("Saved.")

    def save_test(self, target: Path) -> None:
        """Keep what was typed, and write the test page to a file."""
        view = self._view
        if view is None:
            return
        details, who = self._typed()

        def work() -> None:
            if (details, who) != (view.practice, view.clinician):
                practice.correct(self.desk, view.version, details, who, view)
            paper_file.write(letterhead_trial.page(self.desk), target)

        self.lanes.run(work, self._test_saved, self._refused)

    def _test_saved(self, _nothing: object) -> None:
        self.said.emit(_("Test page saved. Print it at its true size."), "done")
        self._read()

    def _saved(self, after: PracticeView) -> None:
        self._saving = False
        if self._sent is not None:
            self._view = after
            self.letterhead.form.clear_problems()
            self.who.clear_problems()
            self._fill(after, self._sent)  # but for what was typed meanwhile
        if self._again:
            self._again = False
            self._keep()

    def _reread(self) -> None:
        """Another part changed the practice's row: what is typed here goes on from there."""
        self.lanes.run(lambda: practice.view(self.desk), self._known, replace_key="settings")

    def _known(self, view: PracticeView) -> None:
        if self._view is not None:
            self._fill(view, (self._view.practice, self._view.clinician))
        self._view = view

    def _refused(self, error: Exception) -> None:
        self._saving = self._again = False
        if isinstance(error, InvalidInput) and not self.isVisible():
            words = _("The letterhead was not saved. {why}")
            self.said.emit(words.format(why=" ".join(error.fields.values())), "problem")
        elif isinstance(error, InvalidInput):
            left = self.letterhead.form.show_problems(error.fields)
            rest = {key: text for key, text in error.fields.items() if text in left}
            homeless = self.who.show_problems(rest)
            if homeless:
                self.said.emit(" ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
            if isinstance(error, EditConflict):
                self._read()
        else:
            raise error
