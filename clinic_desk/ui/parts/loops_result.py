"""What an imaging report says, in fields; a scheme is asked only for the pictures it grades."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.measures import Side
from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import imaging_results, plain
from clinic_desk.usecases.imaging_results import ImagingDetails, Offered

GRADES = {
    "conclusion": _("What the report says"),
    "bamic": _("British Athletics grade"),
    "peetrons": _("Ultrasound grade (modified Peetrons)"),
    "munich": _("Munich class"),
}
FOR = {"bamic": "mri", "peetrons": "ultrasound"}
SILENT = _("The report does not say")


class ResultForm(Form):
    """The fields of one report. Nothing is chosen at first."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(2, parent)
        self.modality = ComboBox()
        self.modality.setObjectName("resultModality")
        self.modality.fill(list(imaging_results.MODALITIES.items()), none=_("Choose"))
        self.on = DateField(_("Day of the study"), latest=today)
        self.on.setObjectName("resultDay")
        self.side = Segments(
            [
                (Side.LEFT.value, _("Left")),
                (Side.RIGHT.value, _("Right")),
                (Side.BOTH.value, _("Both")),
            ],
            _("Side of the report"),
        )
        self.side.setObjectName("resultSide")
        self.site = TextField(placeholder=_("Biceps femoris, near the ischium"))
        self.grades = {field: ComboBox() for field in GRADES}
        self.tendon = ComboBox()
        self.tendon.fill(list(imaging_results.TENDON.items()), none=SILENT)
        most = imaging_results.MOST_MM / 10
        self.length = NumberField(_("Length"), "cm", minimum=0, maximum=most)
        self.retraction = NumberField(_("Retraction"), "cm", minimum=0, maximum=most)
        self.text = TextArea(lines=2, most=6)
        self.add("modality", _("Kind of picture"), self.modality, required=True)
        self.add("studied_on", _("Day of the study"), self.on, required=True)
        self.add("side", _("Side"), self.side, span=2)
        self.add("site", _("Site"), self.site, span=2)
        for field, label in GRADES.items():
            self.grades[field].setObjectName(f"result:{field}")
            self.add(field, label, self.grades[field], span=2)
        self.add("tendon", _("Tendon"), self.tendon, span=2)
        self.add("length_mm", _("Length"), self.length)
        self.add("retraction_mm", _("Retraction"), self.retraction)
        self.add("text", _("In words"), self.text, span=2)
        for combo in (self.modality, *self.grades.values(), self.tendon):
            combo.chosen.connect(self._edited)
        for control in (self.on, self.side, self.site, self.length, self.retraction, self.text):
            control.changed.connect(self._edited)
        self._offered: Offered | None = None

    def begin(self, offered: Offered, held: plain.Plain) -> None:
        """The case's choices, with what was typed before; else its side and nothing more."""
        self._offered = offered
        for field, combo in self.grades.items():
            combo.fill(offered.fields.get(field, ()), none=SILENT)
        details = imaging_results.read(held)
        self.modality.set_value(details.modality or None)
        self.on.set_day(details.studied_on)
        self.side.set_value(details.side.value if details.side else None)
        self.site.set_value(details.site)
        for field, combo in self.grades.items():
            combo.set_value(getattr(details, field) or None)
        self.tendon.set_value(details.tendon or None)
        self.length.set_number(_cm(details.length_mm))
        self.retraction.set_number(_cm(details.retraction_mm))
        self.text.set_value(details.text)
        self.clear_problems()
        self._fit()

    def details(self) -> ImagingDetails:
        """What is typed; a scheme that does not grade this kind of picture is not asked."""
        modality, side = self.modality.value(), self.side.value()
        graded = {field: self._chosen(field) for field in GRADES}
        tendon = self.tendon.value()
        return ImagingDetails(
            modality=modality if isinstance(modality, str) else "",
            studied_on=self.on.day(),
            side=Side(side) if side else None,
            site=self.site.value(),
            tendon=tendon if isinstance(tendon, str) else "",
            length_mm=_mm(self.length.number()),
            retraction_mm=_mm(self.retraction.number()),
            text=self.text.value(),
            **graded,
        )

    def wrong(self) -> dict[str, str]:
        """What cannot be read as it is typed."""
        fields = {
            "studied_on": self.on.problem(),
            "length_mm": self.length.problem(),
            "retraction_mm": self.retraction.problem(),
        }
        return {name: text for name, text in fields.items() if text}

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        return self.details() == ImagingDetails("", None)

    def _chosen(self, field: str) -> str:
        row, value = self.rows[field], self.grades[field].value()
        return value if isinstance(value, str) and not row.isHidden() else ""

    def _edited(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Only the schemes of this kind of picture, and only those that the case can take."""
        known: Mapping[str, object] = self._offered.fields if self._offered else {}
        modality = self.modality.value()
        for field in GRADES:
            fits = field not in FOR or FOR[field] == modality
            self.rows[field].setVisible(field in known and fits)


def _cm(millimetres: int | None) -> float | None:
    return None if millimetres is None else millimetres / 10


def _mm(centimetres: float | None) -> int | None:
    return None if centimetres is None else round(centimetres * 10)
