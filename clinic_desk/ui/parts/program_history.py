"""What was prescribed in this case, when and why; two versions side by side."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout, paper_words, program_words
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import EmptyState, Scroller
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Label, SectionHeader, stacked
from clinic_desk.usecases import program_compare
from clinic_desk.usecases.program_views import Line, ProgramContent, ProgramView

_STATES = {
    "added": (_("Added"), "good", "plus"),
    "removed": (_("Taken out"), "caution", "minus"),
    "changed": (_("Changed"), "decided", "pen-line"),
    "same": (_("Same"), "neutral", ""),
}
DRAFT = -1


class ProgramHistory(QWidget):
    """Stands in the place of the library while it is looked at. `taken` gives a version's lines."""

    closed = Signal()
    taken = Signal(object)  # ProgramContent

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("programHistory")
        self._programs: tuple[ProgramView, ...] = ()
        self._draft = ProgramContent()
        self._names: Mapping[str, str] = {}
        self._templates: Mapping[str, str] = {}
        self.before, self.after = ComboBox(_("Earlier program")), ComboBox(_("Later program"))
        self.before.setObjectName("historyBefore")
        self.after.setObjectName("historyAfter")
        for field in (self.before, self.after):
            field.setMinimumContentsLength(18)
            field.chosen.connect(self._compare)
        self.back = Button(_("Exercises"), "arrow-left")
        self.back.setObjectName("historyBack")
        self.back.clicked.connect(self.closed)
        self.take = Button(_("Use the earlier lines again"), "rotate-ccw")
        self.take.setObjectName("historyTake")
        self.take.clicked.connect(self._take)
        head = layout.row(spacing=tokens.M)
        head.addWidget(SectionHeader(_("Programs of this case")), 1)
        head.addWidget(self.take)
        head.addWidget(self.back)
        choice = layout.row(spacing=tokens.M)
        choice.addWidget(stacked(FieldLabel(_("Earlier"), self.before), self.before), 1)
        choice.addWidget(stacked(FieldLabel(_("Later"), self.after), self.after), 1)
        self._why = [Label("", "caption", wrap=True), Label("", "caption", wrap=True)]
        reasons = layout.row(spacing=tokens.M)
        for label in self._why:
            reasons.addWidget(label, 1)
        self._empty = EmptyState(_("Nothing was prescribed in this case yet."))
        self._scroller = Scroller(0)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.S)
        for place, stretch in enumerate((2, 0, 3, 3)):
            self._grid.setColumnStretch(place, stretch)
        self._scroller.column.addWidget(self._body)
        self._scroller.column.addStretch(1)
        column = layout.column(self, tokens.M)
        column.setContentsMargins(tokens.XL, tokens.L, tokens.S, tokens.L)
        column.addLayout(head)
        column.addLayout(choice)
        column.addLayout(reasons)
        column.addWidget(self._empty)
        column.addWidget(self._scroller, 1)

    def show_programs(
        self,
        programs: Sequence[ProgramView],
        draft: ProgramContent,
        names: Mapping[str, str],
        templates: Mapping[str, str],
    ) -> None:
        """The newest two side by side, or the newest beside the draft while only one is there."""
        self._programs, self._draft = tuple(programs), draft
        self._names, self._templates = names, templates
        options = [
            (place, paper_words.day_and_time(one.prescribed_at))
            for place, one in enumerate(self._programs)
        ]
        self.before.fill(options)
        self.after.fill([(DRAFT, _("On the screen now")), *options])
        self.before.set_value(0)
        self.after.set_value(DRAFT)
        self._empty.setVisible(not options)
        self._scroller.setVisible(bool(options))
        self.take.setVisible(bool(options))
        self._compare()
        (self.before if options else self.back).setFocus()

    def _chosen(self, field: ComboBox) -> ProgramContent:
        place = field.value()
        if isinstance(place, int) and 0 <= place < len(self._programs):
            return self._programs[place].content
        return self._draft

    def _compare(self, _value: object = None) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not self._programs:
            for label in self._why:
                label.setText("")
            return
        for label, field in zip(self._why, (self.before, self.after), strict=True):
            label.setText(self._reason(field))
        rows = program_compare.compared(self._chosen(self.before), self._chosen(self.after))
        for place, row in enumerate(rows):
            words, kind, icon = _STATES[row.state]
            cells = (
                Label(self._names.get(row.exercise, row.exercise), "strong", wrap=True),
                Chip(words, kind, icon),
                Label(_dose(row.before), "body", wrap=True),
                Label(_dose(row.after), "body", wrap=True),
            )
            for across, cell in enumerate(cells):
                self._grid.addWidget(cell, place, across)

    def _reason(self, field: ComboBox) -> str:
        """Who prescribed it, from which template, and the reasons that were given."""
        content, place = self._chosen(field), field.value()
        parts = []
        if isinstance(place, int) and place >= 0:
            who = self._programs[place].prescribed_by
            parts.append(_("Prescribed by {who}.").format(who=who))
        if content.template:
            name = self._templates.get(content.template, content.template)
            parts.append(_("From template {name}.").format(name=name))
        reasons = [content.override_reason]
        for line in content.lines:
            if line.override_reason:
                name = self._names.get(line.exercise, line.exercise)
                reasons.append(f"{name}: {line.override_reason}")
        parts += [one for one in reasons if one]
        if content.note:
            parts.append(_("Note: {note}").format(note=content.note))
        return " ".join(parts)

    def _take(self) -> None:
        self.taken.emit(self._chosen(self.before))


def _dose(line: Line | None) -> str:
    if line is None:
        return _("not in it")
    note = f". {line.note}" if line.note else ""
    return f"{program_words.dose(line)}; {program_words.often(line)}{note}"
