"""How the handout is printed: preset, languages, weeks to tick, appointment, advice cards."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import CheckChip, ComboBox, Flow
from clinic_desk.ui.widgets.labels import FieldLabel, Label, SectionHeader, stacked
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases import papers
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.program_views import Builder, ProgramContent, SheetOptions

MOST_WEEKS = 6
_MOST_NOTES = 4


def presets() -> tuple[tuple[str, str], ...]:
    """The presets in the order of their use."""
    return (
        ("standard", _("Standard")),
        ("large-print", _("Large print, 18 pt")),
        ("large-print-20", _("Large print, 20 pt")),
        ("easy-read", _("Easy read")),
        ("ink-saver", _("Ink saver")),
        ("clinician", _("Clinician's page")),
    )


class HandoutOptions(QWidget):
    """The options of one program's handout. `changed` when the person changes one."""

    changed = Signal(object)  # SheetOptions

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = SheetOptions()
        self._builder: Builder | None = None
        column = layout.column(self, tokens.M, tokens.L)
        column.addWidget(SectionHeader(_("Handout")))
        self.preset = ComboBox(_("Preset"))
        self.preset.setObjectName("handoutPreset")
        self.preset.fill(presets())
        self.weeks = Stepper(_("Weeks to tick"), 0, MOST_WEEKS)
        self.weeks.setObjectName("handoutWeeks")
        first = layout.row(spacing=tokens.M)
        first.addWidget(stacked(FieldLabel(_("Preset"), self.preset), self.preset), 1)
        first.addWidget(stacked(FieldLabel(_("Weeks to tick"), self.weeks), self.weeks))
        column.addLayout(first)
        self.language = ComboBox(_("Language"))
        self.language.setObjectName("handoutLanguage")
        self.second = ComboBox(_("Beside it"))
        self.second.setObjectName("handoutSecond")
        for box in (self.preset, self.language, self.second):
            box.setMinimumContentsLength(6)
            box.chosen.connect(self._put)
        second = layout.row(spacing=tokens.M)
        second.addWidget(stacked(FieldLabel(_("Language"), self.language), self.language), 1)
        second.addWidget(stacked(FieldLabel(_("Beside it"), self.second), self.second), 1)
        column.addLayout(second)
        self.notes = QWidget()
        notes = layout.column(self.notes, tokens.XS)
        self.unreviewed = Chip(
            _("Translation not yet reviewed by a clinician"), "caution", "triangle-alert"
        )
        self.missing = Label("", "caption", wrap=True)
        notes.addWidget(self.unreviewed)
        notes.addWidget(self.missing)
        column.addWidget(self.notes)
        self.time = TextField(_("Time of the next appointment"), placeholder="10:30", limit=40)
        self.time.setObjectName("handoutTime")
        self.rules = CheckBox(_("Each exercise's stop rules"))
        self.rules.setObjectName("handoutRules")
        third = layout.row(spacing=tokens.M)
        label = FieldLabel(_("Next appointment, on the review day at"), self.time)
        third.addWidget(stacked(label, self.time), 1)
        column.addLayout(third)
        column.addWidget(self.rules)
        self.advice = QWidget()
        self._flow = Flow(self.advice, tokens.S)
        self._chips: list[CheckChip] = []
        column.addWidget(stacked(FieldLabel(_("Advice cards"), self.advice), self.advice))
        self.weeks.changed.connect(self._put)
        self.time.changed.connect(self._put)
        self.rules.clicked.connect(self._put)

    def show_builder(self, builder: Builder) -> None:
        """Fill the choices with what the library has."""
        self._builder = builder
        names = dict(builder.languages)
        own = names.get(builder.own_language, "")
        self.language.fill(builder.languages, _("The patient's own: {name}").format(name=own))
        self.second.fill(builder.languages, _("None"))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for key, title in builder.advice:
            chip = CheckChip(key, title)
            chip.setAccessibleName(_("Advice card: {title}").format(title=title))
            chip.clicked.connect(self._put)
            self._flow.addWidget(chip)
            self._chips.append(chip)

    def show_content(self, desk: Desk, content: ProgramContent) -> None:
        """Show a program's options, and what of it stands in another language than chosen."""
        own = self._builder.own_language if self._builder else ""
        notes, unreviewed = papers.language_notes(desk, content, own)
        options = self._shown = content.sheet
        self.preset.set_value(options.preset)
        self.language.set_value(options.language or None)
        self.second.set_value(options.second or None)
        if self.weeks.value() != options.weeks:
            self.weeks.blockSignals(True)
            self.weeks.set_value(options.weeks)
            self.weeks.blockSignals(False)
        if not self.time.hasFocus():
            self.time.set_value(options.next_time)
        self.rules.setChecked(options.stop_rules)
        for chip in self._chips:
            chip.setChecked(chip.key in options.advice)
        self.unreviewed.setVisible(unreviewed)
        shown = list(notes[:_MOST_NOTES])
        if len(notes) > _MOST_NOTES:
            shown.append(_("and {count} more").format(count=len(notes) - _MOST_NOTES))
        self.missing.setText("\n".join(shown))
        self.missing.setVisible(bool(shown))
        self.notes.setVisible(bool(shown) or unreviewed)

    def options(self) -> SheetOptions:
        """The options as they stand on the screen."""
        return replace(
            self._shown,
            preset=str(self.preset.value() or "standard"),
            language=str(self.language.value() or ""),
            second=str(self.second.value() or ""),
            weeks=self.weeks.value(),
            stop_rules=self.rules.isChecked(),
            next_time=self.time.value(),
            advice=tuple(chip.key for chip in self._chips if chip.isChecked()),
        )

    def _put(self, _value: object = None) -> None:
        options = self.options()
        if options != self._shown:
            self.changed.emit(options)
