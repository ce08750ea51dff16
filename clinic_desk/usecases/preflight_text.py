"""What the parts of a letter say or leave out: required text, gaps, length."""

import re
from collections.abc import Iterator

from clinic_desk.library import letter_fields
from clinic_desk.library.letters import LetterKind
from clinic_desk.library.speech import speech
from clinic_desk.usecases import typed
from clinic_desk.usecases.letter_views import Part
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts

# "____", "[...]", "[name]", "???", "{date}", "{{ grade }}", "TBC"
_GAP = re.compile(
    r"_{3,}|\[\s*(?:\.{3}|…)?\s*\]|\[[^\W\d_](?:[^\W\d_]| ){0,30}\]|(?<!\w)\?{3}"
    r"|\{\{?\s*[a-z_]{1,30}\s*\}?\}|\b(?:TBC|TBD|XXX+)\b"
)

MOST_SIGNS, MOST_LINES = 100_000, 5_000  # of all parts: about a hundred pages


def problems(facts: Facts) -> Iterator[Problem]:
    for part in facts.draft.parts:
        yield from _part(facts, part)
    yield from _whole(facts)


def _whole(facts: Facts) -> Iterator[Problem]:
    """A letter that would take hundreds of pages, and as long to draw; none where one part alone
    is too long already.
    """
    if any(len(part.text) > typed.NOTE for part in facts.draft.parts):
        return
    lines = {part: part.text.count("\n") + 1 for part in facts.said}
    signs, rows = sum(len(part.text) for part in lines), sum(lines.values())
    if signs > MOST_SIGNS or rows > MOST_LINES:
        longest = max(lines, key=lambda part: (lines[part], len(part.text)))
        text = (
            f"The letter has {signs:,} characters in {rows:,} lines; at most {MOST_SIGNS:,} in "
            f"{MOST_LINES:,} fit. Shorten {longest.title}, or enclose it as a document."
        )
        yield Problem(text, True, longest.id, "length:letter")


def _part(facts: Facts, part: Part) -> Iterator[Problem]:
    if len(part.text) > typed.NOTE:
        text = (
            f"{part.title} has {len(part.text):,} characters; at most {typed.NOTE:,} fit in one "
            "part. Shorten it, or enclose it as a document."
        )
        yield Problem(text, True, part.id, f"length:{part.id}")
        return
    empty = not part.text.strip()
    shown = part.has_table and bool(facts.draft.table)
    if part.required and not (part.included and not empty):
        check = "question" if part.id == "question" else f"empty:{part.id}"
        yield Problem(f"{part.title} is required and still empty.", True, part.id, check)
    elif part.included and empty and not shown:
        yield Problem(f"{part.title} is ticked but empty.", False, part.id, f"empty:{part.id}")
    gap = _gap(facts.kind, part.text) if part.included else ""
    if gap:
        text = f"{part.title}: “{gap}” is still to be filled in."
        # what may be filled in by pen must not hold up an emergency
        pen = facts.kind.urgency == "today"
        stops = part.required and _unsaid(facts.kind, part.text)
        yield Problem(text, stops, part.id, f"gap:{part.id}", waivable=stops and pen)


def _unsaid(kind: LetterKind, text: str) -> bool:
    """Whether a text leaves open more than questions that nobody asked: those are told as such, and
    a request that needs their answers has a check of its own.
    """
    own = speech(kind.language)
    for one in (letter_fields.NOT_ASKED, own.words["not_asked"] if own else ""):
        text = text.replace(one, "") if one else text
    return bool(_gap(kind, text))


def _gap(kind: LetterKind, text: str) -> str:
    """The first gap of a text. In most languages “TBC” is an illness."""
    found = (one[0] for one in _GAP.finditer(text))
    return next((one for one in found if kind.language == "en" or one != "TBC"), "")
