"""What is special about a letter of another language: nobody has read its words yet, and sides
are named otherwise than in English.
"""

import re
from collections.abc import Iterator
from functools import cache

from clinic_desk.clinical.measures import Side
from clinic_desk.library.handout_words import language_name
from clinic_desk.library.speech import speech
from clinic_desk.usecases import charts, words
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.preflight_sides import BOTH_SIDED


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
    pattern = _naming(facts.kind.language, other.value)
    if pattern is None:
        return
    for part in facts.said:
        if part.id not in BOTH_SIDED and pattern.search(part.text):
            text = (
                f"{part.title} speaks of the {other.value} side; the case is on the {side.value}."
            )
            yield Problem(text, False, part.id, f"side:{part.id}")


@cache
def _naming(language: str, side: str) -> "re.Pattern[str] | None":
    """What names a side in a language; None where the language has no words of its own."""
    found = speech(language)
    if found is None:
        return None
    forms = "|".join(map(re.escape, found.words[f"naming_{side}"].split()))
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
