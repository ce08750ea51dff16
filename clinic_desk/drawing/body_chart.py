"""Marks on the four views of the body as shapes: the same picture on screen and on paper.

A complaint is told by its hatch, its letter and its number; colour only adds to them, so the
chart reads in black and white and by fax.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import cos, radians, sin

from clinic_desk.clinical.body_chart import ChartFault, plain_chart, read_chart
from clinic_desk.clinical.body_regions import VIEWS
from clinic_desk.clinical.measures import BodyChart, Mark, Place
from clinic_desk.drawing import body_views
from clinic_desk.drawing.body_views import HALF_WIDTH, Area, Polygon, areas
from clinic_desk.drawing.shapes import (
    Circle,
    Line,
    Move,
    Path,
    Picture,
    Point,
    Role,
    Segment,
    Shape,
    Text,
)

LETTERS: Mapping[str, str] = {
    "pain": "P",
    "pins_and_needles": "T",
    "numbness": "N",
    "cramp": "C",
    "stiffness": "S",
}
"""T stands for tingling: P is taken by pain."""

_ROLES: Mapping[str, tuple[Role, Role]] = {
    "pain": (Role.PAIN, Role.PAIN_TINT),
    "pins_and_needles": (Role.PINS, Role.PINS_TINT),
    "numbness": (Role.NUMBNESS, Role.NUMBNESS_TINT),
    "cramp": (Role.CRAMP, Role.CRAMP_TINT),
    "stiffness": (Role.STIFFNESS, Role.STIFFNESS_TINT),
}
_GAP = 0.0085  # between the lines of a hatch
_DOT = 0.0022
ON_SCREEN, ON_PAPER = 0.0165, 0.024  # half height of a mark's letter and number
TOP = 1.0


def regions_resolved(mark: Mark) -> Mark:
    """A stroke with the regions that it covers."""
    if not mark.path:
        return mark
    places = tuple(Place(*key) for key in body_views.covered(mark.view, mark.path))
    return replace(mark, places=places)


def resolved(chart: BodyChart) -> BodyChart:
    """The chart with the regions of every stroke that lacks them."""
    return BodyChart(
        tuple(regions_resolved(one) if one.places is None else one for one in chart.marks)
    )


def resolved_raw(value: object) -> object:
    """A given chart with the regions of its strokes; what cannot be read is left to be refused."""
    try:
        return plain_chart(resolved(read_chart(value)))
    except ChartFault:
        return value


def views_with_marks(chart: BodyChart) -> tuple[str, ...]:
    """The fewest views that show every mark, in their usual order."""
    wanted = {one.view for one in chart.marks if one.path}
    for mark in chart.marks:
        for place in mark.places or () if not mark.path else ():
            views = body_views.views_of(place.region, place.side)
            if not wanted & set(views):
                wanted.add(views[0])
    return tuple(view for view in VIEWS if view in wanted)


def bounds(view: str) -> tuple[float, float, float, float]:
    half = HALF_WIDTH[view]
    return -half, 0.0, half, TOP


@lru_cache(maxsize=8)
def body(view: str, lines: bool = True) -> Picture:
    """A view without marks: its outline, and faint lines between the regions."""
    shapes: list[Shape] = []
    outlines = body_views.outlines(view)
    for place, outline in enumerate(outlines):
        shapes.append(outline)
        if lines:
            arm = [one for one in areas(view) if one.region in _ARM_FROM_SIDE]
            shown = arm if place else [one for one in areas(view) if one not in arm]
            shapes += [_outline(one.polygon, Role.REGION, one.region) for one in shown]
        if not place:
            shapes += body_views.lines_inside(view)
        shapes.append(replace(outline, role=Role.EDGE))
    return Picture(tuple(shapes), bounds(view))


_ARM_FROM_SIDE = frozenset(
    {"shoulder_outer", "upper_arm_outer", "elbow_outer", "forearm_outer"}
) | {"hand_back"}


def marks(view: str, chart: BodyChart) -> Picture:
    """The marks that a view shows, over its body: regions first, strokes on top."""
    shapes: list[Shape] = []
    for mark in chart.marks:
        if not mark.path:
            for area in seen(view, mark.places or ()):
                shapes += _region(area, mark.type)
    for mark in chart.marks:
        if mark.path and mark.view == view:
            points = [body_views.to_body(view, point) for point in mark.path]
            shapes += _stroke(points, mark.type)
    return Picture(tuple(shapes), bounds(view))


def badges(view: str, chart: BodyChart, size: float = ON_SCREEN) -> Picture:
    """Letter and number of each mark beside the body, with a line to its place."""
    shapes: list[Shape] = []
    taken: list[Point] = []
    for mark in chart.marks:
        at: list[Point] = []
        if not mark.path:
            at = [area.centre for area in seen(view, mark.places or ())]
        elif mark.view == view:
            at = [body_views.to_body(view, mark.path[len(mark.path) // 2])]
        for point in at:
            free = _free(_beside(view, point), taken, size)
            taken.append(free)
            shapes += [_line((point, free), Role.LEADER), Circle(point, size * 0.16, Role.LEADER)]
            shapes += _badge(mark, free, size)
    return Picture(tuple(shapes), bounds(view))


def _beside(view: str, point: Point) -> Point:
    """Where the badge of a place stands: outside the body, on the same side and height."""
    x, y = point
    if view in ("left", "right"):
        return (0.100 if x >= 0 else -0.100), y
    arms = 0.36 < y < 0.79
    out = 0.225 if abs(x) > 0.11 else 0.165 if arms and y > 0.62 else 0.14 if arms else 0.125
    return (out if x >= 0 else -out), y


def whole(view: str, chart: BodyChart) -> Picture:
    """Body and marks in one picture, for paper."""
    parts = (body(view), marks(view, chart), badges(view, chart, ON_PAPER))
    return Picture(tuple(shape for part in parts for shape in part.shapes), bounds(view))


def last(view: str, chart: BodyChart) -> Picture:
    """What was marked at the last visit, as pale outlines."""
    shapes: list[Shape] = []
    for mark in chart.marks:
        if mark.path and mark.view == view:
            points = [body_views.to_body(view, point) for point in mark.path]
            shapes.append(_line(points, Role.LAST))
        elif not mark.path:
            shapes += [
                _outline(area.polygon, Role.LAST, area.region)
                for area in seen(view, mark.places or ())
            ]
    return Picture(tuple(shapes), bounds(view))


def sample(kind: str) -> Picture:
    """A swatch of a complaint's hatch with its letter, for the legend."""
    box: Polygon = ((0.0, 0.0), (0.06, 0.0), (0.06, 0.03), (0.0, 0.03))
    area = Area("", None, "", box, (0.03, 0.015), (0.0, 0.0, 0.06, 0.03))
    return Picture(tuple(_region(area, kind)), (0.0, 0.0, 0.06, 0.03))


