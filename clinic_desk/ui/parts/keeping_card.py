"""Archive and restore, and the legal hold of one file."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.patient_views import PatientFile


class KeepingCard(Card):
    archive_asked = Signal()
    restore_asked = Signal()
    hold_asked = Signal(str)
    release_asked = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(_("Archive and legal hold"), parent=parent)
        self.said = Label("", "body", wrap=True)
        self.archive = Button(_("Archive this patient"))
        self.archive.clicked.connect(self._archive)
        self.held = Label("", "body", wrap=True)
        self.reason = TextField(
            _("Reason of the legal hold"), placeholder=_("Reason, such as a claim and its number")
        )
        self.reason.returnPressed.connect(self._hold)
        self.hold = Button(_("Put under legal hold"))
        self.hold.clicked.connect(self._hold)
        self.add(self.said)
        self._archived = self._on_hold = False
        for widgets in ((self.archive,), (self.held,), (self.reason, self.hold)):
            line = layout.row(spacing=8)
            for widget in widgets:
                line.addWidget(widget, 1 if widget in (self.reason, self.held) else 0)
            if widgets == (self.archive,):
                line.addStretch(1)
            self.body.addLayout(line)

        self.draft = FormDraft(screen, self.reason, "legal_hold", {"reason": self.reason})

    def begin(self, patient: UUID) -> None:
        """Another patient's file."""
        self.reason.set_value("")
        self.draft.begin(patient, Ref(Place.PATIENT_FILE, patient))

    def show_file(self, file: PatientFile) -> None:
        self._archived = file.banner.archived
        self._on_hold = bool(file.hold_reason)
        self.said.setText(
            _("Archived: not in the everyday lists, still found by searching.")
            if self._archived
            else _("In the everyday lists. Archived, a patient is only found by searching.")
        )
        self.archive.setText(_("Restore this patient") if self._archived else _("Archive"))
        self.held.setText(
            _("Under legal hold: {reason}").format(reason=file.hold_reason)
            if self._on_hold
            else _("No legal hold. Under one, the file never counts as due for deletion.")
        )
        self.reason.setVisible(not self._on_hold)
        self.hold.setText(_("End the legal hold") if self._on_hold else _("Put under legal hold"))

    def _archive(self) -> None:
        (self.restore_asked if self._archived else self.archive_asked).emit()

    def _hold(self) -> None:
        if self._on_hold:
            self.release_asked.emit()
        else:
            self.hold_asked.emit(self.reason.value())
            self.reason.set_value("")
            self.draft.changed()
