"""Names folded for searching, the same on both databases: "Łukasz" and "lukasz" are one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii

_EARLIEST = 1850  # year in which somebody may be born
_JOINERS = str.maketrans("", "", "'’ʼ`´")
_WORDS = re.compile(r"[a-z0-9]+")
# scripts that put no spaces between words: each of their signs counts as a word
_NO_SPACES = re.compile("([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")
_PIECES = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
    "|[^\\s!-&(-/:-@\\[-_{-~\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE_FORMS = (
    re.compile(r"\b(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})[-./ ](?P<m>\d{1,2})[-./ ](?P<y>\d{4})\b"),
    re.compile(r"\b(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})\W{0,2}(?P<name>[a-z]{3,9})\W{1,2}(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<name>[a-z]{3,9})\W{1,2}(?P<d>\d{1,2})\W{1,2}(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"(?<![\d./-])(?P<y>\d{4})[-./](?P<m>\d{1,2})(?![\d./-])"),
    re.compile(r"(?<![\d./-])(?P<m>\d{1,2})[-./](?P<y>\d{4})(?![\d./-])"),
    re.compile(r"\b(?P<name>[a-z]{3,9})\W{1,2}(?P<y>\d{4})\b"),
)
_BEGUN_YEAR = re.compile(r"(\d{4})[-./](?:0|(\d{1,2})[-./]0?)")
_BEGUN_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})(?:[-./](\d{0,3}))?")
_SOLID_DATE = re.compile(r"\d{8}")
_NUMBER = re.compile(r"\bcd[- ]?(\d{1,9})\b")
_PHONE = re.compile(r"\+?[\d\s().\-/]{5,}")


def fold(text: str) -> str:
    """Small ASCII words with single spaces between; empty when nothing can be read aloud."""
    readable = text.encode("utf-8", "replace").decode()  # half a surrogate pair has no sound
    return " ".join(_WORDS.findall(anyascii(readable.translate(_JOINERS)).casefold()))


def note_words(text: str) -> list[str]:
    """The folded words of a longer text, in their order."""
    return fold(_NO_SPACES.sub(r" \1 ", text)).split()


def has_one_sign_words(text: str) -> bool:
    """Whether a single sign of it may be a whole word."""
    return _NO_SPACES.search(text) is not None


def pieces(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The words of a text as it is written: from where to where, and how each is folded."""
    for match in _PIECES.finditer(text):
        yield match.start(), match.end(), tuple(fold(match[0]).split())


def phone_digits(text: str) -> str:
    """The digits of a phone number, in any script."""
    return re.sub("[^0-9]", "", anyascii(text.encode("utf-8", "replace").decode()))


def number_text(serial: int) -> str:
    """A patient's number as it is shown: CD-00412."""
    return f"CD-{serial:05d}"


def search_text(
    family: str, given: str, birth_date: date | None, phone: str, number: str, *more: str
) -> str:
    """All that a patient is found by, each word after a space; `more` is folded already."""
    parts = (
        fold(family),
        fold(given),
        birth_date.isoformat() if birth_date else "",
        number.casefold(),
        phone_digits(phone),
        *more,
    )
    return " " + " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be found: any of its spellings, or a birth date."""

    spellings: tuple[str, ...]


def terms(words: str) -> tuple[Term, ...]:
    """What a person typed, as terms that must all be found. Empty when nothing is readable."""
    typed = anyascii(words.encode("utf-8", "replace").decode().translate(_JOINERS)).casefold()
    found: list[Term] = []
    dates, rest = _parse_dates(typed)
    if not dates and (begun := _begun(typed.strip())):
        return begun
    if not dates and _PHONE.fullmatch(typed.strip()) and (digits := phone_digits(typed)):
        return (_digits(digits),)
    found.extend(Term(spellings) for spellings in dates)
    for match in _NUMBER.finditer(rest):
        found.append(Term((number_text(int(match[1])).casefold(),)))
    rest = _NUMBER.sub(" ", rest)
    for word in _WORDS.findall(rest):
        found.append(_digits(word) if word.isdigit() else Term((word,)))
    return tuple(dict.fromkeys(found))


