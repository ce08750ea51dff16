"""Recording a request that went out without a letter of ours: an order by phone or by portal."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.findings import Urgency
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.parts.loops_words import URGENCIES
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import loops
from clinic_desk.usecases.loops import OrderDetails


class OrderForm(Card):
    """What was asked for, of whom, how soon. `asked` when it is to be recorded."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, screen: Screen, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Record an order"), "", parent)
        self._today = today
        self.kind = ComboBox()
        self.kind.setObjectName("orderKind")
        self.kind.fill(list(loops.KINDS.items()))
        self.title = TextField(placeholder=_("MRI left thigh"))
        self.title.setObjectName("orderTitle")
        self.recipient = TextField(placeholder=_("Sample Imaging"))
        self.urgency = ComboBox()
        self.urgency.setObjectName("orderUrgency")
        self.urgency.fill(list(URGENCIES.items()))
        self.urgency.chosen.connect(self._reckon)
        self.ordered = DateField(_("Ordered on"), latest=today)
        self.ordered.changed.connect(self._reckon)
        self.due = DateField(_("Answer due"))
        self.due.changed.connect(self._due_typed)
        self.note = TextArea(lines=2)
        self.form = Form(1)
        self.form.add("kind", _("What kind"), self.kind)
        self.form.add("title", _("What was asked for"), self.title, required=True)
        self.form.add("recipient", _("Of whom"), self.recipient)
        self.form.add("urgency", _("How soon"), self.urgency)
        self.form.add("ordered_on", _("Ordered on"), self.ordered)
        self.form.add(
            "due_on",
            _("Answer due"),
            self.due,
            help=_("By the urgency; a working value that you can change."),
        )
        self.form.add("note", _("Note"), self.note)
        self.add(self.form)
        self.record = Button(_("Record order"), "check")
        self.record.setObjectName("recordOrder")
        self.record.clicked.connect(self._ask)
        cancel = Button(_("Not now"), kind="link")
        cancel.clicked.connect(self.cancelled)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.record)
        line.addWidget(cancel)
        line.addStretch(1)
        self.body.addLayout(line)
        self.draft = FormDraft(screen, self, "order", controls(self.form))
        self.draft.taken.connect(self._taken)
        self.clear()

    def _taken(self) -> None:
        """A day given by the person stays."""
        details = self.details()
        self._own_due = details.due_on != self._reckoned(details)

    def clear(self) -> None:
        self._own_due = False
        self.kind.set_value("imaging")
        self.urgency.set_value(Urgency.ROUTINE_GP)
        for field in (self.title, self.recipient, self.note):
            field.set_value("")
        self.ordered.set_day(self._today)
        self.form.clear_problems()
        self._reckon()

    def details(self) -> OrderDetails:
        kind, urgency = self.kind.value(), self.urgency.value()
        return OrderDetails(
            kind=kind if isinstance(kind, str) else "",
            title=self.title.value(),
            recipient=self.recipient.value(),
            urgency=Urgency(urgency) if isinstance(urgency, str) else Urgency.ROUTINE_GP,
            ordered_on=self.ordered.day(),
            due_on=self.due.day(),
            note=self.note.value(),
        )

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        return self.form.show_problems(fields)

    def _due_typed(self) -> None:
        self._own_due = True

    def _reckon(self) -> None:
        """The day due follows the urgency until the person gives another."""
        if not self._own_due:
            self.due.set_day(self._reckoned(self.details()))

    def _reckoned(self, details: OrderDetails) -> date:
        return loops.due_on(details.urgency, details.ordered_on or self._today)

    def _ask(self) -> None:
        fields = {"ordered_on": self.ordered.problem(), "due_on": self.due.problem()}
        wrong = {name: text for name, text in fields.items() if text}
        if wrong:
            self.form.show_problems(wrong)
        else:
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.draft.escaped(event, self.cancelled.emit):
            return
        super().keyPressEvent(event)
