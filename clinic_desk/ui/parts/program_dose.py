"""The dose of one line, by steppers; and what else can be done with the line."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.dosage import Mode, Tempo
from clinic_desk.errors import InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_amounts import DistanceField, LoadField, ScaleField
from clinic_desk.ui.parts.program_preferred import PreferredDose
from clinic_desk.ui.parts.program_words import SIDES
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.choices import ComboBox, Flow
from clinic_desk.ui.widgets.labels import FieldLabel, stacked
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextField, mark_wrong
from clinic_desk.usecases import program_content
from clinic_desk.usecases.programs import Line

# field of the line, label, least, most, step, unit; the ranges are those of a dose
STEPPERS = (
    ("sets", _("Sets"), 1, 10, 1, ""),
    ("reps", _("Reps"), 1, 100, 1, ""),
    ("duration_s", _("Time, s"), 0, 3600, 5, _("seconds")),
    ("hold_s", _("Hold, s"), 0, 180, 1, _("seconds")),
    ("rest_s", _("Rest, s"), 0, 600, 5, _("seconds")),
    ("times_per_day", _("Per day"), 1, 12, 1, ""),
    ("days_per_week", _("Days a week"), 1, 7, 1, ""),
)
_WIDE = 79  # px of a stepper: five stand in a row
MODES = (
    (Mode.REPS.value, _("Repetitions")),
    (Mode.HOLD.value, _("Holds")),
    (Mode.TIME.value, _("Time")),
    (Mode.DISTANCE.value, _("Distance")),
)
_AWAY = {
    Mode.REPS.value: ("duration_s", "distance_m"),
    Mode.HOLD.value: ("duration_s", "distance_m"),
    Mode.TIME.value: ("reps", "hold_s", "tempo", "distance_m"),
    Mode.DISTANCE.value: ("reps", "hold_s", "tempo"),
}


class DoseEditor(QWidget):
    """Opens under the chosen line. `changed` gives the new line and the field that changed."""

    changed = Signal(object, str)
    acted = Signal(str)  # up, down, easier, harder, join, part, remove

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        column = layout.column(self, tokens.S)
        fields = QWidget()
        flow = Flow(fields, tokens.S)
        self.steppers: dict[str, Stepper] = {}
        self._holders: dict[str, QWidget] = {}
        self.mode = ComboBox(_("Counted by"))
        self.mode.setObjectName("dose:mode")
        self.mode.fill(MODES)
        self.mode.chosen.connect(self._mode_chosen)
        self.mode.setFixedWidth(theme.px(round(1.6 * _WIDE)))
        flow.addWidget(stacked(FieldLabel(_("Counted by"), self.mode), self.mode))
        self.distance = DistanceField()
        self.distance.changed.connect(self._changed)
        self._holders["distance_m"] = stacked(
            FieldLabel(_("Distance"), self.distance.amount), self.distance
        )
        flow.addWidget(self._holders["distance_m"])
        for key, label, least, most, step, unit in STEPPERS:
            stepper = Stepper(label, least, most, step=step, unit=unit)
            stepper.setObjectName(f"dose:{key}")
            stepper.changed.connect(self._hold_changed if key == "hold_s" else self._changed)
            held = stacked(FieldLabel(label, stepper), stepper)
            held.setFixedWidth(theme.px(_WIDE))
            stepper.setFixedWidth(theme.px(_WIDE))
            self.steppers[key], self._holders[key] = stepper, held
            flow.addWidget(held)
        self.side = ComboBox(_("Side"))
        self.side.setObjectName("dose:side")
        self.side.fill(SIDES)
        self.side.chosen.connect(self._changed)
        self.side.setFixedWidth(theme.px(2 * _WIDE) + tokens.S)
        flow.addWidget(stacked(FieldLabel(_("Side"), self.side), self.side))
        column.addWidget(fields)
        self.tempo = TextField(_("Tempo: move, hold, return, pause, in seconds"), limit=15)
        self.tempo.setObjectName("dose:tempo")
        self.tempo.setToolTip(self.tempo.accessibleName())
        self.tempo.setFixedWidth(theme.px(_WIDE))
        self.tempo.changed.connect(self._tempo_typed)
        self._holders["tempo"] = stacked(FieldLabel(_("Tempo"), self.tempo), self.tempo)
        flow.addWidget(self._holders["tempo"])
        self.effort = ScaleField(_("Effort, of 10"), _("not said"))
        self.effort.setObjectName("dose:effort")
        self.pain_limit = ScaleField(_("Pain limit of this exercise, of 10"), _("program’s"))
        self.pain_limit.setObjectName("dose:pain_limit")
        for field, label in ((self.effort, _("Effort")), (self.pain_limit, _("Pain limit"))):
            field.chosen.connect(self._changed)
            field.setFixedWidth(theme.px(round(1.4 * _WIDE)))
            flow.addWidget(stacked(FieldLabel(label, field), field))
        self.load = LoadField()
        self.load.changed.connect(self._changed)
        flow.addWidget(stacked(FieldLabel(_("Load"), self.load.kind), self.load))
        self.note = TextField(_("Note, printed with this exercise"), limit=160)
        self.note.setObjectName("dose:note")
        self.note.changed.connect(self._changed)
        column.addWidget(
            stacked(FieldLabel(_("Note, printed with this exercise"), self.note), self.note)
        )
        acts = layout.row(spacing=tokens.XS)
        self.buttons: dict[str, Button] = {}
        for key, icon, text, name in (
            ("easier", "arrow-down-right", _("Easier"), _("Change for the easier exercise")),
            ("harder", "arrow-up-right", _("Harder"), _("Change for the harder exercise")),
        ):
            button = Button(text, icon, "quiet", compact=True, name=name)
            self._add_act(key, button)
            acts.addWidget(button)
        self.turn = Button("", "rotate-ccw", "quiet", compact=True)
        self._add_act("join", self.turn)
        acts.addWidget(self.turn)
        acts.addStretch(1)
        for key, icon, name in (
            ("up", "arrow-up", _("Move up (Alt+Up)")),
            ("down", "arrow-down", _("Move down (Alt+Down)")),
            ("remove", "trash-2", _("Remove from the program")),
        ):
            button = IconButton(icon, name, kind="quiet", compact=True)
            self._add_act(key, button)
            acts.addWidget(button)
        column.addLayout(acts)
        self.preferred = PreferredDose()
        column.addWidget(self.preferred)

    def _add_act(self, key: str, button: Button) -> None:
        button.setObjectName(f"line:{key}")
        button.setProperty("act", key)
        button.clicked.connect(self._act)
        self.buttons[key] = button

    def show_line(
        self, line: Line, easier: str, harder: str, first: bool, last: bool, in_turn: bool = False
    ) -> None:
        """Show a line; `easier` and `harder` name the neighbours on the ladder, or are empty."""
        self._line = None  # what is set here was not changed by the person
        distance = line.mode == Mode.DISTANCE
        for key, holder in self._holders.items():
            holder.setVisible(key not in _AWAY.get(line.mode, ()))
        for key, stepper in self.steppers.items():
            if stepper.value() != getattr(line, key):
                stepper.set_value(getattr(line, key))
        hint = _("0 counts the time at a walking pace.") if distance else ""
        self._holders["duration_s"].setToolTip(hint)
        self.mode.set_value(line.mode)
        self.side.set_value(line.side)
        self.distance.set_value(line.distance_m)
        self.load.set_value(line.load)
        self.effort.set_value(line.effort)
        self.pain_limit.set_value(line.pain_limit)
        for field, text in ((self.tempo, line.tempo), (self.note, line.note)):
            if field.value() != text:
                field.set_value(text)
        mark_wrong(self.tempo, not _is_tempo(line.tempo))
        for key, name in (("easier", easier), ("harder", harder)):
            self.buttons[key].setEnabled(bool(name))
            self.buttons[key].setToolTip(name)
        self.buttons["up"].setEnabled(not first)
        self.buttons["down"].setEnabled(not last)
        said = (
            _("Take out of the superset")
            if in_turn
            else _("Superset: in turn with the exercise above")
        )
        self.turn.setText(_("Alone") if in_turn else _("Superset"))
        self.turn.setAccessibleName(said)
        self.turn.setToolTip(said)
        self.turn.setProperty("act", "part" if in_turn else "join")
        self.turn.setEnabled(in_turn or not first)
        self._line = line

    def _mode_chosen(self) -> None:
        if self._line is not None:
            self._put(program_content.in_mode(self._line, Mode(str(self.mode.value()))))

    def _tempo_typed(self) -> None:
        if self._line is not None:
            self._put(program_content.with_tempo(self._line, self.tempo.value().strip()))

    def _hold_changed(self) -> None:
        if self._line is not None:
            self._put(program_content.with_hold(self._line, self.steppers["hold_s"].value()))

    def _changed(self) -> None:
        before = self._line
        if before is None:
            return
        counts = {
            key: stepper.value()
            for key, stepper in self.steppers.items()
            if key != "hold_s" and not self._holders[key].isHidden()
        }
        if not self._holders["distance_m"].isHidden():
            counts["distance_m"] = self.distance.value()
        side = self.side.value()
        self._put(
            replace(
                before,
                **counts,  # type: ignore[arg-type]  # keyed by the whole-number fields
                side=side if isinstance(side, str) else before.side,
                load=self.load.value(),
                note=self.note.value(),
                effort=self.effort.number(),
                pain_limit=self.pain_limit.number(),
            )
        )

    def _put(self, after: Line) -> None:
        before = self._line
        if before is not None and after != before:
            name = next(
                one for one in Line.__slots__ if getattr(after, one) != getattr(before, one)
            )
            self._line = after
            self.changed.emit(after, name)

    def _act(self) -> None:
        self.acted.emit(self.sender().property("act"))


def _is_tempo(text: str) -> bool:
    if not text:
        return True
    try:
        Tempo.parse(text)
    except InvalidInput:
        return False
    return True
