"""The way between two stances, for animation and for arrows.

Angles change evenly; then what stands stays on its support and nothing sinks into the floor.
"""

from dataclasses import fields, replace

from clinic_desk.drawing.pose import Limb, SideName, Stance, View
from clinic_desk.drawing.skeleton import (
    FOREARM,
    SHANK,
    THIGH,
    UPPER_ARM,
    LimbLine,
    build,
    place,
    two_bones,
)

SIDES: tuple[SideName, SideName] = ("near", "far")
GROUND = ("foot", "heel", "toes")
KNEE = 0.033
ANKLE = 0.024
SHOE = ((-0.034, 0.039), (-0.0425, 0.026), (-0.040, 0.035), (0.074, 0.039))
"""The foot's outer points behind the toes, as in `body`."""

_NUMBERS = tuple(item.name for item in fields(Limb) if item.name != "foot")


def interpolate(start: Stance, end: Stance, share: float, view: View = "side") -> Stance:
    """The stance at a share of the way, 0 to 1.

    A foot, knee or hand that bears weight in both stays on its support; the others pass
    clear of the floor.
    """
    if share <= 0:
        return start
    if share >= 1:
        return end
    between = replace(
        start,
        trunk=_mix(start.trunk, end.trunk, share),
        lumbar=_mix(start.lumbar, end.lumbar, share),
        neck=_mix(start.neck, end.neck, share),
        x=_mix(start.x, end.x, share),
        y=_mix(start.y, end.y, share),
        near=_limb(start.near, end.near, share),
        far=_limb(start.far, end.far, share),
    )
    if view == "side":
        between = _knees(start, end, between, share)
        for side in SIDES:
            between = _leg(start, end, between, side, share)
    if view != "top":
        between = _raised(start, end, between, view)
    if view == "side":
        for side in SIDES:
            if f"{side}.hand" in start.contacts and f"{side}.hand" in end.contacts:
                between = _arm(start, end, between, side, share)
    return between


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _limb(a: Limb, b: Limb, share: float) -> Limb:
    values = {name: _mix(getattr(a, name), getattr(b, name), share) for name in _NUMBERS}
    return Limb(**values, foot=a.foot)


def _knees(start: Stance, end: Stance, between: Stance, share: float) -> Stance:
    """Kneeling: the pelvis swings round the knee, it doesn't cut the corner."""
    for side in SIDES:
        if f"{side}.knee" in start.contacts and f"{side}.knee" in end.contacts:
            one, two = build(start, "side").limb(side).knee, build(end, "side").limb(side).knee
            now = build(between, "side").limb(side).knee
            return replace(
                between,
                x=between.x + _mix(one[0], two[0], share) - now[0],
                y=between.y + _mix(one[1], two[1], share) - now[1],
            )
    return between


def _leg(start: Stance, end: Stance, between: Stance, side: SideName, share: float) -> Stance:
    """A foot on the ground stays there; one that would pass through it is lifted."""
    one, two = build(start, "side").limb(side), build(end, "side").limb(side)
    now = build(between, "side").limb(side)
    foot = _mix(one.foot_angle, two.foot_angle, share)
    if all(any(f"{side}.{name}" in s.contacts for name in GROUND) for s in (start, end)):
        level = _mix(_sole(one), _sole(two), share)
        ankle = (_mix(one.ankle[0], two.ankle[0], share), now.ankle[1])
        trial = build(_with(between, side, _reaching(between, side, ankle, foot)), "side")
        line = trial.limb(side)
        ankle = (ankle[0], line.ankle[1] - _sole(line) + level)
        limb = _reaching(between, side, ankle, foot)
        return _with(between, side, limb)
    sunk = min(0.0, _sole(one), _sole(two)) - _sole(now)
    if sunk <= 0:
        return between
    ankle = (now.ankle[0], now.ankle[1] + sunk)
    return _with(between, side, _reaching(between, side, ankle, now.foot_angle))


def _sole(line: LimbLine) -> float:
    """The foot's lowest height."""
    return min(line.toe[1], *(y for _, y in place(line.ankle, line.foot_angle, SHOE)))


def _reaching(stance: Stance, side: SideName, ankle: tuple[float, float], foot: float) -> Limb:
    thigh, shank = two_bones((stance.x, stance.y), ankle, THIGH, SHANK, -1)
    return replace(
        stance.limb(side),
        hip=_turn(thigh - stance.trunk - 180, stance.limb(side).hip),
        knee=_turn(thigh - shank, 60),
        ankle=_turn(foot - shank - 90, 0),
    )


def _raised(start: Stance, end: Stance, between: Stance, view: View) -> Stance:
    """The whole body lifted as far as a knee or an ankle would sink."""
    floor = min(0.0, _lowest(start, view), _lowest(end, view))
    sunk = floor - _lowest(between, view)
    return replace(between, y=between.y + sunk) if sunk > 0 else between


def _lowest(stance: Stance, view: View) -> float:
    body = build(stance, view)
    return min(
        min(line.knee[1] - KNEE, line.ankle[1] - ANKLE, line.toe[1])
        for line in (body.near, body.far)
    )


def _arm(start: Stance, end: Stance, between: Stance, side: SideName, share: float) -> Stance:
    one, two = build(start, "side").limb(side), build(end, "side").limb(side)
    body = build(between, "side")
    line = body.limb(side)
    wrist = (_mix(one.wrist[0], two.wrist[0], share), _mix(one.wrist[1], two.wrist[1], share))
    upper, forearm = two_bones(line.shoulder, wrist, UPPER_ARM, FOREARM, 1)
    limb = between.limb(side)
    if limb.ua_scale != 1 or limb.fa_scale != 1:
        return between
    hand = _mix(one.hand_angle, two.hand_angle, share)
    limb = replace(
        limb,
        shoulder=_turn(upper - body.upper_angle - 180, limb.shoulder),
        elbow=_turn(forearm - upper, 60),
        wrist=_turn(hand - forearm, 0),
    )
    return _with(between, side, limb)


def _with(stance: Stance, side: SideName, limb: Limb) -> Stance:
    return replace(stance, near=limb) if side == "near" else replace(stance, far=limb)


def _turn(angle: float, about: float) -> float:
    """The same direction, written as near as possible to another angle."""
    return about + (angle - about + 180) % 360 - 180
