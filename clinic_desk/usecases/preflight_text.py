"""What the parts of a letter say or leave out: required text, gaps, length."""

import re
from collections.abc import Iterator

from clinic_desk.usecases import typed
from clinic_desk.usecases.letter_views import Part
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts

# "____", "[...]", "[name]", "???", "{date}", "{{ grade }}", "TBC"
_GAP = re.compile(
    r"_{3,}|\[\s*(?:\.{3}|…)?\s*\]|\[[A-Za-z][A-Za-z ]{0,30}\]|\?{3}"
    r"|\{\{?\s*[a-z_]{1,30}\s*\}?\}|\b(?:TBC|TBD|XXX+)\b"
)


def problems(facts: Facts) -> Iterator[Problem]:
    for part in facts.draft.parts:
        yield from _part(facts, part)


def _part(facts: Facts, part: Part) -> Iterator[Problem]:
    empty = not part.text.strip()
    shown = part.has_table and bool(facts.draft.table)
    if part.required and not (part.included and not empty):
        check = "question" if part.id == "question" else f"empty:{part.id}"
        yield Problem(f"{part.title} is required and still empty.", True, part.id, check)
    elif part.included and empty and not shown:
        yield Problem(f"{part.title} is ticked but empty.", False, part.id, f"empty:{part.id}")
    gap = _GAP.search(part.text) if part.included else None
    if gap is not None:
        text = f"{part.title} has a gap to fill in: “{gap[0]}”."
        yield Problem(text, False, part.id, f"gap:{part.id}")
    if len(part.text) > typed.NOTE:
        text = (
            f"{part.title} has {len(part.text):,} characters; at most {typed.NOTE:,} fit in one "
            "part. Shorten it, or enclose it as a document."
        )
        yield Problem(text, True, part.id, f"length:{part.id}")
