"""Letter: addressee, parts, checks, and the very PDF beside them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts import layout, paper_out, paper_words
from clinic_desk.ui.parts.letter_acts import Composed, Opened, draft_of, load, values_of
from clinic_desk.ui.parts.letter_checks import Checks
from clinic_desk.ui.parts.letter_editor import PartEditor
from clinic_desk.ui.parts.letter_head import LetterHead
from clinic_desk.ui.parts.letter_parts import PartList
from clinic_desk.ui.parts.paper_keys import add_keys
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.usecases import contacts, letters
from clinic_desk.usecases.contacts import ContactRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import DocumentView, LetterDraft, LetterPreview

PREVIEW_MS = 120  # a pause in the typing after which the page is drawn again


class LetterScreen(Screen):
    """One case's letter. `_base` is what was composed; the sheet holds what the person did."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._case: UUID | None = None
        self._patient: UUID | None = None
        self._base: LetterDraft | None = None
        self._part = ""
        self._issuing = False
        self._problems: tuple[letters.Problem, ...] = ()
        self.sheet = Sheet(self._keep, self)
        self.sheet.changed.connect(self._show)
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._timer.timeout.connect(self._render)

        self.head = LetterHead()
        self.head.changed.connect(self._head_changed)
        self.head.contact_saved.connect(self._add_contact)
        self.parts = PartList()
        self.parts.ticked.connect(self._ticked)
        self.parts.chosen.connect(self._chosen)
        self.editor = PartEditor()
        self.editor.changed.connect(self._typed)
        self.editor.refresh_asked.connect(self._refresh)
        self.checks = Checks()
        self.checks.jumped.connect(self.jump)
        self.scroller = Scroller(0)
        self.scroller.column.setContentsMargins(tokens.XL, tokens.L, tokens.XL, tokens.L)
        self.scroller.column.setSpacing(tokens.M)
        for widget in (self.head, self.parts, self.editor, self.checks):
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
        left = QWidget()
        column = layout.column(left)
        column.addWidget(self.scroller, 1)
        column.addWidget(layout.Footer([self.back], [self.print_draft, self.issue]))
        self.pages = PdfPages(lanes, _("Preview"))
        self.pages.add_to_bar(self.head.paper)
        self.pages.setMinimumWidth(theme.px(424))
        whole = layout.row(self, 0)
        whole.addWidget(left, 58)
        right = QFrame()
        right.setProperty("surface", "pane-right")
        beside = layout.column(right)
        beside.setContentsMargins(1, 0, 0, 0)
        beside.addWidget(self.pages)
        whole.addWidget(right, 42)
        add_keys(self, self.sheet)

    # What the shell asks

    def open(self, ref: Ref) -> None:
        case, wanted = ref.id, ref.extra
        if case is None:
            return
        self._case, self._issuing, self._base = case, False, None
        self.heading_changed.emit(_("Letter"), "")
        self.issue.setEnabled(False)
        self.pages.show_pdf(b"", 0)
        self.head.close_contact()
        self.lanes.run(
            lambda: load(self.desk, case, wanted),
            self._opened,
            self._lost,
            replace_key="letter: open",
        )

    def primary(self) -> QAbstractButton:
        return self.issue

    def panes(self) -> list[QWidget]:
        return [self.scroller, self.pages]

    def leave(self) -> None:
        self._timer.stop()
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
        first = next((part for part in parts if part.included and not part.text), parts[0])
        self.choose(first.id)
        self.take_focus(self.editor.text if opened.draft.recipient_id else self.head.to)

    def _begin(self, draft: LetterDraft) -> None:
        """Take a composed or kept draft as it stands, with nothing to undo."""
        self._base = draft
        self.sheet.load(values_of(draft))
        self._show()

    def draft(self) -> LetterDraft | None:
        """The letter as it stands on the screen."""
        base = self._base
        return draft_of(base, self.sheet.values()) if base is not None else None

    def _show(self, _key: str = "") -> None:
        draft = self.draft()
        if draft is None:
            return
        self.head.show_draft(draft)
        self.parts.show_parts(draft.parts, self._part)
        part = next((one for one in draft.parts if one.id == self._part), None)
        if part is not None:
            self.editor.show_part(part, draft.table)
        self.issue.setEnabled(not self._issuing)
        self.heading_changed.emit(_("Letter"), self.head.kind.currentText())
        self._timer.start()

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

    def jump(self, field: str) -> None:
        """Go to what mends a problem."""
        draft = self.draft()
        if draft is None:
            return
        places = {"recipient": self.head.to, "see_by": self.head.see_by, "paper": self.head.paper}
        if field in places:
            self.scroller.ensureWidgetVisible(places[field])
            places[field].setFocus()
        elif any(part.id == field for part in draft.parts):
            self.choose(field)
            self.scroller.ensureWidgetVisible(self.editor)
            self.editor.text.setFocus()
        elif field == "visit" and draft.visit_id is not None:
            self.open_requested.emit(Ref(Place.VISIT, draft.visit_id))
        elif self._patient is not None:
            self.open_requested.emit(Ref(Place.PATIENT, self._patient, case=self._case))

    # What the person changes

    def _head_changed(self, field: str, value: object) -> None:
        if field == "kind":
            self._compose(str(value))
        else:
            self.sheet.set(field, value)

    def _ticked(self, part: str, on: bool) -> None:
        self.sheet.set(f"in:{part}", on)

    def _typed(self, part: str, text: str) -> None:
        self.sheet.set(f"text:{part}", text)

    def _compose(self, kind: str) -> None:
        """Another kind of letter: what the person wrote stays, the rest is composed anew."""
        case, draft = self._case, self.draft()
        if case is None or draft is None or draft.kind == kind:
            return
        wanted = replace(draft, kind=kind, recipient_id=None)

        def work() -> Composed:
            return Composed(case, letters.refresh(self.desk, case, wanted))

        self.lanes.run(work, self._composed, self._refused, replace_key="letter: compose")
        self._list_contacts(self.head.role())

    def _composed(self, composed: Composed) -> None:
        if composed.case != self._case:
            return
        self._begin(composed.draft)
        self.sheet.put("paper", composed.draft.paper)  # the new kind is kept too

    def _refresh(self, part: str) -> None:
        case, draft = self._case, self.draft()
        if case is None or draft is None:
            return

        def work() -> Composed:
            return Composed(case, letters.compose(self.desk, case, draft.kind), part)

        self.lanes.run(work, self._refreshed, self._refused)

    def _refreshed(self, composed: Composed) -> None:
        base = self._base
        if composed.case != self._case or base is None:
            return
        fresh = next((one for one in composed.draft.parts if one.id == composed.part), None)
        if fresh is None:
            return
        self._base = replace(
            base, parts=tuple(fresh if one.id == fresh.id else one for one in base.parts)
        )
        if fresh.has_table:
            self._base = replace(self._base, table=composed.draft.table)
        if fresh.has_chart:
            self._base = replace(self._base, chart=composed.draft.chart)
        self.sheet.set(f"text:{fresh.id}", fresh.text, _("refresh"))
        self._show()

    def _list_contacts(self, role: str) -> None:
        self.lanes.run(
            lambda: contacts.listed(self.desk, role=role),
            self._listed,
            replace_key="letter: contacts",
        )

    def _listed(self, rows: tuple[ContactRow, ...]) -> None:
        self.head.fill_contacts(rows)
        self._show()

    def _add_contact(self) -> None:
        details = self.head.form.details()
        role = self.head.role()

        def work() -> tuple[UUID, tuple[ContactRow, ...]]:
            made = contacts.add(self.desk, details)
            return made, contacts.listed(self.desk, role=role)

        self.lanes.run(work, self._contact_added, self._contact_refused)

    def _contact_added(self, added: tuple[UUID, tuple[ContactRow, ...]]) -> None:
        made, rows = added
        self.head.card.hide()
        self._listed(rows)
        self.sheet.set("recipient_id", made)
        self.said.emit(_("Contact saved."), "done")

    def _contact_refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.head.form.show_problems(error.fields)
        else:
            self._refused(error)

    # Preview

    def _render(self) -> None:
        case, draft = self._case, self.draft()
        if case is not None and draft is not None and not self._issuing:
            self.lanes.run(
                lambda: letters.preview(self.desk, case, draft),
                self._previewed,
                self._refused,
                lane="papers",
                replace_key="letter: preview",
            )

    def _previewed(self, preview: LetterPreview) -> None:
        draft = self.draft()
        if draft is None:
            return
        self._problems = preview.problems
        if preview.pdf:
            self.pages.show_pdf(preview.pdf, preview.pages, draft.paper)
        self.print_draft.setEnabled(bool(preview.pdf))
        self.checks.show_problems(preview.problems, draft.parts)

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
        self._timer.stop()
        self.sheet.load(self.sheet.values())
        self.lanes.run(
            lambda: letters.issue(self.desk, case, draft), self._issued, self._not_issued
        )

    def _issued(self, document: DocumentView) -> None:
        self._issuing = False
        self._base = None
        self.open_requested.emit(Ref(Place.DOCUMENT, document.id))
        self.said.emit(_("Letter {ref} issued.").format(ref=document.reference), "done")

    def _not_issued(self, error: Exception) -> None:
        self._issuing = False
        self.sheet.failed()
        self._show()
        self._refused(error)
        blocking = next((one for one in self._problems if one.blocking), None)
        if blocking is not None and blocking.field not in ("", "visit", "patient", "side"):
            self.jump(blocking.field)

    def _go_back(self) -> None:
        draft = self.draft()
        if draft is not None and draft.visit_id is not None:
            self.open_requested.emit(Ref(Place.VISIT, draft.visit_id))
        elif self._patient is not None:
            self.open_requested.emit(Ref(Place.PATIENT, self._patient, case=self._case))

    def _lost(self, error: Exception) -> None:
        self.open_requested.emit(Ref(Place.PATIENTS))
        self._refused(error)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
