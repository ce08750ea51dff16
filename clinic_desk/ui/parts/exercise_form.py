"""The fields of an exercise, as a clinician fills them in: one control for each key of the file."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import SectionHeader
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextArea, TextField

Tables = Mapping[str, object]
Control = TextField | TextArea | ComboBox | Stepper

LISTED = ("muscles", "equipment", "support", "tags")  # words with commas between them
LINES = ("steps", "cues", "stop", "contraindications")  # one a line
WHOLE = {  # least, most
    "stage": (1, 4),
    "load_class": (0, 5),
    "pain_limit": (0, 10),
    "dosage.sets": (1, 10),
    "dosage.reps": (0, 100),
    "dosage.duration_s": (0, 3600),
    "dosage.rest_s": (0, 600),
    "dosage.times_per_day": (1, 10),
    "dosage.days_per_week": (1, 7),
}


class ExerciseForm(QWidget):
    """Reads tables in the shape of an exercise file and gives them back with what was typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: Tables = {}
        self._controls: dict[str, Control] = {}
        self._forms: list[Form] = []
        self._column = layout.column(self, tokens.M)
        self._make_text()
        self._make_about()
        self._make_dose()
        self._make_gates()
        self._column.addStretch(1)

    # -- what is shown and given back ---------------------------------------------

    def begin(self, tables: Tables, others: Sequence[tuple[str, str]]) -> None:
        """Show an exercise; `others` are those that the ladder can lead to."""
        self._tables = tables
        self.blockSignals(True)
        for name in ("easier", "harder"):
            combo = self._controls[name]
            if isinstance(combo, ComboBox):
                combo.fill(list(others), none=_("None"))
        for key, control in self._controls.items():
            control.set_value(_shown(key, _at(tables, key)))  # type: ignore[arg-type]
        self.clear_problems()
        self.blockSignals(False)

    def tables(self) -> dict[str, object]:
        """What stands in the fields, with everything that has no field as it was."""
        made: dict[str, object] = {
            key: dict(one) if isinstance(one, Mapping) else one for key, one in self._tables.items()
        }
        for key, control in self._controls.items():
            _put(made, key, _kept(key, control.value()))
        dosage = made["dosage"]
        if isinstance(dosage, dict):
            dosage["sides"] = 2 if made["laterality"] == "each" else 1
            for name in ("reps", "tempo") if dosage["mode"] == "time" else ("duration_s",):
                dosage.pop(name, None)
            if dosage["sides"] == 1:
                dosage.pop("side_change_s", None)
        return made

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        """Show what is wrong beside its field; what has none comes back in words."""
        left = {_field(key): text for key, text in fields.items()}
        for form in self._forms:
            mine = {key: text for key, text in left.items() if key in form.rows}
            form.show_problems(mine)
            left = {key: text for key, text in left.items() if key not in mine}
        return [f"{key}: {text}" for key, text in left.items()]

    def clear_problems(self) -> None:
        for form in self._forms:
            form.clear_problems()

    def focus_first(self) -> None:
        self._controls["name"].setFocus()

    # -- how it is made -------------------------------------------------------------

    def _make_text(self) -> None:
        form = self._section(_("What the patient reads"))
        self._add(form, "name", _("Name"), TextField(), required=True)
        self._add(form, "short_name", _("Short name for the tick grid"), TextField(), required=True)
        self._add(form, "start", _("Start position"), TextArea(lines=2, most=5), True, span=2)
        hint = _("One a line, at most three of 60 characters.")
        self._add(form, "steps", _("Steps"), TextArea(lines=3), True, hint, 2)
        self._add(form, "cues", _("Cues"), TextArea(lines=2, most=5), help=_("One a line."))
        self._add(form, "stop", _("Stop if"), TextArea(lines=2, most=5), help=_("One a line."))
        self._add(form, "precautions", _("Take care"), TextArea(lines=2, most=5), span=2)

    def _make_about(self) -> None:
        form = self._section(_("What it is for"))
        comma = _("With commas between them, such as hamstrings, calf.")
        self._add(form, "muscles", _("Muscles"), TextField(), True, comma)
        self._add(form, "equipment", _("Equipment"), TextField(), help=_("Empty for none."))
        self._add(form, "position", _("Position"), TextField(), required=True)
        self._add(form, "category", _("Kind"), TextField(), required=True)
        sides = [
            ("affected", _("Affected side")),
            ("each", _("Each side in turn")),
            ("both", _("Both sides together")),
        ]
        self._add(form, "laterality", _("Side"), _combo(sides))
        stretch = [(False, _("No")), (True, _("Yes"))]
        self._add(form, "stretch", _("Stretch"), _combo(stretch))
        self._step(form, "stage", _("Stage"))
        self._step(form, "load_class", _("Load class"))
        self._add(form, "easier", _("Easier one"), ComboBox())
        self._add(form, "harder", _("Harder one"), ComboBox())
        self._add(
            form,
            "contraindications",
            _("Not for"),
            TextArea(lines=2, most=5),
            help=_("One a line."),
        )
        self._add(form, "source", _("Source"), TextField(), required=True)

    def _make_dose(self) -> None:
        form = self._section(_("Dosage"))
        modes = [("reps", _("Repetitions")), ("hold", _("Holds")), ("time", _("Time"))]
        self._add(form, "dosage.mode", _("Counted in"), _combo(modes))
        self._step(form, "dosage.sets", _("Sets"))
        self._step(form, "dosage.reps", _("Repetitions"))
        tempo = _("Seconds: move, hold, return, pause. Such as 2-1-2-0.")
        self._add(form, "dosage.tempo", _("Tempo"), TextField(), help=tempo)
        self._step(form, "dosage.duration_s", _("Seconds, for time"))
        self._step(form, "dosage.rest_s", _("Rest in seconds"))
        self._step(form, "dosage.times_per_day", _("Times a day"))
        self._step(form, "dosage.days_per_week", _("Days a week"))
        self._step(form, "pain_limit", _("Pain limit"))

    def _make_gates(self) -> None:
        form = self._section(_("When it is advised"))
        allow = [
            ("yes", _("From this time on")),
            ("clinician", _("The clinician decides, from")),
            ("no_before", _("Not before")),
        ]
        names = {
            "grade_1": _("Grade 1"),
            "grade_2": _("Grade 2"),
            "grade_3": _("Grade 3"),
            "post_repair": _("After a repair"),
        }
        for gate, name in names.items():
            self._add(form, f"gates.{gate}.allow", name, _combo(allow))
            least = "min_week" if gate == "post_repair" else "min_day"
            words = _("Week after the repair") if gate == "post_repair" else _("Day")
            stepper = Stepper(f"{name}, {words}", 0, 104 if gate == "post_repair" else 365)
            self._add(form, f"gates.{gate}.{least}", words, stepper)

    def _section(self, title: str) -> Form:
        form = Form(2)
        self._forms.append(form)
        self._column.addWidget(SectionHeader(title))
        self._column.addWidget(form)
        return form

    def _step(self, form: Form, key: str, label: str) -> None:
        self._add(form, key, label, Stepper(label, *WHOLE[key]))

    def _add(
        self,
        form: Form,
        key: str,
        label: str,
        control: Control,
        required: bool = False,
        help: str = "",
        span: int = 1,
    ) -> None:
        self._controls[key] = control
        control.setObjectName(f"exerciseField:{key}")
        signal = control.chosen if isinstance(control, ComboBox) else control.changed
        signal.connect(self.changed)
        form.add(key, label, control, required, help, span)


