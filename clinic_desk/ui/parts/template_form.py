"""The fields of a program template: which exercises, how often, and what must hold to go on."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label, SectionHeader
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.texts import TextArea, TextField

Tables = Mapping[str, object]
Names = Sequence[tuple[str, str]]  # id, name

LINES = ("entry", "stop")  # one a line
WHOLE = {  # least, most, where nothing is said
    "stage": (1, 4, 1),
    "times_per_day": (1, 12, 1),
    "days_per_week": (1, 7, 7),
    "pain_limit": (0, 10, 3),
}
DAYS = (*range(15), 21, 28, 42, 56, 84, 120, 180)
WEEKS = (*range(1, 13), 16, 20, 24, 30, 36)


class PickedExercises(QWidget):
    """Exercises in their order: added from a list, moved and taken out by a button each."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._picked: list[str] = []
        self._names: dict[str, str] = {}
        self._rows: list[QWidget] = []
        self._column = layout.column(self, tokens.XS)
        self.add = ComboBox(_("Add to: {name}").format(name=name))
        self.add.chosen.connect(self._add)
        self._column.addWidget(self.add)

    def offer(self, names: Names) -> None:
        """The exercises that can be added."""
        self._names = dict(names)

    def value(self) -> list[str]:
        return list(self._picked)

    def set_value(self, picked: Sequence[str]) -> None:
        """Show exercises without saying `changed`."""
        self._picked = list(picked)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(place, key) for place, key in enumerate(self._picked)]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
        free = sorted((name, key) for key, name in self._names.items() if key not in self._picked)
        self.add.fill([(key, name) for name, key in free], none=_("Add an exercise"))

    def _row(self, place: int, key: str) -> QWidget:
        name = self._names.get(key, key)
        row = QWidget()
        line = layout.row(row, tokens.XS)
        line.addWidget(Label(f"{place + 1}. {name}", "body", wrap=True), 1)
        for act, icon, words, usable in (
            ("up", "arrow-up", _("Move {name} up"), place > 0),
            ("down", "arrow-down", _("Move {name} down"), place < len(self._picked) - 1),
            ("remove", "x", _("Take {name} out"), True),
        ):
            button = IconButton(icon, words.format(name=name), kind="quiet", compact=True)
            button.setObjectName(f"picked:{act}:{key}")
            button.setEnabled(usable)
            button.clicked.connect(self._act)
            line.addWidget(button)
        return row

    def _act(self) -> None:
        _lead, act, key = self.sender().objectName().split(":")
        picked, place = list(self._picked), self._picked.index(key)
        picked.pop(place)
        if act != "remove":
            picked.insert(place + (1 if act == "down" else -1), key)
        self.set_value(picked)
        again = self.findChild(IconButton, f"picked:{act}:{key}")
        (again if again is not None and again.isEnabled() else self.add).setFocus()
        self.changed.emit()

    def _add(self, key: object) -> None:
        if isinstance(key, str):
            self.set_value([*self._picked, key])
            self.changed.emit()


Control = TextField | TextArea | ComboBox | Stepper | PickedExercises


