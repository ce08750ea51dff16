"""Every shipped pose: in one piece, above the floor, on its support, within human limits."""

import pytest

from clinic_desk.drawing import figure
from clinic_desk.drawing.pose import Pose, Stance, problems
from clinic_desk.drawing.skeleton import build
from clinic_desk.library import Library
from tests.drawing.geometry import BODY, extent, inside, lowest, part

POSES = {each.exercise.id: each.pose for each in Library().exercises()}
IDS = sorted(POSES)
MOMENTS = (0.0, 0.25, 0.5, 0.75, 1.0)
TOLERANCE = 0.01  # of stature


def level(pose: Pose, support: str, x: float) -> float:
    if support == "step":
        return next(p.numbers["h"] for p in pose.props if p.type == "step")
    if support == "chair":
        return next(p.numbers["seat"] for p in pose.props if p.type == "chair")
    return 0.012 if support == "towel" else 0.0


def test_every_exercise_has_a_pose() -> None:
    assert len(POSES) == 89


@pytest.mark.parametrize("name", IDS)
def test_joints_stay_within_human_limits(name: str) -> None:
    assert problems(POSES[name]) == []


@pytest.mark.parametrize("name", IDS)
def test_the_body_is_in_one_piece(name: str) -> None:
    pose = POSES[name]
    for at in MOMENTS:
        picture = figure.draw(pose, at=at)
        body = build(figure.interpolate(pose.start, pose.end, at, pose.view), pose.view)
        trunk, neck, head = (part(picture, p) for p in ("trunk", "neck", "head"))
        assert inside(body.neck, neck)
        assert any(inside(point, trunk) for point in neck)
        assert any(inside(point, head) for point in neck)
        for side, line in (("near", body.near), ("far", body.far)):
            leg, arm = part(picture, f"{side}.leg"), part(picture, f"{side}.arm")
            assert inside(line.hip, trunk), f"{side} hip outside the trunk"
            assert inside(line.shoulder, trunk), f"{side} shoulder outside the trunk"
            for joint in ("hip", "knee"):
                assert inside(getattr(line, joint), leg), f"{side} {joint} outside its leg"
            if not line.hidden:
                assert inside(line.ankle, leg), f"{side} ankle outside its leg"
            for joint in ("shoulder", "elbow", "wrist"):
                assert inside(getattr(line, joint), arm), f"{side} {joint} outside its arm"


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("at", MOMENTS)
def test_nothing_goes_through_the_floor(name: str, at: float) -> None:
    pose = POSES[name]
    if pose.view == "top":
        return
    picture = figure.draw(pose, at=at)
    sunk = {p: round(lowest(picture, p), 4) for p in BODY if lowest(picture, p) < -TOLERANCE}
    assert not sunk


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("moment", ["start", "end"])
def test_feet_knees_and_hands_are_on_their_support(name: str, moment: str) -> None:
    pose = POSES[name]
    stance: Stance = getattr(pose, moment)
    picture = figure.draw(pose, start=moment == "start")
    points = build(stance, pose.view).points()
    for place, support in stance.contacts.items():
        side, joint = place.split(".")
        if support == "wall":
            wall = next(p.numbers["x"] for p in pose.props if p.type == "wall")
            reach = max(x for x, _ in part(picture, place.replace("hand", "arm")))
            assert abs(reach - wall) < 0.02, place
            continue
        if joint == "hand" and support == "chair":
            chair = next(p for p in pose.props if p.type == "chair")
            x, y = points[place]
            back = chair.numbers["x"] + (0.115 if chair.back == "right" else -0.115)
            on_back = abs(x - back) < 0.03 and abs(y - chair.numbers["seat"] - 0.27) < 0.03
            on_seat = abs(y - chair.numbers["seat"]) < 0.03 and abs(x - chair.numbers["x"]) < 0.125
            assert on_back or on_seat, (place, x, y)
            continue
        want = level(pose, support, points[place][0] if place in points else 0)
        limb = "arm" if joint in ("hand", "elbow") else "leg"
        edge = part(picture, f"{side}.{limb}")
        about = {"foot": "ankle", "heel": "ankle", "toes": "ball"}.get(joint, joint)
        middle = points[f"{side}.{about}"][0]
        back = 0.012 if joint == "toes" else 0.055  # a heel may hang below the step
        near = [y for x, y in edge if -back < x - middle < 0.055]
        assert abs(min(near) - want) <= TOLERANCE, (place, min(near), want)
        if joint == "foot" and pose.view == "side":
            heel, ball = points[f"{side}.heel"], points[f"{side}.ball"]
            assert abs(heel[1] - ball[1]) < TOLERANCE, f"{side} foot not flat"


