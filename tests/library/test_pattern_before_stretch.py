"""Low-load work before load, and the drill after which the length is measured again."""

import pytest
from hypothesis import given

from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.library import Library
from tests.clinical.test_properties import PASSES, answers, found, thigh
from tests.support.protocols import CASE, reading

BEFORE_CONTROL = frozenset(
    {
        "comp_1",
        "comp_2",
        "comp_3",
        "comp_glute",
        "comp_neural",
        "comp_hipflexor",
        "comp_calf",
        "true_short",
    }
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def protocol(library: Library) -> Protocol:
    return library.protocol("posterior-thigh")


def test_every_pattern_of_length_names_a_gentle_drill_and_repeats_the_measure(
    library: Library, protocol: Protocol
) -> None:
    known = {one.exercise.id: one.exercise for one in library.exercises()}
    for pattern in protocol.patterns.values():
        if pattern.id == "cramping":  # attacks, not a length
            assert not pattern.remeasure
            continue
        words = protocol.say(pattern.remeasure)
        assert known[pattern.drill].stage == 1
        assert f"“{known[pattern.drill].name}”" in words
        assert "again after 5 minutes" in words


def test_no_template_on_the_way_to_control_holds_itself_back(
    library: Library, protocol: Protocol
) -> None:
    hold = next(one for one in protocol.holds if one.id == "low_load_first")
    known = {one.exercise.id: one.exercise for one in library.exercises()}
    for name in BEFORE_CONTROL:
        template = library.template(name)
        assert template.stage not in hold.stages
        for part in template.exercises:
            assert known[part].stage not in hold.stages, (name, part)
            assert known[part].load_class not in hold.load_classes, (name, part)


@PASSES
@given(answers())
def test_what_is_suggested_for_a_compensation_is_never_held_back(
    given_answers: dict[str, object],
) -> None:
    result = found({**given_answers, "complaint": "persistent_tightness", "onset": "gradual"})
    program = result.program
    if program is None or program.stage is None:
        return
    low_load = [hold for hold in result.holds if hold.id == "low_load_first"]
    strain = result.grade is not None and (result.grade.suggested or 0) >= 1
    if low_load and not strain and program.template in BEFORE_CONTROL | {"comp_4", "functional"}:
        assert program.stage not in low_load[0].stages


@pytest.mark.parametrize("response", ["same", "worse"])
def test_failed_stretching_opens_the_control_tests_from_any_complaint(
    protocol: Protocol, response: str
) -> None:
    given_answers: dict[str, object] = {
        "complaint": "sudden_injury",
        "injury_date": "2026-01-30",
        "tried": ["stretching"],
        "stretching_weeks": 2,
        "stretching_response": response,
    }
    open_now = Flow(protocol, reading(protocol, given_answers))
    for item in ("waiter_bow_deg", "lumbar_curve", "slump", "comp_1_met", "ake_after_drill"):
        assert open_now.visible(item), item
    helped = Flow(protocol, reading(protocol, {**given_answers, "stretching_response": "better"}))
    assert not helped.visible("lumbar_curve")


def test_a_positive_neural_pattern_hides_stretching() -> None:
    nerve = {"slump": "familiar_eases", "slr_changes_with_ankle_or_neck": "yes"}
    program = evaluate(thigh(), CASE, {"complaint": "persistent_tightness", **nerve}).program
    assert program is not None
    assert program.hide_stretch


@pytest.mark.parametrize(("after", "falls"), [(0.80, True), (0.81, False)])
def test_an_index_that_falls_by_a_fifth_counts(
    protocol: Protocol, after: float, falls: bool
) -> None:
    pairs = {
        "abpi_index": {"left": 1.0, "right": 1.1},
        "abpi_after_walking": {"left": after, "right": 1.1},
    }
    assert (reading(protocol, pairs).truth("abpi_falls")[0] == 2) is falls
