"""The recovery sheet on its way to a file or a printer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.parts import paper_out
from clinic_desk.ui.tasks import Lanes


class RecoverySheet(QObject):
    """`told` says what went wrong, or nothing; `failed` has the error where it was not made."""

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, make: Callable[[], bytes], lanes: Lanes, window: QWidget) -> None:
        super().__init__(window)
        self._make, self._lanes, self._window = make, lanes, window

    def save(self) -> None:
        """Ask where, and save it as a PDF."""
        self._lanes.run(self._make, self._to_file, self._not_made)

    def print(self) -> None:
        """Ask for a printer, and print it."""
        self._lanes.run(self._make, self._to_printer, self._not_made)

    def _not_made(self, error: Exception) -> None:
        self.failed.emit(error)

    def _to_file(self, pdf: bytes) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("Save the recovery sheet"), "recovery-sheet.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.told.emit(paper_out.save(pdf, Path(chosen)))

    def _to_printer(self, pdf: bytes) -> None:
        self.told.emit(paper_out.print_pdf(pdf, _("Recovery sheet"), self._window))
