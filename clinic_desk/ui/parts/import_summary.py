"""What would be taken in, and what was: numbers, notes, progress, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.parts.import_course import Course, CourseBar
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.import_views import ImportReport, Problem, RowPlan, Verdict

_WORDS = {
    Verdict.NEW: Chipped(_("New"), "good", "plus"),
    Verdict.CHANGED: Chipped(_("Completed"), "outline", "pen-line"),
    Verdict.KNOWN: Chipped(_("Known"), "outline", "check"),
    Verdict.REFUSED: Chipped(_("Left out"), "caution", "triangle-alert"),
}
ROWS = (
    Column(_("Row"), lambda row: row.place, width=110),
    Column(_("Name"), lambda row: row.name, type="strong"),
    Column(_("What becomes of it"), lambda row: _WORDS[row.verdict], width=150),
    Column(_("Why"), lambda row: _why(row)),
)
NOTES = (
    Column(_("Row"), lambda one: one.place, width=150),
    Column(
        _("What was not taken"), lambda one: f"{one.field}: {one.why}" if one.field else one.why
    ),
)
_MOST = 2_000  # rows that are listed; the numbers above count all


def _noted(one: Problem) -> str:
    return f"{one.field.replace('_', ' ')}: {one.why}" if one.field else one.why


def _why(row: RowPlan) -> str:
    if row.fills:
        return _("adds {fields}").format(fields=", ".join(row.fills).replace("_", " "))
    return row.why


class ImportSummary(QWidget):
    """The last step. `undo_asked` after a run."""

    undo_asked = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report: ImportReport | None = None
        self.facts = Facts()
        self.numbers = Card(_("Summary"))
        self.numbers.add(self.facts)
        self.course = CourseBar(course, _("Taking in"))
        self.course.hide()
        self.numbers.add(self.course)
        self.done = Label("", "good", wrap=True)
        self.undo = Button(_("Take this import back"), "undo-2")
        self.undo.clicked.connect(self.undo_asked)
        line = layout.row()
        line.addWidget(self.done, 1)
        line.addWidget(self.undo)
        self.after = QWidget()
        self.after.setLayout(line)
        self.numbers.add(self.after)

        self.model = RowsModel(ROWS)
        self.rows = RowsView(self.model, _("Rows"))
        self.listed = Card(_("Rows"), flush=True)
        self.listed.add(self.rows, 1)
        self.notes_model = RowsModel(NOTES)
        self.notes_rows = RowsView(self.notes_model, _("Notes"))
        self.notes = Card(_("Notes"), flush=True)
        self.notes.add(self.notes_rows, 1)
        lists = layout.row(spacing=tokens.L)
        lists.addWidget(self.listed, 3)
        lists.addWidget(self.notes, 2)
        whole = layout.column(self, tokens.L)
        whole.addWidget(self.numbers)
        whole.addLayout(lists, 1)

    def show_report(self, report: ImportReport) -> None:
        """Show a dry run, or what was taken."""
        self.report = report
        left = report.how.get("columns_not_taken")
        columns = ", ".join(str(one) for one in left) if isinstance(left, list) else ""
        numbers = _("{read} read: {new} new, {changed} completed, {known} known, {left} left out")
        self.facts.show_facts(
            [
                (_("File"), report.source),
                (
                    _("Lines") if report.kind == "day" else _("People"),
                    numbers.format(
                        read=f"{report.read:,}",
                        new=f"{report.new:,}",
                        changed=f"{report.changed:,}",
                        known=f"{report.known:,}",
                        left=f"{len({one.place for one in report.refused}):,}",
                    ),
                ),
                (_("Columns not taken"), columns),
            ]
        )
        self.model.set_rows(report.rows[:_MOST])
        more = len(report.rows) - _MOST
        said = _("the first {most}").format(most=f"{_MOST:,}") if more > 0 else ""
        self.listed.header.set(_("Rows"), said)
        self.notes_model.set_rows(report.notes[:_MOST])
        self.notes.setVisible(bool(report.notes))
        taken = report.run is not None
        self.after.setVisible(taken)
        words = _("Taken in: {new} new, {changed} completed.")
        self.done.setText(words.format(new=f"{report.new:,}", changed=f"{report.changed:,}"))
        self.course.hide()
