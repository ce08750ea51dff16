"""Noting a task or a recall."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.day_booking import PatientChooser
from clinic_desk.ui.parts.form_draft import FormDraft
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import todos
from clinic_desk.usecases.todos import TodoDetails

AHEAD = {"task": 1, "recall": 28}  # days that the form proposes


class TodoForm(Card):
    """`asked` has the details of what is to be noted."""

    asked = Signal(object)  # TodoDetails
    left = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(_("New task"), "", parent)
        desk = self._desk = screen.desk
        self._own_due = self._wanted = False
        self.kind = ComboBox()
        self.kind.setObjectName("todoKind")
        self.kind.fill([("task", _("Task")), ("recall", _("Recall of a patient"))])
        self.kind.chosen.connect(self._kind_chosen)
        self.what = TextField(placeholder=_("Call the insurer"))
        self.what.setObjectName("todoWhat")
        self.who = PatientChooser(desk, screen.lanes, "todo patient", _("Part of the name"))
        self.who.words.setObjectName("todoWho")
        self.who.left.connect(self._leave_by_key)
        self.who.changed.connect(self._found)
        self.due = DateField(_("By when"))
        self.due.changed.connect(self._due_typed)
        self.owner = ComboBox()
        self.every = NumberField(
            _("Repeat every"), "", self, minimum=1, maximum=todos.MOST, width=70
        )
        self.unit = ComboBox(_("Unit of the repeat"))
        self.unit.fill(list(todos.UNITS.items()))
        repeat = QWidget()
        line = layout.row(repeat, tokens.S)
        line.addWidget(self.every)
        line.addWidget(self.unit)
        line.addStretch(1)
        repeat.setFocusProxy(self.every)
        self.form = Form(2)
        self.form.add("kind", _("Kind"), self.kind)
        self.form.add("what", _("What, or why"), self.what, required=True)
        self.form.add("patient_id", _("Patient"), self.who)
        self.form.add("due_on", _("By when"), self.due, required=True)
        self.form.add("owner_id", _("Who does it"), self.owner)
        self.form.add("every", _("Repeat every"), repeat, help=_("Empty: once."))
        self.add(self.form)
        self.note = Button(_("Note it"), "check")
        self.note.setObjectName("todoNote")
        self.note.clicked.connect(self._ask)
        leave = Button(_("Close"), kind="link")
        leave.clicked.connect(self.left)
        below = layout.row(spacing=tokens.S)
        below.addWidget(self.note)
        below.addWidget(leave)
        below.addStretch(1)
        self.body.addLayout(below)
        self.draft = FormDraft(
            screen,
            self,
            "task",
            {
                "kind": self.kind,
                "what": self.what,
                "who": self.who,
                "due": self.due,
                "owner": self.owner,
                "every": self.every,
                "unit": self.unit,
            },
        )
        self.draft.taken.connect(self._taken)

    def begin(self, owners: Sequence[tuple[UUID, str]], me: UUID) -> None:
        """Ask for a new one."""
        self._own_due = self._wanted = False
        self.owner.fill(list(owners))
        self.owner.set_value(me)
        self.kind.set_value("task")
        self.what.set_value("")
        self.who.clear()
        self.every.set_number(None)
        self.unit.set_value("week")
        self.form.clear_problems()
        self._kind_chosen()
        self.draft.begin(me, Ref(Place.TASKS))
        self.show()
        self.what.setFocus()

    def _taken(self) -> None:
        """A day given by the person stays."""
        self._own_due = self.due.day() != self._proposed()

    def details(self) -> TodoDetails:
        owner, unit, every = self.owner.value(), self.unit.value(), self.every.number()
        return TodoDetails(
            what=self.what.value(),
            due_on=self.due.day(),
            recall=self.kind.value() == "recall",
            patient_id=self.who.value(),
            owner_id=owner if isinstance(owner, UUID) else None,
            every=int(every) if every is not None else 0,
            unit=unit if isinstance(unit, str) and every else "",
        )

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        return self.form.show_problems(fields)

    def _kind_chosen(self) -> None:
        """The day proposed follows the kind until the person gives another."""
        if not self._own_due:
            self.due.set_day(self._proposed())

    def _proposed(self) -> date:
        return self._desk.today() + timedelta(days=AHEAD[str(self.kind.value())])

    def _due_typed(self) -> None:
        self._own_due = True

    def _found(self) -> None:
        if self._wanted and self.who.settled():
            self._ask()

    def _ask(self) -> None:
        if not self.who.settled():
            self._wanted = True
            self.who.look()
            return
        self._wanted = False
        wrong = {"due_on": self.due.problem(), "every": self.every.problem()}
        if self.who.words.value().strip() and self.who.value() is None:
            wrong["patient_id"] = _("Nobody matches. Empty it, or type another part of the name.")
        wrong = {key: text for key, text in wrong.items() if text}
        if wrong:
            self.form.show_problems(wrong)
            return
        self.form.clear_problems()
        self.asked.emit(self.details())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.draft.escaped(event, self.left.emit):
            super().keyPressEvent(event)

    def _leave_by_key(self) -> None:
        if not self.draft.holds():
            self.left.emit()
