"""The import assistant: a file, its columns, its problems, what would happen, and doing it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QFileDialog, QStackedWidget, QWidget

from clinic_desk.errors import AccessDenied, ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.import_columns import ImportColumns
from clinic_desk.ui.parts.import_course import Course
from clinic_desk.ui.parts.import_problems import ImportProblems
from clinic_desk.ui.parts.import_start import ImportStart
from clinic_desk.ui.parts.import_summary import ImportSummary
from clinic_desk.ui.refs import Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import import_assistant, import_undo, importing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_assistant import Intake
from clinic_desk.usecases.import_views import ImportReport, RunRow
from clinic_desk.usecases.importing import Stopped

T = TypeVar("T")

START, COLUMNS, PROBLEMS, SUMMARY = range(4)
_TITLES = (_("File"), _("Columns"), _("Problems"), _("Summary"))


class ImportingScreen(Screen):
    """Four steps; each can be gone back to until the import is done."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._intake: Intake | None = None
        self._report: ImportReport | None = None
        self._run: UUID | None = None
        self._busy = False
        self.course = Course(self)

        self.steps = [Label(title, "quiet") for title in _TITLES]
        head = layout.row(spacing=tokens.L)
        for label in self.steps:
            head.addWidget(label)
        head.addStretch(1)

        self.start = ImportStart()
        self.start.chosen.connect(self.take)
        self.start.several.connect(self.take_several)
        self.start.undo_asked.connect(self._undo_run)
        self.columns = ImportColumns()
        self.columns.declared.connect(self._declare)
        self.columns.reread.connect(self._reread)
        self.columns.day_said.connect(self._day_said)
        self.columns.load_asked.connect(self._load_map)
        self.columns.save_asked.connect(self._save_map)
        self.problems = ImportProblems()
        self.problems.changed.connect(self._changed)
        self.summary = ImportSummary(self.course)
        self.summary.undo_asked.connect(self._undo_this)
        self.pages = QStackedWidget()
        for page in (self.start, self.columns, self.problems, self.summary):
            self.pages.addWidget(page)

        list_out.of_view(self, self.start.rows, "imports", self.start.earlier)
        for preview in (self.columns.rows, self.columns.day_rows):
            list_out.of_view(self, preview, "import_preview")
        taken, notes = self.summary.rows, self.summary.notes_rows
        list_out.of_view(self, taken, "import_rows", self.summary.listed, self._all_rows)
        list_out.of_view(self, notes, "import_notes", self.summary.notes, self._all_notes)
        refused = list_out.ListOut(
            self,
            self.problems,
            "import_problems",
            _("Rows with a problem"),
            self.problems.model.as_columns,
            self.problems.model.as_shown,
        )
        refused.said.connect(self.said)
        refused.offer_on(self.problems.table)
        self.problems.card.add_to_header(refused.button)

        self.back = Button(_("Back"), "arrow-left", "link")
        self.back.clicked.connect(self._back)
        self.again = Button(_("Check again"), "rotate-ccw")
        self.again.clicked.connect(self._check)
        self.next = PrimaryButton(_("Continue"))
        self.next.setObjectName("importNext")
        self.next.clicked.connect(self._next)
        body = layout.column(spacing=tokens.L, margin=tokens.XL)
        body.addLayout(head)
        body.addWidget(self.pages, 1)
        whole = layout.column(self)
        whole.addLayout(body, 1)
        whole.addWidget(layout.Footer([self.back], [self.again, self.next]))
        self._show(START)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Import"), "")
        self._look_at_runs()
        if ref.extra:
            self.take(Path(ref.extra))
        elif self.pages.currentIndex() == START:
            self.take_focus(self.start.file)

    def primary(self) -> QAbstractButton | None:
        return None if self.next.isHidden() else self.next

    # The file

    def take(self, path: Path, passphrase: str = "") -> None:
        """Begin with a file."""
        if self._busy:
            return
        self.start.show_problem("")
        if import_assistant.is_sealed(path) and not passphrase:
            self.start.ask_passphrase(path)
            return
        self._work(lambda: import_assistant.open_file(path, passphrase), self._opened)

    def take_several(self, paths: tuple[Path, ...]) -> None:
        """Begin with files that belong together."""
        if not self._busy:
            self.start.show_problem("")
            self.start.ask_passphrase(None)
            self._work(lambda: import_assistant.open_files(paths), self._opened)

    def _opened(self, intake: Intake) -> None:
        self._busy = False
        self._intake, self._report, self._run = intake, None, None
        self.start.ask_passphrase(None)
        self.columns.forget()
        self.problems.forget()
        self.heading_changed.emit(_("Import"), intake.path.name)
        if intake.csv is not None:
            self.columns.show_intake(intake)
            self._show(COLUMNS)
        else:
            self._check()

    # What the columns mean

    def _declare(self) -> None:
        columns, answers = self.columns.said()
        try:
            if self._intake is not None:
                self._intake = import_assistant.declare(self._intake, columns, answers)
                self.columns.show_intake(self._intake)
        except InvalidInput as error:
            self.said.emit(_said(error), "problem")
        self._show(COLUMNS)

    def _reread(self, delimiter: str, encoding: str, header: object, of: str) -> None:
        intake, headed = self._intake, header if isinstance(header, bool) else None
        if intake is not None:
            self._work(
                lambda: import_assistant.reread(intake, delimiter, encoding, headed, of),
                self._opened,
            )

    def _day_said(self, day: object) -> None:
        if self._intake is not None and (day is None or isinstance(day, date)):
            self._intake = import_assistant.of_day(self._intake, day)
            self._report = None

    def _load_map(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Load a mapping"), "", _("Mappings (*.toml)")
        )
        if chosen:
            self.load_map(Path(chosen))

    def load_map(self, path: Path) -> None:
        """Read the list as a map file says."""
        intake = self._intake
        if intake is not None:
            self._work(lambda: import_assistant.open_with_map(intake, path), self._opened)

    def _save_map(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the mapping"), "mapping.toml", _("Mappings (*.toml)")
        )
        if chosen:
            self.save_map(Path(chosen))

    def save_map(self, path: Path) -> None:
        """Keep what was said for the next export of the same program."""
        try:
            if self._intake is not None:
                import_assistant.save_map(self._intake, path)
                self.said.emit(_("Mapping saved."), "done")
        except ClinicError as error:
            self.said.emit(str(error), "problem")

    # Problems and summary

    def _all_rows(self) -> list_out.Read:
        report = self.summary.report
        return lambda: report.rows if report is not None else ()

    def _all_notes(self) -> list_out.Read:
        report = self.summary.report
        return lambda: report.notes if report is not None else ()

    def _check(self) -> None:
        intake = self._intake
        if intake is None:
            return
        desk, course = self.desk, self.course
        mended, settled = dict(self.problems.model.mended), dict(self.problems.settled)
        course.begin()
        self._work(
            lambda: import_assistant.look(desk, intake, mended, settled, course.go_on),
            self._checked,
        )

    def _checked(self, report: ImportReport) -> None:
        self._busy = False
        intake = self._intake
        if intake is None:
            return
        self._report = report
        self.summary.show_report(report)
        rows = import_assistant.problem_rows(intake, report, self.problems.model.mended)
        columns = intake.csv.table.columns if intake.csv is not None else ()
        self.problems.show_rows(rows, columns)
        self._show(PROBLEMS if rows else SUMMARY)

    def _changed(self) -> None:
        """What was mended counts once it is checked again."""
        self._report = None
        row = self.problems.model.rows
        place = self.problems.table.currentIndex().row()
        if 0 <= place < len(row):
            self.problems.choose(place)
        self._show(PROBLEMS)

    def _next(self) -> None:
        here = self.pages.currentIndex()
        if here == COLUMNS or self._report is None:
            self._check()
        elif here == PROBLEMS:
            self._show(SUMMARY)
        elif self._run is None:
            self._take_in()
        else:
            self._begin_anew()

    def _take_in(self) -> None:
        intake = self._intake
        if intake is None:
            return
        desk, course = self.desk, self.course
        mended, settled = dict(self.problems.model.mended), dict(self.problems.settled)
        course.begin()
        self.summary.course.show()
        self._work(
            lambda: import_assistant.take(desk, intake, mended, settled, course.go_on),
            self._taken,
        )

    def _taken(self, report: ImportReport) -> None:
        self._busy = False
        self._report, self._run = report, report.run
        self.summary.show_report(report)
        self._show(SUMMARY)
        if report.run is None:
            self.said.emit(_("Nothing was new; nothing was taken in."), "info")
        else:
            said = _("{count} taken in.").format(count=f"{report.new + report.changed:,}")
            self.undoable.emit(said, self._undo_this)
        self._look_at_runs()

    # The way back

    def _undo_this(self) -> None:
        if self._run is not None:
            self._undo_run(self._run)

    def _undo_run(self, run: object) -> None:
        if isinstance(run, UUID):
            desk, key = self.desk, run
            self._work(lambda: import_undo.undo(desk, key), self._undone)

    def _undone(self, count: int) -> None:
        self._busy = False
        said = _("The import was taken back: {count} rows.").format(count=f"{count:,}")
        self.said.emit(said, "done")
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._intake, self._report, self._run = None, None, None
        self.heading_changed.emit(_("Import"), "")
        self._look_at_runs()
        self._show(START)

    def _look_at_runs(self) -> None:
        desk = self.desk
        self.lanes.run(lambda: importing.runs(desk), self._show_runs, replace_key="import runs")

    def _show_runs(self, runs: tuple[RunRow, ...]) -> None:
        self.start.show_runs(runs)

    # Between the steps

    def _work(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        if self._busy:
            return
        self._busy = True
        self._show(self.pages.currentIndex())
        self.lanes.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.summary.course.hide()
        self._show(self.pages.currentIndex())
        if isinstance(error, Stopped):
            self.said.emit(_("Stopped. Nothing was taken in."), "info")
        elif isinstance(error, InvalidInput):
            self._say(_said(error))
        elif isinstance(error, ClinicError):
            self._say(str(error))
            if isinstance(error, AccessDenied) and self._intake is not None:
                self.start.ask_passphrase(self._intake.path)
        else:
            raise error

    def _say(self, text: str) -> None:
        if self.pages.currentIndex() == START:
            self.start.show_problem(text)
        else:
            self.said.emit(text, "problem")

    def _back(self) -> None:
        here = self.pages.currentIndex()
        lists = self._intake is not None and self._intake.csv is not None
        if here == SUMMARY and self.problems.model.rows:
            self._show(PROBLEMS)
        elif here in (SUMMARY, PROBLEMS) and lists:
            self._show(COLUMNS)
        else:
            self._begin_anew()

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        for place, label in enumerate(self.steps):
            label.setText(f"{place + 1}  {_TITLES[place]}")
            label.setProperty("type", "strong" if place == page else "quiet")
            label.style().unpolish(label)
            label.style().polish(label)
            label.setAccessibleDescription(_("current step") if place == page else "")
        report = self._report
        self.back.setVisible(page != START)
        self.back.setEnabled(not self._busy)
        self.again.setVisible(page == PROBLEMS)
        self.again.setEnabled(not self._busy)
        self.next.setVisible(page != START)
        csv = self._intake.csv if self._intake is not None else None
        open_questions = csv is not None and bool(csv.questions)
        ready = not self._busy
        if page == SUMMARY and self._run is None and report is not None:
            count = report.new + report.changed
            self.next.setText(_("Take in {count}").format(count=f"{count:,}"))
            ready = ready and count > 0
        elif page == SUMMARY:
            self.next.setText(_("Another file"))
        elif page == PROBLEMS and report is not None:
            self.next.setText(_("Leave these out"))
        elif page == COLUMNS and open_questions:
            self.next.setText(_("Continue without an answer"))
        else:
            self.next.setText(_("Continue"))
        self.next.setEnabled(ready)


def _said(error: InvalidInput) -> str:
    """Each place with its reason."""
    return "; ".join(f"{place}: {why}" for place, why in list(error.fields.items())[:5])
