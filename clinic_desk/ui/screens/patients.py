"""Patients: find as you type, open, register."""

from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.pages import PAGE, PagedModel, PagedView
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.patient_line import list_name
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.part_dates import written_birth
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import find
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.find import FoundPatients
from clinic_desk.usecases.patients import PatientRow


def _seen(row: PatientRow) -> str:
    return written_day(row.last_visit.astimezone().date()) if row.last_visit else ""


OTHERS = (
    Column(
        _("Born"),
        lambda row: written_birth(row.birth_date, row.birth_part),
        width=120,
        plain=lambda row: row.birth_date or row.birth_part,
    ),
    Column(_("Number"), lambda row: row.number, width=120),
    Column(_("Phone"), lambda row: row.phone, width=170, spare=1),
    Column(_("Case"), lambda row: row.open_case),
    Column(
        _("Last visit"),
        _seen,
        width=120,
        spare=2,
        plain=lambda row: row.last_visit.astimezone().date() if row.last_visit else None,
    ),
)


RECENT, ALL = "recent", "all"
MOST = 50  # rows that a search shows


class PatientsScreen(Screen):
    """A search field over one list; without words, the most recently seen, or all by name."""

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

        self._near: frozenset[UUID] = frozenset()  # found by a name that is spelt nearly so
        name = Column(_("Patient"), self._name, type="strong")
        self.model = RowsModel((name, *OTHERS))
        self.rows = RowsView(self.model, _("Patients"))
        self.rows.opened.connect(self._open_row)
        self.which = Segments(
            ((RECENT, _("Recently seen")), (ALL, _("All by name"))), _("List"), view=True
        )
        self.which.set_value(RECENT)
        self.which.changed.connect(self._find)
        self.all_model = PagedModel((Column(_("Patient"), list_name, type="strong"), *OTHERS))
        self.all_rows = PagedView(self.all_model, _("All patients by name"))
        self.all_rows.opened.connect(self._open_row)
        self.all_rows.pages_wanted.connect(self._read_pages)
        self.all_card = Card(_("All patients by name"), flush=True)
        self.all_card.add(self.all_rows, 1)
        self.card = Card(_("Recently seen"), flush=True)
        self.card.add(self.rows, 1)
        self.out = list_out.of_view(self, self.rows, "patients", self.card, self._found)
        self.all_out = list_out.of_view(
            self, self.all_rows, "all_patients", self.all_card, self._everybody
        )
        self.empty = EmptyState(_("Nobody is registered yet."), _("Register the first patient"))
        self.empty.pressed.connect(self._register)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.all_card)

        self.retention = Button(_("Retention"), "hourglass")
        self.retention.setToolTip(_("Files that have been kept as long as the law asks"))
        self.retention.clicked.connect(self._retention)
        acts = (self.which, self.retention, self.new, self.start)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addWidget(layout.TopBar(self.field, acts))
        whole.addWidget(self.pages, 1)

        self._timer = QTimer(self, singleShot=True, interval=0)  # keys that came together
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
        words = self.field.value().strip()
        if not words and self.which.value() == ALL:
            self.lanes.run(
                lambda: find.how_many(self.desk), self._show_all, replace_key="patients: find"
            )
            return
        self.lanes.run(
            lambda: (words, find.patients(self.desk, words)),
            self._show,
            replace_key="patients: find",
        )

    def _show_all(self, count: int) -> None:
        if not count:
            self._show(("", FoundPatients(())))
            return
        self.all_model.set_count(count)
        self.all_card.header.set(_("All patients by name"), f"{count:,}")
        self.pages.setCurrentWidget(self.all_card)
        self.all_rows.choose(0)
        self.start.setEnabled(True)
        self.all_rows.ask_now()

    def _read_pages(self, pages: tuple[int, ...]) -> None:
        """Read what is looked at now; what was passed by while scrolling is not read."""
        self.lanes.run(
            lambda: [(one, find.page(self.desk, one * PAGE, PAGE)) for one in pages],
            self._take_pages,
            replace_key="patients: pages",
        )

    def _take_pages(self, read: list[tuple[int, tuple[PatientRow, ...]]]) -> None:
        for page, rows in read:
            self.all_model.add_page(page, rows)

    def _found(self) -> list_out.Read:
        """What a search finds, beyond the rows that are shown too; else those seen last."""
        shown, words, desk = self.model.rows(), self.field.value().strip(), self.desk
        if not words or len(shown) < MOST:
            return lambda: shown
        return lambda: find.all_found(desk, words)

    def _everybody(self) -> list_out.Read:
        desk = self.desk
        return lambda: find.everybody(desk)

    def _name(self, row: PatientRow) -> str:
        name = list_name(row)
        return _("{name}, similar name").format(name=name) if row.id in self._near else name

    def _show(self, answer: tuple[str, FoundPatients]) -> None:
        words, found = answer
        self._near = frozenset(row.id for row in found.near)
        rows = (*found.rows, *found.near)
        self.model.set_rows(rows)
        self.rows.choose(0)
        self.start.setEnabled(bool(rows))
        if rows:
            self.card.header.set(_("Found") if words else _("Recently seen"), _count(found))
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
        shown = self.all_rows if self.pages.currentWidget() is self.all_card else self.rows
        row = shown.current()
        if row is not None:
            self._open_row(row)

    def _open_row(self, row: object) -> None:
        if isinstance(row, PatientRow):
            self.open_requested.emit(Ref(Place.PATIENT, row.id))


def _count(found: FoundPatients) -> str:
    if len(found.rows) >= MOST:
        return _("the first 50; type more to narrow it")
    if found.near:
        return _("{exact} as typed, {near} with a similar name").format(
            exact=len(found.rows), near=len(found.near)
        )
    return f"{len(found.rows)}"
