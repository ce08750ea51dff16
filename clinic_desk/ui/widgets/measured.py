"""A number that may be typed in another unit than the question's: kept as it was typed."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from clinic_desk.clinical import units
from clinic_desk.ui.widgets.numbers import NumberField

_PLACES = 1  # decimals of a converted value: no scale or thermometer says more


class MeasuredField(NumberField):
    """`own` is the question's unit, `unit` the one that is typed in. What is typed in another unit
    is kept with it, so that nothing is lost by rounding, and the rules read it in their own.
    """

    def __init__(
        self,
        name: str,
        own: str,
        unit: str,
        parent: QWidget | None = None,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        whole: bool = False,
        width: int = 116,
    ) -> None:
        self._own = own
        super().__init__(
            name,
            unit,
            parent,
            minimum=self._shown(minimum, own, unit),
            maximum=self._shown(maximum, own, unit),
            whole=whole and own == unit,
            width=width,
        )
        self._held: tuple[str, object] | None = (
            None  # a text as it was shown, and what it stands for
        )

    def raw(self) -> object:
        """The raw value: a number in the question's unit, or one with the unit it was typed in."""
        if self._held is not None and self._held[0] == self.text():
            return self._held[1]
        number = self.number()
        if number is None or self.unit == self._own:
            return number
        return {"value": number, "unit": self.unit}

    def set_number(self, value: object) -> None:
        """Show a raw value in the unit of this field."""
        given, number = self._own, value
        if isinstance(value, Mapping):
            given, number = str(value.get("unit") or self._own), value.get("value")
        if isinstance(number, int | float) and not isinstance(number, bool) and given != self.unit:
            number = self._shown(number, given, self.unit)
        super().set_number(number)
        self._held = (self.text(), value) if self.text() else None

    @staticmethod
    def _shown(number: float | None, given: str, wanted: str) -> float | None:
        found = None if number is None else units.convert(number, given, wanted)
        return found if found is None or given == wanted else round(found, _PLACES)
