"""The page on which a patient's details are changed, over the patient's page.

It is made when it is first wanted: its fifty fields would be half of what the first opening of a
patient waits for.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import FieldRow
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.patient_form import PatientForm
from clinic_desk.ui.parts.patient_offers import Offers
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.usecases import patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_views import PatientFile


class DetailsPage(QWidget):
    """The form with its two ways out."""

    saved = Signal()
    left = Signal()
    said = Signal(str, str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file: PatientFile | None = None
        self.doing = Doing(desk, lanes, self)
        self.form = PatientForm(desk.today())
        self.save = PrimaryButton(_("Save details"))
        self.save.clicked.connect(self._save)
        back = Button(_("Back without saving"), "arrow-left", "link")
        back.clicked.connect(self.left)
        self.pane = Scroller()
        self.pane.column.addWidget(self.form)
        self.pane.column.addStretch(1)
        self._asked: FieldRow | None = None
        self._unfolded = QTimer(self, singleShot=True, interval=0)
        self._unfolded.timeout.connect(self._go_to_asked)
        self.pane.verticalScrollBar().rangeChanged.connect(self._moved)
        column = layout.column(self)
        column.addWidget(self.pane, 1)
        column.addWidget(layout.Footer([back], [self.save]))

    def offer(self, found: Offers) -> None:
        """What of the record can be chosen in the form."""
        self.form.offer_contacts(found.contacts)
        self.form.offer_languages(found.languages)

    def fill(self, file: PatientFile) -> None:
        """Show a patient's details as they are."""
        self._file = file
        self.form.fill(file.details)
        self.form.close_history(
            any(part.part == "history" and not part.opened for part in file.closed)
        )
        self.form.open_filled()

    def ask_for(self, field: str) -> None:
        """Go to the field that another screen asks for."""
        self.form.show_problems({field: _("A letter asks for this.")})
        for row in self.form.findChildren(FieldRow):
            if row.problem.text:
                getattr(row.control, "field", row.control).setFocus()
                self._asked = row
                self._unfolded.start()

    def _moved(self, _least: int, _most: int) -> None:
        self._unfolded.start()

    def _go_to_asked(self) -> None:
        """Scroll there. Sections unfold and offers arrive one after the other, and each moves the
        field: it is held in sight until the person goes on to another.
        """
        focus = QApplication.focusWidget()
        if self._asked is not None and focus is not None and self._asked.isAncestorOf(focus):
            self.pane.ensureWidgetVisible(self._asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the details only where nothing would be lost."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.form.touched():
            self.said.emit(_("Not saved yet: save, or go back without saving."), "info")
        else:
            self.left.emit()

    def _save(self) -> None:
        wrong = self.form.wrong()
        file, details = self._file, self.form.details()
        if wrong:
            self.form.show_problems(wrong)
        elif file is not None:
            act = partial(patients.correct, self._desk, file.id, file.version, details)
            self.doing.do(act, _("Details saved."), self._saved, self._not_saved)

    def _saved(self, _version: int) -> None:
        self.saved.emit()

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self.said.emit("; ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error
