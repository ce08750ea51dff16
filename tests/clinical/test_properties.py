"""What holds for every set of answers to the shipped protocols."""

import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_desk.clinical import conditions
from clinic_desk.clinical.answers import read
from clinic_desk.clinical.body_regions import REGIONS, TYPES
from clinic_desk.clinical.condition_parts import ConditionFault
from clinic_desk.clinical.evaluate import evaluate, findings
from clinic_desk.clinical.findings import Findings, Truth
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.library import Library
from tests.support.protocols import CASE, reading

PASSES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


THIGH, CALF = "posterior-thigh", "calf-achilles"
EVERY = pytest.mark.parametrize("name", [THIGH, CALF])


@cache
def shipped(name: str) -> Protocol:
    return Library().protocol(name)


def thigh() -> Protocol:
    return shipped(THIGH)


def value(item: Item, dice: random.Random) -> object:
    if dice.random() < 0.06:
        return "not_testable"
    low = 0.0 if item.minimum is None else item.minimum
    high = low + 60 if item.maximum is None else item.maximum
    number = dice.randint(int(low), int(high))
    match item.kind:
        case Kind.YES_NO:
            return dice.choice(["no", "no", "yes"])
        case Kind.YES_NO_UNSURE:
            return dice.choice(["no", "no", "no", "no", "yes", "unsure"])
        case Kind.CHOICE:
            return dice.choice(item.choices).id
        case Kind.MANY:
            return [choice.id for choice in item.choices if dice.random() < 0.3]
        case Kind.PAIR:
            other = dice.choice([None, dice.randint(int(low), int(high))])
            return (
                {"left": number, "right": other}
                if dice.random() < 0.5
                else {"left": other, "right": number}
            )
        case Kind.DATE:
            return (CASE.on - timedelta(days=dice.randint(0, 90))).isoformat()
        case Kind.DURATION:
            return {"value": dice.randint(1, 9), "unit": item.unit}
        case Kind.TEXT:
            return "words"
        case Kind.OUTCOME if item.measure and not item.measure.questionnaire.score_only:
            rated = dice.randint(1, 5)
            ratings = {f"rating_{place + 1}": dice.randint(0, 10) for place in range(rated)}
            names = {f"activity_{place + 1}": f"Activity {place}" for place in range(rated)}
            return {"answers": names | ratings}
        case Kind.OUTCOME:
            return {"score": number}
        case Kind.MEDICINES:
            names = sorted({choice.also[0] for choice in item.choices})
            taken = dice.sample(names, dice.randint(0, 3))
            return [*taken, "Unheardof"] if dice.random() < 0.3 else taken
        case Kind.BODY_CHART:
            return {"marks": [mark(dice, kind) for kind in TYPES if dice.random() < 0.4]}
        case _:
            return number


def mark(dice: random.Random, kind: str) -> dict[str, object]:
    region = dice.choice(list(REGIONS.values()))
    place: dict[str, object] = {"region": region.id}
    if region.sided:
        place["side"] = dice.choice(["left", "right"])
    intensity = dice.choice([None, dice.randint(0, 10)])
    if dice.random() < 0.5:
        return {**place, "type": kind, "intensity": intensity}
    path = [[dice.random(), dice.random()] for _ in range(3)]
    stroke = {"view": "back", "path": path, "type": kind, "intensity": intensity}
    return stroke if dice.random() < 0.3 else {**stroke, "regions": [place]}


