"""The case in hand on the patient's page: its state, goals and plan, and what can be done."""

from dataclasses import replace
from functools import cached_property, partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import late, layout
from clinic_desk.ui.parts.case_form import CaseRecordForm, ReasonForm
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import cases
from clinic_desk.usecases.case_goals import Goal
from clinic_desk.usecases.cases import CaseRecord, CaseView
from clinic_desk.usecases.desk import Desk

CASE_FORMS = ("case_record", "case_end", "case_hold")  # as their drafts are called
STATES = {
    "open": (_("Open"), "good", "check"),
    "on_hold": (_("On hold"), "caution", "pause"),
    "closed": (_("Closed"), "neutral", "lock"),
}


class CaseCard(Card):
    """What is so of the case. `met(place)` for a goal that was met today."""

    met = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("This case"), "", parent)
        self.edit = Button(_("Edit"), kind="link", compact=True, name=_("Edit the case"))
        self.edit.setObjectName("editCase")
        self.rest = Button(_("Hold"), kind="link", compact=True, name=_("Put the case on hold"))
        self.rest.setObjectName("holdCase")
        self.resume = Button(_("Resume"), kind="link", compact=True)
        self.resume.setObjectName("resumeCase")
        self.end = Button(_("Close case"), kind="link", compact=True)
        self.end.setObjectName("closeCase")
        self.state, self.due = Chip("", "good"), Chip("", "caution")
        self.due.setObjectName("reevaluationDue")
        chips = layout.column(spacing=tokens.XS)  # one beside the other they need a wider column
        chips.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        chips.addWidget(self.due, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(chips)
        self.facts = Facts()
        self.add(self.facts)
        holder = QWidget()
        self._goals = layout.column(holder, tokens.S)
        self.add(holder)
        acts = layout.row(spacing=tokens.S)
        for button in (self.edit, self.rest, self.resume, self.end):
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self._rows: list[QWidget] = []
        self.hide()

    def show_case(self, held: CaseView) -> None:
        text, kind, icon = STATES[held.status]
        self.state.set(text, kind, icon)
        due = held.due
        self.due.setVisible(due is not None)
        if due is not None:
            words = _("Re-evaluation due, {n} of {all}")
            self.due.set(words.format(n=due.visit, all=due.planned), "caution")
        planned = held.record.planned_visits
        seen = str(held.visits)
        if planned is not None:
            seen = _("{n} of {all} planned").format(n=held.visits, all=planned)
        since = written_day(held.since)
        self.facts.show_facts(
            [
                (_("Began"), written_day(held.record.onset_on)),
                (_("Opened"), written_day(held.opened_on)),
                (_("Visits signed"), seen),
                (_("On hold"), f"{since}. {held.why}" if held.status == "on_hold" else ""),
                (_("Closed"), f"{since}. {held.why}" if held.status == "closed" else ""),
            ]
        )
        self._show_goals(held.record.goals, held.status == "open")
        self.edit.setVisible(held.status != "closed")
        self.rest.setVisible(held.status == "open")
        self.resume.setVisible(held.status != "open")
        self.resume.setText(_("Open again") if held.status == "closed" else _("Resume"))
        self.resume.updateGeometry()
        self.end.setVisible(held.status != "closed")
        self.show()

    def _show_goals(self, goals: tuple[Goal, ...], running: bool) -> None:
        for widget in self._rows:
            self._goals.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        count = ngettext("{n} goal", "{n} goals", len(goals)).format(n=len(goals))
        if goals:
            self._add(Label(count, "label"))
        for place, one in enumerate(goals):
            row = QWidget()
            line = layout.row(row, tokens.S)
            words = layout.column(spacing=2)
            words.addWidget(Label(one.text, "body", wrap=True))
            more = [one.target]
            if one.met_on is not None:
                more.append(_("met {day}").format(day=written_day(one.met_on)))
            elif one.due_on is not None:
                more.append(_("by {day}").format(day=written_day(one.due_on)))
            said = ", ".join(text for text in more if text)
            if said:
                words.addWidget(Label(said, "caption", wrap=True))
            line.addLayout(words, 1)
            top = Qt.AlignmentFlag.AlignTop
            if one.met_on is not None:
                line.addWidget(Chip(_("Met"), "good", "check"), 0, top)
            elif running:
                name = _("Met today: {goal}").format(goal=one.text)
                button = Button(_("Met today"), compact=True, name=name)
                button.setObjectName(f"goalMet:{place}")
                button.setProperty("place", place)
                button.clicked.connect(self._met)
                line.addWidget(button, 0, top)
            self._add(row)

    def _add(self, widget: QWidget) -> None:
        self._goals.addWidget(widget)
        self._rows.append(widget)

    def _met(self) -> None:
        self.met.emit(int(self.sender().property("place")))


class CasePart(QObject):
    """The card and its forms, which come into `place`. `changed` when the page is to be read
    again.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, lanes: Lanes, screen: Screen, holder: QWidget | None = None
    ) -> None:
        super().__init__(screen)
        self._desk, self._lanes, self._screen = desk, lanes, screen
        self._held: CaseView | None = None
        self._case: UUID | None = None
        self._place = Ref(Place.PATIENT)
        self._soon = False
        self._doing = Doing(desk, lanes, screen)
        self._doing.changed.connect(self.changed)
        self.place = layout.column(spacing=tokens.L)
        self._forms: list[CaseRecordForm | ReasonForm] = []  # that were asked for
        self.card = CaseCard(holder)
        self.card.met.connect(self._goal_met)
        self.card.edit.clicked.connect(self._ask_edit)
        self.card.end.clicked.connect(self._ask_close)
        self.card.rest.clicked.connect(self._ask_hold)
        self.card.resume.clicked.connect(self.resume)

    @cached_property
    def form(self) -> CaseRecordForm:
        """What corrects the case."""
        form = CaseRecordForm(self._screen, self._desk.today())
        form.asked.connect(self._save)
        self._take_in(form)
        return form

    @cached_property
    def close_form(self) -> ReasonForm:
        """Why the case ends."""
        words = _("Close the case"), _("How it ended"), _("Close case"), _("Keep it open")
        form = ReasonForm(self._screen, "case_end", *words)
        form.asked.connect(self._close)
        self._take_in(form)
        return form

    @cached_property
    def hold_form(self) -> ReasonForm:
        """Why the case rests."""
        words = _("Put the case on hold"), _("What it waits for"), _("Put on hold"), _("Go on")
        form = ReasonForm(self._screen, "case_hold", *words)
        form.asked.connect(self._hold)
        self._take_in(form)
        return form

    def _take_in(self, form: CaseRecordForm | ReasonForm) -> None:
        form.cancelled.connect(self.put_away)
        late.put(form, self.place, self.card)
        self._forms.append(form)

    def show_case(self, case: UUID | None, patient: UUID | None = None) -> None:
        """Read a case and show it; none hides the card."""
        self._place = Ref(Place.PATIENT, patient, case=case)
        if case != self._case:
            self._held, self._case = None, case
            self._hide_forms()
        if case is None:
            self.card.hide()
            return
        desk = self._desk
        self._lanes.run(
            lambda: cases.view(desk, case), self._show, self._cannot, replace_key="case: view"
        )

    def edit_soon(self, asked: bool) -> None:
        """Correct the case as soon as it is shown, where another screen asks for it."""
        self._soon = asked

    def put_away(self) -> None:
        """The forms, without saving."""
        for form in self._forms:
            if not form.isHidden():
                form.draft.give_up()
        self._hide_forms()

    def go_on(self, form: str, about: UUID) -> None:
        """Open a form that was left half typed about this case."""
        asks = {
            "case_record": self._ask_edit,
            "case_end": self._ask_close,
            "case_hold": self._ask_hold,
        }
        typing = any(not one.isHidden() for one in self._forms)
        if form in asks and about == self._case and self._held is not None and not typing:
            asks[form]()

    def _hide_forms(self) -> None:
        """Hidden, with the focus on the card, so that the page does not run to the next field."""
        if any(form.isVisible() for form in self._forms):
            self.card.edit.setFocus()
        for form in self._forms:
            form.hide()

    def _show(self, held: CaseView) -> None:
        if held.id == self._case:
            self._held = held
            self.card.show_case(held)
            if self._soon:
                self._soon = False
                self._ask_edit()

    # -- editing ------------------------------------------------------------------

    def _ask_edit(self) -> None:
        if self._held is not None:
            self._hide_forms()
            self.form.fill(self._held.record)
            self.form.draft.begin(self._held.id, self._place)
            self.form.show()
            self.form.complaint.setFocus()

    def _goal_met(self, place: int) -> None:
        held = self._held
        if held is not None:
            goals = list(held.record.goals)
            goals[place] = replace(goals[place], met_on=self._desk.today())
            self._correct(replace(held.record, goals=tuple(goals)), _("Goal met."))

    def _save(self, record: CaseRecord) -> None:
        self._correct(record, _("Case saved."))

    def _correct(self, record: CaseRecord, done: str) -> None:
        held, desk = self._held, self._desk
        if held is not None:
            act = partial(cases.correct, desk, held.id, held.version, record)
            self._doing.do(act, done, self._kept, self._refused)

    def _kept(self, _version: object) -> None:
        if "form" in self.__dict__:  # a goal is met without it
            self.form.draft.end()
        self._hide_forms()

    # -- states -------------------------------------------------------------------

    def _ask_close(self) -> None:
        self._ask_why(self.close_form)

    def _ask_hold(self) -> None:
        self._ask_why(self.hold_form)

    def _ask_why(self, form: ReasonForm) -> None:
        if self._case is not None:
            self._hide_forms()
            form.ask()
            form.draft.begin(self._case, self._place)

    def _close(self, reason: str) -> None:
        if self._case is not None:
            act = partial(cases.close_case, self._desk, self._case, reason)
            self._doing.do(act, _("Case closed."), self._turned, self._not_closed)

    def _hold(self, reason: str) -> None:
        if self._case is not None:
            act = partial(cases.hold, self._desk, self._case, reason)
            self._doing.do(act, _("Case put on hold."), self._turned, self._not_held)

    def resume(self) -> None:
        """Go on with the case."""
        if self._case is not None:
            act = partial(cases.resume, self._desk, self._case)
            self._doing.do(act, _("The case goes on."))

    def _turned(self, _nothing: object) -> None:
        self._hide_forms()
        for form in self._forms:
            if isinstance(form, ReasonForm):
                form.draft.end()

    def _refused(self, error: Exception) -> None:
        self._wrong(self.form.form, error)

    def _not_closed(self, error: Exception) -> None:
        self._wrong(self.close_form.form, error)

    def _not_held(self, error: Exception) -> None:
        self._wrong(self.hold_form.form, error)

    def _wrong(self, form: Form, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = form.show_problems(error.fields)
            if homeless:
                self._screen.said.emit(" ".join(homeless), "problem")
        else:
            self._cannot(error)

    def _cannot(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._screen.said.emit(str(error), "problem")
