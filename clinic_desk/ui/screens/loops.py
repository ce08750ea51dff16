"""All requests of the practice that wait for an answer or to be signed off."""

from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.loops_words import state
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import loops
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loops import LoopRow

COLUMNS = (
    Column(
        _("Due"),
        lambda row: written_day(row.due_on),
        width=110,
        type="strong",
        sort=lambda row: row.due_on,
    ),
    Column(_("Patient"), lambda row: row.patient, type="strong", sort=lambda row: row.patient),
    Column(_("Asked for"), lambda row: row.title, sort=lambda row: row.title),
    Column(_("Of"), lambda row: row.recipient, sort=lambda row: row.recipient, spare=2),
    Column(_("Chased"), lambda row: row.chased, type="caption", spare=1),
    Column(_("State"), lambda row: Chipped(*state(row)), width=170, sort=lambda row: row.state),
)


def _said(row: LoopRow) -> str:
    return f"{row.patient} {row.title} {row.recipient}".casefold()


class LoopsScreen(Screen):
    """The longest overdue first."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._all: tuple[LoopRow, ...] = ()
        self.field = TextField(
            _("Find a request"), placeholder=_("Patient, what or of whom"), icon="search"
        )
        self.field.changed.connect(self._filter)
        self.field.returnPressed.connect(self._open_current)
        self.start = PrimaryButton(_("Open request"))
        self.start.clicked.connect(self._open_current)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Waiting for answers"))
        self.rows.opened.connect(self._open_row)
        self.card = Card(flush=True)
        self.card.add(self.rows, 1)
        self.out = list_out.of_view(self, self.rows, "requests", self.card)
        self.empty = EmptyState(_("Nothing waits for an answer."), _("Go to Today"))
        self.empty.pressed.connect(self._to_today)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)
        top = layout.row()
        top.addWidget(self.field, 1)
        top.addWidget(self.start)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Waiting for answers"), "")
        self.lanes.run(
            lambda: loops.waiting(self.desk), self._show, self._refused, replace_key="loops: all"
        )

    def primary(self) -> QAbstractButton:
        return self.start

    def search_field(self) -> QWidget:
        return self.field

    def _show(self, rows: tuple[LoopRow, ...]) -> None:
        self._all = rows
        self._filter()
        self.take_focus(self.rows)

    def _filter(self) -> None:
        words = self.field.value().casefold().split()
        found = [row for row in self._all if all(word in _said(row) for word in words)]
        self.model.set_rows(found)
        self.rows.choose(0)
        late = sum(row.state == "overdue" for row in found)
        unread = sum(row.state == "unread" for row in found)
        hint = _("{n} open: {late} overdue, {unread} to read")
        self.card.header.set("", hint.format(n=len(found), late=late, unread=unread))
        self.pages.setCurrentIndex(0 if self._all else 1)
        self.start.setEnabled(bool(found))

    def _open_current(self) -> None:
        self._open_row(self.rows.current())

    def _open_row(self, row: object) -> None:
        if isinstance(row, LoopRow):
            self.open_requested.emit(Ref(Place.LOOP, row.id))

    def _to_today(self) -> None:
        self.open_requested.emit(Ref(Place.TODAY))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
