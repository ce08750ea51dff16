"""How the practice works by habit: language of handouts, units, reminders."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from clinic_desk import settings
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts.kept_settings import KeptSettings
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases import habits
from clinic_desk.usecases.desk import Desk


class HabitsCard(KeptSettings):
    """Read where it counts: handouts, the load of an exercise, Today."""

    words = {  # noqa: RUF012
        "language": _("Language of handouts changed."),
        "weight": _("Unit of weights changed."),
        "temperature": _("Unit of temperatures changed."),
        "soon_days": _("Reminder of tasks changed."),
        "retest_days": _("Reminder of re-tests changed."),
        "print_unreviewed": _("What handouts say of translations is changed."),
    }

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.store.folder, _("Handouts, units and reminders"), parent)
        self.language = ComboBox(_("Language of handouts"))
        self.language.fill(habits.languages(desk))
        self.weight = Segments([("kg", _("kg")), ("lb", _("lb"))], _("Weights"), always=True)
        heat = [("c", _("°C")), ("f", _("°F"))]
        self.temperature = Segments(heat, _("Temperatures"), always=True)
        self.soon = Stepper(_("Tasks and recalls"), *settings.SOON_RANGE, step=1, unit=_("days"))
        self.retest = Stepper(_("Re-tests"), *settings.RETEST_RANGE, step=7, unit=_("days"))
        self.form = Form(2)
        self.form.add(
            "language",
            _("Language of handouts"),
            self.language,
            help=_("A new patient's file begins with it, unless an imported list says another."),
        )
        self.form.add(
            "weight",
            _("Weights"),
            self.weight,
            help=_("Loads are offered in it first, and body weight is typed in it."),
        )
        self.form.add(
            "temperature",
            _("Temperatures"),
            self.temperature,
            help=_("Body temperature is typed in it. Lengths and angles are cm, mm and degrees."),
        )
        self.form.add(
            "soon",
            _("Tasks and recalls"),
            self.soon,
            help=_("Shown on Today so long before they are due."),
        )
        self.form.add(
            "retest",
            _("Re-tests"),
            self.retest,
            help=_("Due so long after a plan without a day. Four weeks is a working value."),
        )
        self.add(self.form)
        self.unreviewed = CheckBox(_("Say on handouts that a translation is not yet reviewed"))
        self.unreviewed.setObjectName("printUnreviewed")
        self.add(self.unreviewed)
        self.language.chosen.connect(self.changed)
        self.unreviewed.clicked.connect(self.changed)
        for field in (self.weight, self.temperature, self.soon, self.retest):
            field.changed.connect(self.changed)

    def typed(self) -> Mapping[str, object]:
        return {
            "language": str(self.language.value() or "en"),
            "weight": str(self.weight.value() or "kg"),
            "temperature": str(self.temperature.value() or "c"),
            "soon_days": int(self.soon.value() or settings.SOON_RANGE[0]),
            "retest_days": int(self.retest.value() or settings.RETEST_RANGE[0]),
            "print_unreviewed": self.unreviewed.isChecked(),
        }

    def fill(self, kept: Settings) -> None:
        self.language.set_value(kept.language)
        self.weight.set_value(kept.weight)
        self.temperature.set_value(kept.temperature)
        self.soon.set_value(kept.soon_days)
        self.retest.set_value(kept.retest_days)
        self.unreviewed.setChecked(kept.print_unreviewed)
