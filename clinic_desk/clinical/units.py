"""Units: what may be converted into what, and a value that was likely read off another scale."""

import math
from collections.abc import Mapping

from clinic_desk.clinical.protocol import Item

# How many of the first unit of the dimension one of this unit is.
_DIMENSIONS: tuple[Mapping[str, float], ...] = (
    {"mm": 1, "cm": 10, "m": 1000},
    {"s": 1, "min": 60, "h": 3600, "d": 86400, "wk": 604800},
    {"g": 1, "kg": 1000, "lb": 453.59237},
    {"°": 1, "deg": 1},
    {"d": 1, "days": 1, "day": 1},
)


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


def other_scale(item: Item, number: float) -> float | None:
    """A temperature too high for Celsius, as Celsius if it was Fahrenheit and is then possible."""
    if item.unit != "°C" or item.maximum is None or not number > item.maximum:
        return None
    if not math.isfinite(number):
        return None
    celsius = round((number - 32) / 1.8, 1)
    low = item.minimum if item.minimum is not None else celsius
    return celsius if low <= celsius <= item.maximum else None
