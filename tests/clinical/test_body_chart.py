"""A body chart is read or refused in words, and answers conditions with three values."""

import json
import math

import pytest

from clinic_desk.clinical.answers import read_one
from clinic_desk.clinical.body_chart import plain_chart, read_chart
from clinic_desk.clinical.condition_parts import ConditionFault
from clinic_desk.clinical.conditions import parse, vocabulary
from clinic_desk.clinical.evaluate import findings
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.errors import InvalidInput
from clinic_desk.library import Library
from tests.support.protocols import CASE, reading

LEFT_CALF = {"region": "calf_back", "side": "left", "type": "numbness", "intensity": 4}
STROKE = {"view": "back", "path": [[0.4, 0.2], [0.4, 0.3]], "type": "pain", "intensity": None}


@pytest.fixture(scope="module")
def thigh() -> Protocol:
    return Library().protocol("posterior-thigh")


def judge(protocol: Protocol, text: str, marks: object, side: Side | None = Side.LEFT) -> Truth:
    case = Case(CASE.on, side, CASE.birth_date, CASE.sex)
    given = {} if marks is None else {"body_chart": {"marks": marks}}
    world = reading(protocol, given, case)
    return parse(text, vocabulary(protocol)).judge(world)[0]


def test_a_chart_comes_back_as_json_as_it_went_in() -> None:
    given = {"marks": [LEFT_CALF, {**STROKE, "regions": [{"region": "achilles", "side": "left"}]}]}
    assert plain_chart(read_chart(json.loads(json.dumps(given)))) == given


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ({**LEFT_CALF, "region": "wing"}, "a region"),
        ({**LEFT_CALF, "region": ["calf_back"]}, "a region"),
        ({**LEFT_CALF, "side": "both"}, "left"),
        ({**LEFT_CALF, "side": None}, "left"),
        ({"region": "tailbone", "side": "left", "type": "pain"}, "midline"),
        ({**LEFT_CALF, "type": "itch"}, "type"),
        ({**LEFT_CALF, "type": ["pain"]}, "type"),
        ({**LEFT_CALF, "intensity": 11}, "intensity"),
        ({**LEFT_CALF, "intensity": -1}, "intensity"),
        ({**LEFT_CALF, "intensity": 2.5}, "intensity"),
        ({**LEFT_CALF, "intensity": True}, "intensity"),
        ({**LEFT_CALF, "intensity": math.nan}, "intensity"),
        ({**LEFT_CALF, "intensity": "6"}, "intensity"),
        ({**LEFT_CALF, "colour": "red"}, "only"),
        ({**STROKE, "view": "top"}, "view"),
        ({**STROKE, "path": []}, "path"),
        ({**STROKE, "path": [[0.1]]}, "path"),
        ({**STROKE, "path": [[0.1, math.nan]]}, "0 to 1"),
        ({**STROKE, "path": [[math.inf, 0.1]]}, "0 to 1"),
        ({**STROKE, "path": [[0.1, 1.01]]}, "0 to 1"),
        ({**STROKE, "path": [[10**400, 0.1]]}, "0 to 1"),
        ({**STROKE, "path": [[0.1, 0.1]] * 401}, "400 points"),
        ({**STROKE, "regions": [{"region": "wing"}]}, "a region"),
        ({**STROKE, "regions": [LEFT_CALF]}, "regions"),
        ("pain", "an object"),
        ({}, "type"),
    ],
)
def test_a_wrong_mark_is_refused_with_what_is_allowed(
    thigh: Protocol, mark: object, said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_one(thigh.item("body_chart"), {"marks": [mark]}, CASE)
    assert said in refused.value.fields["body_chart"]
    assert len(refused.value.fields["body_chart"]) < 500


@pytest.mark.parametrize(
    "value", [[], "pain", {"marks": {}}, {"marks": [], "more": 1}, {}, 7, True, {"marks": None}]
)
def test_what_is_no_chart_is_refused(thigh: Protocol, value: object) -> None:
    with pytest.raises(InvalidInput):
        read_one(thigh.item("body_chart"), value, CASE)


def test_too_many_marks_and_the_same_mark_twice_are_refused(thigh: Protocol) -> None:
    for marks, said in (([STROKE] * 61, "60 marks"), ([LEFT_CALF] * 2, "twice")):
        with pytest.raises(InvalidInput) as refused:
            read_one(thigh.item("body_chart"), {"marks": marks}, CASE)
        assert said in refused.value.fields["body_chart"]


def test_nothing_to_mark_is_an_answer_and_not_asked_is_none(thigh: Protocol) -> None:
    assert read_one(thigh.item("body_chart"), {"marks": []}, CASE) is not None
    assert judge(thigh, '"calf_back" in body_chart', []) is Truth.FALSE
    assert judge(thigh, '"calf_back" in body_chart', None) is Truth.UNKNOWN
    assert read_one(thigh.item("body_chart"), "not_asked", CASE) is None


@pytest.mark.parametrize(
    ("side", "found"),
    [
        (Side.LEFT, Truth.TRUE),
        (Side.RIGHT, Truth.FALSE),
        (Side.BOTH, Truth.TRUE),
        (None, Truth.TRUE),
    ],
)
def test_a_region_counts_on_the_affected_side(
    thigh: Protocol, side: Side | None, found: Truth
) -> None:
    assert judge(thigh, '"calf_back" in body_chart', [LEFT_CALF], side) is found
    assert judge(thigh, '"calf_back:numbness" in body_chart', [LEFT_CALF], side) is found
    assert judge(thigh, '"anywhere:numbness" in body_chart', [LEFT_CALF], side) is found


def test_another_type_or_region_is_not_marked(thigh: Protocol) -> None:
    assert judge(thigh, '"calf_back:pain" in body_chart', [LEFT_CALF]) is Truth.FALSE
    assert judge(thigh, '"knee_back" in body_chart', [LEFT_CALF]) is Truth.FALSE
    assert judge(thigh, '"knee_back" not in body_chart', [LEFT_CALF]) is Truth.TRUE


def test_a_midline_region_counts_whatever_side_is_affected(thigh: Protocol) -> None:
    mark = {"region": "tailbone", "type": "pain", "intensity": 3}
    assert judge(thigh, '"tailbone:pain" in body_chart', [mark], Side.RIGHT) is Truth.TRUE


def test_a_stroke_without_its_regions_leaves_open_what_it_may_cover(thigh: Protocol) -> None:
    assert judge(thigh, '"calf_back" in body_chart', [STROKE]) is Truth.UNKNOWN
    assert judge(thigh, '"calf_back:numbness" in body_chart', [STROKE]) is Truth.FALSE


@pytest.mark.parametrize(
    "text",
    ['"wing" in body_chart', '"calf_back:itch" in body_chart', '"anywhere" in body_chart',
     'body_chart == "calf_back"', "body_chart > 3", "body_chart"],
)  # fmt: skip
def test_a_wrong_condition_on_a_chart_is_refused(thigh: Protocol, text: str) -> None:
    with pytest.raises(ConditionFault):
        parse(text, vocabulary(thigh))


def test_the_chart_answers_what_the_list_of_places_would(thigh: Protocol) -> None:
    behind = {"region": "knee_back", "side": "left", "type": "pain", "intensity": 3}
    rule = "pain_site_behind_knee_or_calf"
    assert judge(thigh, rule, [behind]) is Truth.TRUE
    assert judge(thigh, rule, [LEFT_CALF]) is Truth.FALSE
    assert judge(thigh, rule, None) is Truth.UNKNOWN
    both = {"body_chart": {"marks": []}, "pain_site": ["calf"]}
    assert reading(thigh, both).truth(rule)[0] is Truth.TRUE
    assert reading(thigh, {"pain_site": ["buttock"]}).truth(rule)[0] is Truth.FALSE


def test_pins_and_needles_on_the_chart_are_tingling_and_their_absence_says_nothing(
    thigh: Protocol,
) -> None:
    pins = {**LEFT_CALF, "type": "pins_and_needles"}
    assert judge(thigh, "tingling_or_burning", [pins]) is Truth.TRUE
    assert judge(thigh, "tingling_or_burning", [LEFT_CALF]) is Truth.UNKNOWN


def test_left_and_right_changed_over_find_the_same(thigh: Protocol) -> None:
    marks = [{**LEFT_CALF, "type": "pins_and_needles"}]
    turned = [{**marks[0], "side": "right"}]
    right = Case(CASE.on, Side.RIGHT, CASE.birth_date, CASE.sex)
    here = findings(reading(thigh, {"body_chart": {"marks": marks}}))
    there = findings(reading(thigh, {"body_chart": {"marks": turned}}, right))
    assert here.patterns == there.patterns
    assert here.missing == there.missing