class TemplateForm(QWidget):
    """Reads tables in the shape of a program file and gives them back with what was typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: Tables = {}
        self._controls: dict[str, Control] = {}
        self._forms: list[Form] = []
        self._column = layout.column(self, tokens.M)
        self._make_program()
        self._make_when()
        self._make_words()
        self._column.addStretch(1)

    def begin(self, tables: Tables, exercises: Names, templates: Names) -> None:
        """Show a template; `exercises` it can take, `templates` it can lead to."""
        self._tables = tables
        self.blockSignals(True)
        for key, control in self._controls.items():
            if isinstance(control, PickedExercises):
                control.offer(exercises)
            elif key == "next" and isinstance(control, ComboBox):
                control.fill(list(templates), none=_("None"))
            elif key in ("min_day", "min_week_post_op") and isinstance(control, ComboBox):
                _fill_numbers(control, key, tables.get(key))
            control.set_value(_shown(key, tables.get(key)))  # type: ignore[arg-type]
        criteria = self._controls["criterion"]
        if isinstance(criteria, TextArea):
            criteria.set_value("\n".join(_texts(tables.get("criterion"))))
        self.show_problems({})
        self.blockSignals(False)

    def tables(self) -> dict[str, object]:
        """What stands in the fields, with everything that has no field as it was."""
        made = dict(self._tables)
        for key, control in self._controls.items():
            value = _kept(key, control.value())
            if key == "criterion":
                value = self._criteria(str(control.value()))
            if value is None:
                made.pop(key, None)
            else:
                made[key] = value
        return made

    def _criteria(self, typed: str) -> list[object]:
        """A line as it was keeps what it reads of the record; another one has only its words."""
        held = self._tables.get("criterion")
        before = {
            str(one.get("text")): one
            for one in (held if isinstance(held, Sequence) else ())
            if isinstance(one, Mapping)
        }
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        return [before.get(line, {"text": line}) for line in lines]

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        """Show what is wrong beside its field; what has none comes back in words."""
        left = {key.split("[")[0].split(".")[0]: text for key, text in fields.items()}
        for form in self._forms:
            mine = {key: text for key, text in left.items() if key in form.rows}
            form.show_problems(mine)
            left = {key: text for key, text in left.items() if key not in mine}
        return [f"{key}: {text}" for key, text in left.items()]

    def focus_first(self) -> None:
        self._controls["name"].setFocus()

    # -- how it is made -------------------------------------------------------------

    def _make_program(self) -> None:
        form = self._section(_("Program"))
        self._add(form, "name", _("Name"), TextField(), True)
        self._step(form, "stage", _("Stage"))
        self._add(form, "exercises", _("Exercises"), PickedExercises(_("Exercises")), True)
        self._add(form, "add_ons", _("Can be added"), PickedExercises(_("Can be added")))
        self._step(form, "times_per_day", _("Times a day"))
        self._step(form, "days_per_week", _("Days a week"))
        self._add(form, "frequency", _("How often, in words"), TextField(), True)
        self._step(form, "pain_limit", _("Pain limit, of 10"))

    def _make_when(self) -> None:
        form = self._section(_("When"))
        grades = ComboBox()
        grades.fill([(grade, _("Grade {n}").format(n=grade)) for grade in (1, 2, 3)], none=_("Any"))
        self._add(form, "grade", _("After a strain of"), grades)
        self._add(form, "min_day", _("From day after the injury"), ComboBox())
        self._add(form, "min_week_post_op", _("From week after a repair"), ComboBox())
        self._add(form, "next", _("Next template"), ComboBox())
        one = _("One a line.")
        self._add(form, "entry", _("Before it begins"), _area(), False, one, 2)
        reads = _("One a line. A line that you change, you judge; the others read the record.")
        self._add(form, "criterion", _("To move on"), _area(), False, reads, 2)

    def _make_words(self) -> None:
        form = self._section(_("Words"))
        self._add(form, "stop", _("Stop if"), _area(), False, _("One a line."), 2)
        self._add(form, "notes", _("Notes for the clinician"), _area(), False, "", 2)

    def _section(self, title: str) -> Form:
        form = Form(2)
        self._forms.append(form)
        self._column.addWidget(SectionHeader(title))
        self._column.addWidget(form)
        return form

    def _step(self, form: Form, key: str, label: str) -> None:
        self._add(form, key, label, Stepper(label, *WHOLE[key][:2]))

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
        control.setObjectName(f"templateField:{key}")
        signal = control.chosen if isinstance(control, ComboBox) else control.changed
        signal.connect(self.changed)
        form.add(key, label, control, required, help, span)


def _area() -> TextArea:
    return TextArea(lines=3, most=8)


def _fill_numbers(control: ComboBox, key: str, held: object) -> None:
    usual = DAYS if key == "min_day" else WEEKS
    numbers = sorted({*usual, *([held] if isinstance(held, int) else [])})
    words = _("Day {n}") if key == "min_day" else _("Week {n}")
    control.fill([(n, words.format(n=n)) for n in numbers], none=_("Not said"))


def _texts(held: object) -> list[str]:
    found = held if isinstance(held, Sequence) and not isinstance(held, str) else ()
    return [str(one.get("text", "")) for one in found if isinstance(one, Mapping)]


def _shown(key: str, value: object) -> object:
    if key in LINES:
        return "\n".join(map(str, value)) if isinstance(value, Sequence) else ""
    if key in ("exercises", "add_ons"):
        return list(value) if isinstance(value, Sequence) else []
    if key in WHOLE:
        return WHOLE[key][2] if value is None else value
    if key in ("next", "grade", "min_day", "min_week_post_op"):
        return value
    return "" if value is None or key == "criterion" else value


def _kept(key: str, value: object) -> object:
    if key in LINES:
        return [part.strip() for part in str(value).splitlines() if part.strip()]
    return value
