"""The guided evaluation: steps, questions, and live findings beside them."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.evaluation_findings import FindingsPane
from clinic_desk.ui.parts.evaluation_page import StepPage
from clinic_desk.ui.parts.evaluation_steps import StepsPane
from clinic_desk.ui.parts.visit_draft import ANSWER, Opened, VisitDraft, load
from clinic_desk.ui.parts.visit_flags import ActionPanel, alert, headline, letter_kind
from clinic_desk.ui.parts.visit_words import heading, kept_words
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from clinic_desk.ui.widgets.flag_banner import FlagAlert
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk


class EvaluationScreen(Screen):
    """One visit's evaluation. Signed visits are shown and cannot be changed."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._visit: UUID | None = None
        self._draft: VisitDraft | None = None
        self._pages: dict[str, StepPage] = {}
        self._step = ""
        self._alert: FlagAlert | None = None
        self._open_before: frozenset[str] = frozenset()
        self._banner_due = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh)

        self.steps = StepsPane()
        self.steps.chosen.connect(self.go_to_step)
        self.steps.found.connect(self.go_to_item)
        self.findings = FindingsPane(desk)
        self.findings.asked.connect(self.go_to_item)
        self.findings.record.connect(self._record)
        self._title = Label("", "title")
        self._hint = Label("", "caption", wrap=True)
        self._signed = Label(_("Signed: for reading only"), "caption")
        self.undo = Button(_("Undo"), "undo-2", compact=True)
        self.undo.setObjectName("undoButton")
        self.undo.clicked.connect(self._undo)
        head = layout.row(spacing=tokens.M)
        head.setContentsMargins(20, 14, 20, 10)
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        head.addWidget(self._signed)
        head.addWidget(self.undo)
        self.panel = ActionPanel()
        self.panel.recorded.connect(self._recorded)
        held = layout.column()
        held.setContentsMargins(20, 0, 20, 0)
        held.addWidget(self.panel)
        self._stack = QStackedWidget()
        self._waiting = QWidget()
        self._stack.addWidget(self._waiting)
        self.back = LinkButton(_("Back"), icon="arrow-left")
        self.back.setObjectName("backButton")
        self.back.clicked.connect(self._back)
        self.to_note = Button(_("To the note"), "file-text")
        self.to_note.setObjectName("toNote")
        self.to_note.clicked.connect(self._to_note)
        self.next = PrimaryButton(_("Next"))
        self.next.setObjectName("nextButton")
        self.next.clicked.connect(self._next)
        middle = QFrame()
        column = layout.column(middle)
        column.addLayout(head)
        column.addLayout(held)
        column.addWidget(self._stack, 1)
        column.addWidget(layout.Footer([self.back], [self.to_note, self.next]))
        self._middle = middle
        whole = layout.row(self, 0)
        whole.addWidget(self.steps)
        whole.addWidget(middle, 1)
        whole.addWidget(self.findings)
        self._make_actions()
        self._enable(False)

    def _make_actions(self) -> None:
        for label, keys, act in (
            (_("Undo"), "Ctrl+Z", self._undo),
            (_("Redo"), "Ctrl+Shift+Z", self._redo),
            (_("Keep now"), "Ctrl+S", self._keep),
            (_("Go to a step"), "Ctrl+G", self.steps.jump),
        ):
            action = QAction(label, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    # -- the screen's duties ------------------------------------------------------

    def open(self, ref: Ref) -> None:
        if ref.id is None:
            raise ValueError("an evaluation is opened by its visit")
        visit, desk = ref.id, self.desk
        self._visit = visit
        self._close_draft()
        self.lanes.run(
            lambda: load(desk, visit), self._show, self._cannot, replace_key="evaluation"
        )

    def primary(self) -> QAbstractButton:
        return self.next

    def search_field(self) -> QWidget:
        return self.steps.finder

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes, in order."""
        return (self.steps, self._middle, self.findings)

    def leave(self) -> None:
        if self._draft is not None:
            self._draft.flush()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        QApplication.instance().focusChanged.disconnect(self._focus_moved)  # type: ignore[union-attr]

    # -- opening ------------------------------------------------------------------

    def _show(self, opened: Opened) -> None:
        if opened.view.id != self._visit:
            return
        self._close_draft()
        self._draft = VisitDraft(self.desk, self.lanes, opened, self)
        self._draft.changed.connect(self._changed)
        self._draft.kept.connect(self._kept)
        self._draft.failed.connect(self._not_kept)
        self._draft.sheet.undo_changed.connect(self._show_undo)
        self._signed.setVisible(self._draft.read_only)
        self.undo.setVisible(not self._draft.read_only)
        self.heading_changed.emit(*heading(opened.view))
        self.banner_changed.emit(opened.view.banner)
        self.status_changed.emit(kept_words(opened.view))
        self._open_before = self._open_now()
        self.steps.begin(self._draft)
        self.findings.begin(self._draft)
        self._enable(True)
        self._alert = None
        self._tell_flag()
        self._show_undo()
        self.go_to_step(self._first_step())

    def _first_step(self) -> str:
        """Where the evaluation goes on: the first step that is not complete."""
        steps = self._draft.progress() if self._draft is not None else ()
        if self._draft is not None and self._draft.read_only:
            return steps[0].step.id if steps else ""
        return next((one.step.id for one in steps if not one.complete), steps[-1].step.id)

    def _close_draft(self) -> None:
        """Keep and forget the visit that was shown."""
        if self._draft is not None:
            self._draft.flush()
            self._draft.deleteLater()
        self._draft = None
        self._soon.stop()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        self._step = ""
        self.panel.hide()
        self._enable(False)

    def _enable(self, on: bool) -> None:
        for widget in (self.steps, self._middle, self.findings):
            widget.setEnabled(on)

    def _cannot(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")

    # -- steps --------------------------------------------------------------------

    def go_to_step(self, step_id: str) -> None:
        """Show a step, with the focus on its first open question."""
        page = self._page(step_id)
        if page is None:
            return
        self._step = step_id
        self._stack.setCurrentWidget(page)
        self._refresh()
        page.focus_first()

    def go_to_item(self, item: str) -> None:
        """Show the question's step with the focus on it."""
        if self._draft is None:
            return
        for one in self._draft.progress():
            if item in one.visible_items:
                self.go_to_step(one.step.id)
                self._pages[one.step.id].focus_item(item)
                return

    def _page(self, step_id: str) -> StepPage | None:
        if self._draft is None:
            return None
        page = self._pages.get(step_id)
        if page is None:
            step = next(
                (one.step for one in self._draft.progress() if one.step.id == step_id), None
            )
            if step is None:
                return None
            page = self._pages[step_id] = StepPage(step, self._draft)
            self._stack.addWidget(page)
        return page

    def _place(self) -> int:
        steps = self._draft.progress() if self._draft is not None else ()
        return next((k for k, one in enumerate(steps) if one.step.id == self._step), 0)

    def _back(self) -> None:
        if self._draft is not None and self._place() > 0:
            self.go_to_step(self._draft.progress()[self._place() - 1].step.id)

    def _next(self) -> None:
        if self._draft is None:
            return
        steps, place = self._draft.progress(), self._place()
        if place + 1 < len(steps):
            self.go_to_step(steps[place + 1].step.id)
            return
        if not self._draft.read_only and self._draft.write_note():
            self.said.emit(_("What the evaluation found is written into the note."), "done")
        self._to_note()

    def _to_note(self) -> None:
        self.leave()
        if self._visit is not None:
            self.open_requested.emit(Ref(Place.VISIT, self._visit))

    # -- following the answers ----------------------------------------------------

    def _changed(self, key: str) -> None:
        if key.startswith(ANSWER):
            item = key.removeprefix(ANSWER)
            for page in self._pages.values():
                page.follow(item)
        self._soon.start()

    def _refresh(self) -> None:
        """Everything that follows from the answers, once for all that changed."""
        draft = self._draft
        if draft is None:
            return
        steps = draft.progress()
        if self._step not in {one.step.id for one in steps} and steps:
            self.go_to_step(self._first_step())
            return
        page = self._pages.get(self._step)
        for one in steps:
            if page is not None and one.step.id == self._step:
                page.show_items(frozenset(one.visible_items))
                self._title.setText(draft.play.say(one.step.title))
                self._hint.setText(draft.play.say(one.step.hint) if one.step.hint else "")
        self.steps.refresh(self._step)
        self.findings.refresh()
        self._name_next()
        self._tell_flag()

    def _name_next(self) -> None:
        draft = self._draft
        if draft is None:
            return
        steps, place = draft.progress(), self._place()
        if place + 1 < len(steps):
            title = draft.play.say(steps[place + 1].step.title)
            self.next.setText(_("Next: {step}").format(step=title))
        elif draft.read_only:
            self.next.setText(_("Back to the note"))
        else:
            self.next.setText(_("Finish and write note"))
        self.next.updateGeometry()
        self.back.setVisible(place > 0)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        page = self._pages.get(self._step)
        if page is None or new is None:
            return
        if page.isAncestorOf(new):
            page.ensureWidgetVisible(new, 0, 40)
        if page.lingering:
            self._soon.start()

    # -- red flags ----------------------------------------------------------------

    def _open_now(self) -> frozenset[str]:
        flags = self._draft.open_flags() if self._draft is not None else ()
        return frozenset(flag.id for flag in flags)

    def _tell_flag(self) -> None:
        if self._draft is None:
            return
        found = alert(self._draft, self.act_on_flag)
        if found != self._alert:
            self._alert = found
            self.flag_changed.emit(found)
        now = self._open_now()
        if now != self._open_before:
            self._open_before, self._banner_due = now, True

    def act_on_flag(self, key: str) -> None:
        """A button of the banner: `letter` or `record`."""
        flags = self._draft.open_flags() if self._draft is not None else ()
        if not flags or self._draft is None:
            return
        if key == "letter":
            self.leave()
            kind = letter_kind(flags[0])
            self.open_requested.emit(Ref(Place.LETTER, self._draft.view.case_id, extra=kind))
        else:
            self._record(flags[0].id)

    def _record(self, flag_id: str) -> None:
        if self._draft is None:
            return
        for flag in self._draft.findings().red_flags:
            if flag.id == flag_id:
                self.panel.ask(flag, headline(self._draft, flag))

    def _recorded(self, flag: str, kind: str, text: str) -> None:
        if self._draft is not None:
            self._draft.act(flag, kind, text)
            self.said.emit(_("Action recorded."), "done")

    # -- undo and keeping ---------------------------------------------------------

    def _undo(self) -> None:
        if self._draft is not None and self._draft.sheet.can_undo:
            self._draft.sheet.undo()

    def _redo(self) -> None:
        if self._draft is not None and self._draft.sheet.can_redo:
            self._draft.sheet.redo()

    def _show_undo(self) -> None:
        self.undo.setEnabled(self._draft is not None and self._draft.sheet.can_undo)

    def _keep(self) -> None:
        self.leave()

    def _kept(self, when: object) -> None:
        draft = self._draft
        if draft is None:
            return
        self.status_changed.emit(kept_words(draft.view, when))
        if self._banner_due:  # its red-flag chip is read from what is kept
            self._banner_due = False
            desk, visit = self.desk, draft.view.id
            self.lanes.run(
                lambda: visits.open_visit(desk, visit).banner,
                self._show_banner,
                self._cannot,
                replace_key="evaluation banner",
            )

    def _show_banner(self, banner: object) -> None:
        if self._draft is not None:
            self.banner_changed.emit(banner)

    def _not_kept(self, text: str) -> None:
        self.said.emit(text, "problem")
