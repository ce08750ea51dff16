"""The fields of a patient, section by section: which control, which words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.measures import Sex
from clinic_desk.i18n import _
from clinic_desk.ui.forms.rows_field import Cell, RowsField, choose
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.part_dates import PartDateField
from clinic_desk.ui.widgets.segments import SegmentedAnswer, Segments
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.ui.widgets.toggle import CheckBox

Control = TextField | TextArea | ComboBox | PartDateField | Segments | CheckBox | RowsField


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the name in the details, its label, what makes its control."""

    key: str
    label: str
    make: Callable[[], Control]
    span: int = 1
    help: str = ""
    required: bool = False


def line(key: str, label: str, **more: object) -> Field:
    return Field(key, label, TextField, **more)  # type: ignore[arg-type]


def area(key: str, label: str, lines: int = 2, **more: object) -> Field:
    return Field(key, label, lambda: TextArea(lines=lines), **more)  # type: ignore[arg-type]


def choice(key: str, label: str, *options: tuple[str, str], none: str = "") -> Field:
    def make() -> ComboBox:
        made = ComboBox()
        made.fill([("", none or _("Not said")), *options])
        return made

    return Field(key, label, make)


def rows(
    key: str, label: str, thing: str, add: str, *cells: Cell, help: str = "", every: bool = False
) -> Field:
    return Field(key, label, lambda: RowsField(thing, add, cells, every=every), span=2, help=help)


def _sex() -> ComboBox:
    made = ComboBox()
    made.fill(
        [
            (Sex.UNKNOWN.value, _("Unknown")),
            (Sex.FEMALE.value, _("Female")),
            (Sex.MALE.value, _("Male")),
            (Sex.OTHER.value, _("Other")),
        ]
    )
    return made


SIDES = (("left", _("Left")), ("right", _("Right")), ("both", _("Both")))
PHONES = (
    ("mobile", _("Mobile")),
    ("home", _("Home")),
    ("work", _("Work")),
    ("other", _("Other")),
)
ADDRESSES = (
    ("home", _("Home")),
    ("post", _("For letters")),
    ("work", _("Work")),
    ("other", _("Other")),
)
CONSENTS = (
    ("record", _("Keeping the record, writing to others")),
    ("reminders", _("Reminders")),
    ("photos", _("Photos and films")),
    ("teaching", _("Students present")),
    ("other", _("Other")),
)
ROLES = (
    ("gp", _("GP")),
    ("specialist", _("Specialist")),
    ("therapist", _("Therapist")),
    ("insurer", _("Insurer")),
    ("employer", _("Employer")),
    ("other", _("Other")),
)


def first(today: date) -> tuple[Field, ...]:
    """What a registration takes ten seconds for."""
    return (
        line("family_name", _("Family name"), required=True),
        line("given_name", _("Given name")),
        Field(
            "birth_date",
            _("Birth date"),
            lambda: PartDateField(_("Birth date"), today),
            help=_("The month or year alone where the day is not known."),
        ),
        Field("sex", _("Sex"), _sex, help=_("Some normal values differ between the sexes.")),
        line("phone", _("Phone")),
        line("email", _("E-mail")),
    )


