"""Medicines as answers, what they imply for other items, and answers that are asked about."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desk.clinical import conditions, doubts, medicines, report
from clinic_desk.clinical.answers import read, read_one
from clinic_desk.clinical.condition_parts import ConditionFault, Vocabulary
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.measures import Medicine, Sex, Side
from clinic_desk.clinical.protocol import Case, Choice, Item, Kind
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import InvalidInput
from clinic_desk.library import Library

CASE = Case(on=date(2026, 2, 3), side=Side.LEFT, birth_date=date(1960, 1, 1))
CLASSES = (
    Choice("anticoagulant", "a", ("apixaban", "Eliquis")),
    Choice("statin", "s", ("simvastatin", "simcombi")),
    Choice("ace_arb", "p", ("ramipril", "simcombi")),
)
ITEM = Item("medicines", Kind.MEDICINES, "m", choices=CLASSES)


@pytest.fixture(scope="module")
def thigh():
    return Library().protocol("posterior-thigh")


def taken(value):
    answer = read_one(ITEM, value, CASE)
    assert answer is not None
    return answer.value


def test_a_plain_list_of_names_finds_their_classes() -> None:
    assert taken(["Apixaban", " simcombi "]) == (
        Medicine("Apixaban", ("anticoagulant",)),
        Medicine("simcombi", ("statin", "ace_arb")),
    )


def test_a_table_keeps_its_dose_and_a_class_stated_for_an_unknown_name() -> None:
    given = [{"name": "Newdrug", "class": "statin", "dose": "1 mg"}]
    assert taken(given) == (Medicine("Newdrug", ("statin",), "1 mg"),)


def test_a_misspelt_name_has_no_class_and_a_near_one_is_only_offered() -> None:
    assert taken(["apixabam"]) == (Medicine("apixabam"),)
    assert medicines.offered(ITEM, "apixabam") == "apixaban"
    assert medicines.offered(ITEM, "apixaban") == ""
    assert medicines.offered(ITEM, "paracetamol") == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ciprofloxacine 500 mg", "fluoroquinolone"),
        ("Lévofloxacine", "fluoroquinolone"),
        ("ciprofloxacino", "fluoroquinolone"),
        ("Prednisolon 5", "corticosteroid"),
        ("Furosemid 40", "diuretic"),
        ("rivaroxabán", "anticoagulant"),
        ("Atorvastatin calcium 40 mg", "statin"),
        ("Nifedipine MR", "nifedipine"),
        ("furosemide tablets 40mg", "diuretic"),
        ("Natrilix SR 1.5 mg", "diuretic"),
        ("Omeprazol 20 mg", "ppi"),
    ],
)
def test_the_ending_of_a_language_a_salt_and_a_form_keep_the_medicine(typed, found, thigh) -> None:
    item = thigh.items["medicines"]
    assert found in read_one(item, [typed], CASE).value[0].classes


@pytest.mark.parametrize(
    "typed", ["levofloxasin", "iron tablet plus", "hydrocortisone cream", "mr"]
)
def test_no_ending_makes_one_medicine_of_another(typed, thigh) -> None:
    assert read_one(thigh.items["medicines"], [typed], CASE).value[0].classes == ()


def test_a_dose_behind_an_unknown_name_stays_part_of_what_was_typed() -> None:
    assert taken(["Eliquis 5 mg"]) == (Medicine("Eliquis", ("anticoagulant",), "5 mg"),)
    assert taken(["Newdrug 5 mg"]) == (Medicine("Newdrug 5 mg"),)


@pytest.mark.parametrize(
    ("typed", "classes"),
    [
        ("Eliquis\u00ae", ("anticoagulant",)),
        ("apixaban sodium 5 mg", ("anticoagulant",)),
        ("apixaban5mg", ("anticoagulant",)),
        ("apixaban, 5 mg", ("anticoagulant",)),
        ("Apixaban (Eliquis) 5 mg", ("anticoagulant",)),
        ("ramipril 5 mg, apixaban 5 mg", ()),  # of two the rules are told neither
        ("ramipril 5 mg with simcombi", ()),
        ("sodium", ()),
    ],
)
def test_a_name_is_known_as_it_is_written_on_a_packet(typed, classes) -> None:
    (found,) = taken([typed])
    assert found.classes == classes


@pytest.mark.parametrize(
    "value",
    ["apixaban", ["none"], [""], [1], [{"name": "x", "class": "nonsense"}], [{"dose": "1"}],
     ["apixaban", "APIXABAN"], [{"name": "x", "much": 1}], {"name": "x"}, ["x" * 81]],
)  # fmt: skip
def test_what_is_no_list_of_medicines_is_refused(value) -> None:
    with pytest.raises(InvalidInput) as fault:
        read_one(ITEM, value, CASE)
    assert "medicines" in fault.value.fields


@pytest.mark.parametrize(
    ("value", "truth"),
    [(["apixaban"], Truth.TRUE), (["apixaban", "Newdrug"], Truth.TRUE), (["ramipril"], Truth.FALSE),
     ([], Truth.FALSE), (["ramipril", "Newdrug"], Truth.UNKNOWN), ("not_asked", Truth.UNKNOWN),
     ("not_testable", Truth.UNKNOWN)],
)  # fmt: skip
def test_in_is_unknown_while_a_medicine_of_unknown_class_could_make_it_true(
    thigh, value, truth
) -> None:
    condition = conditions.parse('"anticoagulant" in medicines', Vocabulary(thigh.items))
    reading = Reading(thigh, CASE, read(thigh, CASE, {"medicines": value}))
    found, missing = condition.judge(reading)
    assert found is truth
    assert missing == (("medicines",) if truth is Truth.UNKNOWN and value != "not_testable" else ())


def test_a_class_that_no_medicine_has_is_refused_in_a_condition(thigh) -> None:
    with pytest.raises(ConditionFault, match="has no choice"):
        conditions.parse('"antibiotics" in medicines', Vocabulary(thigh.items))


def test_what_the_list_answers_is_not_asked_again(thigh) -> None:
    def asked(value):
        reading = Reading(thigh, CASE, read(thigh, CASE, {"complaint": "cramp", **value}))
        flow = Flow(thigh, reading)
        return flow.visible("rf_cramp_meds") or flow.visible("statin_severe_pain")

    reading = Reading(thigh, CASE, read(thigh, CASE, {"medicines": ["simvastatin"]}))
    assert reading.truth("rf_cramp_meds") == (Truth.TRUE, ())
    assert reading.is_implied("rf_cramp_meds")
    assert not asked({"gate_cramp": "yes", "medicines": ["paracetamol"]})
    assert asked({"gate_cramp": "yes", "medicines": ["Newdrug"]})
    assert asked({"gate_cramp": "yes"})


def test_an_answer_of_its_own_stands_against_the_list_and_is_asked_about(thigh) -> None:
    answers = {"complaint": "cramp", "rf_cramp_meds": "no", "medicines": ["simvastatin"]}
    found = evaluate(thigh, CASE, answers)
    assert "rf_cramp_meds" not in [flag.id for flag in found.red_flags]
    assert [doubt.item for doubt in found.doubtful] == ["rf_cramp_meds"]


def test_unsure_is_settled_by_the_list(thigh) -> None:
    answers = {"complaint": "cramp", "rf_cramp_meds": "unsure", "medicines": ["simvastatin"]}
    assert "rf_cramp_meds" in [flag.id for flag in evaluate(thigh, CASE, answers).red_flags]


def test_supposing_another_list_changes_what_it_implies(thigh) -> None:
    reading = Reading(thigh, CASE, read(thigh, CASE, {"medicines": ["simvastatin"]}))
    assert reading.truth("rf_cramp_meds")[0] is Truth.TRUE
    other = reading.supposing(**read(thigh, CASE, {"medicines": []}))
    assert other.truth("rf_cramp_meds")[0] is Truth.FALSE


@pytest.mark.parametrize(
    ("value", "doubtful"),
    [(41.5, False), (41.6, True), (35, False), (34.9, True), (36.8, False)],
)
def test_an_unusual_value_counts_and_is_asked_about(thigh, value, doubtful) -> None:
    found = evaluate(thigh, CASE, {"temperature_c": value})
    assert bool(found.doubtful) is doubtful


def test_the_report_says_item_value_and_why_of_each_doubt(thigh) -> None:
    found = evaluate(thigh, CASE, {"temperature_c": 42.5, "medicines": ["apixabam"],
                                   "ake": {"left": 100, "right": 20}})  # fmt: skip
    assert report.plain(thigh, found)["doubtful"] == [
        {"item": "medicines", "value": "apixabam",
         "why": "The class of apixabam is not known; apixaban is spelled almost so"},
        {"item": "temperature_c", "value": 42.5,
         "why": "42.5 °C is unusual: more than 41.5 °C"},
        {"item": "ake", "value": 100.0, "why": "Left 100° is unusual: more than 90°"},
    ]  # fmt: skip


PAIN = {"type": "pain", "intensity": 4}
LEFT, RIGHT = ({"region": "calf_back", "side": side, **PAIN} for side in ("left", "right"))
SPINE = {"region": "spine_low", **PAIN}
STROKE = {"view": "back", "path": [[0.4, 0.2]], **PAIN}  # it may cover any region


@pytest.mark.parametrize(
    ("side", "answers", "asked"),
    [
        ("right", {"body_chart": {"marks": [LEFT]}}, "Only the left side is marked"),
        ("right", {"body_chart": {"marks": [LEFT, SPINE]}}, "the case is on the right"),
        ("right", {"body_chart": {"marks": [LEFT, RIGHT]}}, ""),
        ("right", {"body_chart": {"marks": [SPINE]}}, ""),
        ("right", {"body_chart": {"marks": [LEFT, STROKE]}}, ""),
        ("right", {"body_chart": {"marks": []}}, ""),
        ("left", {"body_chart": {"marks": [RIGHT]}}, "Only the right side is marked"),
        ("both", {"body_chart": {"marks": [LEFT]}}, ""),
        (None, {"body_chart": {"marks": [LEFT]}}, ""),
        ("right", {"ake": {"left": 20}}, "Only the left side was measured"),
        ("right", {"ake": {"right": 20}}, ""),
        ("right", {"ake": {"left": 20, "right": 30}}, ""),
    ],
)
def test_what_holds_the_other_side_alone_is_asked_about(thigh, side, answers, asked) -> None:
    case = replace(CASE, side=side and Side(side))
    found = report.plain(thigh, evaluate(thigh, case, answers))["doubtful"]
    assert len(found) == bool(asked)
    assert asked in "".join(one["why"] for one in found)


def test_what_is_not_answered_is_never_doubtful(thigh) -> None:
    answers = {"temperature_c": "not_testable", "rf_cramp_meds": "not_testable"}
    assert evaluate(thigh, CASE, answers).doubtful == ()


def test_a_limit_of_doubt_is_itself_not_doubtful() -> None:
    item = Item("x", Kind.NUMBER, "x", minimum=0, maximum=100, doubt_below=10, doubt_above=90)
    for value, wanted in ((9.9, 1), (10, 0), (90, 0), (90.1, 1)):
        answer = read_one(item, value, CASE)
        assert answer is not None
        assert len(doubts.of(item, answer)) == wanted
    assert doubts.of(replace(item, doubt_below=None), read_one(item, 1, CASE)) == ()


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"temperature_c": 97}, "97 °F would be 36.1 °C"), ({"ake": {"left": 400}}, "0 to 120"),
     ({"temperature_c": {"value": 101.3, "unit": "F"}}, "101.3 °F is 38.5 °C"),
     ({"body_weight_kg": {"value": 180, "unit": "lbs"}}, "180 lbs is 81.65 kg"),
     ({"pain_at_injury": 11}, "0 to 10"), ({"injury_date": "1959-12-31"}, "no earlier than birth"),
     ({"injury_date": "2026-02-04"}, "no later than the evaluation")],
)  # fmt: skip
def test_an_impossible_value_is_refused_with_what_is_possible(thigh, answers, said) -> None:
    with pytest.raises(InvalidInput) as fault:
        read(thigh, CASE, answers)
    assert said in next(iter(fault.value.fields.values()))


def test_a_temperature_that_fits_no_scale_has_no_hint(thigh) -> None:
    with pytest.raises(InvalidInput) as fault:
        read(thigh, CASE, {"temperature_c": 300})
    assert "°F" not in fault.value.fields["temperature_c"]


def test_none_beside_another_choice_counts_but_is_asked_about(thigh) -> None:
    found = evaluate(thigh, CASE, {"spread": ["none", "foot"]})
    assert [doubt.item for doubt in found.doubtful] == ["spread"]
    assert report.plain(thigh, found)["doubtful"] == [
        {"item": "spread", "value": "none", "why": "“nowhere” stands beside other answers"}
    ]
    for alone in (["none"], ["foot", "thigh"], []):
        assert evaluate(thigh, CASE, {"spread": alone}).doubtful == ()


def test_a_sign_that_is_absent_is_no_reason_for_a_cluster_of_signs(thigh) -> None:
    answers = {"pop": "no", "gait": "limp", "av_mech": "yes", "av_sit": "yes", "bruising": "large"}
    flags = report.plain(thigh, evaluate(thigh, CASE, answers))["red_flags"]
    reasons = next(one["reasons"] for one in flags if one["id"] == "avulsion_cluster")
    assert len(reasons) == 3
    assert all(reason.endswith(": yes") for reason in reasons)


@pytest.mark.parametrize(
    ("answers", "item", "others"),
    [
        ({"injury_date": "2026-02-01", "days_to_painfree_walk": 10},
         "days_to_painfree_walk", "Date of the injury: 01 Feb 2026"),
        ({"injury_date": "2026-01-20", "surgery_date": "2026-01-02"},
         "surgery_date", "Date of the injury: 20 Jan 2026"),
        ({"neuro_exam_normal": "yes", "rf_umn": "yes"}, "neuro_exam_normal", "Brisk reflexes"),
        ({"tenderness": "none", "palpation_length_cm": 6}, "tenderness", "6 cm"),
        ({"imaging_report": "normal", "us_grade": "2"}, "imaging_report", "Grade by ultrasound"),
        ({"gait": "normal", "gait_aid": "frame"}, "gait", "Walking aid"),
        ({"onset": "delayed_12_72h", "pop": "yes"}, "onset", "pop or snap"),
    ],
)  # fmt: skip
def test_answers_that_cannot_both_be_right_count_and_are_asked_about(
    thigh, answers, item, others
) -> None:
    doubtful = report.plain(thigh, evaluate(thigh, CASE, answers))["doubtful"]
    assert [one["item"] for one in doubtful] == [item]
    assert "This does not go with: " in doubtful[0]["why"]
    assert others in doubtful[0]["why"]


def test_answers_that_go_together_are_not_asked_about(thigh) -> None:
    answers = {"injury_date": "2026-01-20", "days_to_painfree_walk": 10, "tenderness": "none"}
    assert evaluate(thigh, CASE, {**answers, "palpation_length_cm": 0}).doubtful == ()


def test_a_pregnancy_recorded_of_a_man_counts_and_is_asked_about(thigh) -> None:
    case = replace(CASE, sex=Sex.MALE)
    found = evaluate(thigh, case, {"pregnancy": "pregnant", "rf_pregnant_dvt": "yes"})
    assert [doubt.item for doubt in found.doubtful] == ["pregnancy"]
    assert [flag.id for flag in found.red_flags] == ["rf_pregnant_dvt"]
