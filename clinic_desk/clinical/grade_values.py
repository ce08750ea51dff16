"""The values of an item that could mean something else to the grade: what to suppose of it."""

from collections.abc import Iterator

from clinic_desk.clinical import logic
from clinic_desk.clinical.measures import Answer, State
from clinic_desk.clinical.protocol import Item, Kind, Protocol
from clinic_desk.clinical.rules import GradeRule


def possible(protocol: Protocol, rule: GradeRule, name: str) -> Iterator[Answer]:
    """One value of an item for each thing that it could mean to the rule, extremes first."""
    item = protocol.item(name)
    if item.kind is Kind.CHOICE:
        for choice in (*reversed(item.choices), *item.choices[:1]):
            yield Answer(State.GIVEN, choice.id)
    elif item.kind in (Kind.YES_NO, Kind.YES_NO_UNSURE):
        yield Answer(State.GIVEN, True)
        yield Answer(State.GIVEN, False)
    else:
        for value in _turning_points(rule, item):
            yield Answer(State.GIVEN, value)


def _turning_points(rule: GradeRule, item: Item) -> list[float]:
    """The values around each limit at which points, a bound or a sign may change."""
    conditions = [rule.zero.text] if rule.zero else []
    conditions += [bound.when.text for bound in rule.bounds]
    conditions += [sign.when.text for sign in rule.hard]
    conditions += [ground.when.text for ground in rule.withhold]
    conditions += [choice.when.text for choice in rule.either]
    limits = {
        float(number) for text in conditions if item.id in text for number in logic.numbers_in(text)
    }
    for part in rule.items:
        for way in (part.scoring, *part.or_else):
            if way.value == item.id:
                limits |= {band.below for band in way.bands if band.below is not None}
                limits |= {band.upto for band in way.bands if band.upto is not None}
    low = 0.0 if item.minimum is None else item.minimum
    high = max([*limits, 0.0]) + 1 if item.maximum is None else item.maximum
    around = {value for limit in limits for value in (limit - 0.5, limit, limit + 0.5)}
    inside = sorted({low, high} | {value for value in around if low <= value <= high})
    if item.whole:
        inside = [value for value in inside if value == int(value)]
    return inside[::-1]
