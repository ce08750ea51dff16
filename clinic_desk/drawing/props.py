"""What stands around a figure: floor, chair, wall, step, bed, mat and the things it holds."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, hypot, pi, sin

from clinic_desk.drawing.pose import Pose, Prop
from clinic_desk.drawing.shapes import Circle, Curve, Line, Move, Path, Point, Role, Shape
from clinic_desk.drawing.skeleton import Skeleton, step

SEAT_HALF = 0.115
SEAT_THICK = 0.022
BACK_HEIGHT = 0.27
WALL = 0.03
WALL_TOP = 0.98
MATTRESS = 0.055


def box(x0: float, y0: float, x1: float, y1: float, part: str, radius: float = 0.006) -> Path:
    """A rectangle with rounded corners."""
    r = min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    k = r * 0.45
    return Path(
        (
            Move((x0 + r, y0)),
            Line((x1 - r, y0)),
            Curve((x1 - k, y0), (x1, y0 + k), (x1, y0 + r)),
            Line((x1, y1 - r)),
            Curve((x1, y1 - k), (x1 - k, y1), (x1 - r, y1)),
            Line((x0 + r, y1)),
            Curve((x0 + k, y1), (x0, y1 - k), (x0, y1 - r)),
            Line((x0, y0 + r)),
            Curve((x0, y0 + k), (x0 + k, y0), (x0 + r, y0)),
        ),
        Role.PROP,
        True,
        part,
    )


def chair(x: float, seat: float, back: str) -> list[Shape]:
    """A plain firm chair, its seat's top at `seat`."""
    left, right = x - SEAT_HALF, x + SEAT_HALF
    under = seat - SEAT_THICK
    shapes: list[Shape] = [
        box(left + 0.012, 0, left + 0.030, under, "chair", 0.003),
        box(right - 0.030, 0, right - 0.012, under, "chair", 0.003),
    ]
    if back == "left":
        shapes.append(box(left - 0.012, under, left + 0.008, seat + BACK_HEIGHT, "chair", 0.009))
    if back == "right":
        shapes.append(box(right - 0.008, under, right + 0.012, seat + BACK_HEIGHT, "chair", 0.009))
    shapes.append(box(left, under, right, seat, "chair", 0.009))
    return shapes


def wall(x: float) -> list[Shape]:
    """A wall whose face is at x; it stands on the side away from the figure."""
    far = x + WALL if x > 0 else x - WALL
    return [box(min(x, far), 0, max(x, far), WALL_TOP, "wall", 0.002)]


def behind(pose: Pose, left: float, right: float) -> list[Shape]:
    """Everything that is drawn before the figure; left and right bound the floor line."""
    shapes: list[Shape] = []
    if pose.surface == "bed":
        shapes.append(box(left, -MATTRESS, right, 0, "bed", 0.02))
    elif pose.view == "top":
        shapes.append(box(left, -0.27, right, 0.27, "mat", 0.02))
    else:
        shapes.append(Path((Move((left, 0)), Line((right, 0))), Role.FLOOR, False, "floor"))
    for prop in pose.props:
        shapes.extend(_standing(prop))
    return shapes


def _standing(prop: Prop) -> list[Shape]:
    n = prop.numbers
    match prop.type:
        case "chair":
            return chair(n["x"], n["seat"], prop.back)
        case "wall":
            return wall(n["x"])
        case "step":
            return [box(n["x0"], 0, n["x1"], n["h"], "step", 0.004)]
        case "pillow":
            half = n["w"] / 2
            return [
                box(
                    n["x"] - half,
                    max(0, n["y"] - 0.02),
                    n["x"] + half,
                    n["y"] + 0.02,
                    "pillow",
                    0.02,
                )
            ]
        case "cushion":
            half = n["w"] / 2
            return [box(n["x"] - half, 0, n["x"] + half, 0.016, "cushion", 0.008)]
        case "roller":
            return [Circle((n["x"], n["y"]), n["r"], Role.PROP, "roller")]
        case _:
            return []


def covers(prop: Prop, point: Point) -> bool:
    """Whether a standing thing is at a place, a little room around it included."""
    room = 0.015
    for shape in _standing(prop):
        if isinstance(shape, Circle):
            (x, y), reach = shape.centre, shape.radius + room
            if hypot(point[0] - x, point[1] - y) <= reach:
                return True
        elif isinstance(shape, Path):
            xs, ys = zip(*(segment.to for segment in shape.segments), strict=True)
            across = min(xs) - room <= point[0] <= max(xs) + room
            if across and min(ys) - room <= point[1] <= max(ys) + room:
                return True
    return False


def held(props: Sequence[Prop], points: Mapping[str, Point], body: Skeleton) -> list[Shape]:
    """Things that go with the body, drawn over it."""
    shapes: list[Shape] = []
    for prop in props:
        places = [points[name] for name in prop.at]
        if prop.type == "towel":
            x, y = places[0]
            low = max(0.0, y - 0.012)
            shapes.append(box(x - 0.05, low, x + 0.05, low + 0.012, "towel", 0.006))
        elif prop.type == "weight":
            x, y = step(places[0], body.near.hand_angle, -0.012)
            shapes.append(box(x - 0.032, y - 0.05, x + 0.032, y + 0.01, "weight", 0.012))
        elif prop.type == "strap":
            shapes.append(Path((Move(places[0]), Line(places[1])), Role.PROP, False, "strap"))
        elif prop.type == "stick":
            shapes.append(bar(places[0], places[1], 0.008, "stick"))
    return shapes


def bar(start: Point, end: Point, half: float, part: str) -> Path:
    """A straight bar between two places."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1e-9
    nx, ny = -(end[1] - start[1]) / length * half, (end[0] - start[0]) / length * half
    corners = (
        (start[0] + nx, start[1] + ny),
        (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny),
        (start[0] - nx, start[1] - ny),
    )
    return Path((Move(corners[0]), *(Line(c) for c in corners[1:])), Role.PROP, True, part)


def arrow(points: Sequence[Point], both: bool = False) -> list[Shape]:
    """A stroke along the points with a filled head at its end, or at both ends."""
    length, half = 0.042, 0.021
    shaft = list(points)
    heads: list[Shape] = []
    ends = [(points[-1], points[-2])] + ([(points[0], points[1])] if both else [])
    for tip, before in ends:
        turn = atan2(tip[1] - before[1], tip[0] - before[0])
        base = (tip[0] - cos(turn) * length, tip[1] - sin(turn) * length)
        nx, ny = cos(turn + pi / 2) * half, sin(turn + pi / 2) * half
        heads.append(
            Path(
                (
                    Move(tip),
                    Line((base[0] + nx, base[1] + ny)),
                    Line((base[0] - nx, base[1] - ny)),
                ),
                Role.ARROW,
                True,
                "arrow",
            )
        )
    shaft = _cut(shaft, length * 0.8)
    if both:
        shaft = _cut(shaft[::-1], length * 0.8)[::-1]
    line = Path((Move(shaft[0]), *(Line(p) for p in shaft[1:])), Role.ARROW, False, "arrow")
    return [line, *heads]


def _cut(points: list[Point], length: float) -> list[Point]:
    """The stroke without its last stretch."""
    left = length
    kept = list(points)
    while len(kept) > 2:
        reach = hypot(kept[-1][0] - kept[-2][0], kept[-1][1] - kept[-2][1])
        if reach > left:
            break
        left -= reach
        kept.pop()
    (x0, y0), (x1, y1) = kept[-2], kept[-1]
    reach = hypot(x1 - x0, y1 - y0) or 1e-9
    share = max(0.05, 1 - left / reach)
    kept[-1] = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
    return kept
