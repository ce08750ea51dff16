"""Reports: six views of the practice's own numbers over a period, each number with its rows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, list_out, paper_out
from clinic_desk.ui.parts.report_list import IN_FULL, BehindCard
from clinic_desk.ui.parts.report_page import ReportPage
from clinic_desk.ui.parts.work_bar import WorkBar
from clinic_desk.ui.refs import Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.labels import FieldLabel, Label, Problem
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.usecases import paper_file, report_days, report_paper, reports
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Stopped
from clinic_desk.usecases.report_views import Behind, Listed, Period, Report

NARROW = 900  # px at 100 %: below it a table and the rows behind a number have no room
OWN = "own"  # the days were typed
START = "twelve"
LONG_MS = 400  # what takes longer shows how far it is


class ReportsScreen(Screen):
    """The kind and the period above, the report below, the rows behind a number beside it."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._report: Report | None = None
        self._behind: Behind | None = None
        self.kind = Segments(list(reports.KINDS.items()), _("Report"), view=True)
        self.kind.set_value("load")
        self.kind.changed.connect(self._look)
        self.period = ComboBox(_("Period"))
        self.period.fill([*report_days.CHOICES.items(), (OWN, _("Own days"))])
        self.period.set_value(START)
        self.period.chosen.connect(self._choose)
        self.first, self.last = DateField(_("First day")), DateField(_("Last day"))
        for field in (self.first, self.last):
            field.changed.connect(self._typed)
        self.problem = Problem()
        self.waiting = Label(_("Counting …"), "caption")
        self.waiting.hide()
        self.work = WorkBar()
        self.work.hide()
        self._long = QTimer(self, singleShot=True, interval=LONG_MS)
        self._long.timeout.connect(self._show_work)
        self.csv = Button(_("Save CSV"), "download")
        self.csv.setObjectName("reportCsv")
        self.csv.clicked.connect(self._ask_csv)
        self.pdf = Button(_("Save PDF"), "file-text")
        self.pdf.setObjectName("reportPdf")
        self.pdf.clicked.connect(self._ask_pdf)
        self.print = PrimaryButton(_("Print"))
        self.print.setObjectName("reportPrint")
        self.print.clicked.connect(self._print)
        self.page = ReportPage()
        self.page.number_opened.connect(self._open_number)
        self.behind = BehindCard()
        self.behind.opened.connect(self.open_requested)
        self.behind.closed.connect(self._back_to_tables)
        self.behind_out = list_out.of_view(
            self, self.behind.rows, "report_rows", self.behind, self._all_behind
        )
        self.behind_out.columns = lambda: IN_FULL
        top = layout.row(spacing=tokens.S)
        top.addWidget(self.kind)
        top.addStretch(1)
        for button in (self.csv, self.pdf, self.print):
            top.addWidget(button)
        days = layout.row(spacing=tokens.M)
        asked: tuple[tuple[str, QWidget], ...] = (
            (_("Period"), self.period),
            (_("From"), self.first),
            (_("Until"), self.last),
        )
        for label, control in asked:
            days.addWidget(FieldLabel(label, control))
            days.addWidget(control)
        days.addWidget(self.waiting)
        days.addWidget(self.problem, 1)
        days.addStretch(1)
        body = layout.row(spacing=tokens.L)
        body.addWidget(self.page, 1)
        body.addWidget(self.behind)
        whole = layout.column(self, tokens.M, tokens.XL)
        whole.addLayout(top)
        whole.addLayout(days)
        whole.addWidget(self.work)
        whole.addLayout(body, 1)
        self._may_leave(False)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Reports"), "")
        if ref.extra in reports.KINDS:
            self.kind.set_value(ref.extra)
        if self._report is None:
            self._choose(self.period.value())
        else:
            self._look()  # what was written meanwhile counts
        self.take_focus(self.kind)

    def primary(self) -> QAbstractButton:
        return self.print

    # What is asked

    def _choose(self, choice: object) -> None:
        if choice == OWN:
            self.first.setFocus()
            return
        self.lanes.run(
            lambda: reports.period(self.desk, str(choice)),
            self._chosen,
            self._refused,
            replace_key="reports: period",
        )

    def _chosen(self, period: Period) -> None:
        self.first.set_day(period.first)
        self.last.set_day(period.last)
        self._look()

    def _typed(self) -> None:
        self.period.set_value(OWN)
        self._look()

    def _look(self) -> None:
        first, last = self.first.day(), self.last.day()
        if first is None or last is None:
            self.problem.set(_("Give both days."))
            return
        kind, period = self.kind.value() or "load", Period(first, last)
        self.problem.set("")
        self.waiting.show()
        self.work.stop()  # what nobody waits for any more
        step = self.work.begin(_("Counting")).step
        self.work.hide()  # most are there at once
        self._long.start()
        self.lanes.run(
            lambda: reports.make(self.desk, kind, period, step),
            self._show,
            self._not_made,
            replace_key="reports",
        )

    def _show_work(self) -> None:
        if self.work.working:
            self.work.show()

    def _ended(self) -> None:
        self._long.stop()
        self.work.end()
        self.waiting.hide()

    def leave(self) -> None:
        self._long.stop()
        self.work.stop()

    def _show(self, report: Report) -> None:
        self.problem.set("")
        self._ended()
        fresh = self._report is None or (self._report.kind, self._report.period) != (
            report.kind,
            report.period,
        )
        self._report = report
        self._may_leave(True)
        self.page.show_report(report)
        for table, card in zip(self.page.tables, self.page.cards, strict=True):
            list_out.of_view(self, table, f"report {report.kind}", card)
        if fresh:
            self.behind.hide()
            self._fit()

    def _may_leave(self, may: bool) -> None:
        for button in (self.csv, self.pdf, self.print):
            button.setEnabled(may)

    # The rows behind a number

    def _open_number(self, behind: Behind) -> None:
        self._behind = behind
        self.lanes.run(
            lambda: reports.listed(self.desk, behind),
            self._list,
            self._refused,
            replace_key="reports: list",
        )

    def _list(self, found: Listed) -> None:
        if self._behind is not None:
            self.behind.show_list(found)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the rows behind a number stand in the place of the tables."""
        beside = self.width() >= theme.px(NARROW)
        self.page.setVisible(self.behind.isHidden() or beside)
        self.behind.fill(not beside)

    def _all_behind(self) -> list_out.Read:
        """The whole list behind a number, beyond the rows that are shown."""
        behind, desk, ordered = self._behind, self.desk, self.behind.model.ordered
        return lambda: ordered(reports.listed(desk, behind, reports.ALL).rows) if behind else ()

    def _back_to_tables(self) -> None:
        self._fit()
        for table in self.page.tables:
            if table.currentIndex().isValid():
                table.setFocus()
                return
        self.kind.setFocus()

    # On their way out

    def _ask_csv(self) -> None:
        target = self._where(_("Save the numbers"), "csv", _("CSV (*.csv)"))
        if target is not None:
            self.save_csv(target)

    def _ask_pdf(self) -> None:
        target = self._where(_("Save the report"), "pdf", _("PDF (*.pdf)"))
        if target is not None:
            self.save_pdf(target)

    def _where(self, title: str, ending: str, kind: str) -> Path | None:
        if self._report is None:
            return None
        name = paper_file.name_for(self._report.title).removesuffix("pdf") + ending
        chosen, _kind = QFileDialog.getSaveFileName(self, title, name, kind)
        return Path(chosen) if chosen else None

    def save_csv(self, target: Path) -> None:
        """Write the numbers of the report in front to a file."""
        report, desk = self._report, self.desk
        if report is not None:
            self._save(target, lambda: reports.csv(desk, report))

    def save_pdf(self, target: Path) -> None:
        """Write the report in front to a file."""
        report, desk = self._report, self.desk
        if report is not None:
            self._save(target, lambda: report_paper.pdf(desk, report))

    def _save(self, target: Path, make: Callable[[], bytes]) -> None:
        def work() -> str:
            paper_file.write(make(), target)
            return target.name

        self.lanes.run(work, self._saved, self._refused)

    def _saved(self, name: str) -> None:
        self.said.emit(_("Saved as {name}.").format(name=name), "done")

    def _print(self) -> None:
        report, desk = self._report, self.desk
        if report is not None:
            self.lanes.run(lambda: report_paper.pdf(desk, report), self._to_printer, self._refused)

    def _to_printer(self, pdf: bytes) -> None:
        title = self._report.title if self._report is not None else _("Report")
        problem = paper_out.print_pdf(pdf, title, self)
        if problem:
            self.said.emit(problem, "problem")

    def _not_made(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, Stopped):
            self._say_stopped()
        else:
            self._refused(error)

    def _say_stopped(self) -> None:
        """Which report is still in front, so that its numbers are not taken for the others'."""
        shown = self._report
        if shown is None:
            self.problem.set(_("Stopped. Nothing is counted yet."))
            return
        self.kind.set_value(shown.kind)
        self.period.set_value(OWN)
        self.first.set_day(shown.period.first)
        self.last.set_day(shown.period.last)
        self.problem.set(_("Stopped. What was counted before is shown."))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.problem.set("; ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error
