"""The safety questions before a test: which the letter's words call for, and which are open.

A "yes" never refuses a test; it is for the imaging unit to judge. A question without an answer is
said, because nobody may take it for a "no".
"""

import re
from collections.abc import Iterator, Mapping

from clinic_desk.clinical.measures import Sex
from clinic_desk.clinical.protocol import Item, Protocol
from clinic_desk.usecases import preflight_words, words
from clinic_desk.usecases.answer_words import is_given
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.preflight_words import near

NEED = "imaging_safety"
NEXT_VISIT = "next_visit"  # the field of what only another visit can ask
MOST_NAMED = 3

TESTS: Mapping[str, re.Pattern[str]] = {
    "safety_mri": re.compile(
        r"\b(?:MRI|MRA|magnetic resonance)\b"
        r"|(?-i:\bMR)[ -](?:scan|imag|angio|arthro|neuro)\w*",
        re.I,
    ),
    "safety_xray": near(
        r"X[- ]?rays?|(?:plain )?radiograph\w*|plain films?|CT|computed tomography|bone scans?",
        r"hips?|pelvi[sc]|femur|femoral|thighs?|ischi\w+|sacr\w+|groins?|lumbar",
    ),
    "safety_contrast": re.compile(r"\b(?:contrast|gadolinium|arthrogra\w+)\b", re.I),
    "safety_puncture": re.compile(
        r"\b(?:injections?|aspirations?|aspirate|arthrocentesis|puncture)\b", re.I
    ),
}
"""The section of an evaluation that asks before a test, and the words that call for that test."""

TELLING = frozenset({"safety", "imaging", "history", "findings", "grade", "medicines"})
"""Parts that tell what was; they ask for no test."""

_BEFORE = {
    "safety_mri": "MRI",
    "safety_xray": "an X-ray or CT near the pelvis",
    "safety_contrast": "contrast",
    "safety_puncture": "an injection or aspiration",
}


def problems(facts: Facts) -> Iterator[Problem]:
    if NEED not in facts.kind.needs:
        return
    text = "\n".join(one.text for one in facts.said if one.id not in TELLING)
    own = preflight_words.tests(facts.kind.language)
    for section, test in TESTS.items():
        if test.search(text) or (own and own[section].search(text)):
            yield from _section(facts, section)


def _section(facts: Facts, section: str) -> Iterator[Problem]:
    record = facts.found.record
    case = record.reckoned.case if record else None
    if section == "safety_xray" and case is not None and case.sex is Sex.MALE:
        return
    check = f"safety:{section}"
    if record is None:
        text = f"The safety questions before {_BEFORE[section]} have not been asked."
        yield Problem(text, False, NEXT_VISIT, check)
        return
    protocol, answers = record.reckoned.protocol, record.newest.standing
    open_ones = [one for one in _asked(protocol, section) if not is_given(answers.get(one.id))]
    reading = record.reckoned.reading(answers)
    open_ones = [one for one in open_ones if one.when is None or one.when.holds(reading)]
    if not open_ones:
        return
    names = [words.lowered(protocol.say(one.label)) for one in open_ones[:MOST_NAMED]]
    more = len(open_ones) - len(names)
    told = f"{'; '.join(names)}{f'; and {more} more' if more else ''}"
    text = f"Safety questions before {_BEFORE[section]} without an answer: {told}."
    # what is signed is answered no more
    field = NEXT_VISIT if facts.found.visit_signed else f"answer:{open_ones[0].id}"
    yield Problem(text, False, field, check)


def _asked(protocol: Protocol, section: str) -> list[Item]:
    return [
        protocol.item(name)
        for step in protocol.steps
        for one in step.sections
        if one.id == section
        for name in one.items
    ]
