"""The fields of a patient, for registering and for correcting."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.measures import Sex
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.patients import PatientDetails


class PatientForm(QWidget):
    """Two cards: who they are, and what must be known."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.family_name, self.given_name = TextField(), TextField()
        self.birth_date = DateField(_("Birth date"), latest=today)
        self.sex = ComboBox()
        self.sex.fill(
            [
                (Sex.UNKNOWN, _("Unknown")),
                (Sex.FEMALE, _("Female")),
                (Sex.MALE, _("Male")),
                (Sex.OTHER, _("Other")),
            ]
        )
        self.phone, self.email = TextField(), TextField()
        self.address = TextArea(lines=3)
        self.occupation, self.sport = TextField(), TextField()
        self.allergies = TextArea(lines=2)
        self.alerts = TextArea(lines=2)
        self.medicines = TextArea(lines=2)
        self.consent_on = DateField(_("Consent given on"), latest=today)

        self._who = Form(2)
        self._who.add("family_name", _("Family name"), self.family_name, required=True)
        self._who.add("given_name", _("Given name"), self.given_name)
        self._who.add("birth_date", _("Birth date"), self.birth_date)
        self._who.add(
            "sex", _("Sex"), self.sex, help=_("Some normal values differ between the sexes.")
        )
        self._who.add("phone", _("Phone"), self.phone)
        self._who.add("email", _("E-mail"), self.email)
        self._who.add("address", _("Address"), self.address, span=2)
        self._who.add("occupation", _("Occupation"), self.occupation)
        self._who.add("sport", _("Sport"), self.sport)
        self._care = Form(2)
        self._care.add(
            "allergies",
            _("Allergies"),
            self.allergies,
            help=_("Shown on every screen of this patient."),
        )
        self._care.add(
            "alerts",
            _("Alerts"),
            self.alerts,
            help=_("What everybody must know, such as a pacemaker."),
        )
        self._care.add("medicines", _("Regular medicines"), self.medicines)
        self._care.add(
            "consent_on",
            _("Consent given on"),
            self.consent_on,
            help=_("To keeping the record and writing to others about it."),
        )
        who, care = Card(_("Who they are")), Card(_("What must be known"))
        who.add(self._who)
        care.add(self._care)
        column = layout.column(self, tokens.L)
        column.addWidget(who)
        column.addWidget(care)
        for field in (
            self.family_name,
            self.given_name,
            self.birth_date,
            self.phone,
            self.email,
            self.address,
            self.occupation,
            self.sport,
            self.allergies,
            self.alerts,
            self.medicines,
            self.consent_on,
        ):
            field.changed.connect(self.changed)
        self.sex.chosen.connect(self._sex_chosen)

    def details(self) -> PatientDetails:
        """What is typed now."""
        sex = self.sex.value()
        return PatientDetails(
            family_name=self.family_name.value(),
            given_name=self.given_name.value(),
            birth_date=self.birth_date.day(),
            sex=sex if isinstance(sex, Sex) else Sex.UNKNOWN,
            phone=self.phone.value(),
            email=self.email.value(),
            address=self.address.value(),
            allergies=self.allergies.value(),
            alerts=self.alerts.value(),
            medicines=self.medicines.value(),
            occupation=self.occupation.value(),
            sport=self.sport.value(),
            consent_on=self.consent_on.day(),
        )

    def fill(self, details: PatientDetails) -> None:
        """Show a patient's details."""
        for name in (
            "family_name",
            "given_name",
            "phone",
            "email",
            "address",
            "allergies",
            "alerts",
            "medicines",
            "occupation",
            "sport",
        ):
            getattr(self, name).set_value(getattr(details, name))
        self.birth_date.set_day(details.birth_date)
        self.consent_on.set_day(details.consent_on)
        self.sex.set_value(details.sex)
        self.show_problems({})

    def clear(self) -> None:
        self.fill(PatientDetails(family_name="", given_name=""))

    def start_with(self, words: str) -> None:
        """Take what was searched for as the name: "Alex Example" or "Example, Alex"."""
        if "," in words:
            family, given = (part.strip() for part in words.split(",", 1))
        else:
            given, _space, family = words.strip().rpartition(" ")
        if not any(sign.isdigit() for sign in words):
            self.family_name.set_value(family)
            self.given_name.set_value(given)

    def focus_first(self) -> None:
        self.family_name.setFocus()

    def wrong(self) -> dict[str, str]:
        """Dates that are typed but cannot be read, by field."""
        fields = {"birth_date": self.birth_date, "consent_on": self.consent_on}
        return {key: field.problem() for key, field in fields.items() if field.problem()}

    def show_problems(self, fields: dict[str, str]) -> list[str]:
        """Show what is wrong beside each field; what has no field here comes back."""
        homeless = self._who.show_problems(fields)
        rest = {key: text for key, text in fields.items() if text in homeless}
        return self._care.show_problems(rest)

    def _sex_chosen(self, _value: object) -> None:
        self.changed.emit()
