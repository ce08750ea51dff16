"""The guided evaluation: steps, questions, and live findings beside them."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QStackedWidget, QWidget
from shiboken6 import isValid

from clinic_desk.i18n import _
from clinic_desk.ui import tab_order, theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.evaluation_findings import ACCEPT, DIFFER, FindingsPane
from clinic_desk.ui.parts.evaluation_page import StepPage
from clinic_desk.ui.parts.evaluation_steps import StepsPane
from clinic_desk.ui.parts.step_head import StepHead
from clinic_desk.ui.parts.visit_base import VisitBase
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_keys import ANSWER, CONFIRMED, RETEST
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.desk import Desk

NARROW = 1160  # width in px under which the three columns do not fit
TITLE = 40  # px of a suggestion that name it
LEAST = (640, 240)  # px, with the findings or the steps folded away
AHEAD_MS, AHEAD_ROWS = 30, 3  # the next step is built so often, so many rows at a time


class _Middle(QFrame):
    """The questions as a pane, which F6 enters at the one in hand."""

    def __init__(self, enter: Callable[[], None]) -> None:
        super().__init__()
        self.focus_current = enter


class EvaluationScreen(VisitBase):
    """One visit's evaluation; `extra` of the ref may name the question to begin with.

    A signed visit is shown and cannot be changed.
    """

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        self._pages: dict[str, StepPage] = {}
        self._step = ""
        self._titled = ""  # the step whose title stands above
        self._watching = False
        self._worked: QWidget | None = None  # what had the focus last on the page
        self._ahead = QTimer(self)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._build_ahead)
        self.steps = StepsPane()
        self.steps.chosen.connect(self.go_to_step)
        self.steps.found.connect(self.go_to_item)
        self.findings = FindingsPane(desk)
        self.findings.asked.connect(self.go_to_item)
        self.findings.record.connect(self.record_action)
        self._signed = Label(_("Signed: for reading only"), "caption")
        self.confirm = Button("", "list-checks", compact=True)
        self.confirm.setObjectName("confirmFacts")
        self.confirm.clicked.connect(self._confirm_facts)
        self.confirm.hide()
        self.beside = Button(_("Findings"), "lightbulb", compact=True)
        self.beside.setObjectName("showFindings")
        self.beside.setCheckable(True)
        self.beside.toggled.connect(self._fit)
        self.beside.hide()
        self.head = StepHead([self._signed, self.confirm, self.undo, self.beside], self.panel)
        held = layout.column()
        held.setContentsMargins(20, 0, 20, 0)
        held.addWidget(self.panel)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(1)  # it scrolls: in a low window it gives way, not the footer
        self._stack.addWidget(QWidget())  # while the visit is read
        self.back = LinkButton(_("Back"), icon="arrow-left")
        self.back.setObjectName("backButton")
        self.back.clicked.connect(self._back)
        self.to_note = Button(_("To the note"), "file-text")
        self.to_note.setObjectName("toNote")
        self.to_note.clicked.connect(self._to_note)
        self.next = PrimaryButton(_("Next"))
        self.next.setObjectName("nextButton")
        self.next.clicked.connect(self._next)
        self._middle = _Middle(self.focus_work)
        column = layout.column(self._middle)
        column.addWidget(self.head)
        column.addLayout(held)
        column.addWidget(self._stack, 1)
        column.addWidget(layout.Footer([self.back], [self.to_note, self.next]))
        whole = layout.row(self, 0)
        whole.addWidget(self.steps)
        whole.addWidget(self._middle, 1)
        whole.addWidget(self.findings)
        self.setMinimumSize(theme.px(LEAST[0]), theme.px(LEAST[1]))
        self.add_command(_("Go to a step"), "Ctrl+G", self.steps.jump)
        self.add_command(_("Accept the suggestion"), ACCEPT, self._accept)
        self.add_command(_("Differ from the suggestion"), DIFFER, self._differ)
        self._enable(False)

    # -- the screen's duties ------------------------------------------------------

    def primary(self) -> QAbstractButton:
        return self.next

    @property
    def step_title(self) -> str:
        """The title of the step in front."""
        return self.head.title.text()

    def search_field(self) -> QWidget:
        return self.steps.finder

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes, in order."""
        return (self.steps, self._middle, self.findings)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Steps, questions, the way on, findings: a page is younger than the bar below it."""
        head = (self.confirm, self.undo, self.beside)
        foot = (self.back, self.to_note, self.next)
        parts = (self.steps, *head, self.panel, self._stack, *foot, self.findings)
        done = tab_order.go_on(self, parts, next, self.findings)
        return done or super().focusNextPrevChild(next)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._watching:
            self._watching = True
            app.focusChanged.connect(self._focus_moved)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        app = QApplication.instance()
        if isinstance(app, QApplication) and self._watching:
            self._watching = False
            app.focusChanged.disconnect(self._focus_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the findings stand in the place of the steps, when asked for."""
        narrow = self.width() < theme.px(NARROW)
        self.beside.setVisible(narrow)
        instead = narrow and self.beside.isChecked()
        self.steps.setVisible(not instead)
        self.findings.setVisible(instead or not narrow)

    # -- deciding by keys ---------------------------------------------------------

    def _accept(self) -> None:
        """Decide the suggestion in hand as suggested. One that is not seen is only shown: nobody
        decides blindly.
        """
        if self._suggestion_seen():
            self.findings.accept()

    def _differ(self) -> None:
        self._show_findings()
        self.findings.differ()

    def _suggestion_seen(self) -> bool:
        """Whether the suggestion in hand was in view before this key; it is now."""
        hidden = self._show_findings()
        box = self.findings.in_hand()
        if box is None:
            return False
        shown = box.visibleRegion().boundingRect()
        top = QRect(0, 0, box.width(), min(box.height(), theme.px(TITLE)))
        self.findings.column.ensureWidgetVisible(box, 0, 20)
        return not hidden and shown.contains(top)

    def _show_findings(self) -> bool:
        """Bring the findings to the front in a narrow window; whether they were hidden."""
        hidden = self.findings.isHidden()
        if hidden:
            self.beside.setChecked(True)
        return hidden

    # -- the visit ----------------------------------------------------------------

    def begin(self, draft: VisitDraft) -> None:
        self._signed.setVisible(draft.read_only)
        self._enable(True)
        self.steps.begin(draft)
        self.findings.begin(draft)
        item = self.ref.extra if self.ref is not None else ""
        if item and not draft.read_only:
            draft.want(item)
        if not (item and self.go_to_item(item)):
            self.go_to_step(self._first_step(draft))
        if draft.read_only:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)  # no question takes the focus

    def end(self) -> None:
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        self._step = self._titled = ""
        self._ahead.stop()
        self.findings.end()
        self._enable(False)

    def _enable(self, on: bool) -> None:
        for widget in (self.steps, self._middle, self.findings):
            widget.setEnabled(on)

    @staticmethod
    def _first_step(draft: VisitDraft) -> str:
        """Where the evaluation goes on: the first step that is not complete."""
        steps = draft.progress()
        if draft.read_only:
            return steps[0].step.id
        return next((one.step.id for one in steps if not one.complete), steps[-1].step.id)

    # -- steps --------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step that is shown."""
        return self._step

    def go_to_step(self, step_id: str) -> None:
        """Show a step, with the focus on its first open question."""
        page = self._page(step_id)
        if page is None:
            return
        self._step = step_id
        self._stack.setCurrentWidget(page)
        self.refresh()
        page.focus_first()
        self._ahead.start()

    def focus_work(self) -> None:
        """Back to the question in hand, else the first open one of the step."""
        page, last = self._pages.get(self._step), self._worked
        if page is None:
            return
        if last is not None and isValid(last) and last.isVisible() and page.isAncestorOf(last):
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.focus_first()

    def _build_ahead(self) -> None:
        """Build the next step a few rows at a time, so that Next is instant; no keystroke waits
        for it.
        """
        if not self.settled:
            return
        draft = self.draft
        steps = draft.progress() if draft is not None else ()
        after = (self._place(draft) + 1) if draft is not None else 0
        page = self._page(steps[after].step.id) if after < len(steps) else None
        if page is None or not page.build_ahead(frozenset(steps[after].visible_items), AHEAD_ROWS):
            self._ahead.stop()

    def go_to_item(self, item: str) -> bool:
        """Show the question's step with the focus on it; False where it is not asked now."""
        steps = self.draft.progress() if self.draft is not None else ()
        for one in steps:
            if item in one.visible_items:
                self.go_to_step(one.step.id)
                return self._pages[one.step.id].focus_item(item)
        return False

    def _page(self, step_id: str) -> StepPage | None:
        if self.draft is None:
            return None
        page = self._pages.get(step_id)
        if page is None:
            now = next((one for one in self.draft.progress() if one.step.id == step_id), None)
            if now is None:
                return None
            page = self._pages[step_id] = StepPage(now.step, self.draft)
            self._stack.addWidget(page)
        return page

    def _place(self, draft: VisitDraft) -> int:
        steps = draft.progress()
        return next((k for k, one in enumerate(steps) if one.step.id == self._step), 0)

    def _back(self) -> None:
        if self.draft is not None and self._place(self.draft) > 0:
            self.go_to_step(self.draft.progress()[self._place(self.draft) - 1].step.id)

    def _next(self) -> None:
        draft = self.draft
        if draft is None:
            return
        steps, place = draft.progress(), self._place(draft)
        if place + 1 < len(steps):
            self.go_to_step(steps[place + 1].step.id)
            return
        if draft.write_note():
            self.said.emit(_("What the evaluation found is written into the note."), "done")
        self._to_note()

    def _confirm_facts(self) -> None:
        if self.draft is not None:
            self.draft.confirm_facts()
            self.focus_work()

    def _to_note(self) -> None:
        if self.draft is not None:
            self.draft.follow_evaluation()
            self._say_refused()
            self.leave()
            self.open_requested.emit(Ref(Place.VISIT, self.draft.view.id))

    def _say_refused(self) -> None:
        """What stands in a field and is not recorded: nobody may sign and believe that it was."""
        refused = {one: said for page in self._pages.values() for one, said in page.refused()}
        if refused:
            what = "; ".join(f"{one}: {said.rstrip('.')}" for one, said in refused.items())
            self.said.emit(_("Not recorded as it is typed: {what}.").format(what=what), "problem")

    # -- following the answers ----------------------------------------------------

    def follow(self, key: str) -> None:
        if key == RETEST:
            for page in self._pages.values():
                page.follow_retest()
        for prefix in (ANSWER, CONFIRMED):
            if key.startswith(prefix):
                for page in self._pages.values():
                    page.follow(key.removeprefix(prefix))

    def refresh(self) -> None:
        self.refresh_first()
        self.refresh_rest()

    def refresh_first(self) -> None:
        """The findings: what an answer leads to is seen within a frame of the keystroke."""
        self.findings.refresh()
        if self._step in self._pages:
            self._pages[self._step].settle()

    def refresh_rest(self) -> None:
        """The questions that apply now, and how far each step has come."""
        draft = self.draft
        if draft is None:
            return
        steps = {one.step.id: one for one in draft.progress()}
        if self._step not in steps:
            self.go_to_step(self._first_step(draft))
            return
        now = steps[self._step]
        self._pages[self._step].show_items(frozenset(now.visible_items))
        if self._titled != self._step:
            self._titled = self._step
            say = draft.play.say
            self.head.say(say(now.step.title), say(now.step.hint) if now.step.hint else "")
        facts = 0 if draft.read_only else len(draft.untouched_facts())
        self.confirm.setText(_("Confirm all facts ({n})").format(n=facts))
        self.confirm.setVisible(facts > 0)
        self.steps.refresh(self._step)
        self._name_next(draft)

    def _name_next(self, draft: VisitDraft) -> None:
        steps, place = draft.progress(), self._place(draft)
        if place + 1 < len(steps):
            title = draft.play.say(steps[place + 1].step.title)
            text = _("Next: {step}").format(step=title)
        elif draft.read_only:
            text = _("Back to the note")
        else:
            text = _("Finish and write note")
        if text != self.next.text():
            self.next.setText(text)
            self.next.updateGeometry()
        if self.back.isHidden() is (place > 0):
            self.back.setVisible(place > 0)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        for left in self._pages.values():
            if old is not None and isValid(old) and left.isAncestorOf(old):
                left.leave(old)
        page = self._pages.get(self._step)
        if page is None or new is None:
            return
        if page.isAncestorOf(new):
            self._worked = new
            page.ensureWidgetVisible(new, 0, 40)
        if page.lingering:
            self.refresh_soon()