def swapped(value: object) -> object:
    """The same answer with left and right changed over, wherever they stand in it."""
    if isinstance(value, dict):
        return {
            {"left": "right", "right": "left"}.get(key, key): swapped(part)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [swapped(part) for part in value]
    return {"left": "right", "right": "left"}.get(value, value) if isinstance(value, str) else value


@st.composite
def answers(draw: st.DrawFn, name: str = THIGH) -> dict[str, object]:
    dice = random.Random(draw(st.integers(0, 2**32)))
    share = draw(st.sampled_from([0.05, 0.2, 0.5, 0.9]))
    return {
        item.id: value(item, dice)
        for item in shipped(name).items.values()
        if item.id not in shipped(name).derived and dice.random() < share
    }


def found(given_answers: Mapping[str, object], case: Case = CASE, name: str = THIGH) -> Findings:
    return evaluate(shipped(name), case, given_answers)


@EVERY
@PASSES
@given(st.data(), st.randoms(use_true_random=False))
def test_any_order_of_answering_gives_the_same_findings(
    name: str, data: st.DataObject, dice: random.Random
) -> None:
    given_answers = data.draw(answers(name))
    shuffled = list(given_answers.items())
    dice.shuffle(shuffled)
    assert found(dict(shuffled), name=name) == found(given_answers, name=name)


@EVERY
@PASSES
@given(st.data())
def test_left_and_right_swapped_give_the_same_findings(name: str, data: st.DataObject) -> None:
    given_answers = data.draw(answers(name))
    turned = {
        item: swapped(value) if isinstance(value, dict) else value
        for item, value in given_answers.items()
    }
    right = Case(CASE.on, Side.RIGHT, CASE.birth_date, CASE.sex)
    here, there = found(given_answers, name=name), found(turned, right, name)
    assert here.urgency == there.urgency
    assert [flag.id for flag in here.red_flags] == [flag.id for flag in there.red_flags]
    assert here.patterns == there.patterns
    assert here.program == there.program
    assert here.missing == there.missing
    assert here.grade is not None
    assert there.grade is not None
    assert (here.grade.suggested, here.grade.confidence, here.grade.missing) == (
        there.grade.suggested,
        there.grade.confidence,
        there.grade.missing,
    )


@EVERY
@PASSES
@given(st.data())
def test_a_true_red_flag_never_lowers_the_urgency(name: str, data: st.DataObject) -> None:
    given_answers = data.draw(answers(name))
    screen = [
        item.id
        for item in shipped(name).items.values()
        if item.kind is Kind.YES_NO_UNSURE
        and item.id.startswith("rf_")
        and item.id not in shipped(name).derived
    ]
    added = data.draw(st.sampled_from(screen))
    before = found({**given_answers, added: "no"}, name=name).urgency
    after = found({**given_answers, added: "yes"}, name=name).urgency
    assert (after.rank if after else 0) >= (before.rank if before else 0)


@cache
def pure_conditions(name: str) -> tuple[Condition, ...]:
    """Every rule of the protocol that asks about the world and not about the record."""
    protocol = shipped(name)
    rules = [case.when for flag in protocol.flags.values() for case in flag.cases]
    rules += [case.when for test in protocol.imaging for case in test.cases]
    rules += [derived.test for derived in protocol.derived.values() if derived.test]
    return tuple(rule for rule in rules if "answered" not in rule.text and not rule.flags)


@EVERY
@PASSES
@given(st.data())
def test_removing_an_answer_never_turns_unknown_into_certain(
    name: str, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(name))
    if not given_answers:
        return
    gone = data.draw(st.sampled_from(sorted(given_answers)))
    fewer = {item: answer for item, answer in given_answers.items() if item != gone}
    with_it, without = reading(shipped(name), given_answers), reading(shipped(name), fewer)
    for rule in pure_conditions(name):
        if any("answered" in _text(name, read) for read in rule.reads):
            continue
        if rule.judge(with_it)[0] is Truth.UNKNOWN:
            assert rule.judge(without)[0] is Truth.UNKNOWN, rule.text


def _text(name: str, read: str) -> str:
    derived = shipped(name).derived.get(read)
    part = derived and (derived.test or derived.amount)
    return part.text if part else ""


@EVERY
@PASSES
@given(st.data())
def test_what_is_missing_can_be_asked_and_has_no_clear_answer(
    name: str, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(name))
    for item in found(given_answers, name=name).missing:
        assert item in shipped(name).places
        value = given_answers.get(item)
        unknown = isinstance(value, list) and "Unheardof" in value
        assert value in (None, "unsure") or isinstance(value, dict) or unknown


@PASSES
@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_conditions(text: str) -> None:
    with suppress(ConditionFault):
        conditions.parse(text, conditions.vocabulary(thigh()))


@EVERY
@PASSES
@given(st.data(), st.integers(0, 2**32))
def test_supposing_a_value_finds_what_giving_it_finds(
    name: str, data: st.DataObject, seed: int
) -> None:
    given_answers = data.draw(answers(name))
    dice = random.Random(seed)
    one = dice.choice([one for one in shipped(name).items if one not in shipped(name).derived])
    supposed = {one: value(shipped(name).items[one], dice)}
    before = Reading(shipped(name), CASE, read(shipped(name), CASE, given_answers))
    findings(before)  # everything that can be remembered is
    after = before.supposing(**read(shipped(name), CASE, supposed))
    assert findings(after) == evaluate(shipped(name), CASE, {**given_answers, **supposed})


OTHER_UNITS = {
    "mm": ("cm", 10),
    "cm": ("mm", 0.1),
    "kg": ("g", 0.001),
    "s": ("min", 60),
    "min": ("s", 1 / 60),
    "h": ("min", 1 / 60),
    "d": ("h", 1 / 24),
    "wk": ("d", 1 / 7),
}


@EVERY
@PASSES
@given(st.data())
def test_the_same_values_in_other_units_give_the_same_findings(
    name: str, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(name))

    def told(item: Item, answer: object) -> object:
        if item.kind not in (Kind.NUMBER, Kind.DURATION) or item.unit not in OTHER_UNITS:
            return answer
        amount = answer.get("value") if isinstance(answer, dict) else answer
        if not isinstance(amount, int):
            return answer
        unit, factor = OTHER_UNITS[item.unit]
        return {"value": amount / factor, "unit": unit}

    items = shipped(name).items
    other = {item: told(items[item], answer) for item, answer in given_answers.items()}
    assert found(other, name=name) == found(given_answers, name=name)


@EVERY
@PASSES
@given(st.data())
def test_the_sound_side_alone_fires_no_flag_of_the_affected_side(
    name: str, data: st.DataObject
) -> None:
    """What is only measured on the right says nothing about a left leg."""
    pairs: dict[str, object] = {}
    for item in shipped(name).items.values():
        if item.kind is Kind.PAIR:
            low, high = int(item.minimum or 0), int(item.maximum or 0)
            pairs[item.id] = {"left": None, "right": data.draw(st.integers(low, high))}
    assert found(pairs, name=name).red_flags == ()
