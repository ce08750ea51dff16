"""The fields of a patient, for registering and for correcting: what a registration needs first,
everything else in sections that fold. One undo for all of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.forms.rows_field import RowsField, choose
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts import layout, patient_fields
from clinic_desk.ui.parts.patient_fields import Control, Field
from clinic_desk.ui.parts.patient_values import Values, details_of, values_of
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.part_dates import PartDateField
from clinic_desk.ui.widgets.sections import Section
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.patients import PatientDetails

_Kind = TypeVar("_Kind", bound=QWidget)
NOTHING = PatientDetails(family_name="", given_name="")


class PatientForm(QWidget):
    """A card with what comes first, and the sections."""

    changed = Signal()
    keep_asked = Signal(dict)  # what stands in the fields, 800 ms after the first change

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.sheet = Sheet(self.keep_asked.emit, self)
        self.sheet.changed.connect(self._show_key)
        self.controls: dict[str, Control] = {}
        self._forms: list[Form] = []
        self._section_of: dict[str, Section] = {}
        self.sections: dict[str, Section] = {}
        column = self._column = layout.column(self, tokens.M)
        who = Card(_("Who they are"))
        self._who = self._form(patient_fields.first(today))
        who.add(self._who)
        column.addWidget(who)
        for name, title, fields in patient_fields.sections():
            section = Section(title)
            section.body.addWidget(self._form(fields))
            section.toggled.connect(self._say_all)
            self.sections[name] = section
            self._section_of |= {field.key: section for field in fields}
            column.addWidget(section)
        self.offer_languages([("en", _("English"))])
        self._began: Values = {}
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self.sheet.undo),
            (QKeySequence.StandardKey.Redo, self.sheet.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.clear()

    # The controls that others name

    def _control(self, key: str, kind: type[_Kind]) -> _Kind:
        control = self.controls[key]
        if not isinstance(control, kind):
            raise TypeError(f"{key} is no {kind.__name__}")
        return control

    @property
    def family_name(self) -> TextField:
        return self._control("family_name", TextField)

    @property
    def given_name(self) -> TextField:
        return self._control("given_name", TextField)

    @property
    def phone(self) -> TextField:
        return self._control("phone", TextField)

    @property
    def birth_date(self) -> PartDateField:
        return self._control("birth_date", PartDateField)

    @property
    def sex(self) -> ComboBox:
        return self._control("sex", ComboBox)

    def rows(self, key: str) -> RowsField:
        """The list field of that name."""
        return self._control(key, RowsField)

    # What is typed, and what is shown

    def values(self) -> Values:
        """What stands in the fields."""
        return {key: patient_fields.read(control) for key, control in self.controls.items()}

    def details(self) -> PatientDetails:
        """What is typed now, as far as it can be read."""
        return details_of(self.values(), self._today)

    def fill(self, details: PatientDetails) -> None:
        """Show a patient's details."""
        self.take(values_of(details))
        self._began = self.values()

    def take(self, values: Mapping[str, object]) -> None:
        """Show what stood in the fields before, such as a draft's."""
        known = {**values_of(NOTHING), **values}
        for key, control in self.controls.items():
            patient_fields.write(control, known.get(key))
        self.sheet.load(self.values())
        self.show_problems({})
        self._say_all()

    def clear(self, language: str = NOTHING.language) -> None:
        self.fill(replace(NOTHING, language=language))

    def touched(self) -> bool:
        """Whether anything differs from what was filled in."""
        return self.values() != self._began

    def begin_here(self) -> None:
        """From now on, what stands here is where the person began."""
        self._began = self.values()

    def start_with(self, words: str) -> None:
        """Take what was searched for as the name: "Alex Example" or "Example, Alex"."""
        if "," in words:
            family, given = (part.strip() for part in words.split(",", 1))
        else:
            given, _space, family = words.strip().rpartition(" ")
        if not any(sign.isdigit() for sign in words):
            self.family_name.set_value(family)
            self.given_name.set_value(given)
            self.sheet.load(self.values())

    def offer_contacts(self, contacts: Sequence[tuple[str, str]]) -> None:
        """The address book: id and name."""
        self.rows("contacts").offer("contact_id", contacts)
        self.rows("contacts").add_button.setEnabled(bool(contacts))

    def offer_languages(self, languages: Sequence[tuple[str, str]]) -> None:
        """The languages of handouts: code and name."""
        field = self._control("language", ComboBox)
        held = field.value() or "en"
        field.fill(list(languages))
        choose(field, held)

    def close_history(self, closed: bool) -> None:
        """The history is closed at the patient's wish: it is neither shown nor typed over."""
        field = self._control("history", TextArea)
        field.setEnabled(not closed)
        field.setPlaceholderText(_("Closed at the patient's wish.") if closed else "")

    def open_filled(self) -> None:
        """Unfold the sections that hold something."""
        empty = values_of(NOTHING)
        for key, value in self.values().items():
            section = self._section_of.get(key)
            if section is not None and value != empty.get(key):
                section.set_opened(True)

    def put_below_first(self, widget: QWidget) -> None:
        """Show something between what comes first and the sections."""
        self._column.insertWidget(1, widget)

    def focus_first(self) -> None:
        self.family_name.setFocus()

    def wrong(self) -> dict[str, str]:
        """What is typed but cannot be read, by field."""
        found = {}
        for key, control in self.controls.items():
            if isinstance(control, (PartDateField, RowsField)) and control.problem():
                found[key] = control.problem()
        for number, row in enumerate(self.rows("consents").value(), 1):
            if not str(row["given_on"]).strip() and "consents" not in found:
                found["consents"] = _("Line {n}: say when it was given.").format(n=number)
        return found

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        """Show what is wrong beside each field, in a section that unfolds; what has no field
        here comes back.
        """
        fields = {{"consent_on": "consents"}.get(key, key): said for key, said in fields.items()}
        homeless = list(fields)
        for form in self._forms:
            form.clear_problems()
            form.show_problems({key: fields[key] for key in fields if key in form.rows})
            homeless = [key for key in homeless if key not in form.rows]
        for key in fields:
            if key in self._section_of:
                self._section_of[key].set_opened(True)
        return [fields[key] for key in homeless]

    # Making

    def _form(self, fields: Sequence[Field]) -> Form:
        form = Form(2)
        for field in fields:
            control = self.controls[field.key] = field.make()
            form.add(field.key, field.label, control, field.required, field.help, field.span)
            patient_fields.on_change(control, partial(self._typed, field.key))
            self._watch(control)
        self._forms.append(form)
        return form

    def _watch(self, control: QWidget) -> None:
        inner: list[QWidget] = [control]
        if isinstance(control, PartDateField):
            inner = [control.field]
        for one in inner:
            if isinstance(one, (TextField, TextArea)):
                one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z belongs to the form, so that there is one undo for all of it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            return bool(ctrl) and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
        return super().eventFilter(watched, event)

    # Changes

    def _typed(self, key: str, *_value: object) -> None:
        control = self.controls[key]
        cell = control.last if isinstance(control, RowsField) else ""
        self.sheet.set(key, patient_fields.read(control), cell=cell)
        if isinstance(control, RowsField):
            for one in control.controls():
                field = getattr(one, "field", one)
                if isinstance(field, TextField) and not field.property("watched"):
                    field.setProperty("watched", True)
                    field.installEventFilter(self)

    def _show_key(self, key: str) -> None:
        control, value = self.controls[key], self.sheet.value(key)
        if patient_fields.read(control) != ("" if value is None else value):
            patient_fields.write(control, value)
            if key in self._section_of:
                self._section_of[key].set_opened(True)
        for form in self._forms:
            row = form.rows.get(key)
            if row is not None and row.problem.text:
                row.show_problem("")
        self.changed.emit()

    def _say_all(self, *_opened: object) -> None:
        values = self.values()
        for name, section in self.sections.items():
            keys = [key for key, its in self._section_of.items() if its is section]
            section.say(_SUMMARY.get(name, _filled)({key: values[key] for key in keys}))


