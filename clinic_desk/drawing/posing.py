"""Posing a figure by hand: one joint is drawn to a place, and the body follows within its limits.

Bones keep their lengths, joints stop where `pose` says that they must, and a body that is
pressed into the floor is lifted by it.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import atan2, degrees

from clinic_desk.drawing.pose import BODY, LIMITS, SIGNED, Limb, SideName, Stance, View
from clinic_desk.drawing.shapes import Point
from clinic_desk.drawing.skeleton import (
    FOREARM,
    SHANK,
    THIGH,
    UPPER_ARM,
    LimbLine,
    Skeleton,
    build,
    two_bones,
)

SIDES: tuple[SideName, SideName] = ("near", "far")
JOINTS = ("knee", "ankle", "toe", "elbow", "wrist", "hand")
HANDLES: tuple[str, ...] = (
    "pelvis",
    "neck",
    "head",
    *(f"{side}.{joint}" for side in SIDES for joint in JOINTS),
)
"""What can be taken hold of, in the order of a keyboard's way through them."""


def handles(stance: Stance, view: View) -> Mapping[str, Point]:
    """Where each handle is."""
    points = build(stance, view).points()
    return {name: points[name] for name in HANDLES}


def drag(stance: Stance, view: View, handle: str, to: Point) -> Stance:
    """The stance once `handle` was drawn towards a place; KeyError where there is no such handle.

    - pelvis: the body moves, each ankle and each hand stays where it is if it can be reached
    - neck: the trunk turns about the pelvis, the legs stay
    - head: the head turns
    - knee, elbow: the whole limb turns at its root
    - ankle, wrist: both bones of the limb reach for the place, foot and hand keep their direction
    - toe, hand: the foot or the hand turns
    """
    if handle not in HANDLES:
        raise KeyError(handle)
    now = build(stance, view)
    if handle == "pelvis":
        moved = _pelvis(stance, view, now, to)
    elif handle == "neck":
        moved = _trunk(stance, view, to)
    elif handle == "head":
        neck = now.upper_angle - _angle(now.neck, to)
        moved = replace(stance, neck=_held("neck", neck, BODY))
    else:
        side, joint = handle.split(".")
        line = now.near if side == "near" else now.far
        before = stance.near if side == "near" else stance.far
        limb = _limb(before, line, now, view, joint, to)
        moved = replace(stance, near=limb) if side == "near" else replace(stance, far=limb)
    return _rounded(_lifted(moved, view))


def _limb(limb: Limb, line: LimbLine, now: Skeleton, view: View, joint: str, to: Point) -> Limb:
    if joint == "knee":
        hip = _angle(line.hip, to) - now.trunk_angle - 180
        return replace(limb, hip=_joint("hip", hip, view))
    if joint == "ankle":
        return _reached_leg(limb, line.hip, now.trunk_angle, line.foot_angle, view, to)
    if joint == "toe":
        below = line.foot_angle - _angle(line.ankle, line.toe)  # toes lie below the foot's line
        ankle = _angle(line.ankle, to) + below - 90 - line.shank_angle
        return replace(limb, ankle=_joint("ankle", ankle, view))
    if joint == "elbow":
        shoulder = _angle(line.shoulder, to) - now.upper_angle - 180
        return replace(limb, shoulder=_joint("shoulder", shoulder, view))
    if joint == "wrist":
        return _reached_arm(limb, line.shoulder, now.upper_angle, line.hand_angle, view, to)
    wrist = _angle(line.wrist, to) - line.forearm_angle
    return replace(limb, wrist=_joint("wrist", wrist, view))


def _reached_leg(limb: Limb, hip: Point, trunk: float, foot: float, view: View, to: Point) -> Limb:
    bend = 1 if limb.knee < 0 else -1
    thigh, shank = two_bones(hip, to, THIGH * limb.thigh_scale, SHANK * limb.shank_scale, bend)
    knee = _joint("knee", thigh - shank, view)
    turned = _joint("hip", thigh - trunk - 180, view)
    lower = trunk + 180 + turned - knee
    return replace(limb, hip=turned, knee=knee, ankle=_joint("ankle", foot - 90 - lower, view))


def _reached_arm(
    limb: Limb, shoulder: Point, upper: float, hand: float, view: View, to: Point
) -> Limb:
    bend = -1 if limb.elbow < 0 else 1
    arm, forearm = two_bones(shoulder, to, UPPER_ARM * limb.ua_scale, FOREARM * limb.fa_scale, bend)
    elbow = _joint("elbow", forearm - arm, view)
    turned = _joint("shoulder", arm - upper - 180, view)
    lower = upper + 180 + turned + elbow
    return replace(limb, shoulder=turned, elbow=elbow, wrist=_joint("wrist", hand - lower, view))


def _pelvis(stance: Stance, view: View, before: Skeleton, to: Point) -> Stance:
    moved = replace(stance, x=to[0], y=max(to[1], 0.0))
    now = build(moved, view)
    limbs = {}
    for side in SIDES:
        old, new = before.limb(side), now.limb(side)
        limb = _reached_leg(
            moved.limb(side), new.hip, now.trunk_angle, old.foot_angle, view, old.ankle
        )
        if any(place.startswith(f"{side}.hand") for place in stance.contacts):
            limb = _reached_arm(
                limb, new.shoulder, now.upper_angle, old.hand_angle, view, old.wrist
            )
        limbs[side] = limb
    return replace(moved, near=limbs["near"], far=limbs["far"])


def _trunk(stance: Stance, view: View, to: Point) -> Stance:
    """Turn the trunk; what the hips lose the thighs take back, so that the legs stay."""
    straight = _angle((stance.x, stance.y), to) + stance.lumbar / 2
    low, high = BODY["trunk"]
    while straight < low:
        straight += 360
    while straight > high:
        straight -= 360
    trunk = min(max(straight, low), high)
    turn = trunk - stance.trunk
    near, far = (
        replace(limb, hip=_joint("hip", limb.hip - turn, view))
        for limb in (stance.near, stance.far)
    )
    return replace(stance, trunk=trunk, near=near, far=far)


def _lifted(stance: Stance, view: View) -> Stance:
    """The stance with nothing under the floor; a figure seen from above has none."""
    if view == "top":
        return stance
    lowest = min(y for _, y in build(stance, view).points().values())
    return stance if lowest >= 0 else replace(stance, y=stance.y - lowest)


def _rounded(stance: Stance) -> Stance:
    """As it is written: angles to a tenth of a degree, places to a thousandth."""

    def limb(one: Limb) -> Limb:
        return replace(one, **{key: round(getattr(one, key), 1) for key in LIMITS})

    return replace(
        stance,
        trunk=round(stance.trunk, 1),
        neck=round(stance.neck, 1),
        x=round(stance.x, 3),
        y=round(stance.y, 3),
        near=limb(stance.near),
        far=limb(stance.far),
    )


def _angle(root: Point, to: Point) -> float:
    return degrees(atan2(to[1] - root[1], to[0] - root[0]))


def _joint(name: str, angle: float, view: View) -> float:
    return _held(name, angle, LIMITS if view == "side" else SIGNED)


def _held(name: str, angle: float, limits: Mapping[str, tuple[float, float]]) -> float:
    """The angle within its limits: of all whole turns the one that lies nearest to them."""
    low, high = limits[name]
    middle = (low + high) / 2
    nearest = middle + (angle - middle + 180) % 360 - 180
    return min(max(nearest, low), high)
