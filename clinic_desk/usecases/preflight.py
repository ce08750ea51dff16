"""What is wrong with a letter before it goes: each problem with the field that mends it.

What makes a letter impossible always stops it. What a kind needs stops that kind; some of it can
be set aside with a reason, which is kept with the letter. Everything else is said and lets it go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import (
    preflight_page,
    preflight_people,
    preflight_record,
    preflight_safety,
    preflight_sides,
    preflight_text,
    preflight_tongue,
)
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts

NEEDS: Mapping[str, str] = {
    "recipient": "recipient",
    "question": "question",
    "consent": "consent",
    "contact": "contact",
    "imaging_safety": "safety",
    "evaluation": "evaluation",
    "gaps": "gap",
    "side": "side",
}
"""What a kind can need, and the check that holds it to it."""

WAIVABLE = frozenset({"consent", "contact", "safety", "evaluation", "side"})
"""What a kind needs can be set aside with a reason; a missing addressee or text cannot."""


def problems(facts: Facts) -> list[Problem]:
    """All problems, the blocking ones first, and those that were set aside last."""
    reasons = {one.check: one.reason for one in facts.draft.overrides if one.reason.strip()}
    found = [_weighed(one, facts.kind, reasons) for one in _checks(facts)]
    return sorted(found, key=lambda one: (not one.blocking, bool(one.waived)))


def _checks(facts: Facts) -> Iterator[Problem]:
    yield from preflight_people.problems(facts)
    yield from preflight_text.problems(facts)
    yield from preflight_record.problems(facts)
    yield from preflight_safety.problems(facts)
    yield from preflight_sides.problems(facts)
    yield from preflight_tongue.problems(facts)
    yield from preflight_page.problems(facts)


def _weighed(one: Problem, kind: LetterKind, reasons: Mapping[str, str]) -> Problem:
    """A problem as the kind weighs it, and with the reason that set it aside."""
    needed = {NEEDS[name] for name in kind.needs if name in NEEDS}
    check = one.check.partition(":")[0]
    blocking = one.blocking or check in needed
    if not blocking or one.blocking or check not in WAIVABLE:
        return replace(one, blocking=blocking)
    reason = reasons.get(one.check, "")
    return replace(one, blocking=not reason, waivable=True, waived=reason)


def set_aside(draft: LetterDraft, found: list[Problem]) -> tuple[str, ...]:
    """The checks that reasons of the draft do set aside."""
    asked = {one.check for one in draft.overrides}
    return tuple(sorted(one.check for one in found if one.waived and one.check in asked))
