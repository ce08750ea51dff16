"""The muscles that work, as patches on the limbs and the trunk of a figure.

A muscle is drawn where it lies from that view: what is hidden behind the body is not drawn.
"""

from collections.abc import Iterable, Mapping
from math import cos, pi, sin

from clinic_desk.drawing import body
from clinic_desk.drawing.body import Profile
from clinic_desk.drawing.shapes import Path, Point, Role
from clinic_desk.drawing.skeleton import LimbLine, Skeleton, place

BY_WORD: Mapping[str, str] = {
    "hamstrings": "hamstring",
    "front of thigh": "quadriceps",
    "inner thigh": "adductor",
    "hip benders": "hip_flexor",
    "calf": "calf",
    "deep calf": "calf",
    "shin": "shin",
    "buttocks": "gluteal",
    "side of the buttock": "abductor",
    "outer hip": "abductor",
    "hip stabilisers": "abductor",
    "deep tummy": "abdomen",
    "tummy": "abdomen",
    "deep back": "back",
    "back": "back",
}
"""The muscles of the exercise files that have a place of their own in the picture."""

# part, from and to along it, inner and outer share of the half width; left of a hanging limb
# is its front, so what lies behind is negative
_SIDE: Mapping[str, tuple[str, float, float, float, float]] = {
    "hamstring": ("thigh", 0.14, 0.94, -0.10, -0.86),
    "quadriceps": ("thigh", 0.16, 0.92, 0.10, 0.86),
    "hip_flexor": ("thigh", 0.02, 0.40, 0.10, 0.84),
    "calf": ("shank", 0.04, 0.62, -0.05, -0.88),
    "shin": ("shank", 0.10, 0.80, 0.20, 0.86),
}
_FRONT: Mapping[str, tuple[str, float, float, float, float]] = {
    "quadriceps": ("thigh", 0.18, 0.92, -0.62, 0.62),
    "hip_flexor": ("thigh", 0.02, 0.36, -0.50, 0.50),
    "adductor": ("thigh", 0.10, 0.70, 0.25, 0.88),  # towards the middle of the body
    "shin": ("shank", 0.12, 0.80, -0.35, 0.45),
}
# forward along the trunk, to its chest side, and half the length and width of an oval
_TRUNK_SIDE: Mapping[str, tuple[float, float, float, float]] = {
    "gluteal": (0.002, -0.026, 0.044, 0.022),
    "abductor": (0.012, -0.004, 0.030, 0.024),
    "abdomen": (0.075, 0.031, 0.060, 0.013),
    "back": (0.100, -0.028, 0.080, 0.011),
}
_TRUNK_FRONT: Mapping[str, tuple[float, float, float, float]] = {
    "abdomen": (0.085, 0.0, 0.062, 0.036),
}
_ABDUCTOR_FRONT = (0.020, 0.064, 0.034, 0.014)
_STEPS = 9


def on_leg(line: LimbLine, near: bool, names: Iterable[str]) -> list[Path]:
    """The patches of a leg, in the order of the names."""
    table = _SIDE if line.profile else _FRONT
    found = []
    for name in names:
        if name not in table or (line.hidden and table[name][0] == "shank"):
            continue
        part, start, end, inner, outer = table[name]
        if name == "adductor" and near:  # the near leg hangs at +x: its middle is at the right
            inner, outer = -inner, -outer
        root, tip = (line.hip, line.knee) if part == "thigh" else (line.knee, line.ankle)
        profile = _profile(part, line.profile)
        points = _belly(root, tip, profile, (start, end), (inner, outer))
        side = "near" if near else "far"
        found.append(body.smooth(points, Role.MUSCLE, f"{side}.{name}"))
    return found


def on_trunk(skeleton: Skeleton, names: Iterable[str], sides: Iterable[str]) -> list[Path]:
    """The patches of the trunk; `sides` are the working legs, for what belongs to one hip."""
    found = []
    for name in names:
        ovals = []
        if skeleton.view == "side":
            if name in _TRUNK_SIDE:
                ovals.append(_TRUNK_SIDE[name])
        elif name in _TRUNK_FRONT:
            ovals.append(_TRUNK_FRONT[name])
        elif name == "abductor":
            along, out, long, wide = _ABDUCTOR_FRONT
            ovals += [(along, out if side == "near" else -out, long, wide) for side in sides]
        found += [_oval(skeleton, name, oval) for oval in ovals]
    return found


def _profile(part: str, side: bool) -> Profile:
    if part == "thigh":
        return body.THIGH_SIDE if side else body.THIGH_FRONT
    return body.SHANK_SIDE if side else body.SHANK_FRONT


def _belly(
    root: Point, tip: Point, profile: Profile, span: tuple[float, float], edges: tuple[float, float]
) -> list[Point]:
    """A spindle between two shares of the half width, pointed at both ends."""
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1e-9
    nx, ny = -dy / length, dx / length
    inner, outer = edges
    middle, half = (inner + outer) / 2, (outer - inner) / 2
    there: list[Point] = []
    back: list[Point] = []
    for number in range(_STEPS):
        share = number / (_STEPS - 1)
        along = span[0] + (span[1] - span[0]) * share
        swell = sin(pi * share) ** 0.6
        for points, edge in ((there, middle + half * swell), (back, middle - half * swell)):
            out = edge * _half_width(profile, along, edge > 0)
            points.append((root[0] + dx * along + nx * out, root[1] + dy * along + ny * out))
    return [*there, *reversed(back[1:-1])]


def _half_width(profile: Profile, along: float, front: bool) -> float:
    """The half width of a part at a share of its length."""
    before = profile[0]
    for knot in profile:
        if knot[0] >= along:
            gap = knot[0] - before[0]
            share = (along - before[0]) / gap if gap else 0.0
            one, two = (before[1], knot[1]) if front else (before[2], knot[2])
            return one + (two - one) * min(max(share, 0.0), 1.0)
        before = knot
    return before[1] if front else before[2]


def _oval(skeleton: Skeleton, name: str, oval: tuple[float, float, float, float]) -> Path:
    along, out, long, wide = oval
    turns = [2 * pi * number / 12 for number in range(12)]
    points = place(
        skeleton.pelvis,
        skeleton.trunk_angle,
        [(along + cos(turn) * long, out + sin(turn) * wide) for turn in turns],
    )
    return body.smooth(points, Role.MUSCLE, f"trunk.{name}")
