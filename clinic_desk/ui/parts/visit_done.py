"""What was done in the clinic today: ticked, with its dose, the pain during it and a note."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, program_words
from clinic_desk.ui.parts.program_amounts import ScaleField
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import CheckChip, ComboBox, Flow
from clinic_desk.ui.widgets.labels import FieldLabel, Label, stacked
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import flowsheet
from clinic_desk.usecases.flowsheet import EXERCISE
from clinic_desk.usecases.visit_views import Done

_AMOUNTS = {
    "reps": ("reps", _("Reps"), 1, 100, 1),
    "hold": ("reps", _("Reps"), 1, 100, 1),
    "time": ("duration_s", _("Seconds"), 1, 3600, 5),
    "distance": ("distance_m", _("Metres"), 1, 42195, 10),
}
_COUNT, _NOTE = 79, 180  # px


class DoneRow(QWidget):
    """The dose, pain and note of one thing that was done. `changed` gives it anew."""

    changed = Signal(object)

    def __init__(self, done: Done, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = done
        self.setObjectName(f"done:{done.kind}:{done.id}")
        column = layout.column(self, tokens.XS)
        self._title = Label("", "medium", wrap=True)
        column.addWidget(self._title)
        fields = QWidget()
        flow = Flow(fields, tokens.S)
        self.sets: Stepper | None = None
        self.amount: Stepper | None = None
        self.dose: TextField | None = None
        if done.line is not None:
            self._field, label, least, most, step = _AMOUNTS[done.line.mode]
            self.sets = self._stepper(flow, _("Sets"), 1, 10, 1)
            self.amount = self._stepper(flow, label, least, most, step)
        else:
            self.dose = TextField(_("Dose of {name}").format(name=done.name), limit=60)
            self.dose.setFixedWidth(theme.px(2 * _COUNT))
            self.dose.editingFinished.connect(self._typed)
            flow.addWidget(stacked(FieldLabel(_("Dose"), self.dose), self.dose))
        self.pain = ScaleField(_("Pain during {name}").format(name=done.name), _("not asked"))
        self.pain.setFixedWidth(theme.px(118))
        self.pain.chosen.connect(self._typed)
        flow.addWidget(stacked(FieldLabel(_("Pain during"), self.pain), self.pain))
        self.note = TextField(_("Note on {name}").format(name=done.name), limit=160)
        self.note.setFixedWidth(theme.px(_NOTE))
        self.note.editingFinished.connect(self._typed)
        flow.addWidget(stacked(FieldLabel(_("Note"), self.note), self.note))
        column.addWidget(fields)
        self.show_done(done)

    def _stepper(self, flow: Flow, label: str, least: int, most: int, step: int) -> Stepper:
        name = _("{label} of {name}").format(label=label, name=self._done.name)
        stepper = Stepper(name, least, most, step=step)
        stepper.setFixedWidth(theme.px(_COUNT))
        stepper.changed.connect(self._typed)
        flow.addWidget(stacked(FieldLabel(label, stepper), stepper))
        return stepper

    def show_done(self, done: Done) -> None:
        """Show it as it stands now."""
        self._done = done
        dose = program_words.dose(done.line) if done.line else done.dose
        name = program_words.upper_first(done.name)
        self._title.setText(f"{name}, {dose}" if dose else name)
        if done.line is not None and self.sets is not None and self.amount is not None:
            self.sets.set_value(done.line.sets)
            self.amount.set_value(getattr(done.line, self._field))
        if self.dose is not None and self.dose.value() != done.dose:
            self.dose.set_value(done.dose)
        self.pain.set_value(done.pain)
        if self.note.value() != done.note:
            self.note.set_value(done.note)

    def _typed(self, _value: object = None) -> None:
        line = self._done.line
        if line is not None and self.sets is not None and self.amount is not None:
            amount = {self._field: self.amount.value()}
            line = replace(line, sets=self.sets.value(), **amount)  # type: ignore[arg-type]
        after = replace(
            self._done,
            line=line,
            dose=self.dose.value() if self.dose is not None else self._done.dose,
            pain=self.pain.number(),
            note=self.note.value(),
        )
        if after != self._done:
            self._done = after
            self.changed.emit(after)


class DoneCard(Card):
    """Chips to tick; what is ticked opens its row. The visit's sheet holds it all, with undo."""

    used = Signal()  # as home program

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Done today"), " ", parent)
        self.setObjectName("doneToday")
        self._draft: VisitDraft | None = None
        self.chips: dict[tuple[str, str], CheckChip] = {}
        self.rows: dict[tuple[str, str], DoneRow] = {}
        self.use = Button(_("Use as home program"), "clipboard-list", compact=True)
        self.use.setObjectName("useAsProgram")
        self.use.clicked.connect(self.used)
        self.add_to_header(self.use)
        self._chips = QWidget()
        self._flow = Flow(self._chips, tokens.S)
        self.body.addWidget(self._chips)
        self.more = ComboBox(_("Add an exercise from the library"))
        self.more.setObjectName("doneMore")
        self.more.setMinimumContentsLength(28)
        self.more.chosen.connect(self._add)
        self.body.addWidget(self.more)
        self._rows = layout.column(spacing=tokens.M)
        self.body.addLayout(self._rows)

    def begin(self, draft: VisitDraft) -> None:
        """Another visit: its own chips and rows."""
        self._draft = draft
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for key in tuple(self.rows):
            self._drop(key)
        offered = draft.offer
        if not draft.read_only:
            for line in offered.lines:
                self._chip((EXERCISE, line.exercise), offered.name(line.exercise))
            for one in offered.treatments:
                self._chip((flowsheet.TREATMENT, one.id), one.label)
        names = offered.names or {}
        self.more.fill(tuple(names.items()), none=_("Add an exercise from the library"))
        self.more.setVisible(not draft.read_only)
        self.use.setVisible(not draft.read_only)
        self._chips.setVisible(not draft.read_only)
        self.follow()
        self.setVisible(not draft.read_only or bool(draft.done()))

    def follow(self) -> None:
        """What is ticked changed, here or by undo."""
        draft = self._draft
        if draft is None:
            return
        done = draft.done()
        held = {(one.kind, one.id): one for one in done}
        for key, one in held.items():
            if key not in self.chips and not draft.read_only:
                self._chip(key, program_words.upper_first(one.name))
        for key, chip in self.chips.items():
            chip.setChecked(key in held)
        for key in set(self.rows) - set(held):
            self._drop(key)
        for key, one in held.items():
            row = self.rows.get(key)
            if row is None:
                row = self.rows[key] = DoneRow(one)
                row.setEnabled(not draft.read_only)
                row.changed.connect(self._changed)
                self._rows.addWidget(row)
            else:
                row.show_done(one)
        exercises = sum(one.kind == EXERCISE for one in done)
        self.use.setEnabled(bool(exercises))
        self.header.set(_("Done today"), _("{n} ticked").format(n=len(done)) if done else "")

    def _chip(self, key: tuple[str, str], label: str) -> None:
        chip = CheckChip(":".join(key), label)
        chip.setObjectName(f"tick:{chip.key}")
        chip.setAccessibleName(_("{name}, done today").format(name=label))
        chip.clicked.connect(self._ticked)
        self.chips[key] = chip
        self._flow.addWidget(chip)

    def _drop(self, key: tuple[str, str]) -> None:
        row = self.rows.pop(key)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _ticked(self) -> None:
        chip = self.sender()
        if isinstance(chip, CheckChip):
            kind, name = chip.key.split(":", 1)
            self._tick(kind, name, chip.isChecked())

    def _add(self, exercise: object) -> None:
        self.more.set_value(None)
        if isinstance(exercise, str):
            self._tick(EXERCISE, exercise, True)
            row = self.rows.get((EXERCISE, exercise))
            if row is not None and row.sets is not None:
                row.sets.setFocus()

    def _tick(self, kind: str, name: str, on: bool) -> None:
        draft = self._draft
        if draft is None:
            return
        rest = [one for one in draft.done() if (one.kind, one.id) != (kind, name)]
        made = self._made(draft, kind, name) if on else None
        self._put(draft, (*draft.done(), made) if made and len(rest) == len(draft.done()) else rest)

    def _made(self, draft: VisitDraft, kind: str, name: str) -> Done | None:
        offered = draft.offer
        if kind == flowsheet.TREATMENT:
            found = [one for one in offered.treatments if one.id == name]
            return flowsheet.of_treatment(found[0]) if found else None
        lines = {**(offered.library or {}), **{line.exercise: line for line in offered.lines}}
        line = lines.get(name)
        return flowsheet.of_line(line, offered.name(name)) if line else None

    def _changed(self, after: Done) -> None:
        draft = self._draft
        if draft is not None:
            key = (after.kind, after.id)
            self._put(draft, [after if (one.kind, one.id) == key else one for one in draft.done()])

    def _put(self, draft: VisitDraft, done: Sequence[Done]) -> None:
        draft.set_done(tuple(done))
        self.follow()
