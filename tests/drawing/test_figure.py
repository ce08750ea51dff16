"""What a figure's picture says: sides, roles, mirrors, ghosts, arrows, props and motion."""

from dataclasses import replace

import pytest

from clinic_desk.drawing import figure, motion
from clinic_desk.drawing.pose import Arrow, Limb, Pose, Prop, Stance, problems
from clinic_desk.drawing.shapes import Path, Picture, Role
from clinic_desk.drawing.skeleton import SHANK, THIGH, build, step, two_bones
from clinic_desk.library import Library
from tests.drawing.geometry import inside, part

LIMB = Limb(hip=0, knee=0, ankle=0, shoulder=5, elbow=10)
STANDING = Stance(trunk=90, x=0, y=0.53, near=LIMB, far=LIMB)
CURL = Pose("side", STANDING, replace(STANDING, near=replace(LIMB, knee=90)))
LIBRARY = Library()


def roles(picture: Picture) -> dict[str, Role]:
    return {s.part: s.role for s in picture.shapes if isinstance(s, Path) and s.part}


def test_an_upright_body_stands_on_the_floor_with_toes_forward() -> None:
    body = build(STANDING, "side")
    assert body.near.heel[1] == pytest.approx(0, abs=1e-9)
    assert body.near.toe[0] > body.near.heel[0]
    assert body.head[1] > body.neck[1] > body.pelvis[1] > body.near.knee[1]


def test_knee_flexion_brings_the_heel_back_and_hip_flexion_the_knee_forward() -> None:
    assert build(CURL.end, "side").near.ankle[0] < -0.2
    raised = replace(STANDING, near=replace(LIMB, hip=90))
    assert build(raised, "side").near.knee[0] == pytest.approx(THIGH)


@pytest.mark.parametrize("bend", [-1, 1])
def test_two_linked_bones_end_at_their_target(bend: int) -> None:
    first, second = two_bones((0, 0.5), (0.1, 0.1), THIGH, SHANK, bend)
    assert step(step((0, 0.5), first, THIGH), second, SHANK) == pytest.approx((0.1, 0.1))


def test_a_target_out_of_reach_is_approached_not_failed() -> None:
    first, second = two_bones((0, 0), (3, 0), THIGH, SHANK, -1)
    end = step(step((0, 0), first, THIGH), second, SHANK)
    assert end == pytest.approx((THIGH + SHANK, 0), abs=1e-3)


@pytest.mark.parametrize("knee", range(0, 161, 10))
def test_a_leg_keeps_its_volume_at_every_bend(knee: int) -> None:
    bent = replace(STANDING, near=replace(LIMB, knee=knee))
    body = build(bent, "side")
    leg = part(figure.draw(Pose("side", bent, bent), start=True), "near.leg")
    for angle in range(0, 360, 30):
        assert inside(step(body.near.knee, angle, 0.02), leg), f"hollow knee towards {angle}"
        assert inside(step(body.near.ankle, angle, 0.012), leg), f"hollow ankle towards {angle}"


@pytest.mark.parametrize("elbow", range(0, 151, 15))
def test_an_arm_keeps_its_volume_at_every_bend(elbow: int) -> None:
    bent = replace(STANDING, near=replace(LIMB, elbow=elbow))
    body = build(bent, "side")
    arm = part(figure.draw(Pose("side", bent, bent), start=True), "near.arm")
    for angle in range(0, 360, 30):
        assert inside(step(body.near.elbow, angle, 0.014), arm)


def test_near_far_and_working_are_told_apart() -> None:
    found = roles(figure.draw(CURL))
    assert found["near.leg"] is Role.WORKING
    assert found["far.leg"] is Role.FAR
    assert found["near.arm"] is Role.NEAR
    assert found["trunk"] is Role.TRUNK
    assert roles(figure.draw(CURL, working=("trunk",)))["trunk"] is Role.WORKING


def test_the_far_side_is_drawn_behind_the_near_side() -> None:
    order = [s.part for s in figure.draw(CURL).shapes if isinstance(s, Path)]
    assert order.index("far.leg") < order.index("near.leg")
    assert order.index("far.arm") < order.index("trunk") < order.index("near.arm")


def test_the_start_is_plain_and_the_finish_shows_the_way() -> None:
    start, finish = figure.pictures(CURL, None)
    assert {s.role for s in start.shapes}.isdisjoint({Role.GHOST, Role.ARROW})
    assert "ghost.near.leg" in roles(finish)
    assert "ghost.far.leg" not in roles(finish)
    assert Role.ARROW in {s.role for s in finish.shapes}


def test_both_pictures_stand_on_one_floor_line_at_one_scale() -> None:
    start, finish = figure.pictures(CURL, None)
    assert start.bounds == finish.bounds
    assert start.shapes[0] == finish.shapes[0]
    assert start.shapes[0].role is Role.FLOOR


def test_the_side_view_is_mirrored_for_the_left_and_the_front_view_for_the_right() -> None:
    front = replace(CURL, view="front")
    assert [figure.mirrors(CURL, s) for s in ("left", "right", None)] == [True, False, False]
    assert [figure.mirrors(front, s) for s in ("left", "right", None)] == [False, True, False]


