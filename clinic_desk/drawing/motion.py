"""Movement: what moves between two stances, and the arrow that shows it."""

from itertools import pairwise
from math import atan2, degrees, hypot

from clinic_desk.drawing import skeleton
from clinic_desk.drawing.between import interpolate
from clinic_desk.drawing.pose import Pose
from clinic_desk.drawing.props import arrow as arrow_shapes
from clinic_desk.drawing.shapes import Point, Shape
from clinic_desk.drawing.skeleton import Skeleton, build, step

STILL = 0.03
"""What moves less than this share of the stature counts as still."""

CLEAR = {"head": 0.115, "neck": 0.09, "pelvis": 0.10, "knee": 0.08, "hip": 0.10}
"""How far an arrow keeps from the point whose path it shows."""


def moved(pose: Pose) -> tuple[str, ...]:
    """The parts that move, by name: trunk, head, near.leg, far.leg, near.arm, far.arm."""
    one, two = build(pose.start, pose.view), build(pose.end, pose.view)
    a, b = one.points(), two.points()
    parts = {
        "trunk": ("pelvis", "neck"),
        "head": ("head",),
        "near.leg": ("near.knee", "near.ankle", "near.toe"),
        "far.leg": ("far.knee", "far.ankle", "far.toe"),
        "near.arm": ("near.elbow", "near.hand"),
        "far.arm": ("far.elbow", "far.hand"),
    }
    return tuple(
        part
        for part, names in parts.items()
        if max(hypot(a[n][0] - b[n][0], a[n][1] - b[n][1]) for n in names) > STILL
    )


def busiest(pose: Pose) -> tuple[str, float]:
    """The point that moves most, and how far."""
    a, b = build(pose.start, pose.view).points(), build(pose.end, pose.view).points()
    asked = [
        n
        for n in a
        if n in ("head", "pelvis") or n.split(".")[-1] in ("knee", "toe", "heel", "hand")
    ]
    near_first = sorted(asked, key=lambda name: name.startswith("far"))
    best = max(near_first, key=lambda n: hypot(a[n][0] - b[n][0], a[n][1] - b[n][1]))
    return best, hypot(a[best][0] - b[best][0], a[best][1] - b[best][1])


def arrow(pose: Pose) -> list[Shape]:
    """The arrow of a pose; none where it has none."""
    kind, point = pose.arrow.kind, pose.arrow.point
    end = build(pose.end, pose.view)
    if kind == "none":
        return []
    if kind in ("press", "travel"):
        at = end.points()[point or "near.heel"]
        way = pose.arrow.direction
        if kind == "press":
            clear = (
                0.075 if point.split(".")[-1] in ("head", "neck", "pelvis", "knee", "hip") else 0.05
            )
            tip = step(at, way + 180, clear)
            return arrow_shapes([step(tip, way + 180, 0.13), tip])
        tail = step(at, way, CLEAR.get(point.split(".")[-1], 0.05) + 0.03)
        return arrow_shapes([tail, step(tail, way, 0.15)])
    if not point:
        point, distance = busiest(pose)
        if distance < STILL:
            return []
    path = [
        build(interpolate(pose.start, pose.end, index / 12, pose.view), pose.view).points()[point]
        for index in range(13)
    ]
    return arrow_shapes(_beside(path, end, point), both=kind == "swing")


def _beside(path: list[Point], end: Skeleton, point: str) -> list[Point]:
    """The path moved clear of the body, and long enough to be seen."""
    first, last = path[0], path[-1]
    straight = hypot(last[0] - first[0], last[1] - first[1])
    towards = degrees(atan2(last[1] - first[1], last[0] - first[0]))
    clear = CLEAR.get(point.split(".")[-1], 0.055)
    middle = end.middle if point not in ("pelvis", "neck") else end.pelvis
    if point == "pelvis":
        tail = step(last, towards, clear)
        return [tail, step(tail, towards, max(0.12, straight * 0.6))]
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path))
    if length < 0.11 and straight > 1e-6:
        half = step((0, 0), towards, (0.11 - straight) / 2)
        path = [
            (p[0] + half[0] * (2 * i / 12 - 1), p[1] + half[1] * (2 * i / 12 - 1))
            for i, p in enumerate(path)
        ]
    kept = path[1:] if length > 0.2 else path
    centre = (sum(p[0] for p in kept) / len(kept), sum(p[1] for p in kept) / len(kept))
    side = skeleton.polar(towards + 90, 1)
    outward = side[0] * (centre[0] - middle[0]) + side[1] * (centre[1] - middle[1])
    sign = 1 if outward >= 0 else -1
    shifted: list[Point] = []
    for index, here in enumerate(kept):
        a, b = kept[max(0, index - 1)], kept[min(len(kept) - 1, index + 1)]
        turn = degrees(atan2(b[1] - a[1], b[0] - a[0]))
        shifted.append(step(here, turn + 90 * sign, clear))
    return shifted
