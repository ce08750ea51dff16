"""The dose of one line, by steppers; and what else can be done with the line."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_words import SIDES
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.choices import ComboBox, Flow
from clinic_desk.ui.widgets.labels import FieldLabel, stacked
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.programs import Line

# field of the line, label, least, most, step, unit; the ranges are those of a dose
STEPPERS = (
    ("sets", _("Sets"), 1, 10, 1, ""),
    ("reps", _("Reps"), 1, 100, 1, ""),
    ("duration_s", _("Time, s"), 1, 3600, 5, _("seconds")),
    ("hold_s", _("Hold, s"), 0, 180, 1, _("seconds")),
    ("rest_s", _("Rest, s"), 0, 600, 5, _("seconds")),
    ("times_per_day", _("Per day"), 1, 12, 1, ""),
    ("days_per_week", _("Days a week"), 1, 7, 1, ""),
)
_WIDE = 79  # px of a stepper: five stand in a row
_TIMED_AWAY, _COUNTED_AWAY = ("reps", "hold_s"), ("duration_s",)


class DoseEditor(QWidget):
    """Opens under the chosen line. `changed` gives the new line and the field that changed."""

    changed = Signal(object, str)
    acted = Signal(str)  # up, down, easier, harder, remove

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        column = layout.column(self, tokens.S)
        fields = QWidget()
        flow = Flow(fields, tokens.S)
        self.steppers: dict[str, Stepper] = {}
        self._holders: dict[str, QWidget] = {}
        for key, label, least, most, step, unit in STEPPERS:
            stepper = Stepper(label, least, most, step=step, unit=unit)
            stepper.setObjectName(f"dose:{key}")
            stepper.changed.connect(self._changed)
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
        self.load = TextField(_("Load"), placeholder=_("none"), limit=60)
        self.load.setObjectName("dose:load")
        self.load.setFixedWidth(theme.px(_WIDE))
        self.note = TextField(_("Note, printed with this exercise"), limit=160)
        self.note.setObjectName("dose:note")
        texts = layout.row(spacing=tokens.S)
        for field, label in (
            (self.load, _("Load")),
            (self.note, _("Note, printed with this exercise")),
        ):
            field.changed.connect(self._changed)
            texts.addWidget(stacked(FieldLabel(label, field), field), field is self.note)
        column.addLayout(texts)
        acts = layout.row(spacing=tokens.XS)
        self.buttons: dict[str, Button] = {}
        for key, icon, text, name in (
            ("easier", "arrow-down-right", _("Easier"), _("Change for the easier exercise")),
            ("harder", "arrow-up-right", _("Harder"), _("Change for the harder exercise")),
        ):
            button = Button(text, icon, "quiet", compact=True, name=name)
            self._add_act(key, button)
            acts.addWidget(button)
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

    def _add_act(self, key: str, button: Button) -> None:
        button.setObjectName(f"line:{key}")
        button.setProperty("act", key)
        button.clicked.connect(self._act)
        self.buttons[key] = button

    def show_line(self, line: Line, easier: str, harder: str, first: bool, last: bool) -> None:
        """Show a line; `easier` and `harder` name the neighbours on the ladder, or are empty."""
        self._line = None  # what is set here was not changed by the person
        timed = line.mode == "time"
        for key, stepper in self.steppers.items():
            self._holders[key].setVisible(key not in (_TIMED_AWAY if timed else _COUNTED_AWAY))
            if stepper.value() != getattr(line, key):
                stepper.set_value(getattr(line, key))
        self.side.set_value(line.side)
        for field, text in ((self.load, line.load), (self.note, line.note)):
            if field.value() != text:
                field.set_value(text)
        for key, name in (("easier", easier), ("harder", harder)):
            self.buttons[key].setEnabled(bool(name))
            self.buttons[key].setToolTip(name)
        self.buttons["up"].setEnabled(not first)
        self.buttons["down"].setEnabled(not last)
        self._line = line

    def _changed(self) -> None:
        before = self._line
        if before is None:
            return
        counts = {
            key: stepper.value()
            for key, stepper in self.steppers.items()
            if not self._holders[key].isHidden()
        }
        side = self.side.value()
        after = replace(
            before,
            **counts,  # type: ignore[arg-type]  # steppers are keyed by the whole-number fields
            side=side if isinstance(side, str) else before.side,
            load=self.load.value(),
            note=self.note.value(),
        )
        if after != before:
            name = next(
                one for one in Line.__slots__ if getattr(after, one) != getattr(before, one)
            )
            self._line = after
            self.changed.emit(after, name)

    def _act(self) -> None:
        self.acted.emit(self.sender().property("act"))
