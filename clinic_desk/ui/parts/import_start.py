"""Where an import begins: choose or drop a file, and the earlier imports with their way back."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.import_views import RunRow

_KINDS = {"csv": _("List"), "day": _("Day list"), "fhir": _("FHIR"), "archive": _("Archive")}
RUNS = (
    Column(
        _("When"),
        lambda run: written_day(run.done_at.astimezone().date()),
        width=120,
        plain=lambda run: run.done_at,
    ),
    Column(_("File"), lambda run: run.source, type="strong"),
    Column(_("Kind"), lambda run: _KINDS.get(run.kind, run.kind), width=90, spare=2),
    Column(_("New"), lambda run: f"{run.added:,}", 80, "right", plain=lambda run: run.added),
    Column(
        _("Completed"),
        lambda run: f"{run.changed:,}",
        width=100,
        align="right",
        spare=1,
        plain=lambda run: run.changed,
    ),
    Column(_("By"), lambda run: run.done_by, width=150, spare=1),
    Column(
        _("State"),
        lambda run: (
            Chipped(_("Taken back"), "outline", "undo-2")
            if run.undone_at
            else Chipped(_("Holds"), "good", "check")
        ),
        width=130,
    ),
)


class ImportStart(QWidget):
    """The first step. `chosen` with a path and, for a sealed archive, its passphrase; `several`
    with the paths of files that belong together.
    """

    chosen = Signal(object, str)
    several = Signal(object)  # tuple of paths
    undo_asked = Signal(object)  # the run's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._sealed: Path | None = None
        self.file = Button(_("Choose a file"), "file-text")
        self.file.clicked.connect(self._choose_file)
        self.folder = Button(_("Choose a folder"), "paperclip")
        self.folder.clicked.connect(self._choose_folder)
        self.problem = Label("", "problem", wrap=True)
        self.problem.hide()
        top = Card(_("Take records in"), _("or drop a file here"))
        top.add(
            Label(
                _(
                    "A list of patients or a day list as CSV in any language, FHIR R4 as a JSON "
                    "bundle or as .ndjson files (several, their folder or a ZIP of it), or an "
                    "archive of Clinic Desk. First you see what would happen. Nothing is taken "
                    "before you say so, and each import can be taken back until somebody has "
                    "worked on what it brought."
                ),
                "body",
                wrap=True,
            )
        )
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.file)
        line.addWidget(self.folder)
        line.addStretch(1)
        top.body.addLayout(line)
        self.passphrase = TextField(_("Passphrase of the archive"), limit=1000)
        self.passphrase.setEchoMode(TextField.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._open_sealed)
        unlock = Button(_("Open archive"), "key-round")
        unlock.clicked.connect(self._open_sealed)
        self.secret = QWidget()
        secret = layout.row(self.secret, tokens.S)
        secret.addWidget(self.passphrase, 1)
        secret.addWidget(unlock)
        self.sealed_words = Label(_("This archive asks for its passphrase."), "label")
        top.add(self.sealed_words)
        top.add(self.secret)
        top.add(self.problem)

        self.model = RowsModel(RUNS)
        self.rows = RowsView(self.model, _("Earlier imports"))
        self.rows.chosen.connect(self._run_chosen)
        self.undo = Button(_("Take back"), "undo-2", compact=True)
        self.undo.clicked.connect(self._undo)
        earlier = Card(_("Earlier imports"), flush=True)
        earlier.add_to_header(self.undo)
        earlier.add(self.rows, 1)
        self.earlier = earlier
        whole = layout.column(self, tokens.L)
        whole.addWidget(top)
        whole.addWidget(earlier, 1)
        whole.addStretch(0)
        self.ask_passphrase(None)
        earlier.hide()

    def ask_passphrase(self, path: Path | None) -> None:
        """Ask for the passphrase of a sealed archive, or no more."""
        self._sealed = path
        self.passphrase.clear()
        self.sealed_words.setVisible(path is not None)
        self.secret.setVisible(path is not None)
        if path is not None:
            self.passphrase.setFocus()

    def show_problem(self, text: str) -> None:
        """Why the file cannot be taken; empty when it can."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_runs(self, runs: Sequence[RunRow]) -> None:
        self.model.set_rows(runs)
        self.earlier.setVisible(bool(runs))
        self.rows.choose(0)
        self._run_chosen(self.rows.current())

    def _run_chosen(self, row: object) -> None:
        self.undo.setEnabled(isinstance(row, RunRow) and row.undone_at is None)

    def _undo(self) -> None:
        row = self.rows.current()
        if isinstance(row, RunRow):
            key: UUID = row.id
            self.undo_asked.emit(key)

    def _choose_file(self) -> None:
        kinds = _(
            "Lists, FHIR, archives (*.csv *.txt *.tsv *.json *.ndjson *.zip *.cdarchive);;All (*)"
        )
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Take records in"), "", kinds)
        self._choose([Path(one) for one in chosen])

    def _choose(self, paths: Sequence[Path]) -> None:
        if len(paths) > 1:
            self.several.emit(tuple(paths))
        elif paths:
            self.chosen.emit(paths[0], "")

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Take records in"))
        if chosen:
            self.chosen.emit(Path(chosen), "")

    def _open_sealed(self) -> None:
        if self._sealed is not None:
            self.chosen.emit(self._sealed, self.passphrase.value())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if urls and all(url.isLocalFile() for url in urls):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if urls:
            event.acceptProposedAction()
            self._choose([Path(url.toLocalFile()) for url in urls])