def _digits(digits: str) -> Term:
    """Digits may be a phone number with or without its leading zeros, or a date run together."""
    spellings = [digits]
    if len(digits) > 5 and digits.startswith("0"):
        spellings.append(digits.lstrip("0") or digits)
    if _SOLID_DATE.fullmatch(digits):
        for day, month, year in (
            (digits[:2], digits[2:4], digits[4:]),
            (digits[6:], digits[4:6], digits[:4]),
        ):
            for first, second in ((month, day), (day, month)):
                born = _date(int(year), int(first), int(second))
                if born is not None and born.isoformat() not in spellings:
                    spellings.append(born.isoformat())
    return Term(tuple(spellings))


def _parse_dates(typed: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    """The dates in common written forms, and what is left without them. One that can be read in
    two ways, by order or by century, is found either way.
    """
    found: list[tuple[str, ...]] = []

    def take(match: re.Match[str]) -> str:
        spellings = tuple(_readings(match.groupdict()))
        if not spellings:
            return match[0]
        found.append(spellings)
        return " "

    for form in _DATE_FORMS:
        typed = form.sub(take, typed)
    return tuple(found), typed


def _begun(typed: str) -> tuple[Term, ...]:
    """A birth date of which only the beginning is typed: "19.0" may become the 19th of January to
    September, "1985-07-" any day of July. It may as well be a phone number, where it is long enough
    for one: two digits stand in nearly everybody's.
    """
    digits = (phone_digits(typed),) if _PHONE.fullmatch(typed) else ()
    if match := _BEGUN_YEAR.fullmatch(typed):
        year, month = match[1], match[2]
        if month is None:
            return (Term((f"{year}-0", *digits)),)
        rest = "0" if typed.endswith("0") else ""
        return (Term((f"{year}-{int(month):02d}-{rest}", *digits)),) if int(month) <= 12 else ()
    match = _BEGUN_DAY.fullmatch(typed)
    if match is None:
        return ()
    first, second, year = int(match[1]), int(match[2]), match[3]
    seconds = [second]
    if year is None and len(match[2]) == 1:
        seconds += range(10 * second, 10 * second + 10)
    day_first = [(other, first) for other in seconds]
    month_first = [(first, other) for other in seconds]
    if "." in typed:  # between dots the day stands first, where that can be
        days = _days_of(day_first) or _days_of(month_first)
    else:
        days = _days_of([*day_first, *month_first])
    if not days:
        return ()
    found = Term((*dict.fromkeys(days), *digits))
    return (found, Term((f" {year}", *digits))) if year and len(year) > 1 else (found,)


def _days_of(pairs: Iterable[tuple[int, int]]) -> list[str]:
    """Months and days as an ISO date ends; a leap year has every day that there is."""
    return [born.isoformat()[4:] for pair in pairs if (born := _date(2000, *pair)) is not None]


def _readings(parts: Mapping[str, str]) -> Iterator[str]:
    name = parts.get("name")
    if name is not None and name[:3] not in _MONTHS:
        return
    month = _MONTHS.index(name[:3]) + 1 if name is not None else int(parts["m"])
    year = parts["y"]
    for full in (int(year),) if len(year) == 4 else (1900 + int(year), 2000 + int(year)):
        if "d" not in parts:
            if 1 <= month <= 12 and full >= _EARLIEST:
                yield f"{full:04d}-{month:02d}"
            continue
        day = int(parts["d"])
        orders = ((month, day),) if name is not None else ((month, day), (day, month))
        yield from dict.fromkeys(
            born.isoformat()
            for first, second in orders
            if (born := _date(full, first, second)) is not None
        )


def _date(year: int, month: int, day: int) -> date | None:
    """A birth date; None when there is no such day."""
    try:
        return date(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None
