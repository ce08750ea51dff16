"""Left and right: of the parts against the case, and of the parts against each other.

A kind that needs them to agree is stopped by a contradiction, until a reason sets it aside: an
image of the wrong leg harms.
"""

import re
from collections.abc import Iterator

from clinic_desk.clinical.measures import Side
from clinic_desk.usecases import charts, words
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts

_BODY = (
    "thigh|leg|hamstring|knee|calf|buttock|hip|foot|ankle|side|sitting bone|groin|biceps femoris"
    "|femur|tibia|shin|achilles|heel|lower limb|limb|ischium|pelvis|hemipelvis|quadriceps|adductor"
    "|gluteal|glute|semitendinosus|semimembranosus|sciatic nerve"
)
_WHERE = (
    "posterior|anterior|medial|lateral|inner|outer|mid|deep|sore|affected|painful|injured|involved"
    "|upper|lower|proximal|distal|whole"
)
# not sides: a position on the couch, the leg that kicks
_ELSE = r"(?![- ]l(?:ying|ie)\b|[- ]dominan|[- ]up\b)"
# "than on the right", "compared with the sound right leg", "left and right": the other side is
# spoken of to compare, and nothing is asked of it
_BESIDE = re.compile(
    r"\b(?:(?:than|compared (?:with|to)|unlike|versus|vs\.?|opposed to|relative to|as (?:in|on))"
    r"(?: (?:in|on|at|of|that of))?(?: (?:the|her|his|their|its))?(?: \w+)?"
    r"|(?:the|her|his|their) (?:sound|healthy|good|other|opposite|uninjured|unaffected"
    r"|uninvolved|pain-free|unhurt|dominant),?"
    r"|(?:left|right)(?: and| or|/| &| to| versus| vs\.?)(?: on| in)?(?: the)?) ?$",
    re.I,
)
_SIDED = re.compile(
    rf"\b(left|right)(?:[- ](?:{_WHERE}))*[- ](?:{_BODY}|sided)s?\b{_ELSE}"
    rf"|\b(?:{_BODY}|pain|tear|injury|strain)s? (?:on|of|in) the (left|right)\b"
    r"(?! (?:way|place|time|moment|direction|track|order|dose|amount|level|shoe|footwear)\b)"
    rf"|\b(?:{_BODY})s?(?:,? \(|[,:] |,| [-–—] | )(left|right)(?=\)|[.,;]|\s*$)",
    re.I | re.M,
)
# "R knee", "Lt. hip", "thigh (R)", "knee, L."
_IN_SHORT = re.compile(
    rf"(?<![\w.])(?<!\b[DM][rs] )([LR])t?\.?\)? (?:(?i:{_BODY}))s?\b{_ELSE}"
    rf"|\b(?i:{_BODY})s?,? \(?([LR])t?(?=[).,;]|\s*$)",
    re.M,
)
_REACH = 60  # signs before a side in which a comparison stands
BOTH_SIDED = frozenset({"findings", "red_flags", "body_chart"})  # they speak of both by nature


def problems(facts: Facts) -> Iterator[Problem]:
    draft = facts.draft
    side = charts.side_of(facts.found.case)
    if draft.side and side and draft.side != side.value and side is not Side.BOTH:
        text = f"The letter was composed for the {draft.side} side; the case is {side.value}."
        yield Problem(text, True, "record", "side_case")
    if side not in (Side.LEFT, Side.RIGHT):
        yield from _between(facts)
        return
    other = words.other(side).value
    if other in sides_named(facts.found.case.title):
        text = f"The case is on the {side.value}, but its title speaks of the {other} side."
        yield Problem(text, False, "side", "side:title")
    for part in facts.said:
        if part.id not in BOTH_SIDED and other in sides_named(part.text):
            text = f"{part.title} speaks of the {other} side; the case is on the {side.value}."
            yield Problem(text, False, part.id, f"side:{part.id}")


def _between(facts: Facts) -> Iterator[Problem]:
    """Two parts that each speak of one side alone, where the case has none to hold them to."""
    if charts.side_of(facts.found.case) is Side.BOTH:
        return
    one_sided = {
        part: named
        for part in facts.said
        if part.id not in BOTH_SIDED and len(named := sides_named(part.text)) == 1
    }
    first = next(iter(one_sided), None)
    for part, named in one_sided.items():
        if first is not None and named != one_sided[first]:
            here, there = *named, *one_sided[first]
            text = f"{part.title} speaks of the {here} side, {first.title} of the {there}."
            yield Problem(text, False, part.id, f"side:{part.id}")


def sides_named(text: str) -> set[str]:
    """The sides that a text speaks of as of a part of the body."""
    named = {
        (match[1] or match[2] or match[3]).lower()
        for match in _SIDED.finditer(text)
        if not _BESIDE.search(text, max(0, match.start() - _REACH), match.start())
    }
    short = {
        "left" if (match[1] or match[2]) == "L" else "right" for match in _IN_SHORT.finditer(text)
    }
    return named | short
