"""The retention clock: whose file has been kept as long as the country's rule asks. It reports;
nothing is deleted here.
"""

from functools import partial

from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.retention_words import rule_words
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import FieldLabel, Label
from clinic_desk.usecases import retention
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.retention import DueRow, RetentionList

COLUMNS = (
    Column(_("Patient"), lambda row: row.name, type="strong"),
    Column(
        _("Born"),
        lambda row: row.born,
        width=120,
        spare=1,
        plain=lambda row: row.born_on or row.born_part,
    ),
    Column(_("Number"), lambda row: row.number, width=110),
    Column(
        _("Last contact"),
        lambda row: written_day(row.last_contact),
        width=130,
        plain=lambda row: row.last_contact,
    ),
    Column(
        _("Kept until"),
        lambda row: written_day(row.kept_until),
        width=130,
        plain=lambda row: row.kept_until,
    ),
    Column(_("State"), lambda row: _state(row), width=220, spare=2),
)


def _state(row: DueRow) -> str:
    if row.hold_reason:
        return _("Legal hold: {reason}").format(reason=row.hold_reason)
    return _("Archived") if row.archived else _("In the everyday lists")


class RetentionScreen(Screen):
    """The country's rule above, the files below; those on hold last."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._before = ""  # the country that is kept
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._look)
        self.country = ComboBox(_("Rule of the country"))
        self.country.chosen.connect(self._choose)
        self.rule = Label("", "quiet", wrap=True)
        top = Card(_("Rule"))
        line = layout.row(spacing=tokens.M)
        line.addWidget(self.country)
        line.addWidget(self.rule, 1)
        choose = layout.column(spacing=tokens.XS)
        choose.addWidget(FieldLabel(_("Country of the practice"), self.country))
        choose.addLayout(line)
        top.body.addLayout(choose)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Files whose time is over"))
        self.rows.opened.connect(self._open_row)
        self.card = Card(_("Kept as long as asked"), flush=True)
        self.card.add(self.rows, 1)
        self.out = list_out.of_view(self, self.rows, "retention", self.card, self._every)
        self.empty = EmptyState("")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)
        self.open_file = PrimaryButton(_("Open file"))
        self.open_file.clicked.connect(self._open_current)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addWidget(top)
        whole.addWidget(self.pages, 1)
        foot = layout.row()
        foot.addWidget(
            Label(_("This list only reports. Nothing is deleted by itself."), "caption"), 1
        )
        foot.addWidget(self.open_file)
        whole.addLayout(foot)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Retention"), "")
        self.lanes.run(retention.countries, self._offer, self._refused)
        self._look()
        self.country.setFocus()

    def primary(self) -> QAbstractButton:
        return self.open_file

    def _offer(self, rules: tuple[object, ...]) -> None:
        held = self.country.value()
        options = [(rule.country, rule.name) for rule in rules]  # type: ignore[attr-defined]
        self.country.fill([("", _("Not chosen")), *options])
        self.country.set_value(held or self._before)

    def _look(self, _nothing: object = None) -> None:
        self.lanes.run(
            partial(retention.listed, self.desk), self._show, self._refused, replace_key="retention"
        )

    def _every(self) -> list_out.Read:
        desk = self.desk

        def read() -> tuple[DueRow, ...]:
            found = retention.listed(desk, retention.ALL)
            return (*found.due, *found.held)

        return read

    def _show(self, found: RetentionList) -> None:
        rows = (*found.due, *found.held)
        self.model.set_rows(rows)
        self.rows.choose(0)
        self.open_file.setEnabled(bool(rows))
        self._before = found.rule.country if found.rule else ""
        self.country.set_value(self._before)
        self.rule.setText(rule_words(found.rule))
        hint = _("{due} due, {held} under legal hold").format(
            due=len(found.due), held=len(found.held)
        )
        if found.more:
            hint += _("; there are more")
        self.card.header.set(_("Kept as long as asked"), hint)
        self.empty.sentence.setText(
            _("No file has reached the end of its time.")
            if found.rule
            else _("Choose the country, and the files whose time is over are listed here.")
        )
        self.pages.setCurrentWidget(self.card if rows else self.empty)

    def _choose(self, country: object) -> None:
        act = partial(retention.choose_country, self.desk, str(country or ""))
        self.doing.do(act, _("Country changed."), failed=self._refused)

    def _open_current(self) -> None:
        row = self.rows.current()
        if row is not None:
            self._open_row(row)

    def _open_row(self, row: object) -> None:
        if isinstance(row, DueRow):
            self.open_requested.emit(Ref(Place.PATIENT_FILE, row.patient_id))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
