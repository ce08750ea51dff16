"""Exercise files: all that ship load with their times, and a broken one is named."""

import re
import time
from pathlib import Path

import pytest

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import Library, exercises

EXERCISE_SECONDS = {
    "s1_breath_brace": 127,
    "s1_pelvic_rock_lying": 75,
    "s1_multifidus_set": 99,
    "s1_glute_set": 116,
    "s1_fallout": 104,
    "s1_heel_slide": 104,
    "s1_heel_dig": 135,
    "s1_quad_set": 105,
    "s1_ankle_pump": 75,
    "s1_clam": 116,
    "s1_sit_pelvic_rock": 75,
    "s1_sit_knee_ext": 116,
    "s1_slider_supine": 83,
    "s1_slider_slump": 115,
    "s1_prone_knee_bend": 104,
    "s1_bent_knee_lift": 65,
    "s1_rock_back": 85,
    "s1_wall_neutral": 90,
    "s1_weight_shift": 71,
    "s1_easy_walk": 300,
    "s1_leg_pendulum": 78,
    "s2_bridge": 131,
    "s2_bridge_march": 93,
    "s2_long_heel_press": 165,
    "s2_long_bridge_hold": 105,
    "s2_extender": 153,
    "s2_prone_hip_ext": 92,
    "s2_wall_hinge": 115,
    "s2_stick_bow": 131,
    "s2_bird_dog": 100,
    "s2_side_plank_knees": 116,
    "s2_front_plank": 117,
    "s2_mini_squat": 135,
    "s2_sit_to_stand": 147,
    "s2_step_up": 100,
    "s2_calf_raise": 131,
    "s2_soleus_raise": 131,
    "s2_hip_flexor_stretch": 124,
    "s2_standing_curl": 131,
    "s2_single_leg_stand": 80,
    "s2_side_step": 145,
    "s2_side_leg_lift": 100,
    "s3_single_bridge": 215,
    "s3_walkout": 145,
    "s3_slide_curl": 210,
    "s3_diver": 183,
    "s3_sl_hinge": 100,
    "s3_split_squat": 100,
    "s3_step_down": 100,
    "s3_reverse_lunge": 84,
    "s3_glider": 179,
    "s3_lunge_rotate": 125,
    "s3_single_calf": 116,
    "s3_grapevine": 145,
    "s3_chair_hold": 122,
    "s3_walk_jog": 660,
    "s3_sl_squat_chair": 80,
    "s3_prone_catch": 93,
    "s4_nordic": 185,
    "s4_chair_bridge_reps": 214,
    "s4_single_slide": 197,
    "s4_rdl_load": 285,
    "s4_march_skip": 195,
    "s4_leg_swing": 68,
    "s4_strides": 372,
    "s4_sprint": 520,
    "s4_hop": 80,
    "s4_squat_jump": 135,
    "s4_cut_decel": 310,
    "c_floor_stretch": 89,
    "c_curb_stretch": 89,
    "c_stand_prebed": 152,
    "c_calf_wall": 152,
    "c_long_sit_stretch": 152,
    "c_foam_roll": 105,
    "c_self_massage": 105,
    "c_rocking_hinge": 84,
    "c_warm_walk": 300,
    "c_down_dog": 87,
    "c_triangle": 104,
    "c_staff_pose": 78,
    "s1_sit_calf_press": 150,
    "s1_sit_heel_raise": 150,
    "s2_calf_hold": 241,
    "s2_knee_wall_rock": 120,
    "s3_heel_drop": 205,
    "s3_heel_drop_bent": 205,
    "s3_step_calf": 165,
    "s4_heavy_calf": 408,
}

BRIDGE = (paths.resources() / "exercises" / "s2_bridge.toml").read_text("utf-8")


def written(folder: Path, text: str, name: str = "s2_bridge") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_shipped_file_loads() -> None:
    assert Library().faults() == ()


