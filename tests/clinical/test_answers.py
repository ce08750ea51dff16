"""Raw answers become typed ones, or are refused by name with what is allowed."""

import math

import pytest

from clinic_desk.clinical.answers import read, shown
from clinic_desk.clinical.measures import Answer, Pair, State
from clinic_desk.errors import InvalidInput
from tests.support.protocols import CASE, built


@pytest.mark.parametrize(
    ("item", "given", "typed"),
    [
        ("pop", "yes", True),
        ("pop", "no", False),
        ("gait", "limp", "limp"),
        ("gait", "Limping", "limp"),
        ("gait", " limping ", "limp"),
        ("tried", ["heat", "massage"], ("massage", "heat")),
        ("tried", [], ()),
        ("pain", 0, 0.0),
        ("pain", 10, 10.0),
        ("tender", 7, 7.0),
        ("tender", {"value": 7, "unit": "cm"}, 7.0),
        ("tender", {"value": 70, "unit": "mm"}, 7.0),
        ("tender", {"value": 0.3, "unit": "m"}, 30.0),
        ("ake", {"left": 34, "right": 20}, Pair(34, 20)),
        ("ake", {"left": 34, "right": None}, Pair(34, None)),
        ("ake", {"left": 34}, Pair(34, None)),
        ("ake", {"left": {"value": 34, "unit": "°"}, "right": 2}, Pair(34, 2)),
        ("lasts", {"value": 2, "unit": "h"}, 120.0),
        ("lasts", {"value": 90, "unit": "s"}, 1.5),
        ("words", "<b>&", "<b>&"),
        ("ake_loss", 12, 12.0),
        ("weak", "yes", True),
    ],
)
def test_a_value_is_read_in_the_items_unit(item: str, given: object, typed: object) -> None:
    assert read(built(), CASE, {item: given}) == {item: Answer(State.GIVEN, typed)}


@pytest.mark.parametrize(
    ("item", "given", "allowed"),
    [
        ("pop", True, '"yes", "no"'),
        ("pop", "unsure", '"yes", "no"'),
        ("pop", 1, '"yes", "no"'),
        ("pop", None, '"yes", "no"'),
        ("swollen", "maybe", '"unsure"'),
        ("gait", "hop", '"normal", "limp", "stiff"'),
        ("gait", ["limp"], "one of"),
        ("tried", "heat", "a list of"),
        ("tried", ["heat", "heat"], "each choice once"),
        ("tried", ["heat", "cold"], '"massage", "heat"'),
        ("tried", [True], "a list of"),
        ("pain", 11, "a whole number from 0 to 10"),
        ("pain", -1, "from 0 to 10"),
        ("pain", 3.5, "whole"),
        ("pain", "3", "whole number"),
        ("pain", True, "whole number"),
        ("tender", 61, "from 0 to 60 cm"),
        ("tender", math.nan, "from 0 to 60"),
        ("tender", math.inf, "from 0 to 60"),
        ("tender", 10**400, "from 0 to 60"),
        ("tender", {"value": 7, "unit": "in"}, "taken: cm, mm, m; 7 in is 17.78 cm"),
        ("tender", {"value": 7, "unit": "°"}, "cm"),
        ("tender", {"value": 7}, '{"value": …, "unit": "cm|mm|m"}'),
        ("tender", {"value": 7, "unit": 4}, "the unit is a text"),
        ("pain", {"value": 3, "unit": "cm"}, "taken: none"),
        ("tender", {"value": 7, "unit": "cm", "by": "me"}, "cm"),
        ("tender", {"value": "7", "unit": "cm"}, "cm"),
        ("ake", {"left": 400, "right": 20}, "from 0 to 120"),
        ("ake", 14, '{"left"'),
        ("ake", {}, '{"left"'),
        ("ake", {"left": 1, "middle": 2}, '{"left"'),
        ("ake", {"left": "34", "right": 20}, "from 0 to 120"),
        ("force", {"left": {"value": 30, "unit": "kg"}, "right": 20}, "N"),
        ("injured", "2026-02-04", "no later than"),
        ("injured", "1991-06-13", "no earlier than"),
        ("injured", "2026-02-30", "a date"),
        ("injured", "20260203", "a date"),
        ("injured", "2026-W06-2", "a date"),
        ("injured", 20260203, "a date"),
        ("lasts", 10, '"unit"'),
        ("lasts", {"value": -1, "unit": "s"}, "at least 0"),
        ("lasts", {"value": 1, "unit": "y"}, "s|min|h|d|wk"),
        ("words", 3, "a text"),
        ("ake_loss", 400, "from -120 to 120"),
    ],
)
def test_an_impossible_value_is_refused_with_what_is_allowed(
    item: str, given: object, allowed: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(built(), CASE, {item: given})
    text = refusal.value.fields[item]
    assert "given" in text
    assert allowed in text


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(built(), CASE, {"pain": 11, "nothing": 3, "pop": "yes", "gait": "hop"})
    assert set(refusal.value.fields) == {"pain", "nothing", "gait"}


@pytest.mark.parametrize("item", ["pop", "gait", "tried", "pain", "ake", "injured", "words"])
def test_not_asked_leaves_no_answer_and_not_testable_no_value(item: str) -> None:
    assert read(built(), CASE, {item: "not_asked"}) == {}
    assert read(built(), CASE, {item: "not_testable"}) == {item: Answer(State.NOT_TESTABLE)}


def test_a_pair_without_either_side_was_not_asked() -> None:
    assert read(built(), CASE, {"ake": {"left": None, "right": None}}) == {}


@pytest.mark.parametrize("pair", [{"left": 34, "right": 20}, {"left": 34, "right": None}])
def test_a_derived_value_beside_its_inputs_is_refused(pair: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(built(), CASE, {"ake_loss": 14, "ake": pair})
    assert "ake" in refusal.value.fields["ake_loss"]


def test_a_derived_value_stands_beside_inputs_that_have_no_value() -> None:
    taken = read(built(), CASE, {"ake_loss": 14, "ake": "not_testable"})
    assert taken["ake_loss"].value == 14


def test_a_value_derived_from_patient_data_must_agree_with_it() -> None:
    assert read(built(), CASE, {"old": "no"})["old"].value is False
    with pytest.raises(InvalidInput) as refusal:
        read(built(), CASE, {"old": "yes"})
    assert "no" in refusal.value.fields["old"]


def test_a_text_of_blanks_says_nothing() -> None:
    assert read(built(), CASE, {"words": " \n"}) == {}


def test_what_was_given_is_shown_as_json_and_cut_where_it_is_deep_or_long() -> None:
    deep: object = "yes"
    for _ in range(900):
        deep = [deep]
    assert shown(deep) == "[[[…]]]"
    assert shown({"a": None, "b": True}) == "{a: null, b: true}"
    assert shown(math.inf) == "a number out of all range"
    assert shown("\x1b[31m") == '"\ufffd[31m"'
    assert len(shown("x" * 1000)) <= 80


def test_an_unknown_item_names_those_that_look_like_it() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(built(), CASE, {"tinglin": "yes"})
    assert "tingling" in refusal.value.fields["tinglin"]


def test_many_unknown_items_are_refused_without_a_search_for_each() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(built(), CASE, {f"tinglin{number}": "yes" for number in range(40)})
    near = [name for name, text in refusal.value.fields.items() if "allowed are" in text]
    assert len(refusal.value.fields) == 40
    assert near == [f"tinglin{number}" for number in range(12)]
