"""Joint angles to places: forward from the pelvis outward, and back again for a fixed foot.

Lengths are parts of the stature. The angles' formulae stand in `Stance`'s terms: thigh =
trunk + 180 + hip, shank = thigh - knee, foot = shank + 90 + ankle, and so on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin

from clinic_desk.drawing.pose import JOINTS, Limb, SideName, Stance, View
from clinic_desk.drawing.shapes import Point

LOWER_TRUNK = UPPER_TRUNK = 0.144
NECK = 0.078
UPPER_ARM = 0.186
FOREARM = 0.137
HAND = 0.053
THIGH = 0.245
SHANK = 0.246
ANKLE_HEIGHT = 0.039
HEEL_BACK = 0.034  # where the heel's sole begins
BALL = 0.074
TOE = 0.110
FRONT_FOOT = 0.05  # how far a foot seen from the front reaches below the ankle
HALF_HIPS = 0.042
HALF_SHOULDERS = 0.079


def polar(angle: float, length: float) -> Point:
    """The vector of a length in a direction (degrees)."""
    turn = radians(angle)
    return (cos(turn) * length, sin(turn) * length)


def step(origin: Point, angle: float, length: float) -> Point:
    """The place reached from `origin`."""
    turn = radians(angle)
    return (origin[0] + cos(turn) * length, origin[1] + sin(turn) * length)


def place(origin: Point, angle: float, points: Sequence[Point]) -> list[Point]:
    """Points given as (forward, to the right of forward), set down in a direction."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return [(origin[0] + f * c + d * s, origin[1] + f * s - d * c) for f, d in points]


@dataclass(frozen=True, slots=True)
class LimbLine:
    """Where one side's joints are, and the directions of its parts."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    ball: Point
    toe: Point
    shoulder: Point
    elbow: Point
    wrist: Point
    hand: Point
    shank_angle: float
    foot_angle: float
    forearm_angle: float
    hand_angle: float
    profile: bool  # the foot is seen from the side
    hidden: bool  # the foot is not seen at all


@dataclass(frozen=True, slots=True)
class Skeleton:
    view: View
    pelvis: Point
    middle: Point
    neck: Point
    head: Point
    trunk_angle: float
    upper_angle: float
    head_angle: float
    near: LimbLine
    far: LimbLine

    def limb(self, side: SideName) -> LimbLine:
        """The near or the far limb."""
        return self.near if side == "near" else self.far

    def points(self) -> Mapping[str, Point]:
        """Every named place of the body."""
        named = {"pelvis": self.pelvis, "neck": self.neck, "head": self.head}
        for side, line in (("near", self.near), ("far", self.far)):
            for joint in JOINTS:
                named[f"{side}.{joint}"] = getattr(line, joint)
        named["belly"] = step(
            step(self.pelvis, self.trunk_angle, 0.09), self.trunk_angle - 90, 0.05
        )
        named["back"] = step(
            step(self.pelvis, self.trunk_angle, 0.09), self.trunk_angle + 90, 0.045
        )
        named["buttock"] = step(self.pelvis, self.trunk_angle + 90, 0.055)
        named["chest"] = step(
            step(self.neck, self.upper_angle, -0.07), self.upper_angle - 90, 0.055
        )
        return named


def build(stance: Stance, view: View) -> Skeleton:
    """The skeleton of a stance."""
    pelvis = (stance.x, stance.y)
    upper = stance.trunk - stance.lumbar
    head_angle = upper - stance.neck
    middle = step(pelvis, stance.trunk, LOWER_TRUNK)
    neck = step(middle, upper, UPPER_TRUNK)
    head = step(neck, head_angle, NECK)
    lines: list[LimbLine] = []
    for sign, limb in ((1, stance.near), (-1, stance.far)):
        hip, shoulder = pelvis, step(neck, upper, -0.012)
        if view != "side":
            hip = step(pelvis, stance.trunk - 90, sign * HALF_HIPS)
            shoulder = step(step(neck, upper, -0.022), upper - 90, sign * HALF_SHOULDERS)
        lines.append(_limb(limb, hip, shoulder, stance.trunk, upper, view))
    return Skeleton(
        view, pelvis, middle, neck, head, stance.trunk, upper, head_angle, lines[0], lines[1]
    )


def _limb(
    limb: Limb, hip: Point, shoulder: Point, trunk: float, upper: float, view: View
) -> LimbLine:
    thigh = trunk + 180 + limb.hip
    shank = thigh - limb.knee
    foot = shank + 90 + limb.ankle
    knee = step(hip, thigh, THIGH * limb.thigh_scale)
    ankle = step(knee, shank, SHANK * limb.shank_scale)
    profile = (limb.foot or ("profile" if view == "side" else "front")) == "profile"
    if profile:
        sole = step(ankle, foot - 90, ANKLE_HEIGHT)
        heel, ball = step(sole, foot, -HEEL_BACK), step(sole, foot, BALL)
        toe = step(ball, foot + limb.toes, TOE - BALL)
    else:
        heel = step(ankle, foot - 90, ANKLE_HEIGHT)
        ball = toe = step(ankle, foot - 90, FRONT_FOOT)
    arm = upper + 180 + limb.shoulder
    forearm = arm + limb.elbow
    palm = forearm + limb.wrist
    elbow = step(shoulder, arm, UPPER_ARM * limb.ua_scale)
    wrist = step(elbow, forearm, FOREARM * limb.fa_scale)
    hand = step(wrist, palm, HAND * max(limb.fa_scale, 0.6))
    return LimbLine(
        hip, knee, ankle, heel, ball, toe, shoulder, elbow, wrist, hand,
        shank, foot, forearm, palm, profile, limb.foot == "hidden",
    )  # fmt: skip


def two_bones(root: Point, target: Point, first: float, second: float, bend: int) -> Point:
    """Directions (degrees) of two linked parts so that the second ends at the target.

    `bend` is the sign of the second's turn against the first. A target out of reach is
    approached as near as the lengths allow.
    """
    dx, dy = target[0] - root[0], target[1] - root[1]
    reach = min(max(hypot(dx, dy), abs(first - second) + 1e-6), first + second - 1e-6)
    towards = degrees(atan2(dy, dx))
    inner = degrees(acos((first**2 + reach**2 - second**2) / (2 * first * reach)))
    outer = degrees(acos((second**2 + reach**2 - first**2) / (2 * second * reach)))
    return (towards - bend * inner, towards + bend * outer)
