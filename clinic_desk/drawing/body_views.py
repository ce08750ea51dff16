"""The body chart's geometry: outlines as smooth curves, regions as polygons, and what is hit.

Everything is worked out once from `body_outline` and kept. Marks hold points from 0 to 1 over a
view's box (x right, y up); drawings use body units, in which the body is 1 high.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import hypot

from clinic_desk.clinical.body_regions import REGIONS, VIEWS
from clinic_desk.clinical.measures import Side
from clinic_desk.drawing import body_outline as drawn
from clinic_desk.drawing.shapes import Curve, Move, Path, Point, Role

Polygon = tuple[Point, ...]

HALF_WIDTH: Mapping[str, float] = {"front": 0.25, "back": 0.25, "left": 0.125, "right": 0.125}
_STEPS = 6  # straight pieces that a curve is cut into for its polygon
_LOOP_GAP = 0.05  # ends of a stroke that are nearer mean a loop around something
_LEAST_SHARE = 0.12  # of a stroke's length; a region that is only grazed is not covered


@dataclass(frozen=True, slots=True)
class Area:
    """Where a region of one side is seen in a view. `side` is None on the midline."""

    region: str
    side: Side | None
    view: str
    polygon: Polygon
    centre: Point  # a point well inside
    box: tuple[float, float, float, float]

    @property
    def key(self) -> tuple[str, Side | None]:
        return self.region, self.side


def to_body(view: str, point: Point) -> Point:
    """From the 0 to 1 of a view's box to body units."""
    half = HALF_WIDTH[view]
    return (point[0] - 0.5) * 2 * half, point[1]


def to_box(view: str, point: Point) -> Point:
    """From body units to the 0 to 1 of a view's box, held inside it."""
    x = point[0] / (2 * HALF_WIDTH[view]) + 0.5
    return min(1.0, max(0.0, x)), min(1.0, max(0.0, point[1]))


# --- outlines -------------------------------------------------------------------------


@cache
def outlines(view: str) -> tuple[Path, ...]:
    """The body's outline; from the side with the arm that hangs before it."""
    if view in ("front", "back"):
        half = drawn.HALF_FRONT
        whole = half + tuple((-x, y) for x, y in reversed(half[1:-1]))
        return (_smooth(whole, "body"),)
    return tuple(
        _smooth(_facing(view, points), part)
        for points, part in ((drawn.SIDE, "body"), (drawn.SIDE_ARM, "arm"))
    )


def _facing(view: str, points: Sequence[Point]) -> Polygon:
    return tuple((-x, y) for x, y in points) if view == "right" else tuple(points)


def _smooth(points: Sequence[Point], part: str) -> Path:
    """A closed curve through the points (Catmull-Rom as Bezier pieces)."""
    count = len(points)
    segments: list[Move | Curve] = [Move(points[0])]
    for place in range(count):
        before, here = points[place - 1], points[place]
        after, beyond = points[(place + 1) % count], points[(place + 2) % count]
        first = (here[0] + (after[0] - before[0]) / 6, here[1] + (after[1] - before[1]) / 6)
        second = (after[0] - (beyond[0] - here[0]) / 6, after[1] - (beyond[1] - here[1]) / 6)
        segments.append(Curve(first, second, after))
    return Path(tuple(segments), Role.BODY, part=part)


@cache
def lines_inside(view: str) -> tuple[Path, ...]:
    """Collarbones, kneecaps, shoulder blades: what tells front from back."""
    lines = {"front": drawn.FRONT_LINES, "back": drawn.BACK_LINES}.get(view, ())
    return tuple(
        Path((Move((s * a[0], a[1])), _bent((s * a[0], a[1]), (s * b[0], b[1]), (s * c[0], c[1]))),
             Role.FEATURE, closed=False)
        for a, b, c in lines
        for s in (1, -1)
    )  # fmt: skip


def _bent(a: Point, pull: Point, to: Point) -> Curve:
    """One quadratic piece as a cubic one."""
    return Curve(
        (a[0] + (pull[0] - a[0]) * 2 / 3, a[1] + (pull[1] - a[1]) * 2 / 3),
        (to[0] + (pull[0] - to[0]) * 2 / 3, to[1] + (pull[1] - to[1]) * 2 / 3),
        to,
    )


@cache
def outline_polygons(view: str) -> tuple[Polygon, ...]:
    """The same outlines as polygons."""
    return tuple(_flat(path) for path in outlines(view))


