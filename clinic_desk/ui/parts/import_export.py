"""Handing records out from a window: the patient's menu, and the card in the settings."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.import_course import Course, CourseBar
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases import exporting, paper_file, record_print
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.exporting import ExportReport
from clinic_desk.usecases.importing import Stopped


class SealDialog(QDialog):
    """Asks twice for the passphrase of an archive. `passphrase` is what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Encrypt the archive"))
        self.first, self.second = (TextField(limit=1000) for _n in range(2))
        for field in (self.first, self.second):
            field.setEchoMode(TextField.EchoMode.Password)
        self.form = Form(1)
        self.form.add("first", _("Passphrase"), self.first, required=True)
        self.form.add("second", _("Passphrase again"), self.second, required=True)
        words = _(
            "A ZIP with AES-256, which 7-Zip, WinZip and Keka open. Without the passphrase nobody "
            "can; it is kept nowhere: write it down. Four words that nobody guesses are good."
        )
        seal = PrimaryButton(_("Encrypt"))
        seal.clicked.connect(self.check)
        cancel = Button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addWidget(Label(words, "body", wrap=True))
        whole.addWidget(self.form)
        line = layout.row(spacing=tokens.S)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(seal)
        whole.addLayout(line)

    def check(self) -> None:
        """Take it when both are the same and long enough."""
        fault = exporting.passphrase_fault(self.first.value())
        if fault:
            self.form.show_problems({"first": fault})
        elif self.first.value() != self.second.value():
            self.form.show_problems({"second": _("The two passphrases differ.")})
        else:
            self.accept()

    def passphrase(self) -> str:
        return self.first.value()


class ExportMenu(Button):
    """What can be handed out of one patient. `said` as on a screen."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Hand out"), "external-link", parent=parent, trailing="chevron-down")
        self._desk, self._lanes = desk, lanes
        self._patient: UUID | None = None
        self.menu_of_kinds = QMenu(self)
        for text, act in (
            (_("Take-over summary, one page (PDF)"), self._summary),
            (_("Whole record (PDF)"), self._record),
            (_("Archive as a folder"), self._archive),
            (_("Archive, encrypted"), self._sealed),
            (_("FHIR R4 bundle"), self._fhir),
        ):
            self.menu_of_kinds.addAction(text).triggered.connect(act)
        self.clicked.connect(self._open)
        self.setEnabled(False)

    def show_patient(self, patient: UUID | None) -> None:
        """Whose record it is."""
        self._patient = patient
        self.setEnabled(patient is not None)

    def _open(self) -> None:
        self.menu_of_kinds.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _summary(self) -> None:
        self._ask_pdf(_("take-over summary"), record_print.summary)

    def _record(self) -> None:
        self._ask_pdf(_("record"), record_print.whole)

    def _ask_pdf(self, name: str, make: Callable[[Desk, UUID], bytes]) -> None:
        title = _("Hand out the {name}").format(name=name)
        proposed = paper_file.name_for(name)
        chosen, _kind = QFileDialog.getSaveFileName(self, title, proposed, _("PDF (*.pdf)"))
        if chosen:
            self.save_pdf(Path(chosen), make)

    def save_pdf(self, path: Path, make: Callable[[Desk, UUID], bytes]) -> None:
        """Write a PDF of the record."""
        desk, patient = self._desk, self._patient
        if patient is not None:
            self._lanes.run(
                lambda: exporting.paper_out(desk, patient, make, path), self._saved, self._failed
            )

    def _archive(self) -> None:
        self._ask_folder("archive", None)

    def _fhir(self) -> None:
        self._ask_folder("fhir", None)

    def _sealed(self) -> None:
        dialog = SealDialog(self)
        try:
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self._ask_folder("archive", dialog.passphrase())
        finally:
            dialog.deleteLater()

    def _ask_folder(self, kind: str, passphrase: str | None) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where the archive goes"))
        if chosen:
            self.export(Path(chosen), kind, passphrase)

    def export(self, out: Path, kind: str = "archive", passphrase: str | None = None) -> None:
        """Write the patient's archive or bundle into a folder."""
        desk, patient = self._desk, self._patient
        if patient is not None:
            self._lanes.run(
                lambda: exporting.export(desk, out, patient, kind, passphrase).out,
                self._saved,
                self._failed,
            )

    def _saved(self, path: Path) -> None:
        self.said.emit(_("Saved as {name}.").format(name=path.name), "done")

    def _failed(self, error: Exception) -> None:
        _say_failure(self.said, error)


class ExportCard(Card):
    """The whole practice out, and records in. `import_asked` leads to the assistant."""

    said = Signal(str, str)
    import_asked = Signal()

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Import and export"), parent=parent)
        self._desk, self._lanes = desk, lanes
        self._course = Course(self)
        self.kind = ComboBox()
        self.kind.fill(
            [
                ("archive", _("Archive: pages, papers, data")),
                ("fhir", _("FHIR R4 bundles")),
                ("csv", _("Lists as CSV")),
            ]
        )
        self.encrypt = CheckBox(_("Encrypt with a passphrase"))
        form = Form(1)
        form.add("kind", _("The whole practice as"), self.kind)
        self.add(form)
        self.add(self.encrypt)
        self.out = Button(_("Export the practice"), "download")
        self.out.clicked.connect(self._ask)
        self.into = Button(_("Import records"), "users")
        self.into.clicked.connect(self.import_asked)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.out)
        line.addWidget(self.into)
        line.addStretch(1)
        self.body.addLayout(line)
        self.bar = CourseBar(self._course, _("Exporting"))
        self.add(self.bar)
        self.bar.hide()

    def _ask(self) -> None:
        passphrase = None
        if self.encrypt.isChecked():
            dialog = SealDialog(self)
            try:
                if dialog.exec() != QDialog.DialogCode.Accepted:
                    return
                passphrase = dialog.passphrase()
            finally:
                dialog.deleteLater()
        chosen = QFileDialog.getExistingDirectory(self, _("Where the export goes"))
        if chosen:
            self.export(Path(chosen), passphrase)

    def export(self, out: Path, passphrase: str | None = None) -> None:
        """Write the practice into a folder; it can be stopped."""
        desk, kind, course = self._desk, str(self.kind.value()), self._course
        course.begin()
        self.out.setEnabled(False)
        self.bar.show()
        self._lanes.run(
            lambda: exporting.export(desk, out, None, kind, passphrase, course.go_on),
            self._saved,
            self._failed,
        )

    def _done(self) -> None:
        self.bar.hide()
        self.out.setEnabled(True)

    def _saved(self, report: ExportReport) -> None:
        self._done()
        said = _("{count} patients saved as {name}.")
        said = said.format(count=f"{report.patients:,}", name=report.out.name)
        self.said.emit(said, "done")

    def _failed(self, error: Exception) -> None:
        self._done()
        _say_failure(self.said, error)


def _say_failure(said: SignalInstance, error: Exception) -> None:
    if isinstance(error, Stopped):
        said.emit(_("Stopped. Nothing was saved."), "info")
    elif isinstance(error, InvalidInput):
        said.emit("; ".join(error.fields.values()), "problem")
    elif isinstance(error, ClinicError):
        said.emit(str(error), "problem")
    else:
        raise error
