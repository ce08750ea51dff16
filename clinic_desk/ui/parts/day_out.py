"""The day list on its way to a printer or into a file."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui.parts import paper_out
from clinic_desk.ui.screen import Screen
from clinic_desk.usecases import day_paper


class DayOut(QObject):
    """Makes the page in the records lane and hands it on."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._title = ""
        self._target: Path | None = None

    def print_day(self, day: date) -> None:
        """Ask for a printer and print the day."""
        self._target = None
        self._make(day)

    def save_day(self, day: date) -> None:
        """Ask where, and save the day as a PDF."""
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        start = Path(places[0]) if places else Path.home()
        chosen, _kind = QFileDialog.getSaveFileName(
            self._screen,
            _("Save the day list as PDF"),
            str(start / f"{day.isoformat()}.pdf"),
            _("PDF (*.pdf)"),
        )
        if chosen:
            self.save_to(day, Path(chosen))

    def save_to(self, day: date, target: Path) -> None:
        self._target = target
        self._make(day)

    def _make(self, day: date) -> None:
        self._title = day_paper.title(day)
        self._screen.lanes.run(
            lambda: day_paper.pdf(self._screen.desk, day), self._made, self._refused
        )

    def _made(self, pdf: bytes) -> None:
        if self._target is None:
            problem = paper_out.print_pdf(pdf, self._title, self._screen)
            done = ""
        else:
            problem = paper_out.save(pdf, self._target)
            done = _("Saved as {name}.").format(name=self._target.name)
        if problem or done:
            self._screen.said.emit(problem or done, "problem" if problem else "done")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._screen.said.emit(str(error), "problem")
