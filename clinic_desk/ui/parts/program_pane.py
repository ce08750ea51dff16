"""The right pane of the builder: the program itself, its minutes, its paper, its footer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.paper_words import PAPERS
from clinic_desk.ui.parts.program_bulk import BulkPanel
from clinic_desk.ui.parts.program_lines import LineList
from clinic_desk.ui.parts.program_options import HandoutOptions
from clinic_desk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from clinic_desk.ui.widgets.cards import EmptyState, Scroller
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import ComboBox, Flow
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.gauge import Gauge
from clinic_desk.ui.widgets.labels import (
    FieldLabel,
    Label,
    OneLine,
    Problem,
    SectionHeader,
    stacked,
)
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextArea, mark_wrong
from clinic_desk.usecases.programs import ExerciseCard, ProgramContent
from clinic_desk.usecases.programs import Gauge as GaugeView
from clinic_desk.usecases.remedies import Remedy


class Head(QFrame):
    """Minutes against the goal, the low-load checks and what one click mends of them."""

    remedied = Signal(object)  # Remedy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self._held: tuple[Remedy, ...] = ()
        column = layout.column(self, tokens.XS)
        column.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self.header = SectionHeader(_("Home program"))
        self.kept = Chip("", "neutral", "check")
        self.kept.hide()
        self.header.add(self.kept)
        self.undo = IconButton("undo-2", _("Undo the last change (Ctrl+Z)"), kind="quiet")
        self.undo.setObjectName("undoProgram")
        self.undo.setFixedSize(theme.px(tokens.HIT), theme.px(tokens.HIT))
        self.undo.setEnabled(False)
        self.header.add(self.undo)
        self.history = Button(_("History"), kind="link", compact=True)
        self.history.setObjectName("programHistoryButton")
        self.bulk = Button(_("Change all"), kind="link", compact=True)
        self.bulk.setObjectName("bulkButton")
        self.about = OneLine("", "caption")
        self.gauge = Gauge()
        self.count, self.time, self.equipment = Chip(""), Chip(""), Chip("")
        chips = QWidget()
        flow = Flow(chips, tokens.S)
        self.week = Label("", "caption")
        self.week.setObjectName("programWeek")
        for chip in (self.count, self.time, self.equipment, self.week):
            flow.addWidget(chip)
        under = layout.row(spacing=tokens.S)
        under.addWidget(self.about, 1)
        under.addWidget(self.bulk)
        under.addWidget(self.history)
        column.addWidget(self.header)
        column.addLayout(under)
        column.addWidget(self.gauge)
        column.addSpacing(tokens.XS)
        column.addWidget(chips)
        self._remedies = QWidget()
        self._row = Flow(self._remedies, tokens.S)
        column.addWidget(self._remedies)
        self.remedy_buttons: list[Button] = []

    def show_remedies(self, remedies: Sequence[Remedy], names: Mapping[str, str]) -> None:
        """A button for each; the buttons stay, so that pressing again goes on."""
        while len(self.remedy_buttons) < len(remedies):
            button = Button("", "check", compact=True)
            button.setObjectName(f"remedy:{len(self.remedy_buttons)}")
            button.clicked.connect(self._remedy)
            self.remedy_buttons.append(button)
            self._row.addWidget(button)
        self._held = tuple(remedies)
        for place, button in enumerate(self.remedy_buttons):
            button.setVisible(place < len(remedies))
            if place < len(remedies):
                button.setText(remedy_words(remedies[place], names))
                button.updateGeometry()
        self._remedies.setVisible(bool(remedies))

    def _remedy(self) -> None:
        place = int(self.sender().objectName().removeprefix("remedy:"))
        if place < len(self._held):
            self.remedied.emit(self._held[place])

    def show_gauge(self, gauge: GaugeView) -> None:
        self.gauge.set_seconds(gauge.seconds)
        self.week.setText(_("{n} min a week").format(n=round(gauge.minutes_per_week)))
        self.week.setVisible(bool(gauge.exercises))
        self.bulk.setEnabled(bool(gauge.exercises))
        words = ngettext(
            "{n} exercise, goal 3 to 4", "{n} exercises, goal 3 to 4", gauge.exercises
        ).format(n=gauge.exercises)
        _say(self.count, words, gauge.count_ok, empty=not gauge.exercises)
        _say(
            self.time,
            _("Under 12 min") if gauge.time_ok else _("Over 12 min"),
            gauge.time_ok,
            empty=not gauge.exercises,
        )
        needs = _("Needs {things}").format(things=", ".join(gauge.equipment))
        _say(
            self.equipment,
            _("No equipment") if gauge.equipment_ok else needs,
            gauge.equipment_ok,
            empty=not gauge.exercises,
        )


def remedy_words(remedy: Remedy, names: Mapping[str, str]) -> str:
    """ "One set less: Two-leg bridge"."""
    name = names.get(remedy.exercise, remedy.exercise)
    match remedy.kind:
        case "cut_set":
            return _("One set less: {name}").format(name=name)
        case "cut_reps":
            return _("Shorter: {name}").format(name=name)
        case "drop":
            return _("Take out: {name}").format(name=name)
    instead = names.get(remedy.instead, remedy.instead)
    return _("Without equipment: {name}").format(name=instead)


def _say(chip: Chip, words: str, good: bool, *, empty: bool) -> None:
    chip.set(words, "neutral" if empty else "good" if good else "caution")


class Sheet(QWidget):
    """What is printed with the lines: note, pain limit, review, paper."""

    changed = Signal(str, object)  # field of the content, value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = layout.column(self, tokens.M, tokens.L)
        row = layout.row(spacing=tokens.M)
        self.paper = ComboBox(_("Paper"))
        self.paper.setObjectName("programPaper")
        self.paper.fill(PAPERS)
        self.paper.setMinimumContentsLength(4)
        self.paper.chosen.connect(self._paper)
        self.review = DateField(_("Review"), width=130)
        self.review.setObjectName("programReview")
        self.review.changed.connect(self._review)
        self.pain = Stepper(_("Pain limit, of 10"), 0, 10)
        self.pain.setObjectName("programPain")
        self.pain.changed.connect(self._pain)
        row.addWidget(stacked(FieldLabel(_("Paper"), self.paper), self.paper), 1)
        row.addWidget(stacked(FieldLabel(_("Pain limit, of 10"), self.pain), self.pain))
        row.addWidget(stacked(FieldLabel(_("Review on"), self.review), self.review), 1)
        column.addLayout(row)
        self.problem = Problem()
        column.addWidget(self.problem)
        self.note = TextArea(_("Note to the patient"), lines=2, most=6)
        self.note.setObjectName("programNote")
        self.note.changed.connect(self._note)
        label = FieldLabel(_("Note to the patient, printed on the handout"), self.note)
        column.addWidget(stacked(label, self.note))

    def show_content(self, content: ProgramContent) -> None:
        self.paper.set_value(content.paper)
        if self.pain.value() != content.pain_limit:
            self.pain.blockSignals(True)
            self.pain.set_value(content.pain_limit)
            self.pain.blockSignals(False)
        if not self.review.hasFocus() and not self.review.field.hasFocus():
            self.review.set_day(content.review_on)
        self.note.set_value(content.note)

    def show_problem(self, field: str, text: str) -> None:
        self.problem.set(text)
        mark_wrong(self.review.field, bool(text) and field == "review_on")

    def _paper(self, value: object) -> None:
        self.changed.emit("paper", value)

    def _review(self) -> None:
        self.show_problem("", "")
        self.changed.emit("review_on", self.review.day())

    def _pain(self) -> None:
        self.changed.emit("pain_limit", self.pain.value())

    def _note(self) -> None:
        self.changed.emit("note", self.note.value())


class ProgramPane(QFrame):
    """Everything on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-right")
        self.head = Head()
        self.lines = LineList()
        self.empty = EmptyState(_("No exercise yet. Use a template, or add from the left."))
        self.empty.setFixedHeight(theme.px(120))
        self.sheet = Sheet()
        self.options = HandoutOptions()
        self.scroller = Scroller(0)
        self.scroller.column.setSpacing(0)
        self.bulk = BulkPanel()
        for widget in (self.bulk, self.lines, self.empty, self.sheet, self.options):
            self.scroller.column.addWidget(widget)
        self.scroller.column.addStretch(1)
        self.discard = Button(_("Discard draft"), kind="link")
        self.discard.setObjectName("discardProgram")
        self.preview = Button(_("Preview"), "eye")
        self.preview.setObjectName("previewHandout")
        self.issue = PrimaryButton(_("Issue handout"))
        self.issue.setObjectName("issueHandout")
        footer = layout.Footer([self.discard], [self.preview, self.issue])
        column = layout.column(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.scroller, 1)
        column.addWidget(footer)

    def show_content(
        self, content: ProgramContent, gauge: GaugeView, cards: Mapping[str, ExerciseCard]
    ) -> None:
        """Show the program as it stands now."""
        self.head.show_gauge(gauge)
        self.lines.show_lines(content.lines, gauge.line_seconds, cards)
        self.lines.setVisible(bool(content.lines))
        self.empty.setVisible(not content.lines)
        self.sheet.show_content(content)
