"""The strain grade of the shipped protocol: bands, bounds, hard signs, withholding, confidence."""

import json
from collections.abc import Mapping

import pytest

from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Confidence, GradeFinding
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.library import Library
from tests.support.protocols import CASE

MILD: dict[str, object] = {
    "pain_at_injury": 4,
    "palpation_length_cm": 4,
    "ake_deficit_deg": 6,
    "slr_deficit_deg": 5,
    "strength_deficit_pct": 8,
    "bruising": "none",
    "swelling": "none",
    "pop": "no",
    "tingling_at_injury": "no",
    "gait": "normal",
    "activity_stopped": "had_to_stop",
    "days_to_painfree_walk": 1,
}
MODERATE: dict[str, object] = {
    "pain_at_injury": 7,
    "palpation_length_cm": 11,
    "ake_deficit_deg": 22,
    "slr_deficit_deg": 20,
    "strength_deficit_pct": 35,
    "bruising": "small",
    "swelling": "mild",
    "pop": "no",
    "tingling_at_injury": "no",
    "gait": "limp",
    "activity_stopped": "had_to_stop",
    "days_to_painfree_walk": 5,
}
SEVERE: dict[str, object] = {
    "pain_at_injury": 9,
    "palpation_length_cm": 14,
    "ake_deficit_deg": 32,
    "slr_deficit_deg": 30,
    "strength_deficit_pct": 60,
    "bruising": "large",
    "swelling": "mild",
    "pop": "yes",
    "tingling_at_injury": "yes",
    "gait": "stiff",
    "activity_stopped": "could_not_walk_off",
    "days_to_painfree_walk": 8,
}
TIGHT: dict[str, object] = {
    "pain_at_injury": 1,
    "palpation_length_cm": 0,
    "ake_deficit_deg": 5,
    "slr_deficit_deg": 4,
    "strength_deficit_pct": 3,
    "bruising": "none",
    "swelling": "none",
    "pop": "no",
    "tingling_at_injury": "no",
    "gait": "normal",
    "activity_stopped": "carried_on",
    "days_to_painfree_walk": 0,
}


@pytest.fixture(scope="module")
def thigh() -> Protocol:
    return Library().protocol("posterior-thigh")


def graded(
    thigh: Protocol, answers: Mapping[str, object], without: str = "", **more: object
) -> GradeFinding:
    given = {**answers, **more}
    for name in without.split():
        del given[name]
    found = evaluate(thigh, CASE, given).grade
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("answers", "grade", "ratio"),
    [(MILD, 1, 0.12), (MODERATE, 2, 0.6), (SEVERE, 3, 0.96), (TIGHT, 0, 0.0)],
)
def test_the_four_cases_of_the_rule(
    thigh: Protocol, answers: dict[str, object], grade: int, ratio: float
) -> None:
    found = graded(thigh, answers)
    assert (found.suggested, found.ratio) == (grade, ratio)


@pytest.mark.parametrize(
    ("item", "value", "points"),
    [
        ("pain_at_injury", 3, 0),
        ("pain_at_injury", 4, 1),
        ("pain_at_injury", 6, 1),
        ("pain_at_injury", 7, 2),
        ("palpation_length_cm", 5, 0),
        ("palpation_length_cm", 5.05, 1),
        ("palpation_length_cm", 10, 1),
        ("palpation_length_cm", 10.01, 2),
        ("ake_deficit_deg", -20, 0),
        ("ake_deficit_deg", 9.99, 0),
        ("ake_deficit_deg", 10, 1),
        ("ake_deficit_deg", 19.95, 1),
        ("ake_deficit_deg", 20, 2),
        ("ake_deficit_deg", 29.99, 2),
        ("ake_deficit_deg", 30, 3),
        ("slr_deficit_deg", 9.9, 0),
        ("slr_deficit_deg", 10, 1),
        ("slr_deficit_deg", 24.95, 1),
        ("slr_deficit_deg", 25, 2),
        ("strength_deficit_pct", -40, 0),
        ("strength_deficit_pct", 9.95, 0),
        ("strength_deficit_pct", 10, 1),
        ("strength_deficit_pct", 25, 1),
        ("strength_deficit_pct", 25.5, 2),
        ("strength_deficit_pct", 50, 2),
        ("strength_deficit_pct", 50.5, 3),
        ("days_to_painfree_walk", 0, 0),
        ("days_to_painfree_walk", 1, 1),
        ("days_to_painfree_walk", 3, 1),
        ("days_to_painfree_walk", 4, 2),
        ("days_to_painfree_walk", 7, 2),
        ("days_to_painfree_walk", 8, 3),
    ],
)
def test_bands_have_neither_holes_nor_overlaps(
    thigh: Protocol, item: str, value: float, points: int
) -> None:
    found = graded(thigh, TIGHT, **{item: value})
    assert [reason.points for reason in found.reasons if reason.inputs == (item,)] == [points]


