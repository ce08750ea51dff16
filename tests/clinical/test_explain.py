"""Explanations: what they say comes from the rules, and what they promise to turn does turn."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from clinic_desk import explain_text
from clinic_desk.clinical import answers, explain
from clinic_desk.clinical.explain import Card
from clinic_desk.clinical.findings import Term
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.request import read as read_request
from clinic_desk.library import Library
from clinic_desk.usecases import explained

CASE = Case(date(2026, 2, 3), Side.LEFT, date(1991, 6, 14), Sex.FEMALE)
STRAIN: Mapping[str, object] = {
    "complaint": "sudden_injury",
    "pain_at_injury": 7,
    "palpation_length_cm": 11,
    "ake": {"left": 34, "right": 12},
    "slr_deficit_deg": 20,
    "strength_deficit_pct": 20,
    "bruising": "none",
    "swelling": "mild",
    "pop": "no",
    "gait": "limp",
}


@cache
def protocol() -> Protocol:
    return Library().protocol("posterior-thigh")


def reading(given: Mapping[str, object], **decisions: str) -> Reading:
    taken = answers.read(protocol(), CASE, given)
    named = {name.replace("__", "."): text for name, text in decisions.items()}
    return Reading(protocol(), CASE, taken, named)


def card(given: Mapping[str, object], kind: str, **decisions: str) -> Card:
    return next(one for one in explain.cards(reading(given, **decisions)) if one.kind == kind)


def said(given: Mapping[str, object], **decisions: str) -> str:
    cards = explain.cards(reading(given, **decisions))
    return " ".join(" ".join(explain_text.lines(protocol(), cards)).split())


def test_a_flag_names_its_rule_its_value_its_turn_and_its_source() -> None:
    text = said({"rf_pe": "yes"})
    label = protocol().say("item.rf_pe.label")
    assert f"+ {label}: yes [now: yes]" in text
    assert f"{label}: one of no, unsure" in text or f"{label}: no (now: yes) →" in text
    assert f"Source: {protocol().flags['rf_pe'].source}" in text


def test_an_unsure_that_counts_as_yes_turns_by_a_no_only() -> None:
    turns = card({"rf_pe": "unsure"}, "flag").turns
    becomes = [protocol().say(turn.becomes) for turn in turns if turn.item == "rf_pe"]
    assert "no" in becomes


def test_the_grade_shows_every_band_with_the_one_that_counts() -> None:
    text = said(STRAIN)
    assert "+ Active knee extension loss against the other side: scores 2 of 3 [now: 22°]" in text
    assert "+ less than 30°: scores 2" in text
    assert "- 30° or more: scores 3" in text
    assert "+ grade 2, moderate: from 28 %" in text
    assert "Working value, not validated." in text


def test_a_grade_at_a_bound_turns_at_the_bound() -> None:
    mild = {
        **STRAIN,
        "pain_at_injury": 4,
        "palpation_length_cm": 5,
        "slr_deficit_deg": 8,
        "ake": {"left": 24, "right": 12},
        "gait": "normal",
    }
    text = said(mild)
    assert "Result: grade 1, mild" in text
    loss = "Knee-bend strength loss at 15° against the other side"
    assert f"{loss}: more than 25% (now: 20%) → grade 2, moderate" in text
    # What the card says is what happens when it is typed.
    assert "Result: grade 1, mild" in said({**mild, "strength_deficit_pct": 25})
    assert "Result: grade 2, moderate" in said({**mild, "strength_deficit_pct": 25.5})


def test_a_withheld_grade_says_why_and_what_would_lift_it() -> None:
    text = said({**STRAIN, "mechanism": "direct_blow"})
    assert "Result: withheld: A direct blow is a bruise of the muscle and has its own path" in text
    assert "(now: a blow to the thigh) → grade" in text


def test_a_grade_withheld_by_a_red_flag_turns_with_that_flag() -> None:
    flag = next(one for one in protocol().flags.values() if one.not_strain)
    name = flag.cases[0].when.reads[0]
    text = said({**STRAIN, name: "yes"})
    assert f"Withholds the grade as no strain: {protocol().say(flag.label)}" in text


def test_a_pattern_shows_its_weights() -> None:
    found = next((one for one in protocol().examples if "patterns.first" in one.expect), None)
    assert found is not None
    asked = read_request(protocol(), found.request)
    taken = answers.read(protocol(), asked.case, asked.answers)
    cards = explain.cards(Reading(protocol(), asked.case, taken, asked.decisions))
    pattern = next(one for one in cards if one.kind == "pattern")
    weights = {part.words.params["weight"] for part in pattern.rule[0].parts}  # type: ignore[union-attr]
    rule = protocol().patterns[pattern.id]
    assert weights == {*rule.supports.values(), *rule.contradicts.values()}


@pytest.mark.parametrize(
    ("answers_given", "working"),
    [
        ({"hop_bone_pain": "yes", "training_spike": "yes"}, True),
        ({"rf_stress_fracture": "yes"}, False),
        ({"temperature_c": 38.4, "knee_effusion": "clear"}, True),  # one case of the flag is ours
        ({"rf_septic_joint": "yes"}, False),
        ({"av_gap_ischium": "yes"}, True),  # the flag itself
    ],
)
def test_a_flag_says_that_a_working_rule_fired_it(
    answers_given: dict[str, object], working: bool
) -> None:
    assert card(answers_given, "flag").working is working


def test_an_answer_that_follows_is_told_with_what_it_follows_from() -> None:
    answered = {"hop_bone_pain": "yes", "training_spike": "yes", "low_energy_intake": "no"}
    told = [reason.inputs for reason in card(answered, "flag").fired_by]
    assert told == [("rf_stress_fracture",), ("hop_bone_pain",), ("training_spike",)]


def test_a_locked_program_opens_by_recording_the_action() -> None:
    locked = card({**STRAIN, "rf_pe": "yes"}, "program")
    assert protocol().say(locked.outcome) == "no exercises until the red flags are acted on"
    assert protocol().say(locked.turns[0].becomes) == "recorded"
    opened = card({**STRAIN, "rf_pe": "yes"}, "program", flag__rf_pe="sent to ED")
    assert opened.outcome == locked.turns[0].result


def test_a_program_says_which_grade_would_choose_another() -> None:
    text = said(STRAIN)
    assert "Strain grade: decided as grade 3 (now: 2) → program acute_g3, stage 1" in text


@pytest.mark.parametrize("protocol_id", [name for name, _ in Library().protocols()])
def test_the_worked_examples_of_every_protocol_are_explained(protocol_id: str) -> None:
    played = Library().protocol(protocol_id)
    for example in played.examples[::20]:
        asked = read_request(played, example.request)
        taken = answers.read(played, asked.case, asked.answers)
        cards = explain.cards(Reading(played, asked.case, taken, asked.decisions))
        text = list(explain_text.lines(played, cards))
        assert not any("{" in line for line in text), example.name
        assert all(len(line) <= explain_text.WIDTH for line in text), example.name
        for one in cards:
            assert one.rule or one.kind == "program", (example.name, one.id)
            # A turn that left the finding as it is would be no turn.
            assert all(turn.result != one.outcome for turn in one.turns), (example.name, one.id)


GONE = {"why.no_flag", "why.open_flag", "why.not_found", "why.not_indicated", "why.not_shown"}


@pytest.mark.parametrize("start", [0, 21])
def test_what_a_card_promises_happens_when_it_is_answered(start: int) -> None:
    """Each word answer that a card names is typed, and the evaluation is read anew."""
    tried = 0
    for example in protocol().examples[start::60]:
        asked = read_request(protocol(), example.request)
        taken = answers.read(protocol(), asked.case, asked.answers)
        for one in explain.cards(Reading(protocol(), asked.case, taken, asked.decisions)):
            for turn in one.turns[:2]:
                word = getattr(turn.becomes, "text", "").rpartition(".")[2]
                if not turn.item or not isinstance(turn.becomes, Term):
                    continue
                if turn.item in protocol().derived:
                    continue
                typed = {**asked.answers, turn.item: word}
                if {*protocol().above(turn.item)} & {*asked.answers} - {turn.item}:
                    continue  # given together with what it is worked out into, it is refused
                changed = answers.read(protocol(), asked.case, typed)
                after = explain.cards(Reading(protocol(), asked.case, changed, asked.decisions))
                same = [new for new in after if new.kind == one.kind]
                if turn.result.text in GONE:
                    assert one.id not in [new.id for new in same], (example.name, one.id, turn)
                else:
                    assert turn.result in [new.outcome for new in same], (example.name, turn)
                tried += 1
    assert tried > 3


def test_a_sum_names_where_it_turns_and_no_answer_changes_the_age() -> None:
    ill = {
        "gate_unwell": "yes",
        "breathing_rate": 24,
        "pulse_rate": 112,
        "temperature_c": 39.2,
        "bp_systolic": 104,
        "oxygen_saturation": 97,
    }
    text = said(ill)
    points = "NEWS2 points of the vital signs, awake and on air"
    assert f"{points}: 5 or more [now: 7]" in text
    assert f"{points}: less than 5 (now: 7)" in text
    turns = [turn.item for one in explain.cards(reading(ill)) for turn in one.turns]
    assert "recorded_minor" not in turns


def test_a_pair_says_at_which_reading_of_the_affected_side_it_turns() -> None:
    text = said({"cl_walk_cramp": "yes", "abpi_index": {"left": 0.9, "right": 1.1}})
    assert "Ankle-brachial index, affected side: 0.9 or less" in text
    assert "Ankle-brachial index, affected side: more than 0.9" in text


def test_what_would_settle_a_grade_is_named_however_much_else_is_open() -> None:
    given = {name: STRAIN[name] for name in ("complaint", "palpation_length_cm", "ake", "bruising")}
    others = ["rf_pe", "gate_nerve"]  # what the screen would ask next
    found = explained.settling(reading(given), "grade", "grade", others)
    assert found is not None
    now = explained.of(reading(given), "grade", "grade")
    answered = explained.of(reading(given | {found.item: "yes"}), "grade", "grade")
    assert found.how.startswith("yes → ")
    assert answered is not None
    assert now is not None
    assert answered.result != now.result
    assert found.how.removeprefix("yes → ") in answered.result


def test_nothing_recorded_is_changed_by_explaining() -> None:
    before = reading(STRAIN)
    kept = dict(before.answers)
    first = explain.cards(before)
    assert before.answers == kept
    assert explain.cards(before) == first


def test_left_and_right_swapped_are_explained_alike() -> None:
    swapped = {**STRAIN, "ake": {"left": 12, "right": 34}}
    right = Case(CASE.on, Side.RIGHT, CASE.birth_date, CASE.sex)
    taken = answers.read(protocol(), right, swapped)
    mirrored = explain.cards(Reading(protocol(), right, taken))
    for one, other in zip(explain.cards(reading(STRAIN)), mirrored, strict=True):
        assert (one.outcome, one.turns) == (other.outcome, other.turns)
