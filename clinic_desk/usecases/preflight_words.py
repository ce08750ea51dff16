"""Days and enclosures as the parts of a letter name them: in English, which every record can
hold, and in the letter's own language.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from clinic_desk.library.speech import speech

_ENCLOSED = re.compile(
    r"\benclos(?:ed|ures?|ing)\b"
    r"|\b(?:see|is|are|please find|find|copy|report|images?|letter|handout|program|list) attached\b"
    r"|\battached(?: (?:is|are|please|you|report|images?|cop(?:y|ies)|letter|handout|program|list"
    r"|document|sheet|results?))\b|\battachments?\b",
    re.I,
)
_TESTS = ("mri", "xray", "pelvis", "contrast", "puncture")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]* (?P<year>\d{4})\b"
    r"|\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b",
    re.I,
)
# the day comes before the month wherever letters are written but in English
_NUMBERS = re.compile(
    r"(?<![\w./])(?P<day>\d{1,2})(?P<dot>[./])(?P<m>\d{1,2})(?P=dot)(?P<year>\d{4})\b"
)


def near(tests: str, places: str) -> "re.Pattern[str]":
    """Finds a test and a place of the body in one sentence, whichever comes first."""
    between = r"(?:(?!\.\s)[^\n]){0,80}?"
    return re.compile(
        rf"\b(?:{tests})\b{between}\b(?:{places})\b|\b(?:{places})\b{between}\b(?:{tests})\b",
        re.IGNORECASE,
    )


@cache
def tests(language: str) -> "Mapping[str, re.Pattern[str]] | None":
    """How the language calls for a test, by the section that asks before it; None where it has no
    words of its own.
    """
    found = speech(language)
    if found is None:
        return None
    said = {name: forms(found.words[f"naming_{name}"]) for name in _TESTS}
    return {
        "safety_mri": re.compile(rf"\b(?:{said['mri']})\b", re.IGNORECASE),
        "safety_xray": near(said["xray"], said["pelvis"]),
        "safety_contrast": re.compile(rf"\b(?:{said['contrast']})\b", re.IGNORECASE),
        "safety_puncture": re.compile(rf"\b(?:{said['puncture']})\b", re.IGNORECASE),
    }


def forms(words: str) -> str:
    """Words parted by strokes as a pattern; a star stands for more letters, as in compounds."""
    return "|".join(re.escape(one).replace(r"\*", r"\w*") for one in words.split("/"))


def speaks_of_enclosure(text: str, language: str) -> bool:
    """Whether a text says that something goes with the letter."""
    own = _enclosed(language)
    return bool(_ENCLOSED.search(text) or (own and own.search(text)))


def impossible_days(text: str, language: str) -> Iterator[str]:
    """Days that no calendar has, as they are written; each once."""
    yield from dict.fromkeys(
        said for said, year, month, day in _days(text, language) if not _exists(year, month, day)
    )


def _days(text: str, language: str) -> Iterator[tuple[str, int, int, int]]:
    for match in _DATE.finditer(text):
        month = _MONTHS.index(match["name"].lower()) + 1 if match["name"] else int(match["m"])
        yield match[0], int(match["year"] or match["y"]), month, int(match["day"] or match["d"])
    named = _named_days(language)
    if named is None:
        return
    pattern, months = named
    for match in pattern.finditer(text):
        month = months[match["name"].casefold()]
        yield match[0], int(match["year"]), month, int(match["day"])
    for match in _NUMBERS.finditer(text):
        yield match[0], int(match["year"]), int(match["m"]), int(match["day"])


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@cache
def _enclosed(language: str) -> "re.Pattern[str] | None":
    """The language's own words for it; None where it has none."""
    found = speech(language)
    if found is None:
        return None
    forms = "|".join(map(re.escape, found.words["naming_enclosed"].split()))
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


@cache
def _named_days(language: str) -> "tuple[re.Pattern[str], dict[str, int]] | None":
    """How the language writes a day with the month by its name."""
    found = speech(language)
    if found is None:
        return None
    months = {
        form.casefold(): number
        for number, forms in enumerate(found.words["naming_months"].split(), 1)
        for form in forms.split("/")
    }
    names = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    day = r"\b(?P<day>\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?"
    return re.compile(
        rf"{day}(?P<name>{names})\.?\s+(?:de\s+)?(?P<year>\d{{4}})\b", re.IGNORECASE
    ), months
