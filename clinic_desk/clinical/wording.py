"""The words that every protocol shares: how an answer, a reason or a note is said in English.

A protocol's text tables may replace or translate each of them by its id.
"""

import math
from collections.abc import Collection

from clinic_desk.clinical.body_chart import ANYWHERE
from clinic_desk.clinical.findings import Reason, Term, Truth
from clinic_desk.clinical.logic import World, deciding, unique
from clinic_desk.clinical.measures import BodyChart, Mark, Pair, Scored, State
from clinic_desk.clinical.protocol import Item, Kind, Protocol

ENGLISH = {
    "answer.yes": "yes",
    "answer.no": "no",
    "answer.unsure": "unsure",
    "answer.not_asked": "not asked",
    "answer.none_chosen": "none of these",
    "answer.none_taken": "takes none",
    "answer.not_tested": "not tested",
    "answer.in_part": "answered in part",
    "answer.amount": "{value} {unit}",
    "answer.tight": "{value}{unit}",
    "answer.pair": "left {left}, right {right}",
    "answer.range": "{low} to {high}",
    "doubt.low": "{value} is unusual: less than {limit}",
    "doubt.high": "{value} is unusual: more than {limit}",
    "doubt.side": "{side} {why}",
    "doubt.left": "Left",
    "doubt.right": "Right",
    "doubt.class": "The class of {name} is not known",
    "doubt.class_offered": "The class of {name} is not known; {near} is spelled almost so",
    "doubt.none_beside": "“{none}” stands beside other answers",
    "doubt.other_measured": "Only the {other} side was measured; the case is on the {side}",
    "doubt.other_marked": "Only the {other} side is marked; the case is on the {side}",
    "doubt.at_odds": "This does not agree with: {others} ({word})",
    "doubt.odds": "This does not go with: {others}",
    "answer.mark": "{complaint}: {regions}",
    "answer.mark_rated": "{complaint} {intensity} of 10: {regions}",
    "answer.mark_place": "{region}, {side}",
    "answer.no_marks": "nothing marked",
    "urgency.emergency_now": "emergency now",
    "urgency.same_day": "same day",
    "urgency.urgent_2w": "urgent, within 2 weeks",
    "urgency.routine_gp": "routine",
    "reason.answer": "{item}: {answer}",
    "reason.finding": "{item}",
    "reason.against": "Against it: {item}",
    "reason.undecided": "Cannot be told from what is recorded: {item}",
    "step.retest_first.title": "Re-test first",
    "step.retest_first.hint": "What the last plan said to measure again.",
    "section.retest_first.title": "From the last plan",
    "retest.flag": "acted on: {flag}",
    "retest.grade": "recheck of the grade, days 3 to 7",
    "retest.gate": "the next gate of the program reads it",
    "retest.pattern": "shows whether it helped: {pattern}",
    "program.now": "{item} ({answer})",
    "grade.too_little": "too little to grade yet",
    "grade.flag": "The picture is not that of a strain: {flag}",
    "grade.provisional": "Image before calling it complete.",
    "grade.either": "Either grade fits; imaging decides.",
    "grade.floor": "{why}",
    "grade.ceiling": "{why}",
    "grade.not_zero": "Not grade 0: {why}",
    "grade.zero_open": "movement and strength are not known to be normal",
    "grade.zero_closed": "movement or strength is reduced",
    "grade.capped": "Low confidence until measured: {items}",
    "grade.near": "The sum lies close to the line between grades {low} and {high}.",
    "grade.too_late": "Day {day}: what has recovered no longer grades the injury, and too little "
    "is recorded of its first {fresh} days",
    "grade.first_days": "Graded from what is known of the first {fresh} days and of imaging; "
    "today is day {day} and sets the stage.",
    "grade.undated": "The date of injury is missing: what recovers counts as if it were fresh.",
    "grade.doubt": "Low confidence: {why}",
    "grade.recheck": "Recheck bruising and strength on days 3 to 7.",
    "program.blocked": "No exercises until this is acted on: {flag}",
    "program.record": "Record an action first: {flag}",
    "program.unmet": "Not yet: {items}",
    "program.unmeasured": "Not measured: {items}",
    "program.no_path": "No program fits what is recorded so far.",
    "program.open": "To choose a program, still needed: {items}",
}

_TIGHT_UNITS = ("°", "%")


def choice_text(item: Item, choice_id: str) -> Term | Reason:
    """A choice by name; of a body chart the region, the complaint, or both."""
    if item.kind is not Kind.BODY_CHART:
        return Term(f"choice.{item.id}.{choice_id}", inside=True)
    region, _, kind = choice_id.partition(":")
    if not kind:
        return Term(f"region.{region}", inside=True)
    complaint = Term(f"complaint.{kind}", inside=True)
    if region == ANYWHERE:
        return complaint
    return Reason("answer.mark", {"complaint": complaint, "regions": Term(f"region.{region}")})