def test_the_shipped_doses_take_the_clinic_times() -> None:
    found = {each.exercise.id: each.exercise.seconds for each in Library().exercises()}
    assert found == EXERCISE_SECONDS


def test_the_whole_library_reads_quickly() -> None:
    exercises.load_folder(paths.resources() / "exercises")  # imports done
    begun = time.perf_counter()
    exercises.load_folder(paths.resources() / "exercises")
    assert time.perf_counter() - begun < 0.5  # goal 0.25 s on a quiet machine


def test_an_exercise_is_found_by_its_id() -> None:
    assert Library().exercise("s2_bridge").exercise.name == "Two-leg bridge"
    with pytest.raises(NotFound, match="no_such"):
        Library().exercise("no_such")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("stage = 2", "stage = 5", "stage"),
        ("stage = 2", 'stage = "2"', "stage"),
        ("load_class = 2", "load_class = 2\nload = 3", "load"),
        ("reps = 8", "reps = 0", "dosage.reps"),
        ("sets = 2", "sets = 0", "dosage.sets"),
        ('tempo = "2-2-2-0"', 'tempo = "2-2-2"', "dosage.tempo"),
        ("sides = 1", "sides = 2", "dosage.sides"),
        ("min_week = 8", "min_week = -1", "gates.post_repair.min_week"),
        ('allow = "clinician"', 'allow = "maybe"', "gates.grade_3.allow"),
        ('id = "s2_bridge"', 'id = "s2_bridges"', "id"),
        ('view = "side"', 'view = "behind"', "pose.view"),
        ("hip = ", "hip = 1", "pose.start.near.hip"),
    ],
)
def test_a_wrong_value_is_named_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in BRIDGE
    with pytest.raises(LibraryInvalid) as caught:
        exercises.load(written(tmp_path, BRIDGE.replace(old, new, 1)))
    assert caught.value.message.startswith(f"s2_bridge.toml: {key}: ")


def test_a_joint_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    bent = re.sub(r"knee = [0-9.]+", "knee = 171", BRIDGE, count=1)
    with pytest.raises(LibraryInvalid, match=r"pose.start.near.knee: 171° is outside 0 to 160"):
        exercises.load(written(tmp_path, bent))


def test_a_step_too_long_for_the_handout_is_refused(tmp_path: Path) -> None:
    long = re.sub(r'steps = \[\n  "[^"]*"', 'steps = [\n  "' + "x" * 61 + '"', BRIDGE)
    assert long != BRIDGE
    with pytest.raises(LibraryInvalid, match=r"steps\[0\]"):
        exercises.load(written(tmp_path, long))


def test_a_broken_file_leaves_the_rest_of_the_library(tmp_path: Path) -> None:
    written(tmp_path, BRIDGE.replace("easier", "#").replace("harder", "#"))
    written(tmp_path, "id = ", "s9_broken")
    (tmp_path / "s9_bytes.toml").write_bytes(b"\xff\xfe")
    shelf = exercises.load_folder(tmp_path)
    assert set(shelf.exercises) == {"s2_bridge"}
    assert [problem.message.split(":")[0] for problem in shelf.problems] == [
        "s9_broken.toml",
        "s9_bytes.toml",
    ]


def test_a_link_into_nothing_is_named(tmp_path: Path) -> None:
    written(tmp_path, BRIDGE)
    shelf = exercises.load_folder(tmp_path)
    assert [problem.message for problem in shelf.problems] == [
        "s2_bridge.toml: easier: “s1_glute_set” is no exercise of the library",
        "s2_bridge.toml: harder: “s2_bridge_march” is no exercise of the library",
    ]


def test_an_exercise_is_drawn_once_for_each_side() -> None:
    library = Library()
    left = library.pictures("s2_bird_dog", "left")
    assert library.pictures("s2_bird_dog", "left") is left
    assert library.pictures("s2_bird_dog", "right") != left