def test_reasons_stand_from_the_heaviest_to_the_lightest(thigh: Protocol) -> None:
    points = [reason.points or 0 for reason in graded(thigh, SEVERE).reasons]
    assert points == sorted(points, reverse=True)


def test_grade_zero_needs_movement_and_strength_known_to_be_normal(thigh: Protocol) -> None:
    assert graded(thigh, TIGHT).suggested == 0
    assert graded(thigh, TIGHT, without="ake_deficit_deg").suggested == 0
    assert graded(thigh, TIGHT, without="strength_deficit_pct", mmt="5").suggested == 0
    assert graded(thigh, TIGHT, without="strength_deficit_pct", mmt="4+").suggested == 1
    unknown = graded(thigh, TIGHT, without="strength_deficit_pct")
    assert unknown.suggested == 1
    assert unknown.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("more", "grade"),
    [
        ({"bruising": "small"}, 2),
        ({"strength_deficit_pct": 25}, 1),
        ({"strength_deficit_pct": 25.1}, 2),
        ({"onset": "sudden", "tenderness": "focal"}, 1),
    ],
)
def test_floors_come_before_the_sum(thigh: Protocol, more: dict[str, object], grade: int) -> None:
    assert graded(thigh, TIGHT, **more).suggested == grade


def test_a_ceiling_caps_the_sum_but_never_a_hard_sign(thigh: Protocol) -> None:
    whole = {"av_gap_ischium": "no", "rf_gap_belly": "no", "av_bowstring": "no", "mmt": "4"}
    assert graded(thigh, SEVERE, **whole).suggested == 2
    assert graded(thigh, SEVERE, **{**whole, "av_gap_ischium": "yes"}).suggested == 3
    assert graded(thigh, SEVERE).provisional
    assert not graded(thigh, SEVERE, **whole).provisional


@pytest.mark.parametrize("sign", ["av_gap_ischium", "av_bowstring"])
def test_a_gap_or_an_absent_cord_decides_even_beside_a_picture_that_withholds(
    thigh: Protocol, sign: str
) -> None:
    found = graded(thigh, {}, **{sign: "yes", "rf_dvt_gate": "yes"})
    assert (found.suggested, found.withheld, found.provisional) == (3, None, False)


def test_weakness_alone_does_not_stand_against_a_picture_that_withholds(thigh: Protocol) -> None:
    assert graded(thigh, TIGHT, mmt="2").suggested == 3
    beside = graded(thigh, TIGHT, mmt="2", rf_ces_saddle="yes")
    assert beside.suggested is None
    assert beside.withheld is not None


def test_late_diffuse_soreness_is_no_strain_whatever_it_adds_up_to(thigh: Protocol) -> None:
    sore = graded(thigh, MODERATE, onset="delayed_12_72h", tenderness="diffuse")
    assert sore.suggested is None
    assert sore.withheld is not None


def test_a_dent_in_the_belly_is_two_or_three_until_imaging(thigh: Protocol) -> None:
    found = graded(thigh, MILD, rf_gap_belly="yes")
    assert (found.suggested, found.alternatives, found.provisional) == (2, (2, 3), True)
    assert found.confidence is Confidence.LOW


def test_no_grade_is_made_of_too_little(thigh: Protocol) -> None:
    two = graded(thigh, {"pain_at_injury": 9, "palpation_length_cm": 14})
    assert two.suggested is None
    assert thigh.say(two.withheld or "") == "too little to grade yet"
    untested = graded(
        thigh, MILD, "palpation_length_cm ake_deficit_deg slr_deficit_deg strength_deficit_pct"
    )
    assert untested.suggested is None


def test_confidence_follows_answers_and_distance_to_a_cut(thigh: Protocol) -> None:
    assert graded(thigh, MODERATE).confidence is Confidence.HIGH
    near = graded(thigh, MILD)
    assert (near.confidence, near.alternatives) == (Confidence.LOW, (0, 1))
    few = graded(
        thigh,
        MODERATE,
        "swelling pop tingling_at_injury gait activity_stopped days_to_painfree_walk",
    )
    assert few.confidence is Confidence.LOW


