"""Dates in any common written form. What could be two days is never guessed.

A column is looked at as a whole: one value such as 25/04/2001 settles the order for all of them.
Where nothing settles it, the order has to be declared; so has the century of two-digit years.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anyascii import anyascii

from clinic_desk.i18n import _

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jaenner janner janvier janv enero ene janeiro",
            "february feb februar fevrier fevr fev febrero fevereiro",
            "march mar maerz marz mrz mars marzo marco",
            "april apr avril avr abril abr",
            "may mai mayo maio",
            "june jun juni juin junio junho",
            "july jul juli juillet juil julio julho",
            "august aug aout agosto ago",
            "september sep sept septembre septiembre setembro set",
            "october oct oktober okt octobre octubre outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dezembro",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS = re.compile(r"(\d{1,4})\s*([-./ ])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o)?[.,]?[\s-]*(?:de\s+)?([a-z]+)[.,]?[\s-]*"
                        r"(?:de\s+)?(\d{4})")  # fmt: skip
_MONTH_FIRST = re.compile(r"([a-z]+)[.,]?\s*(\d{1,2})(?:st|nd|rd|th)?[.,]?\s+(\d{4})")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?(Z|[+-]00:?00)?$", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(\.0)?")


class Order(StrEnum):
    """The order of day, month and year in a column."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """What was declared: the order, and the first year of the hundred that "04" stands in."""

    order: Order | None = None
    years_from: int | None = None


class NoDate(ValueError):
    """The text is no day; the message says why."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a column's values say about their form."""

    order: Order | None  # settled by at least one value; None where nothing settles it
    ambiguous: bool  # some value could be two days and nothing settles which
    two_digit_years: bool


def look(values: Iterable[str]) -> Looked:
    """Find out the order of a column from all its values."""
    seen: set[Order] = set()
    unsettled = short = False
    for value in values:
        orders, two_digits = _orders(value)
        short = short or two_digits
        if len(orders) == 1:
            seen |= orders
        elif orders:
            unsettled = True
    settled = next(iter(seen & {Order.DMY, Order.MDY})) if len(seen - {Order.YMD}) == 1 else None
    return Looked(settled, unsettled and settled is None, short)


def parse(text: str, style: DateStyle) -> date:
    """The day that a text means. Raises NoDate: it is none, or could be two."""
    plain = _plain(text)
    if match := _SOLID.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _NUMBERS.fullmatch(plain):
        return _by_numbers(match, style, text)
    if match := _DAY_FIRST.fullmatch(plain):
        return _day(int(match[3]), _month(match[2], text), int(match[1]), text)
    if match := _MONTH_FIRST.fullmatch(plain):
        return _day(int(match[3]), _month(match[1], text), int(match[2]), text)
    if _SERIAL.fullmatch(plain):
        said = _("“{text}” looks like a spreadsheet's count of days; save it as a date")
        raise NoDate(said.format(text=text[:40]))
    if re.fullmatch(r"\d{4}|\d{1,2}[-./]\d{4}", plain):
        raise NoDate(_("“{text}” names no day").format(text=text[:40]))
    raise NoDate(_("“{text}” is no date that can be read").format(text=text[:40]))


def _plain(text: str) -> str:
    readable = text.encode("utf-8", "replace").decode()
    return _MIDNIGHT.sub("", " ".join(anyascii(readable).split())).casefold().strip()


def _orders(value: str) -> tuple[set[Order], bool]:
    """The orders in which a text of three numbers is a day, and whether its year is short."""
    match = _NUMBERS.fullmatch(_plain(value))
    if match is None:
        return set(), False
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        return {Order.YMD}, False
    if len(first) > 2 or len(third) == 3 or len(third) == 1:
        return set(), False
    a, b = int(first), int(second)
    if match[2] == ".":
        return {Order.DMY}, len(third) == 2  # with points the day is always first
    fits = set()
    if 1 <= a <= 31 and 1 <= b <= 12:
        fits.add(Order.DMY)
    if 1 <= a <= 12 and 1 <= b <= 31:
        fits.add(Order.MDY)
    if len(fits) == 2 and a == b and len(third) == 4:
        return set(), False  # the same day in either order settles nothing and asks nothing
    return fits, len(third) == 2


def _by_numbers(match: re.Match[str], style: DateStyle, text: str) -> date:
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        return _day(int(first), int(second), int(third), text)
    fits, short = _orders(match[0])
    order = Order.DMY if match[2] == "." else style.order
    if order is None and first.lstrip("0") == second.lstrip("0"):
        order = Order.DMY
    if order is None:
        if len(fits) > 1:
            said = _("“{text}” could be two days: declare whether day or month comes first")
            raise NoDate(said.format(text=text[:40]))
        order = next(iter(fits), Order.DMY)
    if len(third) not in (2, 4) or len(first) > 2:
        raise NoDate(_("“{text}” is no date that can be read").format(text=text[:40]))
    if order is Order.YMD:
        if not short:
            raise NoDate(_("“{text}” does not begin with the year").format(text=text[:40]))
        year, month, day = first, second, third
    else:
        year = third
        day, month = (first, second) if order is Order.DMY else (second, first)
    return _day(_year(year, style, text), int(month), int(day), text)


def _year(digits: str, style: DateStyle, text: str) -> int:
    if len(digits) == 4:
        return int(digits)
    if style.years_from is None:
        said = _("“{text}” has a year of two digits: declare the century")
        raise NoDate(said.format(text=text[:40]))
    return style.years_from + (int(digits) - style.years_from) % 100


def _month(name: str, text: str) -> int:
    found = _MONTHS.get(name)
    if found is None:
        said = _("“{text}” names no month that is known here")
        raise NoDate(said.format(text=text[:40]))
    return found


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        said = _("“{text}” is no day of the calendar")
        raise NoDate(said.format(text=text[:40])) from None
