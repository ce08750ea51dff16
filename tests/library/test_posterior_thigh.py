"""The shipped posterior-thigh protocol against its clinical ground: ids, urgencies, length."""

import random
from dataclasses import replace
from datetime import date

import pytest

from clinic_desk.clinical.answers import read
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Kind, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.library import Library
from clinic_desk.library.examples import play

CASE = Case(on=date(2026, 2, 3), side=Side.LEFT, birth_date=date(1991, 6, 14), sex=Sex.FEMALE)


def ids(text: str) -> list[str]:
    return text.split()


# The red-flag items of the clinical ground, by what a lone "yes" must lead to.
EMERGENCY = ids("""
    rf_pe rf_ali rf_ces_bladder rf_ces_bowel rf_ces_saddle rf_ces_sexual rf_ces_bilateral
    rf_deformity rf_knee_dislocation rf_septic_joint rf_sepsis rf_necrotising rf_acs
    rf_rhabdo rf_heat rf_hyponat
""")
SAME_DAY = ids("""
    rf_dvt_gate rf_pregnant_dvt rf_clti rf_post_op_travel rf_motor_progressive
    rf_sciatic_acute rf_apophysis rf_fragility rf_scfe rf_oedema_sudden rf_post_knee_infect
    rf_infect_risk rf_haematoma_blood rf_direct_blow rf_baker_burst rf_electrolyte
    rf_cramp_swell
""")
SAME_DAY_PLAIN = ids("""
    rf_umn
""")
URGENT = ids("""
    rf_tingle_after_injury rf_stress_fracture rf_distal_avulsion rf_injury_serious
    rf_worsening rf_lump rf_bone_pain rf_cancer_history rf_constitutional rf_pulsatile
    rf_cramp_weak rf_cramp_wasting
""")
URGENT_PLAIN = ids("""
    av_gap_ischium av_bowstring rf_gap_belly
""")
ROUTINE = ids("""
    rf_not_healing rf_popliteal_swelling rf_entrapment rf_inflammatory rf_cramp_freq
    rf_cramp_nores rf_cramp_meds rf_cramp_disease rf_cramp_preg
""")
COUNTED = ids("""
    wells_01 wells_02 wells_03 wells_04 wells_05 wells_06 wells_07 wells_08 wells_09
    wells_10 cl_walk_cramp cl_stand_relief cl_same_distance cl_calf_site cl_pulse_risk
    cl_standing_trigger cl_sit_bend_relief cl_above_knee_both ok_age ok_patella ok_fibula
    ok_flex ok_wb av_mech av_pop av_bruise av_sit av_gait av_weak
""")
FINDINGS = ids("""
    ake_over_cutoff pke_same_as_ake_within_10 no_change_with_neck_or_ankle
    firm_elastic_end_feel both_sides_and_long_standing slump_positive slump_negative
    gain_over_10deg_after_control_drill stretching_made_worse back_or_sij_pain_history
    lumbar_or_sij_tests_reproduce_thigh_tightness
    gain_over_10deg_after_back_treatment_or_control_drill
    tightness_changes_with_back_position no_back_history_and_lumbar_exam_normal
    slr_changes_with_ankle_or_neck tingling_or_burning nerve_palpation_tender
    hamstring_first_or_cramp_in_prone_hip_ext bridge_cramp glute_max_mmt_under_5
    single_leg_squat_hip_drop strong_symmetrical_glute bridge_20_without_cramp
    flat_lumbar_curve_standing cannot_hollow_back_sitting fails_sit_knee_ext_by_rounding
    hamstring_tone_drops_in_neutral heavy_legs_parking_brake increased_lumbar_curve
    thomas_short thomas_level_or_below ake_normal_but_feels_tight
    two_or_more_control_tests_failed all_control_tests_passed waiter_bow_under_50 aslr_hard
    late_stance_hip_ext_reduced sits_over_6h heel_raise_under_20_or_asym_10pct
    heel_raise_25_equal knee_to_wall_asym_over_1_5cm pain_site_behind_knee_or_calf
    bent_knee_calf_tender lump_seen_and_sudden night_or_after_effort risk_factor_present
    ends_within_10_min constant_tightness_without_attacks
""")
GRADING = ids("""
    pain_at_injury palpation_length_cm ake_deficit_deg slr_deficit_deg strength_deficit_pct
    bruising swelling pop tingling_at_injury gait activity_stopped days_to_painfree_walk mmt
""")

