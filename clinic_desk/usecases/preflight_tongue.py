"""What is special about a letter of another language: nobody has read its words yet, and sides
are named otherwise than in English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from clinic_desk.clinical.measures import Side
from clinic_desk.library.handout_words import language_name
from clinic_desk.library.speech import speech
from clinic_desk.usecases import charts, preflight_words, words
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.preflight_sides import BOTH_SIDED

_REACH = 60  # signs before a side in which a comparison stands
_VALUE = r"(?:[^,;.\u060c]|(?<=\d)[.,\u066b](?=\d)){1,40}"  # of one side, in a measure of both


def problems(facts: Facts) -> Iterator[Problem]:
    if facts.kind.language == "en":
        return
    if not facts.kind.reviewed:
        name = words.capital(language_name(facts.kind.language, "en"))
        text = f"No clinician has reviewed the {name} wording yet: read it before it goes."
        first = next((one.id for one in facts.said), "")
        yield Problem(text, False, first, "translation")
    yield from _sides(facts)


def _sides(facts: Facts) -> Iterator[Problem]:
    """A part that names the other side; the parts that speak of both by nature are left out."""
    side = charts.side_of(facts.found.case)
    if side not in (Side.LEFT, Side.RIGHT):
        return
    other = words.other(side)
    for part in facts.said:
        if part.id not in BOTH_SIDED and names_side(part.text, facts.kind.language, other.value):
            text = (
                f"{part.title} speaks of the {other.value} side; the case is on the {side.value}."
            )
            yield Problem(text, False, part.id, f"side:{part.id}")


def names_side(text: str, language: str, side: str) -> bool:
    """Whether a text asks or tells of a side, and does not only compare with it, or with the leg
    that is well. False for a language that has no words of its own.
    """
    naming = _naming(language, side)
    if naming is None:
        return False
    text = naming.no_side.sub(" ", text)
    return any(
        not naming.beside.search(text, max(0, one.start() - _REACH), one.start())
        and not naming.sound_after.match(text, one.end())
        for one in naming.side.finditer(text)
    )


@dataclass(frozen=True, slots=True)
class _Naming:
    """How a language names one side, and what only looks like it."""

    side: "re.Pattern[str]"
    no_side: "re.Pattern[str]"  # other meanings of the word, and measures of both sides
    beside: "re.Pattern[str]"  # ends where the side begins
    sound_after: "re.Pattern[str]"  # begins where the side ends


@cache
def _naming(language: str, side: str) -> _Naming | None:
    """None where the language has no words of its own."""
    found = speech(language)
    if found is None:
        return None
    said = found.words
    one, other = (_side(said[f"naming_{name}"]) for name in (side, words.other(Side(side)).value))
    sound = preflight_words.forms(said["naming_sound"])
    pair = re.escape(said["pair"]).replace(r"\{left\}", _VALUE).replace(r"\{right\}", _VALUE)
    compared = rf"(?:{preflight_words.forms(said['naming_beside'])})(?:\W+\w{{1,3}})*(?:\W+\w+)?\W*"
    joined = "|".join(re.escape(said[name]) for name in ("and", "or"))
    # in Arabic the "and" stands in one word with the side
    both = rf"{other}\s+|{other}\W*(?:{joined}|/|,)\W*(?:\w{{1,3}}\W+)?"
    flags = re.IGNORECASE
    return _Naming(
        re.compile(one, flags),
        re.compile(rf"\b(?:{preflight_words.forms(said['naming_else'])})(?!\w)|{pair}", flags),
        re.compile(rf"(?:\b{compared}|\b(?:{sound})\W+|{both})$", flags),
        re.compile(rf"\W*\b(?:{sound})(?!\w)", flags),
    )


def _side(forms: str) -> str:
    """Every form of a side, also with what Arabic writes before it in one word."""
    either = "|".join(map(re.escape, forms.split()))
    return rf"(?<!\w)[\u0648\u0641\u0628\u0643]{{0,2}}(?:{either})(?!\w)"
