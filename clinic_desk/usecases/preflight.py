"""What is wrong with a letter before it goes: each problem with the field that mends it.

What makes a letter impossible always stops it. What a kind needs stops that kind; some of it can
be set aside with a reason, which is kept with the letter. Everything else is said and lets it go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import (
    preflight_exam,
    preflight_page,
    preflight_people,
    preflight_record,
    preflight_safety,
    preflight_sides,
    preflight_text,
    preflight_tongue,
)
from clinic_desk.usecases.letter_views import LetterDraft, Override
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts

NEEDS: Mapping[str, tuple[str, ...]] = {
    "recipient": ("recipient", "address"),
    "question": ("question",),
    "consent": ("consent",),
    "contact": ("contact",),
    "imaging_safety": ("safety",),
    "evaluation": ("evaluation",),
    "gaps": ("gap",),
    "side": ("side",),
    "red_flags": ("flag",),
}
"""What a kind can need, and the checks that hold it to it."""

WAIVABLE = frozenset({"address", "consent", "contact", "safety", "evaluation", "side", "flag"})
"""What a kind needs can be set aside with a reason, as an address of a letter that is handed over;
a missing addressee or text cannot."""


def problems(facts: Facts) -> list[Problem]:
    """All problems, the blocking ones first, and those that were set aside last."""
    reasons = {one.check: one for one in facts.draft.overrides if one.reason.strip()}
    found = [_weighed(one, facts.kind, reasons) for one in _checks(facts)]
    return sorted(found, key=lambda one: (not one.blocking, bool(one.waived)))


def _checks(facts: Facts) -> Iterator[Problem]:
    yield from preflight_people.problems(facts)
    yield from preflight_text.problems(facts)
    yield from preflight_record.problems(facts)
    yield from preflight_safety.problems(facts)
    yield from preflight_sides.problems(facts)
    yield from preflight_exam.problems(facts)
    yield from preflight_tongue.problems(facts)
    yield from preflight_page.problems(facts)


def _weighed(one: Problem, kind: LetterKind, reasons: Mapping[str, Override]) -> Problem:
    """A problem as the kind weighs it, and with the reason that set it aside. A reason holds for
    the problem that it was given for, not for another one of the same check.
    """
    check = one.check.partition(":")[0]
    needed = any(check in NEEDS.get(name, ()) for name in kind.needs)
    waivable = one.waivable if one.blocking else needed and check in WAIVABLE
    if not waivable:
        return replace(one, blocking=one.blocking or needed)
    given = reasons.get(one.check)
    reason = given.reason if given and given.problem in ("", one.text) else ""
    return replace(one, blocking=not reason, waivable=True, waived=reason)


def set_aside(draft: LetterDraft, found: list[Problem]) -> tuple[Override, ...]:
    """The reasons of a draft that do set something aside, each with what it set aside."""
    waived = {one.check: one.text for one in found if one.waived}
    return tuple(
        replace(one, problem=waived[one.check]) for one in draft.overrides if one.check in waived
    )