def _combo(options: Sequence[tuple[object, str]]) -> ComboBox:
    made = ComboBox()
    made.fill(options)
    return made


def _field(key: str) -> str:
    """The field that a key of the file stands in: steps[1] in steps."""
    return key.split("[")[0]


def _at(tables: Tables, key: str) -> object:
    value: object = tables
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _put(tables: dict[str, object], key: str, value: object) -> None:
    *way, last = key.split(".")
    for part in way:
        inner = tables.get(part)
        tables[part] = dict(inner) if isinstance(inner, Mapping) else {}
        tables = tables[part]  # type: ignore[assignment]  # made a table just now
    if value is None:
        tables.pop(last, None)
    else:
        tables[last] = value


def _shown(key: str, value: object) -> object:
    if key in LISTED or key in LINES:
        words = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
        return (", " if key in LISTED else "\n").join(map(str, words))
    if value is None:
        if key == "stretch":
            return False
        if key in WHOLE:
            return {"dosage.days_per_week": 7}.get(key, WHOLE[key][0])
    return value


def _kept(key: str, value: object) -> object:
    if key in LISTED:
        return [part.strip() for part in str(value).split(",") if part.strip()]
    if key in LINES:
        return [part.strip() for part in str(value).splitlines() if part.strip()]
    return value