def _flat(path: Path) -> Polygon:
    points: list[Point] = []
    here: Point = (0.0, 0.0)
    for segment in path.segments:
        if isinstance(segment, Curve):
            for step in range(1, _STEPS + 1):
                t = step / _STEPS
                s = 1 - t
                a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
                points.append(
                    (
                        a * here[0]
                        + b * segment.first[0]
                        + c * segment.second[0]
                        + d * segment.to[0],
                        a * here[1]
                        + b * segment.first[1]
                        + c * segment.second[1]
                        + d * segment.to[1],
                    )
                )
        here = segment.to
    return tuple(points)


# --- regions --------------------------------------------------------------------------


@cache
def areas(view: str) -> tuple[Area, ...]:
    """Every region that is seen in a view, each side by itself; the arm of a side view first."""
    if view not in VIEWS:
        raise KeyError(view)
    polygons = outline_polygons(view)
    found: list[Area] = []
    if view in ("front", "back"):
        front = view == "front"
        cells = drawn.FRONT_CELLS if front else drawn.BACK_CELLS
        middle = drawn.FRONT_MIDDLE if front else drawn.BACK_MIDDLE
        right, left = (Side.LEFT, Side.RIGHT) if front else (Side.RIGHT, Side.LEFT)
        half = tuple(point for point in polygons[0] if point[0] >= 0)
        for region, cell in cells.items():
            cut = _cut(half, cell)
            found.append(_area(view, region, right, cut))
            mirrored = tuple((-x, y) for x, y in reversed(cut))
            found.append(_area(view, region, left, mirrored))
        found += [
            _area(view, region, None, _cut(polygons[0], cell)) for region, cell in middle.items()
        ]
        return tuple(found)
    if view == "right":  # the exact mirror of the left view
        return tuple(
            _area(view, one.region, Side.RIGHT, tuple((-x, y) for x, y in reversed(one.polygon)))
            for one in areas("left")
        )
    for polygon, cells in ((polygons[1], drawn.SIDE_ARM_CELLS), (polygons[0], drawn.SIDE_CELLS)):
        found += [
            _area(view, region, Side.LEFT, _cut(polygon, cell)) for region, cell in cells.items()
        ]
    return tuple(found)


def _area(view: str, region: str, side: Side | None, polygon: Polygon) -> Area:
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    box = (min(xs), min(ys), max(xs), max(ys))
    return Area(region, side, view, polygon, _inside_point(polygon, box), box)


def _cut(polygon: Polygon, cell: Polygon) -> Polygon:
    """The part of an outline inside a convex cell (Sutherland and Hodgman)."""
    turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*cell, cell[0])))
    edges = pairwise((*cell, cell[0]) if turn > 0 else (*reversed(cell), cell[-1]))
    points = list(polygon)
    for (ax, ay), (bx, by) in edges:
        kept: list[Point] = []
        for place, (x, y) in enumerate(points):
            px, py = points[place - 1]
            now = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            before = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
            if (now >= 0) != (before >= 0):
                share = before / (before - now)
                kept.append((px + (x - px) * share, py + (y - py) * share))
            if now >= 0:
                kept.append((x, y))
        points = kept
    return tuple(points)


def _inside_point(polygon: Polygon, box: tuple[float, float, float, float]) -> Point:
    """The middle of the widest stretch on the lines through the polygon's middle."""
    best, at = -1.0, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = box[1] + (box[3] - box[1]) * share
        for left, right in spans(polygon, y):
            if right - left > best * 1.15:
                best, at = right - left, ((left + right) / 2, y)
    return at


