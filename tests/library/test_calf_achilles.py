"""The second region: added as data alone, and as careful as the first."""

import random
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from clinic_desk import paths
from clinic_desk.clinical.answers import read
from clinic_desk.clinical.conditions import parse, vocabulary
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.library import Library
from clinic_desk.library.examples import play

CASE = Case(on=date(2026, 2, 3), side=Side.LEFT, birth_date=date(1991, 6, 14), sex=Sex.FEMALE)


def ids(text: str) -> list[str]:
    return text.split()


# What a lone "yes" must lead to: the item's own flag, unless another one is named below.
EMERGENCY = ids("""
    rf_pe rf_ali rf_ces_bladder rf_ces_bowel rf_ces_saddle rf_ces_sexual rf_ces_bilateral
    rf_acs rf_sepsis rf_necrotising rf_septic_joint rf_deformity rf_rhabdo
""")
SAME_DAY = ids("""
    rf_dvt_gate rf_post_op_travel rf_clti rf_pregnant_dvt rf_baker_burst rf_motor_progressive
    rf_haematoma_blood rf_direct_blow rf_cellulitis rf_infect_risk rf_electrolyte
    oa_lateral oa_medial oa_base5 oa_navicular ar_thompson ar_gap ar_matles
""")
SAME_DAY_PLAIN = ["ar_kick"]
URGENT = ids("""
    rf_stress_fracture rf_lump rf_pulsatile rf_bone_pain rf_cancer_history rf_constitutional
    rf_cramp_weak rf_worsening
""")
ROUTINE = ids("rf_enthesitis rf_xanthoma rf_cramp_freq rf_not_healing rf_exertional")
COUNTED = ids("""
    wells_01 wells_02 wells_03 wells_04 wells_05 wells_07 wells_08 wells_09
    oa_malleolar_pain oa_midfoot_pain oa_steps_then oa_steps_now ar_no_heel_raise
    cl_walk_cramp cl_stand_relief cl_same_distance cl_calf_site cl_pulse_risk
""")
ELSEWHERE = {
    **dict.fromkeys(("oa_lateral", "oa_medial"), "ottawa_ankle"),
    **dict.fromkeys(("oa_base5", "oa_navicular"), "ottawa_foot"),
    **dict.fromkeys(("ar_thompson", "ar_gap", "ar_matles", "ar_kick"), "achilles_rupture"),
}
URGENCIES = {
    **dict.fromkeys(EMERGENCY, "emergency_now"),
    **dict.fromkeys((*SAME_DAY, *SAME_DAY_PLAIN), "same_day"),
    **dict.fromkeys(URGENT, "urgent_2w"),
    **dict.fromkeys(ROUTINE, "routine_gp"),
}


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return Library().protocol("calf-achilles")


def fired(protocol: Protocol, answers: dict[str, object]) -> dict[str, str]:
    return {flag.id: flag.urgency.value for flag in evaluate(protocol, CASE, answers).red_flags}


def test_the_worked_examples_come_out_as_written(protocol: Protocol) -> None:
    assert len(protocol.examples) >= 100
    assert [str(fault) for fault in play(protocol, "1.0.0.toml")] == []


def test_every_flag_pattern_and_template_has_a_worked_example(protocol: Protocol) -> None:
    expected = [example.expect for example in protocol.examples]
    flags = {
        name
        for expect in expected
        for key in ("red_flags", "red_flags.include")
        for name in list(expect.get(key) or ())  # type: ignore[call-overload]
    }
    assert protocol.flags.keys() - flags == set()
    assert {expect.get("patterns.first") for expect in expected} >= set(protocol.patterns)
    templates = {step.template for path in protocol.paths for step in path.steps}
    assert templates - {"maintain"} <= {expect.get("program.template") for expect in expected}


@pytest.mark.parametrize(("item", "urgency"), URGENCIES.items())
def test_a_lone_yes_fires_its_flag_with_its_urgency(
    protocol: Protocol, item: str, urgency: str
) -> None:
    assert fired(protocol, {item: "yes"}) == {ELSEWHERE.get(item, item): urgency}
    assert fired(protocol, {item: "no"}) == {}


@pytest.mark.parametrize("item", [*EMERGENCY, *SAME_DAY])
def test_unsure_counts_as_yes_where_waiting_is_dangerous(protocol: Protocol, item: str) -> None:
    assert fired(protocol, {item: "unsure"}) == fired(protocol, {item: "yes"})


@pytest.mark.parametrize("item", [*URGENT, *ROUTINE])
def test_unsure_elsewhere_fires_nothing(protocol: Protocol, item: str) -> None:
    assert fired(protocol, {item: "unsure"}) == {}


@pytest.mark.parametrize(
    "group", ["vascular_dvt", "neurological", "infection", "fracture", "rupture"]
)
def test_what_is_no_strain_withholds_the_grade(protocol: Protocol, group: str) -> None:
    flags = [flag for flag in protocol.flags.values() if flag.group == group]
    assert flags
    assert all(flag.not_strain for flag in flags)


