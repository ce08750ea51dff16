"""The words and links of the shipped exercises and programs, read as plain files.

The readers check the form; this checks what a patient reads, and that the doses give the
clinic's times.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from clinic_desk import paths

Table = dict[str, Any]

PATIENT_WORDS = ("name", "short_name", "start", "precautions")
PATIENT_LISTS = ("steps", "cues", "stop", "contraindications")
POSITIONS = {
    "lying on the back",
    "lying face down",
    "side-lying",
    "sitting",
    "hands and knees",
    "kneeling",
    "standing",
    "walking or running",
}
SESSION_SECONDS = {
    "acute_g1": 481,
    "acute_g2_early": 347,
    "acute_g2_late": 474,
    "acute_g3": 347,
    "subacute": 640,
    "functional": 610,
    "return_run": 1220,
    "return_sport": 964,
    "maintain": 760,
    "comp_1": 482,
    "comp_2": 418,
    "comp_3": 512,
    "comp_4": 488,
    "comp_glute": 515,
    "comp_neural": 283,
    "comp_hipflexor": 455,
    "comp_calf": 554,
    "true_short": 580,
    "night_cramp": 422,
    "cramp_sport": 511,
    "postop_0_2": 347,
    "postop_6_12": 474,
    "postop_12_20": 553,
    "postop_20": 583,
    "posterior_knee": 559,
    "pht": 488,
}
"""Seconds of one session as SPEC section 9 gives them."""


def tables(folder: str) -> dict[str, Table]:
    found = sorted((paths.resources() / folder).glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in found}


EXERCISES = tables("exercises")
PROGRAMS = tables("programs")


def shown(exercise: Table) -> list[str]:
    """All that a patient may read of an exercise."""
    words = [exercise[key] for key in PATIENT_WORDS]
    return words + [line for key in PATIENT_LISTS for line in exercise[key]]


def seconds(exercise: Table) -> int:
    """The clinic's time formula, SPEC section 8."""
    dose = exercise["dosage"]
    if dose["mode"] == "time":
        work = dose["duration_s"]
    else:
        work = dose["reps"] * sum(int(part) for part in dose["tempo"].split("-"))
    return int(
        dose["setup_s"]
        + dose["sets"] * dose["sides"] * work
        + (dose["sets"] - 1) * dose["rest_s"]
        + dose["sets"] * (dose["sides"] - 1) * dose["side_change_s"]
    )


def session(program: Table) -> int:
    each = [seconds(EXERCISES[key]) for key in program["exercises"]]
    return sum(each) + 20 * (len(each) - 1)


def test_all_exercises_and_programs_are_there_under_their_own_names() -> None:
    assert len(EXERCISES) == 89
    assert len(PROGRAMS) == 33
    for files in (EXERCISES, PROGRAMS):
        assert all(table["id"] == stem for stem, table in files.items())


@pytest.mark.parametrize("key", sorted(EXERCISES))
def test_an_exercise_reads_easily(key: str) -> None:
    exercise = EXERCISES[key]
    assert 1 <= len(exercise["steps"]) <= 3
    assert all(len(step) <= 60 and step.endswith(".") for step in exercise["steps"])
    assert 2 <= len(exercise["cues"]) <= 3
    assert exercise["stop"]
    assert len(exercise["short_name"]) <= 16
    assert exercise["start"].endswith(".")
    assert ". " not in exercise["start"]
    assert exercise["position"] in POSITIONS
    for text in shown(exercise):
        assert "!" not in text
        assert text == text.strip()


@pytest.mark.parametrize("key", sorted(EXERCISES))
def test_no_text_of_an_exercise_gives_a_pain_number_beside_its_own_limit(key: str) -> None:
    said = " ".join(shown(EXERCISES[key]))
    assert not re.search(r"\d+\s*(/|out of)\s*10", said)


def test_short_names_tell_the_exercises_apart_in_a_grid() -> None:
    for field in ("name", "short_name"):
        names = [exercise[field] for exercise in EXERCISES.values()]
        assert len(set(names)) == len(names)


def test_easier_and_harder_lead_to_exercises_that_exist() -> None:
    for exercise in EXERCISES.values():
        for way in ("easier", "harder"):
            if way in exercise:
                assert exercise[way] in EXERCISES
                assert exercise[way] != exercise["id"]
    assert "harder" not in EXERCISES["c_triangle"]


def test_going_harder_always_ends() -> None:
    for exercise in EXERCISES.values():
        seen = [exercise["id"]]
        while "harder" in EXERCISES[seen[-1]]:
            seen.append(EXERCISES[seen[-1]]["harder"])
            assert len(set(seen)) == len(seen), seen


def test_stretches_are_the_tagged_ones_and_sliders_are_none() -> None:
    by_class = {key for key, exercise in EXERCISES.items() if exercise["load_class"] == 5}
    tagged = {key for key, exercise in EXERCISES.items() if exercise["stretch"]}
    assert tagged == by_class | {"s2_extender", "c_rocking_hinge"}


def test_the_two_sides_take_turns_exactly_where_the_dose_counts_two() -> None:
    for exercise in EXERCISES.values():
        assert (exercise["laterality"] == "each") == (exercise["dosage"]["sides"] == 2)


def test_programs_name_exercises_and_programs_that_exist() -> None:
    for program in PROGRAMS.values():
        for exercise in program["exercises"] + program["add_ons"]:
            assert exercise in EXERCISES
        assert program.get("next", "maintain") in PROGRAMS
        assert program["entry"]
        assert program["criterion"]
        assert 3 <= len(program["exercises"]) <= 4


@pytest.mark.parametrize(("key", "expected"), sorted(SESSION_SECONDS.items()))
def test_a_session_takes_the_time_of_the_specification(key: str, expected: int) -> None:
    assert session(PROGRAMS[key]) == expected


def test_programs_stay_gentle_until_running() -> None:
    long = {key for key, program in PROGRAMS.items() if session(program) >= 720}
    assert long == {"return_run", "return_sport", "maintain"}


def test_no_program_after_surgery_comes_before_its_exercises_are_allowed() -> None:
    for program in PROGRAMS.values():
        if "min_week_post_op" in program:
            for key in program["exercises"]:
                gate = EXERCISES[key]["gates"]["post_repair"]
                assert gate["min_week"] <= program["min_week_post_op"], (program["id"], key)
    assert "s1_clam" not in PROGRAMS["postop_2_6"]["exercises"]


def test_no_program_of_a_grade_comes_before_its_exercises_are_allowed() -> None:
    for program in PROGRAMS.values():
        if "grade" in program:
            for key in program["exercises"]:
                gate = EXERCISES[key]["gates"][f"grade_{program['grade']}"]
                assert gate["min_day"] <= program["min_day"], (program["id"], key)


def test_the_way_onward_follows_the_stages() -> None:
    assert PROGRAMS["comp_calf"]["next"] == "comp_3"
    assert PROGRAMS["g3_conservative"]["next"] == "subacute"
    for program in PROGRAMS.values():
        assert 1 <= program["stage"] <= 4
        if "next" in program:
            onward = PROGRAMS[program["next"]]
            assert onward["stage"] >= program["stage"], (program["id"], onward["id"])


def test_no_file_stands_outside_the_folders_that_are_read() -> None:
    for folder in ("exercises", "programs", "advice"):
        inside: Path = paths.resources() / folder
        assert all(path.suffix in (".toml", ".md") for path in inside.iterdir())