def quantity(item: Item, value: float) -> object:
    """A number with its unit, as people write it."""
    if not item.unit:
        return value
    text = "answer.tight" if item.unit in _TIGHT_UNITS else "answer.amount"
    return Reason(text, {"value": bare(item, value), "unit": item.unit})


def bare(item: Item, value: float, limits: Collection[float] = ()) -> float:
    """A number without its unit, as closely as it can be known: a percentage to a whole one.

    25.1 % beside a limit of 25 keeps its tenth, or the reason would contradict the rule.
    """
    if item.unit != "%":
        return value
    whole = float(round(value))
    return round(value, 1) if whole in limits and whole != value else whole


def answer_words(protocol: Protocol, world: World, item_id: str) -> object | None:
    """An item's answer for a reason; None where there is none."""
    item = protocol.item(item_id)
    answer = world.answer(item_id)
    if answer is None:
        return _derived_words(world, item)
    if answer.state is State.UNSURE:
        return Term("answer.unsure")
    value = answer.value
    if isinstance(value, bool):
        return Term("answer.yes" if value else "answer.no")
    if isinstance(value, float):
        return quantity(item, value)
    if isinstance(value, str) and item.kind is Kind.CHOICE:
        return choice_text(item, value)
    if isinstance(value, tuple):
        chosen = tuple(
            choice_text(item, part) if isinstance(part, str) else part.name for part in value
        )
        nothing = "none_taken" if item.kind is Kind.MEDICINES else "none_chosen"
        return chosen or Term(f"answer.{nothing}")
    if isinstance(value, Scored):
        return Term("answer.in_part") if value.score is None else quantity(item, value.score)
    if isinstance(value, BodyChart):
        return tuple(map(_mark_words, value.marks)) or Term("answer.no_marks")
    if isinstance(value, Pair):
        ends = {"left": value.left, "right": value.right}
        shown = {
            side: Term("answer.not_tested") if end is None else quantity(item, end)
            for side, end in ends.items()
        }
        return Reason("answer.pair", shown)
    return value


def _mark_words(mark: Mark) -> Reason:
    regions = tuple(
        Reason(
            "answer.mark_place",
            {
                "region": Term(f"region.{place.region}"),
                "side": Term(f"rule.side_is.{place.side.value}"),
            },
        )
        if place.side
        else Term(f"region.{place.region}")
        for place in mark.places or ()
    )
    said: dict[str, object] = {"complaint": Term(f"complaint.{mark.type}"), "regions": regions}
    if mark.intensity is None:
        return Reason("answer.mark", said)
    return Reason("answer.mark_rated", {**said, "intensity": mark.intensity})


def _derived_words(world: World, item: Item) -> object | None:
    if item.ask != "derived":
        return None
    if item.kind is Kind.NUMBER:
        low, high, _ = world.amount(item.id)
        if low == high:
            return quantity(item, low)
        if (low, high) == (item.minimum, item.maximum) or not math.isfinite(high - low):
            return None  # nothing recorded has narrowed it
        ends = {"low": bare(item, low), "high": quantity(item, high)}
        return Reason("answer.range", ends)
    truth, _ = world.truth(item.id)
    return {0: Term("answer.no"), 1: None, 2: Term("answer.yes")}[truth]


def says_no(world: World, item_id: str) -> bool:
    """Whether a yes/no item was answered no, or follows as no from others."""
    answer = world.answer(item_id)
    if answer is None:
        return world.truth(item_id)[0] is Truth.FALSE
    return answer.value is False


def answer_reasons(protocol: Protocol, world: World, items: tuple[str, ...]) -> tuple[Reason, ...]:
    """One reason for each item that has an answer; one that follows names what it follows from."""
    reasons = []
    for item_id in _with_causes(protocol, world, items):
        words = answer_words(protocol, world, item_id)
        if words is not None:
            params = {"item": Term(protocol.item(item_id).label), "answer": words}
            reasons.append(Reason("reason.answer", params, (item_id,)))
    return tuple(reasons)


def _with_causes(protocol: Protocol, world: World, items: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for item_id in items:
        found.append(item_id)
        if world.is_implied(item_id):
            true = (when for _, when in protocol.item(item_id).implied if when.holds(world))
            found.extend(part for when in true for part in deciding(when.node, world))
    return unique(found)


def as_now(protocol: Protocol, world: World, items: tuple[str, ...]) -> tuple[Reason, ...]:
    """Each item that has an answer, with it."""
    return tuple(
        Reason("program.now", reason.params, reason.inputs)
        for reason in answer_reasons(protocol, world, items)
    )


def because(protocol: Protocol, world: World, text: str, items: tuple[str, ...]) -> Reason:
    """A rule's own text; `{item_id}` in it stands for that item's answer."""
    params: dict[str, object] = {}
    for name in protocol.blanks(text):
        if name in protocol.items:
            words = answer_words(protocol, world, name)
            params[name] = Term("answer.not_asked") if words is None else words
    return Reason(text, params, items)


def labels(protocol: Protocol, items: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term(protocol.item(item_id).label) for item_id in items)
