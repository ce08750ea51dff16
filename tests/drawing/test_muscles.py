"""The working muscle lies where it is in the body, on the working side, and inside its limb."""

from dataclasses import replace

import pytest

from clinic_desk.drawing import figure, muscles
from clinic_desk.drawing.shapes import Path, Picture, Role
from clinic_desk.drawing.skeleton import build
from clinic_desk.library import Library

LIBRARY = Library()
POSES = {each.exercise.id: each.pose for each in LIBRARY.exercises()}
WORDS = {word for each in LIBRARY.exercises() for word in each.exercise.muscles}


def patches(picture: Picture) -> dict[str, Path]:
    return {
        one.part: one for one in picture.shapes if isinstance(one, Path) and one.role is Role.MUSCLE
    }


def middle(path: Path) -> tuple[float, float]:
    points = [segment.to for segment in path.segments]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def test_the_hamstrings_lie_behind_and_the_quadriceps_in_front() -> None:
    standing = replace(POSES["s2_calf_raise"], muscles=("hamstring", "quadriceps", "calf", "shin"))
    found = patches(figure.draw(standing, start=True))
    assert middle(found["near.hamstring"])[0] < middle(found["near.quadriceps"])[0]
    assert middle(found["near.calf"])[0] < middle(found["near.shin"])[0]
    assert middle(found["near.calf"])[1] < middle(found["near.hamstring"])[1]


def test_only_working_legs_have_working_muscles() -> None:
    found = patches(figure.draw(POSES["s3_heel_drop"]))
    assert set(found) == {"near.calf"}


@pytest.mark.parametrize("name", sorted(POSES))
def test_a_muscle_stays_inside_the_figure(name: str) -> None:
    pose = POSES[name]
    for start in (True, False):
        picture = figure.draw(pose, start=start)
        x0, y0, x1, y1 = picture.bounds
        for patch in patches(picture).values():
            for x, y in (segment.to for segment in patch.segments):
                assert x0 <= x <= x1
                assert y0 <= y <= y1


def test_a_leg_seen_from_the_front_shows_no_muscle_of_its_back() -> None:
    front = replace(POSES["s2_side_step"], muscles=("hamstring", "calf", "gluteal"))
    assert patches(figure.draw(front)) == {}


def test_the_inner_thigh_is_the_side_towards_the_other_leg() -> None:
    front = replace(POSES["s2_side_step"], muscles=("adductor",))
    found = patches(figure.draw(front, start=True))
    body = build(front.start, "front")
    assert middle(found["near.adductor"])[0] < (body.near.hip[0] + body.near.knee[0]) / 2
    assert middle(found["far.adductor"])[0] > (body.far.hip[0] + body.far.knee[0]) / 2


def test_every_word_that_has_a_place_is_used_by_an_exercise() -> None:
    assert set(muscles.BY_WORD) <= WORDS