def seen(view: str, places: Iterable[Place]) -> list[Area]:
    """The areas of these places in a view."""
    keys = {(one.region, one.side) for one in places}
    return [area for area in areas(view) if area.key in keys]


# --- how a complaint looks --------------------------------------------------------------


def _region(area: Area, kind: str) -> list[Shape]:
    line, tint = _ROLES[kind]
    polygon = area.polygon
    shapes: list[Shape] = [_outline(polygon, tint, area.region)]
    match kind:
        case "pain":
            shapes += _hatch(polygon, 45, _GAP, line)
        case "pins_and_needles":
            shapes += _dots(polygon, line)
        case "numbness":
            shapes += _hatch(polygon, 0, _GAP * 1.25, line)
        case "cramp":
            shapes += _hatch(polygon, 45, _GAP * 1.6, line) + _hatch(polygon, 135, _GAP * 1.6, line)
        case "stiffness":
            shapes += _hatch(polygon, 90, _GAP * 1.1, line)
    shapes.append(Path(_segments(polygon), line, closed=False, part=area.region))
    return shapes


def _segments(polygon: Sequence[Point]) -> tuple[Segment, ...]:
    first, *rest = polygon
    return (Move(first), *map(Line, rest), Line(first))


def _outline(polygon: Polygon, role: Role, part: str) -> Path:
    return Path((Move(polygon[0]), *map(Line, polygon[1:])), role, part=part)


def _line(points: Sequence[Point], role: Role) -> Path:
    first, *rest = points
    return Path((Move(first), *map(Line, rest or [first])), role, closed=False)