@pytest.mark.parametrize("name", IDS)
def test_something_carries_the_body(name: str) -> None:
    pose = POSES[name]
    for moment, stance in (("start", pose.start), ("end", pose.end)):
        if pose.view == "top" or (name, moment) == ("s4_squat_jump", "end"):
            continue
        picture = figure.draw(pose, start=moment == "start")
        seat = [p.numbers["seat"] for p in pose.props if p.type == "chair"]
        on_floor = min(lowest(picture, p) for p in BODY)
        trunk = lowest(picture, "trunk")
        lying = abs(on_floor) <= TOLERANCE
        sitting = any(abs(trunk - s) <= TOLERANCE for s in seat)
        assert lying or sitting or stance.contacts, (moment, on_floor)


@pytest.mark.parametrize("name", IDS)
def test_the_box_is_tight_and_both_pictures_share_it(name: str) -> None:
    start, finish = figure.pictures(POSES[name], None)
    assert start.bounds == finish.bounds
    for picture in (start, finish):
        x0, y0, x1, y1 = extent(picture)
        bx0, by0, bx1, by1 = picture.bounds
        assert bx0 <= x0
        assert by0 <= y0
        assert bx1 >= x1
        assert by1 >= y1
    # the two together fill the box up to the margin
    boxes = [extent(start), extent(finish)]
    assert min(b[0] for b in boxes) - start.bounds[0] < 0.1
    assert start.bounds[3] - max(b[3] for b in boxes) < 0.1


@pytest.mark.parametrize("name", IDS)
def test_the_picture_shows_which_part_works_and_what_happens(name: str) -> None:
    start, finish = figure.pictures(POSES[name], None)
    assert any(shape.role.value == "working" for shape in start.shapes)
    assert not any(shape.role.value in ("ghost", "arrow") for shape in start.shapes)
    assert any(shape.role.value == "arrow" for shape in finish.shapes)


@pytest.mark.parametrize("name", IDS)
def test_a_standing_foot_does_not_slide_between_start_and_end(name: str) -> None:
    pose = POSES[name]
    if pose.view != "side":
        return
    for side in ("near", "far"):
        if f"{side}.foot" not in pose.start.contacts or f"{side}.foot" not in pose.end.contacts:
            continue
        ends = [build(s, "side").limb(side).ankle for s in (pose.start, pose.end)]
        if abs(ends[0][0] - ends[1][0]) > 0.001:
            continue
        for at in MOMENTS:
            stance = figure.interpolate(pose.start, pose.end, at, pose.view)
            ankle = build(stance, "side").limb(side).ankle
            assert abs(ankle[0] - ends[0][0]) < 0.003
            assert abs(ankle[1] - ends[0][1]) < 0.003


@pytest.mark.parametrize("name", IDS)
def test_nothing_goes_through_a_wall(name: str) -> None:
    pose = POSES[name]
    for prop in pose.props:
        if prop.type != "wall":
            continue
        face = prop.numbers["x"]
        for at in MOMENTS:
            picture = figure.draw(pose, at=at)
            for body in BODY:
                xs = [x for x, _ in part(picture, body)]
                through = max(xs) - face if face > 0 else face - min(xs)
                assert through <= TOLERANCE, (body, at, through)
