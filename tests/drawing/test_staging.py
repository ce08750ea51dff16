"""Scenes of a figure: whatever is changed, the pose stays one that can be drawn and kept."""

import pytest

from clinic_desk.drawing import figure, staging
from clinic_desk.drawing.pose import PROPS, Pose, problems
from clinic_desk.library import Library, exercises

STEP = Library().exercise("s2_step_up").pose
HOLD = Library().exercise("s2_calf_hold").pose


def drawn(pose: Pose) -> Pose:
    assert problems(pose) == []
    assert figure.frame(pose)[1].shapes
    again = exercises.pose_of({"pose": exercises.pose_tables(pose)})
    assert again is not None
    assert exercises.pose_tables(again) == exercises.pose_tables(pose)
    return pose


@pytest.mark.parametrize("kind", sorted(PROPS))
@pytest.mark.parametrize("view", ["side", "front", "top"])
def test_every_thing_can_be_added_to_every_view_and_taken_out(view, kind: str) -> None:
    begun = drawn(staging.begun(view))
    more = drawn(staging.with_thing(begun, kind))
    assert len(more.props) == 1
    assert staging.without_thing(more, 0) == begun


def test_another_view_begins_the_figure_anew_and_keeps_the_scene() -> None:
    seen = drawn(staging.seen_from(STEP, "front"))
    assert seen.props == STEP.props
    assert seen.working == STEP.working
    assert seen.start == staging.begun("front").start
    assert staging.seen_from(STEP, "side") is STEP


def test_what_leaned_on_a_thing_that_is_gone_is_free() -> None:
    assert "wall" in HOLD.end.contacts.values()
    bare = staging.without_thing(HOLD, 0)
    assert "wall" not in bare.end.contacts.values()
    assert "floor" in bare.end.contacts.values()


def test_a_chair_comes_with_its_surface_and_goes_with_it() -> None:
    seated = drawn(staging.on_surface(staging.begun("side"), "chair"))
    assert [one.type for one in seated.props] == ["chair"]
    assert staging.on_surface(seated, "chair") == seated
    assert staging.without_thing(seated, 0).surface == "floor"


@pytest.mark.parametrize(
    ("name", "value", "kept"), [("h", 9, 0.5), ("h", -1, 0.02), ("x0", 0.7, 0.38), ("x1", -1, 0.1)]
)
def test_a_number_stays_in_its_range_and_a_step_keeps_its_edges_apart(
    name: str, value: float, kept: float
) -> None:
    pose = drawn(staging.sized(STEP, 0, name, value))
    assert pose.props[0].numbers[name] == pytest.approx(kept)


def test_a_thing_moves_as_a_whole_and_stays_in_the_picture() -> None:
    moved = staging.moved(STEP, 0, (-0.1, 0.3))
    numbers = moved.props[0].numbers
    assert (numbers["x0"], numbers["x1"], numbers["h"]) == (-0.04, 0.32, 0.1)
    assert staging.moved(STEP, 0, (2, 0)) is STEP


def test_an_arrow_follows_the_movement_or_stands_at_a_place() -> None:
    push = drawn(staging.pointed(staging.shown_by(STEP, "press"), "near.knee", 90))
    assert (push.arrow.point, push.arrow.direction) == ("near.knee", 90)
    assert staging.shown_by(push, "move").arrow.point == ""
    assert staging.working(STEP, ["trunk", "near.leg"]).working == ("near.leg", "trunk")
