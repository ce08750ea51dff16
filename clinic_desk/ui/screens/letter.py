"""Letter: addressee, parts, checks, and the very PDF beside them."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts import layout, paper_out, paper_words
from clinic_desk.ui.parts.letter_acts import (
    Composed,
    Opened,
    Wording,
    draft_of,
    load,
    taken,
    values_of,
)
from clinic_desk.ui.parts.letter_checks import Checks
from clinic_desk.ui.parts.letter_contacts import LetterContacts
from clinic_desk.ui.parts.letter_editor import PartEditor
from clinic_desk.ui.parts.letter_head import LetterHead
from clinic_desk.ui.parts.letter_jumps import RECORD, elsewhere
from clinic_desk.ui.parts.letter_news import RecordNews
from clinic_desk.ui.parts.letter_panes import LetterPanes
from clinic_desk.ui.parts.letter_parts import PartList
from clinic_desk.ui.parts.letter_previewer import Previewer
from clinic_desk.ui.parts.paper_keys import add_keys
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.parts.snippet_typing import SnippetTyping
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.usecases import letters
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import DocumentView, LetterDraft, LetterPreview


class LetterScreen(Screen):
    """One case's letter. The sheet holds all of it: what was composed and what the person did."""

    keeps_drafts = True

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._case: UUID | None = None
        self._patient: UUID | None = None
        self._part = ""
        self._issuing = False
        self._asked: LetterDraft | None = None
        self._problems: tuple[letters.Problem, ...] = ()
        self.sheet = Sheet(self._keep, self)
        self.sheet.changed.connect(self._show)
        self.previewer = Previewer(desk, lanes, self)
        self.previewer.wanted.connect(self._render)
        self.previewer.drawn.connect(self._previewed)
        self.previewer.refused.connect(self._refused)

        self.head = LetterHead()
        self.head.changed.connect(self._head_changed)
        self.contacts = LetterContacts(desk, lanes, self.head, self)
        self.contacts.listed.connect(self._show)
        self.contacts.saved.connect(self._contact_saved)
        self.contacts.found.connect(self._contact_found)
        self.contacts.refused.connect(self._refused)
        self.parts = PartList()
        self.parts.ticked.connect(self._ticked)
        self.parts.chosen.connect(self._chosen)
        self.parts.ordered.connect(self._ordered)
        self.news = RecordNews()
        self.news.taken.connect(self.take_changes)
        self.editor = PartEditor()
        self.editor.typed.connect(self._typed)
        self.editor.arranged.connect(self._arranged)
        self.editor.refresh_asked.connect(self._refresh)
        self.editor.refused.connect(self._say_refused)
        self.snippets = SnippetTyping(desk, lanes, self, self.sheet.apart)
        self.snippets.watch(self.editor.text)
        self.checks = Checks()
        self.checks.jumped.connect(self.jump)
        self.checks.set_aside.connect(self._set_aside)
        self.scroller = Scroller(0)
        self.scroller.column.setContentsMargins(tokens.XL, tokens.L, tokens.XL, tokens.L)
        self.scroller.column.setSpacing(tokens.M)
        for widget in (self.head, self.news, self.parts, self.editor, self.checks):
            self.scroller.column.addWidget(widget)
        self.scroller.column.addStretch(1)

        self.back = Button(_("Back to visit"), "arrow-left", "link")
        self.back.setObjectName("backToVisit")
        self.back.clicked.connect(self._go_back)
        self.print_draft = Button(_("Print draft"), "printer")
        self.print_draft.setObjectName("printDraft")
        self.print_draft.clicked.connect(self._print)
        self.issue = PrimaryButton(_("Sign and issue"))
        self.issue.setObjectName("issueLetter")
        self.issue.clicked.connect(self._issue)
        self.pages = PdfPages(lanes, _("Preview"))
        self.pages.add_to_bar(self.head.paper)
        self.both = LetterPanes(
            self.scroller, self.pages, [self.back], [self.print_draft, self.issue]
        )
        layout.row(self, 0).addWidget(self.both)
        add_keys(self, self.sheet, [(_("Take the record's changes"), "F5", self.take_changes)])

    # What the shell asks

    def open(self, ref: Ref) -> None:
        case, wanted = ref.id, ref.extra
        if case is None:
            return
        self._case, self._issuing = case, False
        self.contacts.case = case
        self.snippets.read(case)
        self.sheet.load({})
        self.news.show_changes(())
        self.previewer.forget()
        self.heading_changed.emit(_("Letter"), "")
        self.issue.setEnabled(False)
        self.pages.show_pdf(b"", 0)
        self.head.close_contact()
        self.lanes.run(
            lambda: load(self.desk, case, wanted),
            self._opened,
            self.lost,
            replace_key="letter: open",
        )

    def primary(self) -> QAbstractButton:
        return self.issue

    def panes(self) -> list[QWidget]:
        return [self.scroller, self.pages]

    def leave(self) -> None:
        self.previewer.stop()
        self.sheet.flush()

    def unkept(self) -> bool:
        return self.sheet.refused

    # Showing

    def _opened(self, opened: Opened) -> None:
        if opened.banner.case_id != self._case:
            return
        self._patient = opened.banner.patient_id
        self.banner_changed.emit(opened.banner)
        self.head.fill(opened.kinds, opened.contacts)
        self._begin(opened.draft)
        self.status_changed.emit(_("Unfinished letter restored") if opened.restored else "")
        self.back.setText(_("Back to visit") if opened.draft.visit_id else _("Back to patient"))
        parts = opened.draft.parts
        empty = (part for part in parts if part.included and not part.text)
        needed = (part for part in parts if part.required)  # such as the clinical question
        first = next(chain(empty, needed), parts[0])
        self.choose(first.id)
        self.take_focus(self.editor.text if opened.draft.recipient_id else self.head.to)
        self.contacts.resume()

    def _begin(self, draft: LetterDraft) -> None:
        """Take a composed or kept draft as it stands, with nothing to undo."""
        self.sheet.load(values_of(draft))
        self._show()

    def draft(self) -> LetterDraft | None:
        """The letter as it stands on the screen."""
        return draft_of(self.sheet.values())

    def _show(self, _key: str = "") -> None:
        draft = self.draft()
        if draft is None:
            return
        self.head.show_draft(draft)
        part = next((one for one in draft.parts if one.id == self._part), draft.parts[0])
        self._part = part.id
        self.parts.show_parts(draft.parts, self._part)
        self.editor.show_part(part, draft.table)
        self.issue.setEnabled(not self._issuing)
        self.heading_changed.emit(_("Letter"), self.head.kind.currentText())
        self.previewer.ask()

    def choose(self, part: str) -> None:
        """Open a part in the editor."""
        self._part = part
        self._show()

    def _chosen(self, part: str) -> None:
        self.choose(part)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """The editor has its new height now; bring it into view."""
        self.scroller.ensureWidgetVisible(self.editor.text, 0, tokens.M)

    def jump(self, field: str, check: str = "") -> None:
        """Go to what mends a problem."""
        draft = self.draft()
        if draft is None:
            return
        self.both.show_text()
        if field == "recipient" and check in ("address", "place") and self.head.mend_contact():
            self.scroller.ensureWidgetVisible(self.head.form.address)
            return
        here = self.news.take if field == RECORD else self.head.field(field)
        if here is not None:
            self.scroller.ensureWidgetVisible(here)
            here.setFocus()
        elif any(part.id == field for part in draft.parts):
            self.choose(field)
            self.scroller.ensureWidgetVisible(self.editor)
            self.editor.text.setFocus()
        else:
            there = elsewhere(field, check, draft, self._patient, self._case)
            if there is not None:
                self.open_requested.emit(there)

    # What the person changes

    def _head_changed(self, field: str, value: object) -> None:
        if field == "kind":
            self._compose(str(value))
        else:
            self.sheet.set(field, value)

    def _ticked(self, part: str, on: bool) -> None:
        self.sheet.set(f"in:{part}", on)

    def _ordered(self, order: tuple[str, ...]) -> None:
        self.sheet.set("order", order, _("move part"))

    def _typed(self, part: str, sentences: tuple[letters.Sentence, ...], text: str) -> None:
        self.sheet.set(f"part:{part}", Wording(sentences, text))

    def _arranged(self, part: str, sentences: tuple[letters.Sentence, ...], word: str) -> None:
        self.sheet.set(f"part:{part}", Wording(sentences), word)

    def _say_refused(self, words: str) -> None:
        self.said.emit(words, "problem")

    def _set_aside(self, check: str, reason: str) -> None:
        draft = self.draft()
        if draft is None:
            return
        try:
            said = next((one.text for one in self._problems if one.check == check), "")
            made = letters.set_aside(self.desk, draft, check, reason, said)
        except InvalidInput as error:
            self.said.emit(str(error), "problem")
            return
        self.sheet.set("overrides", made.overrides, _("set aside"))

    def _compose(self, kind: str) -> None:
        """Another kind of letter: what the person wrote stays, the rest is composed anew."""
        draft = self.draft()
        if draft is None or draft.kind == kind:
            return
        self._take(replace(draft, kind=kind, recipient_id=None), _("other kind"))
        self.contacts.list()

    def take_changes(self) -> None:
        """Take what the record says by now; what the person edited stays."""
        draft = self.draft()
        if draft is not None and not self.news.isHidden():
            self._take(draft, _("take changes"))

    def _refresh(self, part: str) -> None:
        draft = self.draft()
        if draft is not None:
            self._take(draft, _("record's words"), part)

    def _take(self, draft: LetterDraft, word: str, part: str = "") -> None:
        case, self._asked = self._case, self.draft()
        if case is not None:
            self.lanes.run(
                partial(taken, self.desk, case, draft, word, part),
                self._taken,
                self._refused,
                replace_key="letter: compose",
            )

    def _taken(self, composed: Composed) -> None:
        """What was composed anew, as one step of undo; again where the person went on meanwhile."""
        draft, made = self.draft(), composed.draft
        if composed.case != self._case or draft is None:
            return
        if draft != self._asked:
            if draft.kind != made.kind:
                draft = replace(draft, kind=made.kind, recipient_id=None)
            self._take(draft, composed.word, composed.part)
            return
        values = values_of(made)
        if composed.part:
            values = {key: values[key] for key in ("base", f"part:{composed.part}")}
        self.sheet.set_many(values, composed.word)

    def _contact_found(self, contact: UUID) -> None:
        self.sheet.set("recipient_id", contact)

    def _contact_saved(self, contact: UUID) -> None:
        self.sheet.set("recipient_id", contact)
        self.previewer.ask()  # the address may be another one
        self.said.emit(_("Contact saved."), "done")

    # Preview

    def _render(self) -> None:
        case, draft = self._case, self.draft()
        if case is not None and draft is not None and not self._issuing:
            self.previewer.draw(case, draft)

    def _previewed(self, preview: LetterPreview) -> None:
        draft = self.draft()
        if draft is None:
            return
        self._problems = preview.problems
        sides = [one.text for one in preview.problems if one.field == RECORD]
        self.news.show_changes(preview.changes, sides)
        if preview.pdf:
            self.pages.show_pdf(preview.pdf, preview.pages, draft.paper)
        self.print_draft.setEnabled(bool(preview.pdf))
        self.checks.show_problems(preview.problems)

    # Keeping, printing, issuing

    def _keep(self, _values: dict[str, object]) -> None:
        case, draft = self._case, self.draft()
        if case is not None and draft is not None and not self._issuing:
            self.lanes.run(lambda: letters.keep(self.desk, case, draft), self._kept, self._not_kept)

    def _kept(self, at: datetime) -> None:
        if not self._issuing:
            self.status_changed.emit(paper_words.kept_at(at))

    def _not_kept(self, error: Exception) -> None:
        self.sheet.not_kept(error)
        self.status_changed.emit(paper_words.not_kept())
        self._refused(error)

    def _print(self) -> None:
        instead = _("The letter can be saved as a PDF once it is issued.")
        problem = paper_out.print_pdf(self.pages.pdf, _("Letter, draft"), self, instead)
        if problem:
            self.said.emit(problem, "problem")

    def _issue(self) -> None:
        case, draft = self._case, self.draft()
        if case is None or draft is None or self._issuing:
            return
        self._issuing = True
        self.issue.setEnabled(False)
        # the draft ends with the issue: nothing may be kept after it
        self.previewer.stop()
        self.sheet.load(self.sheet.values())
        self.lanes.run(
            lambda: letters.issue(self.desk, case, draft), self._issued, self._not_issued
        )

    def _issued(self, document: DocumentView) -> None:
        self._issuing = False
        self.sheet.load({})
        self.open_requested.emit(Ref(Place.DOCUMENT, document.id))
        self.said.emit(_("Letter {ref} issued.").format(ref=document.reference), "done")

    def _not_issued(self, error: Exception) -> None:
        self._issuing = False
        self.sheet.failed()
        self._show()
        self._refused(error)
        blocking = next((one for one in self._problems if one.blocking), None)
        if blocking is None:
            return
        draft = self.draft()
        parts = {part.id for part in draft.parts} if draft is not None else set()
        here = blocking.field == RECORD or self.head.field(blocking.field) is not None
        if here or blocking.field in parts:
            self.jump(blocking.field, blocking.check)

    def _go_back(self) -> None:
        draft = self.draft()
        if draft is not None and draft.visit_id is not None:
            self.open_requested.emit(Ref(Place.VISIT, draft.visit_id))
        elif self._patient is not None:
            self.open_requested.emit(Ref(Place.PATIENT, self._patient, case=self._case))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
