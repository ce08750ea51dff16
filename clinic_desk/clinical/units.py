"""Units: what may be converted into what, and a value that was likely read off another scale."""

import math
from collections.abc import Mapping

from clinic_desk.clinical.protocol import Item, Kind

# How many of the first unit of the dimension one of this unit is.
_DIMENSIONS: tuple[Mapping[str, float], ...] = (
    {"mm": 1, "cm": 10, "m": 1000},
    {"s": 1, "min": 60, "h": 3600, "d": 86400, "wk": 604800},
    {"g": 1, "kg": 1000, "lb": 453.59237},
    {"°": 1, "deg": 1},
    {"d": 1, "days": 1, "day": 1},
)

KNOWN = frozenset(unit for dimension in _DIMENSIONS for unit in dimension) | {"°C"}

_CONVERTED_TO = 1e6  # beyond it nothing was measured


def factor(given: str, wanted: str) -> float | None:
    """What turns a value of one unit into another of the same dimension; None where nothing can."""
    for dimension in _DIMENSIONS:
        if given in dimension and wanted in dimension:
            return dimension[given] / dimension[wanted]
    return None


def convert(value: float, given: str, wanted: str) -> float | None:
    """A value of one unit in another; None where nothing turns the one into the other."""
    if given == wanted:
        return value
    if (given, wanted) == ("°F", "°C"):
        return (value - 32) / 1.8
    if (given, wanted) == ("°C", "°F"):
        return value * 1.8 + 32
    times = factor(given, wanted)
    return None if times is None else value * times


def convert_range(text: str, given: str, wanted: str) -> str:
    """ "36.1 to 38.0" of one unit in another, with that unit; a text of another shape with its
    own unit.
    """
    try:
        low, high = (convert(float(end), given, wanted) for end in text.split(" to "))
    except ValueError:  # it is no range
        return f"{text} {given}"
    if low is None or high is None:
        return f"{text} {given}"
    return f"{low:.1f} to {high:.1f} {wanted}"


# What a person may have at hand that no item is told in: the unit it comes to, and by what.
_FOREIGN: Mapping[str, tuple[str, float]] = {
    "in": ("cm", 2.54),
    "inch": ("cm", 2.54),
    "ft": ("cm", 30.48),
    "lbs": ("kg", 0.45359237),
    "kgf": ("N", 9.80665),
    "lbf": ("N", 4.4482216),
    "mo": ("wk", 365.25 / 84),
    "month": ("wk", 365.25 / 84),
    "months": ("wk", 365.25 / 84),
    "y": ("wk", 365.25 / 7),
    "year": ("wk", 365.25 / 7),
    "years": ("wk", 365.25 / 7),
    "days": ("d", 1),
    "weeks": ("wk", 1),
    "hours": ("h", 1),
    "minutes": ("min", 1),
    "seconds": ("s", 1),
}
# Units that an author may write out, and that nothing would convert then.
WRITTEN_OUT = {word: _FOREIGN[word][0] for word in ("weeks", "hours", "minutes", "seconds")}
_FAHRENHEIT = frozenset({"F", "degF", "Fahrenheit"})


def taken(item: Item) -> tuple[str, ...]:
    """The units that a value of this item may be given in, its own first."""
    near = [unit for dimension in _DIMENSIONS if item.unit in dimension for unit in dimension]
    near += ["°F"] if item.unit == "°C" else []
    return tuple(dict.fromkeys((item.unit, *near))) if item.unit else ()


def spelled(item: Item) -> str:
    """How a value with its unit is written, beside what is allowed; empty where that tells it."""
    if not item.unit or item.kind is Kind.DURATION:
        return ""
    return f', or {{"value": …, "unit": "{"|".join(taken(item))}"}}'


def instead(item: Item, given: object, value: object) -> str:
    """What to give in place of a value in a unit that is not taken."""
    known = ", ".join(taken(item)) or "none"
    if not isinstance(given, str):
        return f" (the unit is a text; taken: {known})"
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in given[:20])
    text = f' (the unit "{shown}" is not taken; taken: {known}'
    if isinstance(value, int | float) and abs(value) < _CONVERTED_TO:
        if given in _FAHRENHEIT and item.unit == "°C":
            return f"{text}; {value:g} °F is {(value - 32) / 1.8:.1f} °C)"
        unit, by = _FOREIGN.get(given, ("", 1.0))
        if unit in taken(item):
            return f"{text}; {value:g} {given} is {value * by:.4g} {unit})"
    return text + ")"


def other_scale(item: Item, number: float) -> float | None:
    """A temperature too high for Celsius, as Celsius if it was Fahrenheit and is then possible."""
    if item.unit != "°C" or item.maximum is None or not number > item.maximum:
        return None
    if not math.isfinite(number):
        return None
    celsius = round((number - 32) / 1.8, 1)
    low = item.minimum if item.minimum is not None else celsius
    return celsius if low <= celsius <= item.maximum else None