def test_one_more_true_red_flag_never_lowers_the_urgency(protocol: Protocol) -> None:
    draw = random.Random(20260203)
    asked = [*URGENCIES, *COUNTED]
    for _ in range(150):
        answers: dict[str, object] = {
            item: draw.choice(("yes", "no")) for item in draw.sample(asked, 12)
        }
        before = evaluate(protocol, CASE, answers).urgency
        added = draw.choice(list(URGENCIES))
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
    "complaint": "calf_strain",
    "pregnancy": "no",
    "medicines": [],
    "injury_date": "2026-01-29",
    "onset": "sudden",
    "mechanism": "push_off",
    "pain_at_injury": 7,
    "pop": "no",
    "activity_stopped": "had_to_stop",
    "days_to_painfree_walk": 5,
    "past_strain": "none",
    "med_fluoroquinolone": "no",
    "med_steroid": "no",
    "med_anticoagulant": "no",
    "back_pain_history": "no",
    "ankle_sprain_history": "no",
    "pain_now": 4,
    "rest_pain": 1,
    "night_pain": "no",
    "descriptors": ["pulling"],
    "pain_site": ["inner_calf"],
    "gait": "limp",
    "psfs": PSFS,
    "measures_today": [],
    "calf_tires": "no",
    "bruising": "small",
    "swelling": "none",
    "tenderness": "focal",
    "palpation_length_cm": 7,
    "calf_gap": "no",
    "muscle": "gastroc_medial",
    "imaging_report": "none",
    "knee_to_wall": {"left": 8, "right": 11},
    "ankle_block_front": "no",
    "heel_raise": {"left": 13, "right": 22},
    "resisted_pf": "maximal",
    "raise_height_low": "yes",
    "brisk_walk_30_painless": "no",
    "differentials": ["dvt"],
}


def _interactions(value: object) -> int:
    """Two sides are two; a questionnaire is opened, then each of its questions is answered."""
    if isinstance(value, dict):
        held = value.get("answers")
        return 1 + len(held) if isinstance(held, dict) else 2
    return 1


def test_an_ordinary_grade_2_calf_strain_needs_at_most_60_interactions(protocol: Protocol) -> None:
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


def test_swapping_the_sides_with_their_values_changes_nothing(protocol: Protocol) -> None:
    swapped = {
        item: {"left": value["right"], "right": value["left"]}
        if isinstance(value, dict) and "left" in value
        else value
        for item, value in GRADE_2.items()
    }
    left = evaluate(protocol, CASE, GRADE_2)
    right = evaluate(protocol, replace(CASE, side=Side.RIGHT), swapped)
    assert left.grade == right.grade
    assert left.patterns == right.patterns
    assert left.program == right.program


def test_any_order_of_answers_gives_the_same_findings(protocol: Protocol) -> None:
    shuffled = list({**GRADE_2, "rf_dvt_gate": "yes", "rf_stress_fracture": "yes"}.items())
    first = evaluate(protocol, CASE, dict(shuffled))
    random.Random(3).shuffle(shuffled)
    assert evaluate(protocol, CASE, dict(shuffled)) == first


@pytest.mark.parametrize("item", ["knee_to_wall", "heel_raise", "pf_power", "resisted_pf"])
def test_nothing_that_loads_or_stretches_the_tendon_is_asked_for_beside_a_rupture(
    protocol: Protocol, item: str
) -> None:
    for answer, asked in (("no", Truth.TRUE), ("unsure", Truth.FALSE), ("yes", Truth.FALSE)):
        answers: dict[str, object] = {"complaint": "achilles_rupture", "ar_thompson": answer}
        flow = Flow(protocol, Reading(protocol, CASE, read(protocol, CASE, answers)))
        assert flow.applies(item)[0] is asked, answer


@pytest.mark.parametrize("item", URGENCIES)
def test_the_safety_questions_of_a_suggested_test_can_be_answered(
    protocol: Protocol, item: str
) -> None:
    answers: dict[str, object] = {item: "yes"}
    flow = Flow(protocol, Reading(protocol, CASE, read(protocol, CASE, answers)))
    for test in evaluate(protocol, CASE, answers).imaging:
        for question in test.safety_missing:
            for asked in {question, *protocol.under(question)} - protocol.derived.keys():
                assert flow.applies(asked)[0] is Truth.TRUE, (test.id, asked)


def test_its_paths_lead_to_programs_of_their_stage_whose_criteria_it_can_answer(
    protocol: Protocol,
) -> None:
    for step in (step for path in protocol.paths for step in path.steps):
        file = paths.resources() / "programs" / f"{step.template}.toml"
        program = tomllib.loads(file.read_text(encoding="utf-8"))
        assert program["stage"] == step.stage
        for criterion in program["criterion"]:
            if "when" in criterion:
                assert parse(criterion["when"], vocabulary(protocol)).reads


def test_its_advice_has_its_cards(protocol: Protocol) -> None:
    cards = {path.stem for path in (paths.resources() / "advice").glob("*.toml")}
    assert {card.id for card in protocol.advice} <= cards


def test_what_carries_a_working_value_says_so(protocol: Protocol) -> None:
    for item in protocol.items.values():
        assert item.source, item.id
        if item.source.startswith("Working value"):
            assert item.working, item.id
