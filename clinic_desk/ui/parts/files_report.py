"""What was entered of an imaging report that is filed, to enter it or to correct it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.measures import Side
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.loops_result import ResultForm
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import plain
from clinic_desk.usecases.imaging_results import FileReport, ImagingView


class ReportCard(Card):
    """`entered` has the details and, for a correction, what it corrects."""

    entered = Signal(object, object)  # ImagingDetails; ImagingView or None

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Imaging report"), "", parent)
        self.begin = Button(_("Enter it"), kind="link", compact=True)
        self.begin.setObjectName("enterReport")
        self.begin.clicked.connect(self._begin)
        self.add_to_header(self.begin)
        self.line = Label("", "body", wrap=True)
        self.by = Label("", "caption", wrap=True)
        self.form = ResultForm(today)
        for widget in (self.line, self.by, self.form):
            self.add(widget)
        self.keep = Button(_("Keep the report"), "check")
        self.keep.setObjectName("keepReport")
        self.keep.clicked.connect(self._ask)
        self.cancel = Button(_("Not now"), kind="link")
        self.cancel.clicked.connect(self.fold)
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.body.addLayout(row)
        self._report: FileReport | None = None
        self.fold()

    def show_report(self, report: FileReport) -> None:
        """Show what was entered; a report half typed stays while the file is the same."""
        if self._report is None or self._report.file_id != report.file_id:
            self.fold()
        self._report = report
        before = self._before()
        self.setVisible(report.case_id is not None)
        self.begin.setText(_("Correct it") if before else _("Enter it"))
        said = before.line if before else _("Not entered in fields yet.")
        if before is not None and before.other_side:
            said = f"{said} {_('It is about the other side: the evaluation does not use it.')}"
        self.line.setText(said)
        day = written_day(before.entered_at.astimezone().date()) if before else ""
        self.by.setText(f"{before.entered_by}, {day}" if before else "")
        self.by.setVisible(before is not None)

    def fold(self) -> None:
        """Show no form."""
        for widget in (self.form, self.keep, self.cancel):
            widget.hide()

    def _before(self) -> ImagingView | None:
        return next(iter(self._report.results), None) if self._report else None

    def _begin(self) -> None:
        if self._report is None or self._report.offered is None:
            return
        before, side = self._before(), self._report.offered.side
        held: plain.Plain = {}
        if before is not None:
            held = plain.table(before.details)
        elif side in (Side.LEFT, Side.RIGHT):
            held = {"side": side.value}
        self.form.begin(self._report.offered, held)
        for widget in (self.form, self.keep, self.cancel):
            widget.show()
        self.form.modality.setFocus()

    def _ask(self) -> None:
        wrong = self.form.wrong()
        if wrong:
            self.form.show_problems(wrong)
        else:
            self.entered.emit(self.form.details(), self._before())
