"""New patient: who they are, with a live look for people who are registered already."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.patient_form import PatientForm
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import patients
from clinic_desk.usecases.desk import Desk

LOOK_AFTER_MS = 250


class NewPatientScreen(Screen):
    """Registers one patient and opens their page."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self.form = PatientForm(desk.today())
        self._began = self.form.details()  # what Esc would not lose
        self.form.changed.connect(self._look_soon)
        self.register = PrimaryButton(_("Register"))
        self.register.clicked.connect(self._register)
        self.cancel = Button(_("Back to patients"), "arrow-left", "link")
        self.cancel.clicked.connect(self._back)
        self.afresh = Button(_("Start afresh"), "rotate-ccw", "link")
        self.afresh.clicked.connect(self._start_afresh)

        middle = Scroller()
        middle.column.addWidget(self.form)
        middle.column.addStretch(1)
        self.same = Card(_("Registered already?"))
        self.same_hint = Label("", "quiet", wrap=True)
        self.same.add(self.same_hint)
        self._same_rows: list[QWidget] = []
        side = Scroller()
        side.setFixedWidth(theme.px(380))
        side.column.addWidget(self.same)
        side.column.addStretch(1)

        body = layout.row(spacing=0)
        body.addWidget(middle, 1)
        body.addWidget(side)
        whole = layout.column(self)
        whole.addLayout(body, 1)
        whole.addWidget(layout.Footer([self.cancel, self.afresh], [self.register]))

        self._timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self._show_alike(())

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("New patient"), "")
        left_behind = self._unfinished() and not ref.extra
        self.afresh.setVisible(left_behind)
        if left_behind:
            words = _("This is what you had typed. Start afresh if it is somebody else now.")
            self.said.emit(words, "info")
        else:
            self._begin(ref.extra)
        self.form.focus_first()

    def primary(self) -> QAbstractButton:
        return self.register

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back only where nothing would be lost."""
        if event.key() == Qt.Key.Key_Escape and self._unfinished():
            words = _("Not registered yet: register, or press Back to patients to drop it.")
            self.said.emit(words, "info")
            return
        super().keyPressEvent(event)

    def _unfinished(self) -> bool:
        return self.form.details() != self._began

    def _begin(self, words: str = "") -> None:
        """An empty form, or one that begins with the name that was searched for."""
        self.form.clear()
        self._show_alike(())
        if words:
            self.form.start_with(words)
        self._began = self.form.details()
        self.afresh.hide()

    def _start_afresh(self) -> None:
        self._begin()
        self.form.focus_first()

    def _back(self) -> None:
        self._begin()
        self.open_requested.emit(Ref(Place.PATIENTS))

    def _look_soon(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        details = self.form.details()
        self.lanes.run(
            lambda: patients.alike(self.desk, details),
            self._show_alike,
            replace_key="new patient: alike",
        )

    def _show_alike(self, found: tuple[patients.PatientRow, ...]) -> None:
        for widget in self._same_rows:
            self.same.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._same_rows = []
        if not found:
            self.same_hint.setText(
                _("Nobody with this family name and the same birth date or phone is registered.")
                if self.form.details().family_name.strip()
                else _("People who may be the same are shown here while you type.")
            )
            return
        self.same_hint.setText(_("Open the person if it is them, so that nobody stands twice."))
        for person in found[:5]:
            name = f"{person.family_name.upper()}, {person.given_name}".rstrip(", ")
            words = ", ".join(filter(None, [written_day(person.birth_date), person.number]))
            button = Button(_("Open"), compact=True, name=_("Open {name}").format(name=name))
            button.clicked.connect(self._open_known)
            button.setProperty("patient", str(person.id))
            held = QWidget()
            line = layout.row(held)
            texts = layout.column(spacing=2)
            texts.addWidget(Label(name, "strong"))
            texts.addWidget(Label(words, "caption"))
            line.addLayout(texts, 1)
            line.addWidget(button)
            self.same.add(held)
            self._same_rows.append(held)

    def _open_known(self) -> None:
        self.open_requested.emit(Ref(Place.PATIENT, UUID(self.sender().property("patient"))))

    def _register(self) -> None:
        wrong = self.form.wrong()
        if wrong:
            self.form.show_problems(wrong)
            return
        details = self.form.details()
        self.register.setEnabled(False)
        self.lanes.run(
            lambda: patients.register(self.desk, details), self._registered, self._refused
        )

    def _registered(self, patient: UUID) -> None:
        self.register.setEnabled(True)
        self._begin()
        self.open_requested.emit(Ref(Place.PATIENT, patient))
        self.said.emit(_("Registered. Next: open a case for the complaint."), "done")

    def _refused(self, error: Exception) -> None:
        self.register.setEnabled(True)
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self.said.emit("; ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error
