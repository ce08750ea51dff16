"""What a person typed, made safe to keep: normal form, no control characters, within its limit.

Text stays text of any script. Nothing is escaped here; whoever draws it draws it as text.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from clinic_desk.errors import InvalidInput

LINE = 200  # characters of a one-line field
BLOCK = 2_000  # characters of an address, an alert, a goal
NOTE = 50_000  # characters of a note part or of a letter part

_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\xa0]+")
# embeddings, overrides and isolates can make a name read as another one
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def block(text: str) -> str:
    """Text of several lines: NFC, line breaks kept, other control characters removed, trimmed.

    Text without one visible sign is no text.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _BREAKS.sub("\n", text)
    kept = "".join(sign for sign in text if sign in "\n\t" or _printable(sign))
    if all(unicodedata.category(sign)[0] in "CZ" for sign in kept):
        return ""
    return unicodedata.normalize("NFC", kept).strip()


def storable(text: str) -> str:
    """Text that is still being typed: as it is, but for what no database can keep."""
    return _UNSTORABLE.sub("", text)


def line(text: str) -> str:
    """Text of one line: as `block`, with breaks and runs of spaces turned into one space."""
    return _SPACES.sub(" ", block(text).replace("\n", " ")).strip()


def lines(text: str) -> tuple[str, ...]:
    """The filled lines of a block."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def _printable(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cs", "Cn"} and sign not in _BIDI_CONTROLS


def over_limit(texts: Mapping[str, str], limits: Mapping[str, int]) -> dict[str, str]:
    """What is too long, by field. Fields without a limit of their own have that of a line."""
    found = {}
    for name, text in texts.items():
        limit = limits.get(name, LINE)
        if len(text) > limit:
            found[name] = f"This text has {len(text)} characters; at most {limit} fit here."
    return found


def past_day(day: date | None, today: date, what: str, years: int = 130) -> str:
    """What is wrong with a day that cannot lie in the future or too far back; empty when fine."""
    if day is None:
        return ""
    if day > today:
        return f"{what} lies in the future."
    if day.year < today.year - years:
        return f"{what} lies more than {years} years back."
    return ""


def refuse(problems: Mapping[str, str]) -> None:
    """Raise InvalidInput when there is any problem."""
    wrong = {name: text for name, text in problems.items() if text}
    if wrong:
        raise InvalidInput(wrong)
