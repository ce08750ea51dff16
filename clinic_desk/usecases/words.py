"""Dates, sides, counts and lists as a colleague writes them.

Months are written out here and never by the machine's locale, so that a document made twice is
the same twice.
"""

from collections.abc import Sequence
from datetime import date, datetime

from clinic_desk.clinical import births
from clinic_desk.clinical.measures import Side

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")
MONTHS = (*_MONTHS, "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def day(when: date | None) -> str:
    """A day: "03 Feb 2026"; empty for none."""
    return f"{when.day:02} {MONTHS[when.month - 1][:3]} {when.year:04}" if when else ""


def short_day(when: date) -> str:
    """A day without its year: "03 Feb"."""
    return f"{when.day:02} {MONTHS[when.month - 1][:3]}"


def local(when: datetime) -> datetime:
    """The moment on the clock where the clinician sits."""
    return when.astimezone()


def moment(when: datetime) -> str:
    """A moment on the local clock: "03 Feb 2026 10:58"."""
    here = local(when)
    return f"{day(here.date())} {here:%H:%M}"


def birth(born: date | None, part: str = "") -> str:
    """A birth date as far as it is known: "14 Jun 1991", "Jun 1991", "1991"; empty for none."""
    if born is not None or not part:
        return day(born)
    year, _dash, month = part.partition("-")
    return f"{MONTHS[int(month) - 1][:3]} {year}" if month else year


def age(born: date | None, today: date, part: str = "") -> int | None:
    """Full years; none where what is known of the birth date leaves more than one."""
    found = births.ages(born, part, today)
    return found[0] if found and found[0] == found[1] else None


def age_range(born: date | None, today: date, part: str = "") -> str:
    """ "34", or "34 or 35" where the birthday is not known; empty for an unknown birth."""
    found = births.ages(born, part, today)
    if found is None:
        return ""
    return str(found[0]) if found[0] == found[1] else f"{found[0]} or {found[1]}"


def age_text(born: date | None, today: date, part: str = "") -> str:
    """ "34 years", "34 or 35 years"; below two years in months; empty where unknown."""
    if born is None:
        found = age_range(born, today, part)
        return f"{found} years" if found and found not in ("0", "1") else ""
    years = age(born, today)
    if years is None:
        return ""
    if years < 2:
        months = (today.year - born.year) * 12 + today.month - born.month
        return counted(months - (today.day < born.day), "month", "months")
    return f"{years} years"


def counted(count: int, one: str, many: str) -> str:
    """ "1 visit", "4 visits"."""
    return f"{count} {one if count == 1 else many}"


def spelled(count: int, one: str, many: str) -> str:
    """ "one visit", "four visits", "12 visits", "no visits"."""
    number = _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)
    return f"{number} {one if count == 1 else many}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    filled = [part for part in parts if part]
    if len(filled) < 2:
        return "".join(filled)
    return f"{', '.join(filled[:-1])} {last} {filled[-1]}"


def capital(text: str) -> str:
    """The text with its first letter raised; the rest is left as it is."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with its first letter lowered, unless its first word is an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: raised first letter and a full stop where there is no mark yet."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".?!:;…" else f"{text}."


def sided(title: str, side: Side | None) -> str:
    """A complaint with its side: "Left hamstring strain", "Both sides: calf cramp"."""
    if side is None:
        return capital(title)
    if side is Side.BOTH:
        return f"{capital(title)}, both sides"
    return f"{capital(side.value)} {lowered(title)}"


def side_upper(side: Side | None) -> str:
    """The side where it must not be overlooked: "LEFT", "BOTH SIDES"; empty for none."""
    if side is None:
        return ""
    return "BOTH SIDES" if side is Side.BOTH else side.value.upper()


def other(side: Side) -> Side:
    """The opposite side; both stays both."""
    return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(side, side)


def number(value: float) -> str:
    """A number without a needless decimal: 14, 7.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def with_unit(value: float, unit: str) -> str:
    """A value with its unit: "34°", "182 N", "28 %"."""
    if not unit:
        return number(value)
    return f"{number(value)}{unit}" if unit == "°" else f"{number(value)} {unit}"


def full_name(given: str, family: str) -> str:
    """The name as letters write it: "Alex EXAMPLE"; scripts without capitals stay as they are."""
    return f"{given} {family.upper()}".strip()


def list_name(given: str, family: str) -> str:
    """The name as lists write it: "EXAMPLE, Alex"."""
    return f"{family.upper()}, {given}" if given else family.upper()
