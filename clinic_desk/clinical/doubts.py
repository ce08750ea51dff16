"""Answers that count but are asked about: possible, yet unusual or at odds with another one."""

from collections.abc import Iterator
from datetime import date

from clinic_desk.clinical import medicines, wording
from clinic_desk.clinical.findings import Doubt, Reason, Term
from clinic_desk.clinical.measures import (
    NONE_OF,
    Answer,
    BodyChart,
    Medicine,
    Pair,
    Side,
    State,
    Value,
)
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.clinical.reading import Reading

OTHER_MEASURED, OTHER_MARKED = "doubt.other_measured", "doubt.other_marked"
_ACROSS = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def find(reading: Reading) -> tuple[Doubt, ...]:
    """Every doubtful answer, in the order of the file."""
    found: list[Doubt] = []
    for item in reading.protocol.doubtable:
        name = item.id
        if name not in reading.given:
            continue
        answer = reading.given[name]
        held = reading.doubted.get(name)
        if held is None or held[0] is not answer:
            held = reading.doubted[name] = (answer, of(item, answer, reading.case.side))
        found += held[1]
        at_odds = _at_odds(reading, item) if item.implied else None
        if at_odds is not None:
            found.append(at_odds)
        found += _beside_others(reading, item)
    return tuple(found)


def of(item: Item, answer: Answer, side: Side | None = None) -> tuple[Doubt, ...]:
    """What is doubtful about one answer by itself, in a case on this side."""
    value = answer.value
    found: list[Doubt | None] = [_other_side(item, value, side)]
    if isinstance(value, tuple):
        found += [_unknown(item, one) for one in value if isinstance(one, Medicine)]
        found += [_beside(item, one) for one in value if one in NONE_OF and len(value) > 1]
    elif isinstance(value, Pair):
        found += [_unusual(item, value.left, "left"), _unusual(item, value.right, "right")]
    elif isinstance(value, float):
        found.append(_unusual(item, value))
    return tuple(doubt for doubt in found if doubt is not None)


def _unusual(item: Item, value: float | None, side: str = "") -> Doubt | None:
    if value is None:
        return None
    low, high = item.doubt_below, item.doubt_above
    text = ""
    if low is not None and value < low:
        text, limit = "doubt.low", low
    elif high is not None and value > high:
        text, limit = "doubt.high", high
    if not text:
        return None
    said: object = wording.quantity(item, value)
    params = {"value": said, "limit": wording.quantity(item, limit)}
    why = Reason(text, params, (item.id,))
    if side:
        why = Reason("doubt.side", {"side": Term(f"doubt.{side}"), "why": why}, (item.id,))
    return Doubt(item.id, value, why)


def _other_side(item: Item, value: Value | None, side: Side | None) -> Doubt | None:
    """What holds the side alone on which the case is not: a slip there treats the sound leg."""
    other = _ACROSS.get(side) if side is not None else None
    if other is None or not isinstance(value, Pair | BodyChart) or _sides(value) != {other}:
        return None
    words = {"other": Term(f"rule.side_is.{other}"), "side": Term(f"rule.side_is.{side}")}
    text = OTHER_MEASURED if isinstance(value, Pair) else OTHER_MARKED
    return Doubt(item.id, other.value, Reason(text, words, (item.id,)))


def _sides(value: Pair | BodyChart) -> set[Side]:
    """The sides that an answer speaks of; none where a pen stroke may lie on either."""
    if isinstance(value, Pair):
        ends = {Side.LEFT: value.left, Side.RIGHT: value.right}
        return {side for side, end in ends.items() if end is not None}
    places = [one.places for one in value.marks]
    if None in places:
        return set()
    return {place.side for some in places for place in some or () if place.side is not None}


def _unknown(item: Item, medicine: Medicine) -> Doubt | None:
    if medicine.classes:
        return None
    near = medicines.offered(item, medicine.name)
    text = "doubt.class_offered" if near else "doubt.class"
    why = Reason(text, {"name": medicine.name, "near": near}, (item.id,))
    return Doubt(item.id, medicine.name, why)


def _beside(item: Item, none: str) -> Doubt:
    """ "None" that stands beside something."""
    said = wording.choice_text(item, none)
    return Doubt(item.id, none, Reason("doubt.none_beside", {"none": said}, (item.id,)))


def _at_odds(reading: Reading, item: Item) -> Doubt | None:
    """An answer given by itself although others hold another one."""
    words = reading.protocol.words[item.id]
    given = reading.given[item.id]
    if given.state is not State.GIVEN:
        return None
    said = next((word for word, answer in words.items() if answer == given), "")
    for word, when in item.implied:
        if when.holds(reading):
            if word == said:
                return None
            other = (
                wording.choice_text(item, word)
                if item.kind is Kind.CHOICE
                else Term(f"answer.{word}")
            )
            params = {"others": wording.labels(reading.protocol, when.reads), "word": other}
            return Doubt(item.id, said, Reason("doubt.at_odds", params, (item.id, *when.reads)))
    return None


def _beside_others(reading: Reading, item: Item) -> Iterator[Doubt]:
    """An answer that cannot be right where others are."""
    given = reading.given[item.id]
    if given.state is not State.GIVEN:
        return
    for when in item.at_odds:
        if when.holds(reading):
            others = tuple(name for name in when.reads if name != item.id)
            said = wording.answer_reasons(reading.protocol, reading, others)
            why = Reason("doubt.odds", {"others": said}, (item.id, *others))
            yield Doubt(item.id, _as_given(given.value), why)


def _as_given(value: Value | None) -> float | str:
    """An answer as a request writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, float | str) else ""
