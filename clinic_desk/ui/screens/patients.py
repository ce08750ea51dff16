"""Patients: find as you type, open, register."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.patient_line import list_name
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.part_dates import written_birth
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientRow

FIND_AFTER_MS = 60  # a pause this short is still typing on; a newer search supersedes anyway


def _seen(row: PatientRow) -> str:
    return written_day(row.last_visit.astimezone().date()) if row.last_visit else ""


COLUMNS = (
    Column(_("Patient"), list_name, type="strong"),
    Column(_("Born"), lambda row: written_birth(row.birth_date, row.birth_part), width=120),
    Column(_("Number"), lambda row: row.number, width=120),
    Column(_("Phone"), lambda row: row.phone, width=170, spare=1),
    Column(_("Case"), lambda row: row.open_case),
    Column(_("Last visit"), _seen, width=120, spare=2),
)


class PatientsScreen(Screen):
    """A search field over one list; without words, the most recently seen."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self.field = TextField(
            _("Find a patient"),
            placeholder=_("Any part of a name, birth date, number or phone"),
            icon="search",
        )
        self.field.setObjectName("patientSearch")
        self.field.changed.connect(self._find_soon)
        self.field.returnPressed.connect(self._open_current)
        self.new = Button(_("New patient"), "plus", hint="Ctrl+N")
        self.new.clicked.connect(self._register)
        self.start = PrimaryButton(_("Open patient"))
        self.start.clicked.connect(self._open_current)

        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Patients"))
        self.rows.opened.connect(self._open_row)
        self.card = Card(_("Recently seen"), flush=True)
        self.card.add(self.rows, 1)
        self.empty = EmptyState(_("Nobody is registered yet."), _("Register the first patient"))
        self.empty.pressed.connect(self._register)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)

        top = layout.row()
        top.addWidget(self.field, 1)
        self.retention = Button(_("Retention"), "hourglass")
        self.retention.setToolTip(_("Files that have been kept as long as the law asks"))
        self.retention.clicked.connect(self._retention)
        top.addWidget(self.retention)
        top.addWidget(self.new)
        top.addWidget(self.start)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)

        self._timer = QTimer(self, singleShot=True, interval=FIND_AFTER_MS)
        self._timer.timeout.connect(self._find)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Patients"), "")
        if ref.extra:
            self.field.set_value(ref.extra)
        self._find()
        self.field.setFocus()
        self.field.selectAll()

    def primary(self) -> QAbstractButton:
        return self.start

    def search_field(self) -> QWidget:
        return self.field

    def _find_soon(self) -> None:
        self._timer.start()

    def _find(self) -> None:
        words = self.field.value()
        self.lanes.run(
            lambda: patients.find(self.desk, words), self._show, replace_key="patients: find"
        )

    def _show(self, found: tuple[PatientRow, ...]) -> None:
        words = self.field.value().strip()
        self.model.set_rows(found)
        self.rows.choose(0)
        self.start.setEnabled(bool(found))
        if found:
            self.card.header.set(_("Found") if words else _("Recently seen"), _count(len(found)))
            self.pages.setCurrentWidget(self.card)
            return
        self.empty.sentence.setText(
            _("Nobody matches “{words}”.").format(words=words)
            if words
            else _("Nobody is registered yet.")
        )
        self.empty.button.setText(
            _("Register a new patient") if words else _("Register the first patient")
        )
        self.pages.setCurrentWidget(self.empty)

    def _retention(self) -> None:
        self.open_requested.emit(Ref(Place.RETENTION))

    def _register(self) -> None:
        self.open_requested.emit(Ref(Place.NEW_PATIENT, extra=self.field.value().strip()))

    def _open_current(self) -> None:
        row = self.rows.current()
        if row is not None:
            self._open_row(row)

    def _open_row(self, row: object) -> None:
        if isinstance(row, PatientRow):
            self.open_requested.emit(Ref(Place.PATIENT, row.id))


def _count(number: int) -> str:
    return _("the first 50; type more to narrow it") if number >= 50 else f"{number}"