def _hatch(polygon: Polygon, degrees: float, gap: float, role: Role) -> list[Shape]:
    """Parallel lines inside a polygon, one open path; the same raster everywhere."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    turned = tuple((x * c + y * s, y * c - x * s) for x, y in polygon)
    low, high = min(y for _, y in turned), max(y for _, y in turned)
    segments: list[Segment] = []
    row = int(low // gap)
    while row * gap < high:
        y = row * gap + gap / 2
        for left, right in body_views.spans(turned, y):
            segments.append(Move((left * c - y * s, left * s + y * c)))
            segments.append(Line((right * c - y * s, right * s + y * c)))
        row += 1
    return [Path(tuple(segments), role, closed=False)] if segments else []


def _dots(polygon: Polygon, role: Role) -> list[Shape]:
    gap = _GAP * 1.15
    low, high = min(y for _, y in polygon), max(y for _, y in polygon)
    shapes: list[Shape] = []
    row = int(low // gap)
    while row * gap < high:
        y = row * gap + gap / 2
        shift = gap / 2 if row % 2 else 0.0
        for left, right in body_views.spans(polygon, y):
            column = int((left - shift) // gap) + 1
            while column * gap + shift < right:
                shapes.append(Circle((column * gap + shift, y), _DOT, role))
                column += 1
        row += 1
    return shapes


def _stroke(points: Sequence[Point], kind: str) -> list[Shape]:
    """A pen stroke: its line, and along it what tells the complaint without colour."""
    line, _ = _ROLES[kind]
    if kind == "pins_and_needles":
        spots = body_views.along(points, 0.010) or [(points[0], (1.0, 0.0))]
        return [Circle(at, 0.0034, line) for at, _ in spots]
    shapes: list[Shape] = []
    segments: list[Segment] = []
    for at, (dx, dy) in body_views.along(points, 0.012):
        match kind:
            case "cramp":
                ways = ((1, 1), (1, -1))
                for along_, across in ways:
                    wx = (dx * along_ - dy * across) * 0.0048
                    wy = (dy * along_ + dx * across) * 0.0048
                    segments += [Move((at[0] - wx, at[1] - wy)), Line((at[0] + wx, at[1] + wy))]
            case "stiffness":
                wx, wy = -dy * 0.0062, dx * 0.0062
                segments += [Move((at[0] - wx, at[1] - wy)), Line((at[0] + wx, at[1] + wy))]
            case "numbness":
                wx, wy = dx * 0.0036, dy * 0.0036
                segments += [Move((at[0] - wx, at[1] - wy)), Line((at[0] + wx, at[1] + wy))]
    if kind == "pain":
        shapes.append(_line(points, line))
        shapes += [
            _line([(x - dy * o, y + dx * o) for (x, y), (dx, dy) in _ways(points)], line)
            for o in (-0.0028, 0.0028)
        ]
    elif kind == "numbness":
        for offset in (-0.0030, 0.0030):
            segments = [
                one
                for at, (dx, dy) in body_views.along(points, 0.012)
                for one in (
                    Move((at[0] - dx * 0.0036 - dy * offset, at[1] - dy * 0.0036 + dx * offset)),
                    Line((at[0] + dx * 0.0036 - dy * offset, at[1] + dy * 0.0036 + dx * offset)),
                )
            ]
            if segments:
                shapes.append(Path(tuple(segments), line, closed=False))
        segments = []
    elif kind == "stiffness":
        shapes.append(_line(points, line))
    if segments:
        shapes.append(Path(tuple(segments), line, closed=False))
    return shapes or [Circle(points[0], 0.0042, line)]


def _ways(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Each point with the direction of the line there."""
    if len(points) < 2:
        return [(points[0], (1.0, 0.0))]
    found = []
    for place, point in enumerate(points):
        a, b = points[max(0, place - 1)], points[min(len(points) - 1, place + 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        found.append((point, (dx / length, dy / length)))
    return found


def _free(point: Point, taken: Sequence[Point], size: float) -> Point:
    """A place for a badge below those that stand already."""
    x, y = point
    while any(abs(x - a) < size * 2.6 and abs(y - b) < size * 2.1 for a, b in taken):
        y -= size * 0.7
    return x, y


def label(mark: Mark) -> str:
    """ "P6": the letter of a complaint with its intensity."""
    return LETTERS[mark.type] + ("" if mark.intensity is None else str(mark.intensity))


def _badge(mark: Mark, at: Point, size: float) -> list[Shape]:
    words = label(mark)
    half = size * (0.55 + 0.42 * len(words))
    x, y = at
    r = size
    k = r * 0.45
    corners = [(half, r - k), (half, k - r), (half - k, -r), (k - half, -r)]
    corners += [(-half, k - r), (-half, r - k), (k - half, r), (half - k, r)]
    ground = Path(
        tuple(
            (Move if place == 0 else Line)((x + dx, y + dy))
            for place, (dx, dy) in enumerate(corners)
        ),
        Role.BADGE,
        part="badge",
    )
    return [ground, Text((x, y - r * 0.62), words, size=r * 1.65)]


def compared(
    before: BodyChart, now: BodyChart
) -> list[tuple[str, Place, str, Mark | None, Mark | None]]:
    """What is new, gone, more or less since the last visit, by place and type."""
    was, has = _by_place(before), _by_place(now)
    found: list[tuple[str, Place, str, Mark | None, Mark | None]] = []
    for key, mark in has.items():
        old = was.get(key)
        if old is None:
            found.append(("new", *key, None, mark))
        elif old.intensity is not None and mark.intensity is not None:
            change = mark.intensity - old.intensity
            word = "same" if not change else "more" if change > 0 else "less"
            found.append((word, *key, old, mark))
        else:
            found.append(("same", *key, old, mark))
    found += [("gone", *key, mark, None) for key, mark in was.items() if key not in has]
    return found


def _by_place(chart: BodyChart) -> dict[tuple[Place, str], Mark]:
    """The strongest mark of each type at each place."""
    found: dict[tuple[Place, str], Mark] = {}
    for mark in chart.marks:
        for place in mark.places or ():
            held = found.get((place, mark.type))
            if held is None or (mark.intensity or 0) > (held.intensity or 0):
                found[place, mark.type] = mark
    return found
