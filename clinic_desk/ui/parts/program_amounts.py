"""Fields that know their unit: a distance in m or km, a load in kg, lb, band or words, 0 to 10."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.dosage import RANGES
from clinic_desk.clinical.loads import BANDS, HEAVIEST, Load, LoadKind
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.program_words import KILOMETRE

LOADS = (
    (LoadKind.NONE, _("None")),
    (LoadKind.KG, _("kg")),
    (LoadKind.LB, _("lb")),
    (LoadKind.BAND, _("Band")),
    (LoadKind.WORDS, _("Words")),
)
BAND_NAMES = {
    "yellow": _("Yellow"),
    "red": _("Red"),
    "green": _("Green"),
    "blue": _("Blue"),
    "black": _("Black"),
    "silver": _("Silver"),
    "gold": _("Gold"),
}
_FIRST = {LoadKind.KG: 2.0, LoadKind.LB: 5.0}  # of a weight that was just chosen
_FIELD = 96  # px


class LoadField(QWidget):
    """How heavy. `changed` when the person changed it to something that can stand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = layout.row(self, 0)
        row.setSpacing(tokens.S)
        self.kind = ComboBox(_("Load"))
        self.kind.setObjectName("dose:load")
        self.kind.fill(LOADS)
        self.kind.setMinimumContentsLength(5)
        self.amount = NumberField(_("Load"), minimum=0.01, maximum=HEAVIEST, width=_FIELD)
        self.amount.setObjectName("dose:load_amount")
        self.band = ComboBox(_("Band colour"))
        self.band.setObjectName("dose:load_band")
        self.band.fill([(band, BAND_NAMES[band]) for band in BANDS])
        self.band.setMinimumContentsLength(6)
        self.words = TextField(_("Load in words"), limit=60)
        self.words.setObjectName("dose:load_words")
        self.words.setFixedWidth(theme.px(2 * _FIELD))
        for widget in (self.kind, self.amount, self.band, self.words):
            row.addWidget(widget)
        row.addStretch(1)
        self.kind.chosen.connect(self._kind_chosen)
        self.amount.changed.connect(self._typed)
        self.band.chosen.connect(self._typed)
        self.words.changed.connect(self._typed)
        self._load = Load()
        self._preferred = LoadKind.KG
        self._show_fields()

    def prefer(self, unit: LoadKind) -> None:
        """Offer one unit of weight before the other."""
        if unit is self._preferred:
            return
        self._preferred = unit
        kept = self.kind.value()
        weights = sorted(_FIRST, key=lambda kind: kind is not unit)
        names = dict(LOADS)
        order = (LoadKind.NONE, *weights, LoadKind.BAND, LoadKind.WORDS)
        self.kind.fill([(kind, names[kind]) for kind in order])
        self.kind.set_value(kept)

    def value(self) -> str:
        """The load as a line keeps it."""
        return str(self._load)

    def set_value(self, text: str) -> None:
        """Show a load; what is being typed just now stays as it is typed."""
        if text == str(self._load):
            return
        self._load = Load.parse(text)
        self.kind.set_value(self._load.kind)
        self.amount.set_number(self._load.amount or None)
        self.band.set_value(self._load.band or BANDS[0])
        self.words.set_value(self._load.words)
        self._show_fields()

    def _show_fields(self) -> None:
        kind = self.kind.value()
        self.amount.setVisible(kind in _FIRST)
        self.band.setVisible(kind == LoadKind.BAND)
        self.words.setVisible(kind == LoadKind.WORDS)

    def _kind_chosen(self) -> None:
        kind = self.kind.value()
        if kind in _FIRST and self.amount.number() is None:
            self.amount.set_number(_FIRST[LoadKind(str(kind))])
        if kind == LoadKind.BAND and self.band.value() is None:
            self.band.set_value(BANDS[0])
        self._show_fields()
        self._typed()

    def _typed(self) -> None:
        kind = LoadKind(str(self.kind.value() or ""))
        made = Load()
        if kind in _FIRST:
            number = self.amount.number()
            if number is None:  # half typed: the field says so
                return
            made = Load(kind, amount=float(number))
        elif kind is LoadKind.BAND:
            made = Load(kind, band=str(self.band.value()))
        elif kind is LoadKind.WORDS and self.words.value().strip():
            made = Load(kind, words=self.words.value())
        if made != self._load:
            self._load = made
            self.changed.emit()


class DistanceField(QWidget):
    """Metres, typed in m or km."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = layout.row(self, 0)
        row.setSpacing(tokens.S)
        self.amount = NumberField(_("Distance"), minimum=0.01, width=_FIELD)
        self.amount.setObjectName("dose:distance")
        self.unit = ComboBox(_("Unit of distance"))
        self.unit.setObjectName("dose:distance_unit")
        self.unit.fill([(1, _("m")), (KILOMETRE, _("km"))])
        self.unit.setMinimumContentsLength(3)
        self.unit.set_value(1)
        row.addWidget(self.amount)
        row.addWidget(self.unit)
        self.amount.changed.connect(self._typed)
        self.unit.chosen.connect(self._typed)
        self._metres = 0

    def value(self) -> int:
        return self._metres

    def set_value(self, metres: int) -> None:
        """Show a distance, in km from one kilometre on."""
        if metres == self._metres:
            return
        self._metres = metres
        unit = KILOMETRE if metres >= KILOMETRE else 1
        self.unit.set_value(unit)
        self.amount.set_number(metres / unit)

    def _typed(self) -> None:
        number, unit = self.amount.number(), self.unit.value()
        if number is None or not isinstance(unit, int):
            return
        metres = round(number * unit)
        low, high = RANGES["distance_m"]
        if low <= metres <= high and metres != self._metres:
            self._metres = metres
            self.changed.emit()


class ScaleField(ComboBox):
    """0 to 10, or nothing said; `none` names what nothing means."""

    def __init__(self, name: str, none: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.fill([(n, str(n)) for n in range(11)], none=none)
        self.setMinimumContentsLength(4)

    def number(self) -> int | None:
        held = self.value()
        return held if isinstance(held, int) else None
