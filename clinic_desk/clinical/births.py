"""A birth date as far as it is known: a day, a month, a year, or not at all.

A part of a date stands for all its days: an age is then a range, and no day is ever invented.
"""

import re
from datetime import date, timedelta

_PART = re.compile(r"(\d{4})(?:-(\d{2}))?")


def between(day: date | None, part: str = "") -> tuple[date, date] | None:
    """The first and the last day that may be the birthday; None where nothing is known.

    `part` is "1991" or "1991-06". Raises ValueError for anything else.
    """
    if day is not None:
        return day, day
    if not part:
        return None
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r} is no year and no month of a year")
    year, month = int(found[1]), int(found[2]) if found[2] else None
    first = date(year, month or 1, 1)
    if month is None or month == 12:
        return first, date(year, 12, 31)
    return first, date(year, month + 1, 1) - timedelta(days=1)


def years(born: date, on: date) -> int:
    """Full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def ages(day: date | None, part: str, on: date) -> tuple[int, int] | None:
    """The lowest and the highest age that it can be; the same number where it is certain."""
    days = between(day, part)
    if days is None:
        return None
    return max(years(days[1], on), 0), max(years(days[0], on), 0)
