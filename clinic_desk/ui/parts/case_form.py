"""Opening a case, editing it, and why it ends or rests: fields in place, never a dialog."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.measures import Side
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.forms.rows_field import Cell, RowsField
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField, parse_day, written_day
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import case_plan
from clinic_desk.usecases.case_goals import Goal
from clinic_desk.usecases.cases import CaseDetails, CaseRecord


class CaseForm(Card):
    """The complaint, its side, when it began, and what the patient wants back."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, screen: Screen, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Open a case"), _("One case for one complaint."), parent)
        self.complaint = TextField(placeholder=_("hamstring strain"))
        self.complaint.setObjectName("caseTitle")
        self.side = Segments(
            [
                (Side.LEFT.value, _("Left")),
                (Side.RIGHT.value, _("Right")),
                (Side.BOTH.value, _("Both")),
            ],
            _("Side"),
        )
        self.side.setObjectName("caseSide")
        self.onset = DateField(_("Began on"), latest=today)
        self.goal = TextArea(lines=2)
        self.region = ComboBox()
        self.region.setObjectName("caseRegion")
        self.form = Form(1)
        self.form.add("title", _("Complaint"), self.complaint, required=True)
        self.form.add("side", _("Side"), self.side, required=True)
        self.form.add(
            "onset_on",
            _("Began on"),
            self.onset,
            help=_("The day of the injury, if any."),
        )
        self.form.add("goal", _("What the patient wants back"), self.goal)
        self._region = self.form.add("protocol", _("Region"), self.region)
        self._region.hide()
        self.add(self.form)
        self.open_case = PrimaryButton(_("Open case"))
        self.open_case.setObjectName("openCase")
        self.open_case.clicked.connect(self._ask)
        self.cancel = Button(_("Not now"), kind="link")
        self.cancel.clicked.connect(self.cancelled)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.open_case)
        line.addWidget(self.cancel)
        line.addStretch(1)
        self.body.addLayout(line)
        self.draft = FormDraft(screen, self, "case", controls(self.form))

    def offer(self, regions: Sequence[tuple[str, str]]) -> None:
        """The regions that an evaluation is there for; one alone needs no question."""
        self.region.fill(regions)
        self.region.set_value(CaseDetails("").protocol)
        self._region.setVisible(len(regions) > 1)

    def clear(self) -> None:
        self.complaint.set_value("")
        self.side.set_value(None)
        self.onset.set_day(None)
        self.goal.set_value("")
        self.form.clear_problems()

    def details(self) -> CaseDetails:
        chosen, region = self.side.value(), self.region.value()
        details = CaseDetails(
            title=self.complaint.value(),
            side=Side(chosen) if isinstance(chosen, str) else None,
            onset_on=self.onset.day(),
            goal=self.goal.value(),
        )
        return replace(details, protocol=region) if isinstance(region, str) else details

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.cancel.isHidden() and self.draft.escaped(event, self.cancelled.emit):
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        wrong = {"onset_on": self.onset.problem()} if self.onset.problem() else {}
        if self.side.value() is None:
            # A letter or a handout that names no side is how the wrong leg is treated.
            wrong["side"] = _("Choose the side; Both where it is both.")
        if wrong:
            self.form.show_problems(wrong)
        else:
            self.asked.emit()


class ReasonForm(Card):
    """Why a case ends or rests, in words. `asked` has them."""

    asked = Signal(str)
    cancelled = Signal()

    def __init__(
        self, screen: Screen, name: str, title: str, label: str, act: str, cancel: str
    ) -> None:
        super().__init__(title)
        self.outcome = TextArea(label, lines=2)
        self.form = Form(1)
        self.form.add("reason", label, self.outcome, required=True)
        self.add(self.form)
        self.act = Button(act)
        self.act.clicked.connect(self._ask)
        back = Button(cancel, kind="link")
        back.clicked.connect(self.cancelled)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.act)
        line.addWidget(back)
        line.addStretch(1)
        self.body.addLayout(line)
        self.draft = FormDraft(screen, self, name, controls(self.form))

    def ask(self) -> None:
        self.outcome.set_value("")
        self.form.clear_problems()
        self.show()
        self.outcome.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.draft.escaped(event, self.cancelled.emit):
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asked.emit(self.outcome.value())


class CaseRecordForm(Card):
    """What of a case can be corrected: complaint, side, onset, goals, planned visits."""

    asked = Signal(object)  # CaseRecord
    cancelled = Signal()

    def __init__(self, screen: Screen, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Edit the case"), "", parent)
        self.complaint = TextField()
        self.complaint.setObjectName("recordTitle")
        self.side = Segments(
            [
                (Side.LEFT.value, _("Left")),
                (Side.RIGHT.value, _("Right")),
                (Side.BOTH.value, _("Both")),
            ],
            _("Side"),
        )
        self.onset = DateField(_("Began on"), latest=today)
        self.planned = NumberField(
            _("Planned visits"), minimum=1, maximum=case_plan.MOST, whole=True
        )
        self.goals = RowsField(
            _("Goal"),
            _("Add goal"),
            [
                Cell("text", _("What the patient wants back"), stretch=3),
                Cell("target", _("Target"), stretch=2),
                Cell("due_on", _("By"), "day"),
                Cell("met_on", _("Met on"), "day"),
            ],
        )
        self.form = Form(1)
        self.form.add("title", _("Complaint"), self.complaint, required=True)
        self.form.add("side", _("Side"), self.side)
        self.form.add("onset_on", _("Began on"), self.onset)
        self.form.add("goals", _("Goals"), self.goals)
        self.form.add(
            "planned_visits",
            _("Planned visits"),
            self.planned,
            help=_("A re-evaluation is asked for at half of them and at the last."),
        )
        self.add(self.form)
        self.save = Button(_("Save case"))
        self.save.setObjectName("saveCase")
        self.save.clicked.connect(self._ask)
        back = Button(_("Back without saving"), kind="link")
        back.clicked.connect(self.cancelled)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.save)
        line.addWidget(back)
        line.addStretch(1)
        self.body.addLayout(line)
        self.draft = FormDraft(screen, self, "case_record", controls(self.form))

    def fill(self, record: CaseRecord) -> None:
        self.complaint.set_value(record.title)
        self.side.set_value(record.side.value if record.side else None)
        self.onset.set_day(record.onset_on)
        self.planned.set_number(record.planned_visits)
        self.goals.set_value(
            [
                {
                    "text": one.text,
                    "target": one.target,
                    "due_on": written_day(one.due_on),
                    "met_on": written_day(one.met_on),
                }
                for one in record.goals
            ]
        )
        self.form.clear_problems()

    def record(self) -> CaseRecord:
        chosen, planned = self.side.value(), self.planned.number()
        return CaseRecord(
            title=self.complaint.value(),
            side=Side(chosen) if isinstance(chosen, str) else None,
            onset_on=self.onset.day(),
            goals=tuple(
                Goal(
                    str(row["text"]),
                    str(row["target"]),
                    parse_day(str(row["due_on"])),
                    parse_day(str(row["met_on"])),
                )
                for row in self.goals.value()
            ),
            planned_visits=None if planned is None else int(planned),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.draft.escaped(event, self.cancelled.emit):
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        wrong = {"onset_on": self.onset.problem(), "goals": self.goals.problem()}
        if self.planned.text().strip() and self.planned.number() is None:
            wrong["planned_visits"] = _("Type a whole number, or leave it empty.")
        wrong = {key: text for key, text in wrong.items() if text}
        if wrong:
            self.form.show_problems(wrong)
        else:
            self.asked.emit(self.record())