def spans(polygon: Polygon, y: float) -> list[tuple[float, float]]:
    """Where a level line lies inside a polygon."""
    crossings = sorted(
        ax + (bx - ax) * (y - ay) / (by - ay)
        for (ax, ay), (bx, by) in pairwise((*polygon, polygon[0]))
        if (ay > y) != (by > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def contains(polygon: Polygon, point: Point) -> bool:
    x, y = point
    inside = False
    ax, ay = polygon[-1]
    for bx, by in polygon:
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            inside = not inside
        ax, ay = bx, by
    return inside


# --- what is hit ----------------------------------------------------------------------


def hit(view: str, point: Point, reach: float = 0.0) -> Area | None:
    """The region at a point in body units, else the nearest one within reach."""
    x, y = point
    for area in areas(view):
        x0, y0, x1, y1 = area.box
        if x0 <= x <= x1 and y0 <= y <= y1 and contains(area.polygon, point):
            return area
    if reach <= 0:
        return None
    near = [
        (_away(area.polygon, point), place)
        for place, area in enumerate(areas(view))
        if area.box[0] - reach <= x <= area.box[2] + reach
        and area.box[1] - reach <= y <= area.box[3] + reach
    ]
    away, place = min(near, default=(reach + 1, 0))
    return areas(view)[place] if away <= reach else None


def _away(polygon: Polygon, point: Point) -> float:
    return min(_from_line(point, a, b) for a, b in pairwise((*polygon, polygon[0])))


def _from_line(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0
    if length:
        share = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length
        share = min(1.0, max(0.0, share))
    return hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy)


def covered(view: str, path: Sequence[Point]) -> tuple[tuple[str, Side | None], ...]:
    """The regions that a stroke (0 to 1) runs over, or that a loop is drawn around.

    What it only grazes does not count; a stroke beside the body takes the nearest region.
    """
    dense = _dense([to_body(view, point) for point in path])
    found = _met(view, path, dense)
    if not found and dense:
        area = hit(view, dense[len(dense) // 2], 1.0)
        found = [area.key] if area is not None else []
    return tuple(dict.fromkeys(found))


def far_off(view: str, path: Sequence[Point]) -> bool:
    """Whether a stroke (0 to 1) meets no region and lies further from the body than a hand slips:
    it is meant for none.
    """
    dense = _dense([to_body(view, point) for point in path])
    return not _met(view, path, dense) and not any(hit(view, one, _SLIP) for one in dense)


def _met(view: str, path: Sequence[Point], dense: Sequence[Point]) -> list[tuple[str, Side | None]]:
    """The regions that a stroke runs over or goes around."""
    points = [to_body(view, point) for point in path]
    lengths: dict[tuple[str, Side | None], int] = {}
    for point in dense:
        area = hit(view, point)
        if area is not None:
            lengths[area.key] = lengths.get(area.key, 0) + 1
    least = max(2, _LEAST_SHARE * len(dense)) if len(dense) > 4 else 1
    found = [key for key, count in lengths.items() if count >= least]
    if len(points) > 3 and hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1]) < min(
        _LOOP_GAP, len(dense) * _DENSE / 4
    ):
        loop = tuple(points)
        inside = [area.key for area in areas(view) if contains(loop, area.centre)]
        found = inside or found
    if not found and lengths:
        found = [max(lengths, key=lambda key: lengths[key])]
    return found


_SLIP = 0.03  # of stature; a hand slips so far from the body
_DENSE = 0.004


def _dense(points: Sequence[Point]) -> list[Point]:
    """Points along a line at even, small steps."""
    found = list(points[:1])
    for a, b in pairwise(points):
        steps = max(1, round(hypot(b[0] - a[0], b[1] - a[1]) / _DENSE))
        found += [
            (a[0] + (b[0] - a[0]) * step / steps, a[1] + (b[1] - a[1]) * step / steps)
            for step in range(1, steps + 1)
        ]
    return found


def along(points: Sequence[Point], gap: float) -> list[tuple[Point, Point]]:
    """Points at even gaps along a line, each with the direction there (length 1)."""
    found: list[tuple[Point, Point]] = []
    left = gap / 2
    for a, b in pairwise(points):
        length = hypot(b[0] - a[0], b[1] - a[1])
        if not length:
            continue
        way = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
        while left <= length:
            found.append(((a[0] + way[0] * left, a[1] + way[1] * left), way))
            left += gap
        left -= length
    return found


def simplified(path: Sequence[Point], most: int, tolerance: float = 0.0015) -> tuple[Point, ...]:
    """A stroke with as few points as keep its shape (Douglas and Peucker), at most so many."""
    points = [(round(x, 4), round(y, 4)) for x, y in path]
    points = [p for place, p in enumerate(points) if not place or p != points[place - 1]]
    found = _reduced(points, tolerance)
    while len(found) > most:
        tolerance *= 1.6
        found = _reduced(points, tolerance)
    return tuple(found)


def _reduced(points: list[Point], tolerance: float) -> list[Point]:
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    spans_left = [(0, len(points) - 1)]
    while spans_left:
        low, high = spans_left.pop()
        far, at = 0.0, -1
        for place in range(low + 1, high):
            away = _from_line(points[place], points[low], points[high])
            if away > far:
                far, at = away, place
        if far > tolerance:
            keep.add(at)
            spans_left += [(low, at), (at, high)]
    return [points[place] for place in sorted(keep)]


@cache
def views_of(region: str, side: Side | None) -> tuple[str, ...]:
    """The views in which a region is seen, the one that shows most of it first."""
    sizes: dict[str, float] = {}
    for view in VIEWS:
        for area in areas(view):
            if area.key == (region, side):
                x0, y0, x1, y1 = area.box
                sizes[view] = (x1 - x0) * (y1 - y0)
    return tuple(sorted(sizes, key=lambda view: -sizes[view]))


def every_place() -> tuple[tuple[str, Side | None], ...]:
    """All that can be marked, in the order of the list: each region left, then right."""
    return tuple(
        (region.id, side)
        for region in REGIONS.values()
        for side in ((Side.LEFT, Side.RIGHT) if region.sided else (None,))
    )