def test_confidence_stays_low_while_a_required_test_could_change_the_grade(
    thigh: Protocol,
) -> None:
    open_strength = graded(thigh, MODERATE, without="strength_deficit_pct")
    assert open_strength.confidence is Confidence.LOW
    assert any(note.text == "grade.capped" for note in open_strength.notes)
    settled = graded(thigh, MODERATE, without="strength_deficit_pct", av_gap_ischium="yes")
    assert settled.confidence is not Confidence.LOW


def test_unanswered_and_unsure_earn_nothing_and_are_listed(thigh: Protocol) -> None:
    found = graded(thigh, MODERATE, without="swelling", av_gap_ischium="no")
    assert "swelling" in found.missing
    assert not any("swelling" in reason.inputs for reason in found.reasons)
    assert "strength_deficit_pct" not in json.dumps(found.missing)


def test_a_recheck_is_advised_with_every_strain(thigh: Protocol) -> None:
    assert any(note.text == "grade.recheck" for note in graded(thigh, MODERATE).notes)
    assert not any(note.text == "grade.recheck" for note in graded(thigh, TIGHT).notes)


def test_a_dent_with_half_of_the_strength_gone_is_three_until_imaging(thigh: Protocol) -> None:
    for weak in ({"strength_deficit_pct": 50}, {"strength_deficit_pct": 60}):
        found = graded(thigh, {**MILD, **weak}, rf_gap_belly="yes")
        assert (found.suggested, found.provisional) == (3, True)
    untested = graded(thigh, MILD, without="strength_deficit_pct", rf_gap_belly="yes")
    assert (untested.suggested, untested.provisional) == (2, True)
    by_hand = graded(thigh, MILD, without="strength_deficit_pct", rf_gap_belly="yes", mmt="3")
    assert (by_hand.suggested, by_hand.provisional) == (3, True)


def test_weak_by_the_avulsion_question_is_at_least_grade_2(thigh: Protocol) -> None:
    assert graded(thigh, MILD, without="strength_deficit_pct", av_weak="yes").suggested == 2


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        ({"onset": "sudden", "palpation_length_cm": 3}, 1),
        ({"complaint": "sudden_injury", "palpation_length_cm": 3}, 1),
        ({"complaint": "sudden_injury", "onset": "gradual", "palpation_length_cm": 3}, 0),
        ({"onset": "sudden", "tenderness": "diffuse", "palpation_length_cm": 3}, 0),
        ({"onset": "sudden", "palpation_length_cm": 0}, 0),
    ],
)
def test_a_moment_and_one_sore_spot_are_at_least_grade_1(
    thigh: Protocol, answers: dict[str, object], grade: int
) -> None:
    assert graded(thigh, {**TIGHT, **answers}).suggested == grade


@pytest.mark.parametrize(
    ("loss", "says"),
    [
        (28.35, "Strength at 15°: 28 % weaker"),
        (25.0, "Strength at 15°: 25 % weaker"),
        (25.1, "Strength at 15°: 25.1 % weaker"),
        (0, "Strength at 15°: not weaker than the other side"),
        (-12.4, "Strength at 15°: not weaker than the other side"),
    ],
)
def test_a_loss_is_said_in_whole_percent_and_never_below_none(
    thigh: Protocol, loss: float, says: str
) -> None:
    found = graded(thigh, {**MODERATE, "strength_deficit_pct": loss})
    assert says in [thigh.say(reason) for reason in found.reasons]


def test_reasons_read_as_one_sentence(thigh: Protocol) -> None:
    said = [thigh.say(reason) for reason in graded(thigh, MODERATE).reasons]
    assert "Bruise: under 5 cm" in said
    assert "Days until walking was painless: 5" in said
    turned = graded(thigh, {**MODERATE, "ake_deficit_deg": -22})
    assert "Knee extension no less than the other side" in [
        thigh.say(reason) for reason in turned.reasons
    ]


def test_a_picture_that_is_no_strain_says_so_instead_of_asking_for_grade_tests(
    thigh: Protocol,
) -> None:
    program = evaluate(thigh, CASE, {**MODERATE, "mechanism": "direct_blow"}).program
    assert program is not None
    assert [thigh.say(reason) for reason in program.why] == [
        "No program fits what is recorded so far.",
        "A direct blow is a bruise of the muscle and has its own path",
    ]