def _filled(values: Values) -> str:
    """Short texts in the order of the fields, lists by their number."""
    said = []
    for value in values.values():
        if isinstance(value, list):
            said += [str(next(iter(row.values()), "")) for row in value[:3]]
        elif isinstance(value, str) and value.strip():
            said.append(" ".join(value.split()))
    return ", ".join(said)[:120]


def _warnings(values: Values) -> str:
    if values.get("no_allergies"):
        said = _("No known allergies")
    elif not values.get("allergy_list"):
        said = _("Allergies not asked")
    else:
        said = _filled({"allergy_list": values["allergy_list"]})
    rest = _filled({key: values.get(key, "") for key in ("alerts", "medicines")})
    return f"{said}; {rest}" if rest else said


def _language(values: Values) -> str:
    if values.get("interpreter") != "yes":
        return ""
    language = str(values.get("interpreter_language") or "").strip()
    return (
        _("Interpreter needed: {language}").format(language=language)
        if language
        else _("Interpreter needed")
    )


def _people(values: Values) -> str:
    count = values.get("contacts")
    named = len(count) if isinstance(count, list) else 0
    parts = [str(values.get("emergency_name") or "").strip()]
    if named:
        parts.append(_("{n} in the care team").format(n=named))
    return ", ".join(part for part in parts if part)


def _work(values: Values) -> str:
    return _filled({key: values[key] for key in ("occupation", "sport", "funding")})


def _reach(values: Values) -> str:
    return _filled({key: values[key] for key in ("address", "phones")})


def _consents(values: Values) -> str:
    rows = values.get("consents")
    names = dict(patient_fields.CONSENTS)
    said = [
        f"{names.get(str(row['what']), str(row['what']))} {row['given_on']}".strip()
        + (f" ({_('withdrawn')})" if row["withdrawn_on"] else "")
        for row in (rows if isinstance(rows, list) else [])
    ]
    return ", ".join(said)


_SUMMARY: Mapping[str, Callable[[Values], str]] = {
    "warnings": _warnings,
    "language": _language,
    "people": _people,
    "work": _work,
    "reach": _reach,
    "consents": _consents,
}