WITH_UNSURE = {
    **dict.fromkeys(EMERGENCY, "emergency_now"),
    **dict.fromkeys(SAME_DAY, "same_day"),
    **dict.fromkeys(URGENT, "urgent_2w"),
    **dict.fromkeys(ROUTINE, "routine_gp"),
}
PLAIN = {**dict.fromkeys(SAME_DAY_PLAIN, "same_day"), **dict.fromkeys(URGENT_PLAIN, "urgent_2w")}
FIRING = {**WITH_UNSURE, **PLAIN}


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return Library().protocol("posterior-thigh")


def fired(protocol: Protocol, answers: dict[str, object]) -> dict[str, str]:
    found = evaluate(protocol, CASE, answers)
    return {flag.id: flag.urgency.value for flag in found.red_flags}


def test_all_87_red_flag_items_stand_under_their_ids_with_their_kind(protocol: Protocol) -> None:
    assert len(FIRING) + len(COUNTED) == 87
    for item in {*FIRING, *COUNTED}:
        assert protocol.items[item].kind is Kind.YES_NO_UNSURE, item
    assert {"ok_age", "av_pop", "av_bruise", "av_gait", "av_weak"} <= protocol.derived.keys()


def test_every_finding_and_grading_item_stands_under_its_id(protocol: Protocol) -> None:
    assert set(FINDINGS) | set(GRADING) <= protocol.items.keys()
    assert {protocol.items[item].kind for item in FINDINGS} <= {Kind.YES_NO, Kind.YES_NO_UNSURE}


@pytest.mark.parametrize(("item", "urgency"), FIRING.items())
def test_a_lone_yes_fires_its_own_flag_with_its_urgency(
    protocol: Protocol, item: str, urgency: str
) -> None:
    assert fired(protocol, {item: "yes"}) == {item: urgency}
    assert fired(protocol, {item: "no"}) == {}


@pytest.mark.parametrize(("item", "urgency"), WITH_UNSURE.items())
def test_unsure_counts_as_yes_only_where_waiting_is_dangerous(
    protocol: Protocol, item: str, urgency: str
) -> None:
    dangerous = urgency in ("emergency_now", "same_day")
    assert fired(protocol, {item: "unsure"}) == ({item: urgency} if dangerous else {})
    if not dangerous:
        assert item in evaluate(protocol, CASE, {item: "unsure", **GATES_OPEN}).missing


GATES_OPEN: dict[str, object] = {
    "complaint": "posterior_knee",
    "knee_injury": "no",
    **dict.fromkeys(
        ids(
            "gate_circulation gate_nerve gate_unwell gate_pressure gate_bone gate_tumour "
            "gate_behind_knee gate_cramp cl_walk_cramp"
        ),
        "yes",
    ),
    "injury_date": "2026-01-05",
}


@pytest.mark.parametrize("group", ["vascular_dvt", "infection", "compartment", "fracture_avulsion"])
def test_what_is_no_strain_withholds_the_grade(protocol: Protocol, group: str) -> None:
    flags = [flag for flag in protocol.flags.values() if flag.group == group]
    assert flags
    assert all(flag.not_strain for flag in flags)


def test_what_goes_with_a_strain_does_not_withhold_the_grade(protocol: Protocol) -> None:
    beside = {flag.id for flag in protocol.flags.values() if not flag.not_strain}
    assert {"rf_tingle_after_injury", "avulsion_cluster", "rf_worsening"} <= beside
    assert {"claudication_type", "rf_cramp_freq", "av_gap_ischium"} <= beside


def test_the_worked_examples_come_out_as_written(protocol: Protocol) -> None:
    assert len(protocol.examples) >= 100
    assert [str(fault) for fault in play(protocol, "1.0.0.toml")] == []


def test_one_more_true_red_flag_never_lowers_the_urgency(protocol: Protocol) -> None:
    draw = random.Random(20260203)
    asked = [item for item in (*FIRING, *COUNTED) if item not in protocol.derived]
    for _ in range(150):
        answers: dict[str, object] = {
            item: draw.choice(("yes", "no")) for item in draw.sample(asked, 12)
        }
        before = evaluate(protocol, CASE, answers).urgency
        added = draw.choice(list(FIRING))
        after = evaluate(protocol, CASE, {**answers, added: "yes"}).urgency
        assert after is not None
        assert before is None or after.rank >= before.rank, (answers, added)


