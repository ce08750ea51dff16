"""Program files: all that ship load with their times, and a broken one is named."""

import re
from pathlib import Path

import pytest

from clinic_desk import paths
from clinic_desk.clinical.dosage import session_seconds
from clinic_desk.clinical.exercise import template_gate
from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import Library, programs

LIBRARY = Library()
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
    "postop_2_6": 432,
    "postop_6_12": 474,
    "postop_12_20": 553,
    "postop_20": 583,
    "posterior_knee": 559,
    "pht": 488,
    "calf_early": 415,
    "calf_build": 522,
    "calf_strong": 452,
    "achilles_calm": 511,
    "achilles_load": 615,
}


SUBACUTE = (paths.resources() / "programs" / "subacute.toml").read_text("utf-8")
KNOWN = {each.exercise.id: each for each in LIBRARY.exercises()}


def written(folder: Path, text: str) -> Path:
    path = folder / "subacute.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_templates_take_the_clinic_times() -> None:
    found = {
        each.id: session_seconds(LIBRARY.exercise(name).exercise.seconds for name in each.exercises)
        for each in LIBRARY.templates()
    }
    assert {name: found[name] for name in SESSION_SECONDS} == SESSION_SECONDS


def test_there_is_a_conservative_path_for_grade_3() -> None:
    assert LIBRARY.template("g3_conservative").stage >= 1


def test_no_clam_before_week_four_after_a_repair() -> None:
    for each in LIBRARY.templates():
        if each.min_week_post_op is not None and each.min_week_post_op < 4:
            assert "s1_clam" not in each.exercises


@pytest.mark.parametrize("grade", [1, 2, 3])
def test_a_template_for_a_strain_opens_no_earlier_than_its_exercises(grade: int) -> None:
    for each in LIBRARY.templates():
        members = [LIBRARY.exercise(name).exercise for name in each.exercises]
        latest = max(member.gates[grade].earliest for member in members)
        if each.min_week_post_op is None:
            assert template_gate(each, members, grade, 365).earliest >= latest


def test_a_template_is_found_by_its_id() -> None:
    assert LIBRARY.template("subacute").id == "subacute"
    with pytest.raises(NotFound, match="no_such"):
        LIBRARY.template("no_such")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("stage = 2", "stage = 9", "stage"),
        ('"s2_bridge"', '"s2_brigde"', "exercises["),
        ("pain_limit", "pain = 3\npain_limit", "pain"),
        ('id = "subacute"', 'id = "sub_acute"', "id"),
    ],
)
def test_a_wrong_value_is_named_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in SUBACUTE
    with pytest.raises(LibraryInvalid) as caught:
        programs.load(written(tmp_path, SUBACUTE.replace(old, new, 1)), KNOWN)
    assert caught.value.message.startswith(f"subacute.toml: {key}")


def test_a_next_program_that_does_not_exist_is_named(tmp_path: Path) -> None:
    written(tmp_path, SUBACUTE)
    found = programs.load_folder(tmp_path, KNOWN)
    assert set(found.templates) == {"subacute"}
    assert [problem.message for problem in found.problems] == [
        "subacute.toml: next: “functional” is no program of the library"
    ]


def test_a_working_criterion_without_a_source_is_refused(tmp_path: Path) -> None:
    text = SUBACUTE + '\n[[criterion]]\ntext = "Walks"\nworking = true\n'
    with pytest.raises(LibraryInvalid, match=r"subacute\.toml: criterion\[\d\]\.source"):
        programs.load(written(tmp_path, text), KNOWN)


def test_no_name_says_days_that_may_be_over_when_it_is_used() -> None:
    """A stage lasts until its criteria are met: on day 18 it is not “days 3 to 7” any more."""
    names = {one.id: one.name for one in LIBRARY.plans().templates.values()}
    assert names["acute_g2_late"] == "Grade 2 strain, from day 3"
    assert [one for one in names.values() if re.search(r"(day|week)s \d|first days", one)] == []
