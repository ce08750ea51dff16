"""Posing by hand: whatever is dragged wherever, it stays a body."""

from dataclasses import replace
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desk.drawing import posing
from clinic_desk.drawing.pose import Pose, problems
from clinic_desk.drawing.skeleton import FOREARM, SHANK, THIGH, UPPER_ARM, build
from clinic_desk.library import Library

POSES = {each.exercise.id: each.pose for each in Library().exercises()}
STANDING = POSES["s2_calf_raise"]
PLACE = st.tuples(st.floats(-1.5, 1.5), st.floats(-1, 1.5))


def far_from(one: tuple[float, float], two: tuple[float, float]) -> float:
    return hypot(one[0] - two[0], one[1] - two[1])


@pytest.mark.parametrize("name", sorted(POSES))
def test_every_handle_of_every_pose_can_be_let_go_where_it_is(name: str) -> None:
    pose = POSES[name]
    for handle, at in posing.handles(pose.start, pose.view).items():
        if pose.view == "side" and handle not in ("head", "neck", "pelvis"):
            moved = posing.drag(pose.start, pose.view, handle, at)
            now = posing.handles(moved, pose.view)
            lift = max(now[key][1] - posing.handles(pose.start, pose.view)[key][1] for key in now)
            assert far_from(now[handle], at) < 0.012 + abs(lift), handle


@given(st.sampled_from(posing.HANDLES), PLACE, st.sampled_from(sorted(POSES)))
@settings(max_examples=300, deadline=None)
def test_no_drag_makes_a_body_that_cannot_be(
    handle: str, to: tuple[float, float], name: str
) -> None:
    pose = POSES[name]
    moved = posing.drag(pose.start, pose.view, handle, to)
    assert problems(replace(pose, start=moved, end=moved)) == []
    body = build(moved, pose.view)
    for line, limb in ((body.near, moved.near), (body.far, moved.far)):
        assert far_from(line.hip, line.knee) == pytest.approx(THIGH * limb.thigh_scale)
        assert far_from(line.knee, line.ankle) == pytest.approx(SHANK * limb.shank_scale)
        assert far_from(line.shoulder, line.elbow) == pytest.approx(UPPER_ARM * limb.ua_scale)
        assert far_from(line.elbow, line.wrist) == pytest.approx(FOREARM * limb.fa_scale)
    if pose.view != "top":
        assert min(y for _, y in body.points().values()) > -0.002


def test_a_foot_follows_to_where_it_is_drawn() -> None:
    moved = posing.drag(STANDING.start, "side", "near.ankle", (0.15, 0.2))
    assert posing.handles(moved, "side")["near.ankle"] == pytest.approx((0.15, 0.2), abs=0.005)


def test_the_feet_stay_when_the_pelvis_sinks() -> None:
    before = posing.handles(STANDING.start, "side")
    moved = posing.drag(STANDING.start, "side", "pelvis", (-0.08, 0.42))
    after = posing.handles(moved, "side")
    assert after["pelvis"] == pytest.approx((-0.08, 0.42), abs=0.005)
    for foot in ("near.ankle", "far.ankle"):
        assert after[foot] == pytest.approx(before[foot], abs=0.005)


def test_the_legs_stay_when_the_trunk_bends() -> None:
    before = posing.handles(STANDING.start, "side")
    moved = posing.drag(STANDING.start, "side", "neck", (0.25, 0.6))
    after = posing.handles(moved, "side")
    assert moved.trunk < 70
    assert after["near.ankle"] == pytest.approx(before["near.ankle"], abs=0.005)


def test_a_knee_does_not_bend_the_wrong_way() -> None:
    moved = posing.drag(STANDING.start, "side", "near.ankle", (0.6, 0.5))
    assert moved.near.knee >= 0


def test_a_body_pressed_into_the_floor_is_lifted_by_it() -> None:
    moved = posing.drag(STANDING.start, "side", "near.ankle", (0.0, -0.5))
    assert moved.y > STANDING.start.y - 1e-9 or moved.near != STANDING.start.near
    assert min(y for _, y in build(moved, "side").points().values()) > -0.002


def test_what_is_no_handle_is_refused() -> None:
    with pytest.raises(KeyError):
        posing.drag(STANDING.start, "side", "near.tail", (0, 0))


def test_a_posed_figure_can_be_written_and_read_as_a_pose() -> None:
    moved = posing.drag(STANDING.start, "side", "far.knee", (0.2, 0.4))
    made = Pose("side", moved, moved)
    assert problems(made) == []
    assert moved.far.hip == round(moved.far.hip, 1)