PSFS = {
    "answers": {
        "activity_1": "Running",
        "rating_1": 2,
        "activity_2": "Climbing stairs",
        "rating_2": 5,
        "activity_3": "Walking",
        "rating_3": 7,
    }
}
GRADE_2: dict[str, object] = {
    "complaint": "sudden_injury",
    "pregnancy": "no",
    "medicines": [],
    "knee_injury": "no",
    "injury_date": "2026-01-29",
    "onset": "sudden",
    "mechanism": "sprint",
    "pain_at_injury": 7,
    "pop": "no",
    "tingling_at_injury": "no",
    "activity_stopped": "had_to_stop",
    "days_to_painfree_walk": 5,
    "past_strain": "none",
    "pain_now": 4,
    "rest_pain": 1,
    "night_pain": "no",
    "pain_site": ["mid_thigh"],
    "gait": "limp",
    "psfs": PSFS,
    "measures_today": [],
    "bruising": "small",
    "swelling": "none",
    "tenderness": "focal",
    "palpation_length_cm": 7,
    "palpation_ischium_cm": 11,
    "muscle": "biceps_femoris",
    "imaging_report": "none",
    "ake": {"left": 34, "right": 20},
    "slr": {"left": 68, "right": 80},
    "force_15": {"left": 182, "right": 254},
    "force_90": {"left": 214, "right": 260},
    "mmt": "4",
    "resisted_flexion": "maximal",
    "heel_dig_painless": "no",
}


def _interactions(value: object) -> int:
    """Two sides are two; a questionnaire is opened, then each of its questions is answered."""
    if isinstance(value, dict):
        held = value.get("answers")
        return 1 + len(held) if isinstance(held, dict) else 2
    return 1


def test_an_ordinary_grade_2_strain_needs_at_most_60_interactions(protocol: Protocol) -> None:
    """A choice, a number, a date or a scale is one; "all negative" is one for its group."""
    answers = dict(GRADE_2)
    interactions = sum(_interactions(value) for value in answers.values())
    reading = Reading(protocol, CASE, read(protocol, CASE, answers))
    for step in protocol.steps:
        for section in step.sections:
            flow = Flow(protocol, reading)
            still = [
                item
                for item in section.items
                if item not in (*answers, "body_chart") and flow.applies(item)[0] is Truth.TRUE
            ]
            if section.red_flags and still:
                interactions += 1
                answers.update(dict.fromkeys(still, "no"))
                reading = Reading(protocol, CASE, read(protocol, CASE, answers))
            else:
                assert not still, f"{section.id} also asks {still}"
    assert interactions <= 60
    found = evaluate(protocol, CASE, answers)
    assert found.grade is not None
    assert (found.grade.suggested, found.urgency) == (2, None)
    assert found.imaging == ()


@pytest.mark.parametrize("item", FIRING)
def test_the_safety_questions_of_a_suggested_test_can_be_answered(
    protocol: Protocol, item: str
) -> None:
    answers: dict[str, object] = {item: "yes"}
    flow = Flow(protocol, Reading(protocol, CASE, read(protocol, CASE, answers)))
    for test in evaluate(protocol, CASE, answers).imaging:
        for question in test.safety_missing:
            for asked in {question, *protocol.under(question)} - protocol.derived.keys():
                assert flow.applies(asked)[0] is Truth.TRUE, (test.id, asked)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_swapping_the_sides_with_their_values_changes_nothing(
    protocol: Protocol, side: Side
) -> None:
    def placed(value: object) -> object:
        if not (isinstance(value, dict) and "left" in value) or side is Side.LEFT:
            return value
        return {"left": value["right"], "right": value["left"]}

    answers = {item: placed(value) for item, value in GRADE_2.items()}
    found = evaluate(protocol, replace(CASE, side=side), answers)
    assert found.grade is not None
    assert (found.grade.suggested, found.grade.ratio) == (2, 0.48)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            dict.fromkeys(("wells_04", "wells_05", "wells_06", "wells_07"), "yes"),
            "Wells score 2 to 9: 2 or more is likely",
        ),
        ({"wells_score": 1}, "Wells score 1: 1 or less is unlikely"),
    ],
)
def test_a_sum_that_is_partly_known_is_said_as_a_range(
    protocol: Protocol, answers: dict[str, object], says: str
) -> None:
    found = evaluate(protocol, CASE, {"rf_dvt_gate": "yes", **answers})
    wells = next(flag for flag in found.red_flags if flag.id == "wells_dvt")
    assert [protocol.say(reason) for reason in wells.reasons] == [says]
