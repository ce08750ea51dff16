"""An examination that is asked for without a word about the side that it is of."""

import re
from collections.abc import Iterator

from clinic_desk.usecases import charts
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.preflight_tongue import names_side

EXAM = "exam"  # the part that asks for it

# a side in English, or a part of the body that has none, in the languages of letters
_NEEDS_NO_SIDE = re.compile(
    r"\b(?:left|right|both|bilateral)\b"
    r"|\b(?:lumb|lomb|spin|pelv|bassin|becken|sacr|wirbel|lws|rachis|column|colonn|colun|blut|blood"
    r"|sang|beid|beide|ambos|ambas|deux c)\w*|قطن|عمود|حوض|الجهتان|الجانبين"
    r"|(?<!\w)(?:ال|لل)?دم(?!\w)",  # blood; a foot, قدم, ends like it
    re.I,
)


def problems(facts: Facts) -> Iterator[Problem]:
    exam = next((part for part in facts.said if part.id == EXAM), None)
    if exam is None or charts.side_of(facts.found.case) is not None:
        return
    sides = (names_side(exam.text, facts.kind.language, one) for one in ("left", "right"))
    if not (_NEEDS_NO_SIDE.search(exam.text) or any(sides)):
        text = f"{exam.title}: neither the letter nor the case names a side."
        yield Problem(text, False, exam.id, "side:none")