def sections() -> tuple[tuple[str, str, tuple[Field, ...]], ...]:
    """Everything else: the section's name, its title, its fields."""
    return (
        (
            "warnings",
            _("Allergies and alerts"),
            (
                rows(
                    "allergy_list",
                    _("Allergies"),
                    _("Allergy"),
                    _("Add allergy"),
                    Cell("substance", _("Substance"), stretch=3),
                    Cell("reaction", _("Reaction"), stretch=2),
                    Cell(
                        "severity",
                        _("Severity"),
                        "choice",
                        (
                            ("", _("Not known")),
                            ("mild", _("Mild")),
                            ("moderate", _("Moderate")),
                            ("severe", _("Severe")),
                        ),
                    ),
                    help=_("Shown on every screen of this patient."),
                ),
                Field(
                    "no_allergies",
                    _("No allergies"),
                    lambda: CheckBox(_("Asked: no known allergies")),
                    span=2,
                ),
                area(
                    "alerts",
                    _("Alerts"),
                    help=_("What everybody must know, such as a pacemaker."),
                ),
                area("medicines", _("Regular medicines")),
                area("history", _("History"), lines=3, span=2),
            ),
        ),
        (
            "reach",
            _("Address and phones"),
            (
                area("address", _("Address for letters"), lines=3),
                choice("phone_kind", _("The first phone is"), *PHONES),
                rows(
                    "phones",
                    _("More phones"),
                    _("Phone"),
                    _("Add phone"),
                    Cell("number", _("Number"), stretch=3),
                    Cell("kind", _("Kind"), "choice", PHONES, stretch=2),
                ),
                rows(
                    "addresses",
                    _("More addresses, earlier ones too"),
                    _("Address"),
                    _("Add address"),
                    Cell("address", _("Address"), stretch=3),
                    Cell("kind", _("Kind"), "choice", ADDRESSES),
                    Cell("since", _("Since"), "day"),
                    Cell("until", _("Until"), "day"),
                ),
            ),
        ),
        (
            "language",
            _("Language and interpreter"),
            (
                Field("language", _("Language of handouts"), ComboBox),
                Field("interpreter", _("Interpreter needed"), SegmentedAnswer),
                line("interpreter_language", _("Language to interpret")),
            ),
        ),
        (
            "names",
            _("Names, gender and numbers"),
            (
                line(
                    "preferred_name",
                    _("Preferred name"),
                    help=_("How handouts and appointments address them."),
                ),
                line("pronouns", _("Pronouns")),
                line("gender", _("Gender"), help=_("In their own words, where they wish.")),
                rows(
                    "names",
                    _("Former and other names"),
                    _("Name"),
                    _("Add name"),
                    Cell("family_name", _("Family name"), stretch=2),
                    Cell("given_name", _("Given name"), stretch=2),
                    Cell(
                        "kind",
                        _("Kind"),
                        "choice",
                        (("former", _("Former")), ("also", _("Also known as"))),
                    ),
                ),
                rows(
                    "identifiers",
                    _("Numbers of others"),
                    _("Number"),
                    _("Add number"),
                    Cell("system", _("Whose number"), stretch=2),
                    Cell("value", _("Number"), stretch=2),
                    Cell("note", _("Note"), stretch=2),
                ),
            ),
        ),
        (
            "people",
            _("Emergency contact and care team"),
            (
                line("emergency_name", _("Emergency contact")),
                line("emergency_relation", _("Relation")),
                line("emergency_phone", _("Their phone")),
                rows(
                    "contacts",
                    _("GP and others"),
                    _("Contact"),
                    _("Add contact"),
                    Cell("contact_id", _("From the address book"), "choice", stretch=3),
                    Cell("role", _("Role"), "choice", ROLES, stretch=2),
                ),
            ),
        ),
        (
            "work",
            _("Work, sport and funding"),
            (
                line("occupation", _("Occupation")),
                line("sport", _("Sport")),
                choice("dominant_hand", _("Writes with"), *SIDES, none=_("Not asked")),
                choice("dominant_leg", _("Kicks with"), *SIDES, none=_("Not asked")),
                line("funding", _("Funding")),
                line("claim_number", _("Claim number")),
            ),
        ),
        (
            "consents",
            _("Consents"),
            (
                rows(
                    "consents",
                    _("Consents"),
                    _("Consent"),
                    _("Add consent"),
                    Cell("what", _("To"), "choice", CONSENTS, stretch=3),
                    Cell("given_on", _("Given on"), "day", stretch=2),
                    Cell(
                        "how",
                        _("How"),
                        "choice",
                        (
                            ("", _("Not said")),
                            ("written", _("Written")),
                            ("spoken", _("Spoken")),
                            ("electronic", _("Electronic")),
                        ),
                    ),
                    Cell("by_whom", _("By (if not the patient)"), stretch=2),
                    Cell("withdrawn_on", _("Withdrawn on"), "day", stretch=2),
                    every=True,  # a consent that was begun is never dropped without a word
                ),
            ),
        ),
    )


def read(control: QWidget) -> object:
    """What stands in a control, plain."""
    if isinstance(control, PartDateField):
        return control.text()
    if isinstance(control, CheckBox):
        return control.isChecked()
    value = control.value()  # type: ignore[attr-defined]  # (each of the others has one)
    return "" if value is None else value


def write(control: QWidget, value: object) -> None:
    """Show a plain value in a control."""
    if isinstance(control, PartDateField):
        control.set_text(str(value or ""))
    elif isinstance(control, CheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, Segments):
        control.set_value(value or None)
    elif isinstance(control, ComboBox):
        choose(control, value)
    else:
        control.set_value(value)  # type: ignore[attr-defined]  # (as above)


def on_change(control: QWidget, told: Callable[[], None]) -> None:
    """Call `told` when the person changes a control."""
    if isinstance(control, ComboBox):
        control.chosen.connect(told)
    elif isinstance(control, CheckBox):
        control.clicked.connect(told)
    else:
        control.changed.connect(told)  # type: ignore[attr-defined]  # (as above)
