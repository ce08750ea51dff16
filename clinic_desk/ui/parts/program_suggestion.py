"""What is suggested, why, and what the next stage asks for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_strip import Strip
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Icon, Label, SectionHeader
from clinic_desk.usecases.programs import Builder, CriterionState, TemplateRow

# state: icon, colour, words
_STATES = {
    "met": ("circle-check", "good", _("met")),
    "not_met": ("circle-x", "caution", _("not met")),
    "not_measured": ("circle-dashed", "ink3", _("not measured")),
}
REASONS = 2  # shown in the strip; all of them stand in its tooltip


class Criteria(Card):
    """The gates to the next stage, each with what says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("To move to the next stage"), parent=parent, spacing=tokens.XS)
        self.body.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        self._rows: list[QWidget] = []

    def show_criteria(self, criteria: tuple[CriterionState, ...]) -> None:
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in criteria:
            icon, role, state = _STATES.get(one.state, _STATES["not_measured"])
            held = QWidget()
            line = layout.row(held, tokens.S)
            line.addWidget(Icon(icon, 16, role))
            line.addWidget(Label(one.text, "medium", wrap=True), 3)
            parts = (state, one.detail, _("working value") if one.working else "")
            detail = ", ".join(part for part in parts if part)
            line.addWidget(Label(detail, "caption", wrap=True), 4)
            held.setToolTip(one.source)
            held.setAccessibleName(f"{one.text}: {detail}")
            self.add(held)
            self._rows.append(held)


class Suggested(QWidget):
    """A heading line for the library; above it, while it is not taken, the suggestion."""

    taken = Signal(str)  # use this template

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template: TemplateRow | None = None
        column = layout.column(self, tokens.S)
        self.strip = Strip("suggested")
        self.strip.setObjectName("suggestion")
        self.use = Button(_("Use this template"), kind="suggest")
        self.use.setObjectName("useTemplate")
        self.use.clicked.connect(self._take)
        self.strip.add(self.use)
        self.header = SectionHeader("", gives_way=True)
        self.gates = Button("", kind="link", compact=True, trailing="chevron-down")
        self.gates.setObjectName("showCriteria")
        self.gates.clicked.connect(self._show_gates)
        self.header.add(self.gates)
        self.criteria = Criteria()
        for widget in (self.strip, self.gates, self.criteria):
            widget.hide()
        column.addWidget(self.strip)
        column.addWidget(self.header)
        column.addWidget(self.criteria)

    def show_builder(self, builder: Builder) -> None:
        """The suggestion of a case."""
        found = builder.suggestion
        rows = {row.id: row for row in builder.templates}
        self._template = rows.get(found.template or "")
        why = [part.rstrip(".") for part in found.why]
        if self._template is not None:
            row = self._template
            self.strip.say(
                _("Suggested: {name}, {minutes} min").format(name=row.name, minutes=row.minutes),
                _("Because: {why}.").format(why=". ".join(why[:REASONS])) if why else "",
            )
            self.strip.setToolTip("\n".join(found.why))
        met = sum(one.state == "met" for one in found.criteria)
        self.gates.setText(
            _("Next stage: {met} of {all} met").format(met=met, all=len(found.criteria))
        )
        self.gates.setVisible(bool(found.criteria))
        self.criteria.show_criteria(found.criteria)
        self._open(False)

    def set_brief(self, wanted: bool) -> None:
        """In a low pane its reasons take one line; the tooltip has them all."""
        self.strip.set_brief(wanted)

    def show_taken(self, template: str | None, locked: bool) -> None:
        """The strip goes when its template is the program's."""
        mine = self._template
        self.strip.setVisible(mine is not None and mine.id != template and not locked)

    def say(self, title: str, hint: str) -> None:
        self.header.set(title, hint)

    def _take(self) -> None:
        if self._template is not None:
            self.taken.emit(self._template.id)

    def _show_gates(self) -> None:
        self._open(self.criteria.isHidden())

    def _open(self, wanted: bool) -> None:
        self.criteria.setVisible(wanted)
        self.gates.setAccessibleDescription(_("shown") if wanted else _("hidden"))
