"""Tasks and recalls of the practice: what is open, by the day due, and what was done."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel
from clinic_desk.ui.parts import layout, list_out, todo_acts
from clinic_desk.ui.parts.day_card import DayView
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.parts.todo_form import TodoForm
from clinic_desk.ui.parts.todo_snooze import SnoozeButton
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState, Scroller
from clinic_desk.ui.widgets.choices import ComboBox, Flow
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import todos
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.todos import Board, TodoDetails, TodoRow

EVERYBODY = "everybody"


def _state(row: TodoRow) -> Chipped:
    if row.ended_at is not None:
        when = written_day(row.ended_at.astimezone().date())
        return Chipped(_("Done {day}, {by}").format(day=when, by=row.ended_by), "good", "check")
    if row.overdue:
        return Chipped(_("{n} d overdue").format(n=row.overdue), "caution", "hourglass")
    if row.put_off:
        was = written_day(row.first_due_on).rpartition(" ")[0]  # the year would not fit
        return Chipped(_("Put off from {day}").format(day=was), "outline", "hourglass")
    return Chipped(_("Open"), "outline", "circle-dashed")


def _what(row: TodoRow) -> str:
    return _("Recall: {why}").format(why=row.what) if row.recall else row.what


def _who(row: TodoRow) -> str:
    return ". ".join(one for one in (row.patient, row.case_title) if one)


COLUMNS = (
    Column(
        _("By"),
        lambda row: written_day(row.due_on),
        width=110,
        type="strong",
        sort=lambda row: row.due_on,
        plain=lambda row: row.due_on,
    ),
    Column(_("What"), _what, type="strong", sort=_what),
    Column(_("Patient and case"), _who, sort=_who),
    Column(_("Who does it"), lambda row: row.owner, width=130, sort=lambda row: row.owner, spare=1),
    Column(_("Repeats"), lambda row: row.repeats, width=120, type="caption", spare=2),
    Column(_("State"), _state, width=190, sort=lambda row: -row.overdue),
)


class TasksScreen(Screen):
    """The longest overdue first."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._board = Board((), (), (), desk.actor.id)
        self._asks = False  # for a new task
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._changed)
        self.doing.wrong.connect(self._wrong)
        self.field = TextField(
            _("Find a task"), placeholder=_("Patient or what is to be done"), icon="search"
        )
        self.field.changed.connect(self._filter)
        self.shown = ComboBox(_("Which tasks"))
        self.shown.fill([("open", _("Open")), ("done", _("Done"))])
        self.shown.chosen.connect(self._filter)
        self.whose = ComboBox(_("Whose tasks"))
        self.whose.fill([(EVERYBODY, _("Everybody's"))])
        self.whose.chosen.connect(self._filter)
        self.new = Button(_("New task"), "plus", hint="N")
        self.new.setObjectName("newTask")
        self.new.clicked.connect(self._begin)
        self.finish = PrimaryButton(_("Done"), icon="check")
        self.finish.clicked.connect(self._done)

        self.form = TodoForm(self)
        self.form.asked.connect(self._add)
        self.form.left.connect(self._give_up)
        self._half_typed = HalfTyped(self)
        self._half_typed.found.connect(self._go_on)
        self.model = RowsModel(COLUMNS)
        self.rows = DayView(self.model, _("Tasks and recalls"))
        self.rows.listens = self._listens
        self.rows.opened.connect(self._open_row)
        self.rows.chosen.connect(self._chosen)
        self.card = Card(flush=True)
        self.card.add(self.rows, 1)
        self.out = list_out.of_view(self, self.rows, "tasks", self.card, self._all)
        self.card.add(self._acts())
        self.empty = EmptyState(_("Nothing is to be done."), _("New task"))
        self.empty.pressed.connect(self._begin)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)
        self.asking = Scroller(0)
        self.asking.column.addWidget(self.form)
        self.asking.column.addStretch(1)
        self.pages.addWidget(self.asking)
        top = layout.row()
        for widget, share in ((self.field, 1), (self.shown, 0), (self.whose, 0)):
            top.addWidget(widget, share)
        top.addWidget(self.new)
        top.addWidget(self.finish)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)

    def _acts(self) -> QWidget:
        held = QWidget()
        around = layout.column(held)
        around.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        line = Flow(gap=tokens.S)
        around.addLayout(line)
        self.snooze = SnoozeButton(compact=True)
        self.snooze.put_off.connect(self._snooze)
        self.withdraw = Button(_("Withdraw"), "x", hint="W", compact=True)
        self.withdraw.clicked.connect(self._withdraw)
        self.reopen = Button(_("Not done yet"), "undo-2", hint="R", compact=True)
        self.reopen.clicked.connect(self._reopen)
        self.patient = Button(_("Open patient"), "users", hint="Enter", compact=True)
        self.patient.clicked.connect(self._open_current)
        self.letters = Button(_("Letters for these recalls"), "mail", hint="L", compact=True)
        self.letters.setObjectName("recallLetters")
        self.letters.clicked.connect(self._write)
        self.snooze.setText(_("Put off"))
        self.snooze.set_hint("P")
        for button in (self.snooze, self.withdraw, self.reopen, self.patient, self.letters):
            line.addWidget(button)
        self.rows.keys = {
            Qt.Key.Key_N: self._begin,
            Qt.Key.Key_D: self.finish.click,
            Qt.Key.Key_P: self.snooze.click,
            Qt.Key.Key_W: self.withdraw.click,
            Qt.Key.Key_R: self.reopen.click,
            Qt.Key.Key_L: self.letters.click,
        }
        return held

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Tasks"), "")
        if self._asks and self.form.draft.touched:
            self.said.emit(_("This is what you had typed. Note it, or close it."), "info")
            self.take_focus(self.form.what)
            return
        self.shown.set_value("open")
        self._asks = False
        self._look()
        self._half_typed.look([(self.form.draft.name, self.desk.actor.id)])
        self.take_focus(self.rows)

    def primary(self) -> QAbstractButton:
        return self.form.note if self._asks else self.finish

    def search_field(self) -> QWidget:
        return self.field

    # -- what is shown

    def _look(self) -> None:
        self.lanes.run(
            lambda: todos.board(self.desk), self._show, self._refused, replace_key="tasks"
        )

    def _show(self, board: Board) -> None:
        self._board = board
        chosen = self.whose.value()
        self.whose.fill([(EVERYBODY, _("Everybody's")), *board.owners])
        self.whose.set_value(chosen)
        self.whose.setVisible(len(board.owners) > 1)
        self._filter()

    def _fitting(self) -> Callable[[Iterable[TodoRow]], list[TodoRow]]:
        """What is chosen, as a filter."""
        whose = self.whose.value()
        words = self.field.value().casefold().split()

        def fits(row: TodoRow) -> bool:
            said = f"{_what(row)} {_who(row)}".casefold()
            return whose in (EVERYBODY, row.owner_id) and all(word in said for word in words)

        return lambda rows: [row for row in rows if fits(row)]

    def _all(self) -> list_out.Read:
        """The list as it is chosen; of what was done also what is too long ago to be shown."""
        if self.shown.value() != "done":
            return list_out.shown_rows(self.model)()
        fitting, ordered, desk = self._fitting(), self.model.ordered, self.desk
        return lambda: ordered(fitting(todos.all_done(desk)))

    def _filter(self) -> None:
        done = self.shown.value() == "done"
        rows = self._fitting()(self._board.done if done else self._board.open)
        place = self.rows.currentIndex().row()
        self.model.set_rows(rows)
        self.rows.choose(min(max(place, 0), len(rows) - 1))
        late = sum(row.overdue > 0 for row in rows)
        hint = _("{n} done") if done else _("{n} open: {late} overdue")
        self.card.header.set("", hint.format(n=len(rows), late=late))
        self.letters.setVisible(not done)
        self.letters.setEnabled(any(row.recall for row in rows))
        self._turn()
        self._chosen(None)

    def _listens(self) -> bool:
        return not self._asks

    def _turn(self) -> None:
        whole = self.card if self._board.done or self._board.open else self.empty
        self.pages.setCurrentWidget(self.asking if self._asks else whole)
        for button, first in ((self.form.note, self._asks), (self.finish, not self._asks)):
            button.set_kind("primary" if first else "plain")  # Ctrl+Enter is written on one of them
            button.set_hint("Ctrl+Enter" if first else "")

    def _current(self) -> TodoRow | None:
        row = self.rows.current()
        return row if isinstance(row, TodoRow) else None

    def _chosen(self, _row: object) -> None:
        row = self._current()
        is_open = row is not None and row.ended_at is None
        for button in (self.finish, self.snooze, self.withdraw):
            button.setEnabled(is_open)
        done = self.shown.value() == "done"
        self.snooze.setVisible(not done)
        self.withdraw.setVisible(not done)
        self.reopen.setVisible(done)
        self.reopen.setEnabled(row is not None)
        self.patient.setEnabled(row is not None and row.patient_id is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.rows.handled(event):
            super().keyPressEvent(event)

    # -- acts

    def _changed(self) -> None:
        """Something was done; what is typed stays."""
        self._look()

    def _go_on(self, _found: object) -> None:
        """A task was left half typed: the form is open again."""
        if not self._asks:
            self._begin()

    def _give_up(self) -> None:
        self.form.draft.give_up()
        self._leave_form()

    def _begin(self) -> None:
        self._asks = True
        self._turn()
        self.form.begin(self._board.owners, self._board.me)

    def _leave_form(self) -> None:
        self._asks = False
        self._turn()
        self.rows.setFocus()

    def _add(self, details: TodoDetails) -> None:
        todo_acts.add(self.doing, self.desk, details, self._noted)

    def _noted(self, _task: object) -> None:
        self.form.draft.end()
        self._leave_form()

    def _done(self) -> None:
        self._act(todo_acts.done)

    def _withdraw(self) -> None:
        self._act(todo_acts.withdraw)

    def _reopen(self) -> None:
        self._act(todo_acts.reopen)

    def _act(self, act: todo_acts.Act) -> None:
        row = self._current()
        if row is not None:
            act(self.doing, self.desk, row.id)

    def _snooze(self, days: int) -> None:
        row = self._current()
        if row is not None:
            todo_acts.snooze(self.doing, self.desk, row.id, days)

    def _wrong(self, fields: dict[str, str]) -> None:
        homeless = self.form.show_problems(fields) if self._asks else list(fields.values())
        if homeless:
            self.said.emit(" ".join(homeless), "problem")

    def _open_current(self) -> None:
        self._open_row(self.rows.current())

    def _write(self) -> None:
        """The letters about the recalls that are due, checked and issued together."""
        self.open_requested.emit(Ref(Place.BATCH, extra="recalls"))

    def _open_row(self, row: object) -> None:
        if isinstance(row, TodoRow) and row.patient_id is not None:
            self.open_requested.emit(Ref(Place.PATIENT, row.patient_id, case=row.case_id))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