def test_a_mirror_image_keeps_its_box_and_heights() -> None:
    plain, flipped = figure.pictures(CURL, "right")[1], figure.pictures(CURL, "left")[1]
    assert plain.bounds == flipped.bounds
    x0, _, x1, _ = plain.bounds
    leg, mirror = part(plain, "near.leg"), part(flipped, "near.leg")
    assert [(round(x0 + x1 - x, 9), y) for x, y in leg] == [(round(x, 9), y) for x, y in mirror]


def test_what_hardly_moves_gets_no_ghost_and_no_path_arrow() -> None:
    still = replace(CURL, end=replace(STANDING, near=replace(LIMB, knee=2)))
    assert motion.moved(still) == ()
    assert motion.arrow(still) == []


def test_a_press_points_at_the_place_that_presses() -> None:
    press = replace(CURL, end=STANDING, arrow=Arrow("press", "near.heel", 270))
    shaft, head = motion.arrow(press)
    tip = head.segments[0].to
    heel = build(STANDING, "side").near.heel
    assert tip[0] == pytest.approx(heel[0])
    assert heel[1] < tip[1] < heel[1] + 0.08
    assert shaft.segments[0].to[1] > tip[1]


def test_a_swing_has_a_head_at_both_ends() -> None:
    swing = replace(CURL, arrow=Arrow("swing", "near.toe"))
    assert sum(s.closed for s in motion.arrow(swing)) == 2
    assert sum(s.closed for s in motion.arrow(CURL)) == 1


def test_the_arrow_follows_the_point_that_moves_most() -> None:
    assert motion.busiest(CURL)[0] == "near.toe"


def test_props_are_drawn_where_they_stand() -> None:
    chair = Prop("chair", {"x": 0.3, "seat": 0.235}, back="left")
    wall = Prop("wall", {"x": 0.5})
    picture = figure.draw(replace(CURL, props=(chair, wall)))
    pieces = [s for s in picture.shapes if s.role is Role.PROP]
    assert {s.part for s in pieces} == {"chair", "wall"}
    assert min(x for x, _ in part(picture, "wall")) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("prop", "reason"),
    [
        (Prop("trampoline"), "is not one of"),
        (Prop("chair", {"x": 0.1}), "needs seat, x"),
        (Prop("strap", at=("near.hand",)), "hangs on 2 body points"),
        (Prop("towel", at=("near.wing",)), "is no place on the body"),
    ],
)
def test_an_impossible_prop_is_named(prop: Prop, reason: str) -> None:
    ((where, found),) = problems(replace(CURL, props=(prop,)))
    assert where == "pose.props[0]"
    assert reason in found


def test_an_arrow_on_no_body_point_is_named() -> None:
    ((where, _),) = problems(replace(CURL, arrow=Arrow("press", "near.wing")))
    assert where == "pose.arrow.point"


@pytest.mark.parametrize(
    ("part_of", "value", "allowed"),
    [("knee", 161, False), ("knee", 160, True), ("ankle", -81, False), ("hip", 156, True),
     ("hip", -41, False), ("ankle", 45, True)],
)  # fmt: skip
def test_joint_limits_are_the_practice_ones(part_of: str, value: float, allowed: bool) -> None:
    pose = replace(CURL, end=replace(STANDING, near=replace(LIMB, **{part_of: value})))
    assert (problems(pose) == []) is allowed


def test_front_view_angles_may_be_negative() -> None:
    side = replace(CURL, end=replace(STANDING, near=replace(LIMB, knee=-20)))
    assert problems(side)
    assert not problems(replace(side, view="front"))


def test_motion_begins_and_ends_at_the_two_stances() -> None:
    assert figure.interpolate(CURL.start, CURL.end, 0) == CURL.start
    assert figure.interpolate(CURL.start, CURL.end, 1) == CURL.end
    assert figure.interpolate(CURL.start, CURL.end, 0.5).near.knee == pytest.approx(45)


def test_motion_has_no_jumps() -> None:
    for each in LIBRARY.exercises():
        pose, last = each.pose, None
        for index in range(41):
            stance = figure.interpolate(pose.start, pose.end, index / 40, pose.view)
            points = build(stance, pose.view).points()
            if last is not None:
                for name, (x, y) in points.items():
                    leap = abs(x - last[name][0]) + abs(y - last[name][1])
                    assert leap < 0.08, (each.exercise.id, name, index, round(leap, 3))
            last = points


def test_the_same_pose_gives_the_same_picture() -> None:
    assert figure.pictures(CURL, "left") == figure.pictures(CURL, "left")


def test_the_top_view_has_a_mat_and_no_floor_line() -> None:
    pose = LIBRARY.exercise("s1_fallout").pose
    found = {s.role for s in figure.draw(pose).shapes}
    assert pose.view == "top"
    assert Role.FLOOR not in found
    assert Role.PROP in found
