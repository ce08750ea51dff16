"""Opening a case, and closing one: a card with a few fields, in place, never a dialog."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.measures import Side
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.cases import CaseDetails


class CaseForm(Card):
    """The complaint, its side, when it began, and what the patient wants back."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
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
        if event.key() == Qt.Key.Key_Escape and not self.cancel.isHidden():
            self.cancelled.emit()
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


class CloseForm(Card):
    """How a case ended, in words."""

    asked = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Close the case"), "", parent)
        self.outcome = TextArea(_("How it ended"), lines=2)
        self.form = Form(1)
        self.form.add("reason", _("How it ended"), self.outcome, required=True)
        self.add(self.form)
        close = Button(_("Close case"))
        close.clicked.connect(self._ask)
        cancel = Button(_("Keep it open"), kind="link")
        cancel.clicked.connect(self.cancelled)
        line = layout.row(spacing=tokens.S)
        line.addWidget(close)
        line.addWidget(cancel)
        line.addStretch(1)
        self.body.addLayout(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asked.emit(self.outcome.value())
