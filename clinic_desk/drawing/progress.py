"""A measure over the visits of a case: curves, the goal, and the band of changes that don't matter.

The same geometry on paper and on the screen. x is time in proportion to the days between the
points. What tells two curves apart is their shape, not their colour: one is drawn through with
full points, the other broken with empty ones, and each says its name at its end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

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

WIDE, TALL = 2.7, 1.25
_LEFT, _RIGHT, _LOW, _HIGH = 0.36, 2.66, 0.2, 1.07  # the field of the curves
_BEGIN, _END = _LEFT + 0.3, _RIGHT - 0.6  # where the first and the last day stand
_DOT, _RING = 0.034, 0.03
_SIZE = 0.12
_LETTER = 0.55  # how wide a letter is for its height
_ASIDE, _CLEAR = 0.08, 0.03  # room beside and above words
_DASH, _GAP = 0.055, 0.04
_APART = 0.5  # two days' labels that stand closer than this are one too many
WIDEST = 100.0  # no scale that means something as a whole is wider: 0 to 10, 0 to 80, per cent
_SAID = 4  # up to so many points each says its value; of more, only the first and the last


@dataclass(frozen=True, slots=True)
class Mark:
    """One value on a day, counted from the first day of the chart."""

    day: int
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class Series:
    """One curve, the oldest point first. `main` is drawn through, the other broken."""

    marks: tuple[Mark, ...]
    name: str = ""
    main: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over one range of values, with the days named below."""

    series: tuple[Series, ...]
    lowest: float
    highest: float
    days: tuple[tuple[int, str], ...]  # day, "23 Jan"
    goal: float | None = None
    goal_said: str = ""
    band: tuple[float, float] | None = None  # changes within it are not important
    band_said: str = ""


def scale(lowest: float, highest: float, values: Iterable[float]) -> tuple[float, float]:
    """A score's own scale, so that a 3 of 10 looks like one; of a count or a time, whose limits
    only keep slips of the pen out, as much as the values need.
    """
    if highest - lowest <= WIDEST:
        return lowest, highest
    low, high = span(values)
    return max(low, lowest), min(high, highest)


def span(values: Iterable[float]) -> tuple[float, float]:
    """A range in round numbers that holds 0 and all values, with room above for words."""
    held = [0.0, *values]
    room = max(max(held) - min(held), 1e-6)
    rough = room * 1.2 / 2
    unit = 10 ** floor(log10(rough)) if rough > 0 else 1.0
    step = next(k * unit for k in (1, 2, 2.5, 5, 10) if k * unit >= rough - 1e-9)
    low = floor(min(held) / step + 1e-9) * step
    high = max(ceil((max(held) + room * 0.1) / step - 1e-9) * step, low + step)
    return low, high


def picture(chart: Chart) -> Picture:
    """The field with three lines of values, the band, the goal, and the curves over them."""
    shapes: list[Shape] = []
    middle = (chart.lowest + chart.highest) / 2
    if chart.band is not None:
        shapes += _band(chart, chart.band)
    for value in (chart.lowest, middle, chart.highest):
        y = _up(chart, value)
        role = Role.FLOOR if value == chart.lowest else Role.GRID
        shapes.append(_stroke(((_LEFT, y), (_RIGHT, y)), role))
        shapes.append(Text((_LEFT - 0.04, y - 0.035), f"{value:g}", size=_SIZE, anchor="end"))
    if chart.goal is not None:
        y = _up(chart, chart.goal)
        shapes.append(_broken(((_LEFT, y), (_RIGHT, y)), Role.GOAL))
    curves = [shape for series in chart.series for shape in _curve(chart, series)]
    if chart.goal is not None:
        shapes.append(_goal_words(chart.goal_said, y, curves))
    shapes += _days(chart)
    shapes += curves
    return Picture(tuple(shapes), (0.0, 0.0, WIDE, TALL))


def _up(chart: Chart, value: float) -> float:
    share = (value - chart.lowest) / ((chart.highest - chart.lowest) or 1.0)
    return _LOW + min(max(share, 0.0), 1.0) * (_HIGH - _LOW)


def _along(chart: Chart, day: int) -> float:
    last = max((one for one, _ in chart.days), default=0)
    return (_BEGIN + _END) / 2 if not last else _BEGIN + day / last * (_END - _BEGIN)


def _band(chart: Chart, band: tuple[float, float]) -> list[Shape]:
    low, high = _up(chart, band[0]), _up(chart, band[1])
    others = ((_RIGHT, low), (_RIGHT, high), (_LEFT, high))
    said = Text((_RIGHT - 0.02, high - 0.1), chart.band_said, Role.LABEL, _SIZE * 0.9, "end")
    outline: tuple[Segment, ...] = (Move((_LEFT, low)), *(Line(corner) for corner in others))
    return [Path(outline, Role.BAND, part="band"), said]


def _days(chart: Chart) -> list[Shape]:
    """The last day always, the others where there is room."""
    shown: list[Shape] = []
    free = float("inf")
    for day, said in sorted(chart.days, reverse=True):
        x = _along(chart, day)
        if free - x >= _APART:
            shown.append(Text((x, 0.05), said, size=_SIZE))
            free = x
    return shown


def _curve(chart: Chart, series: Series) -> list[Shape]:
    places = [(_along(chart, one.day), _up(chart, one.value)) for one in series.marks]
    shapes: list[Shape] = []
    if len(places) > 1:
        draw = _stroke if series.main else _broken
        shapes.append(draw(tuple(places), Role.ARROW if series.main else Role.LEADER))
    for place in places:
        dot = Circle(place, _DOT, Role.MUSCLE) if series.main else Circle(place, _RING, Role.BADGE)
        shapes.append(dot)
    above = _is_above(chart, series)
    for number, (place, mark) in enumerate(zip(places, series.marks, strict=True)):
        last = number == len(places) - 1
        if len(places) > _SAID and number and not last:
            continue
        lift = 0.065 if above else -0.15
        if place[1] + lift < _LOW:
            lift = 0.065  # below it are the days
        if not last:
            shapes.append(Text((place[0], place[1] + lift), mark.said, size=_SIZE))
            continue
        said = f"{series.name} {mark.said}".strip()
        shift = 0.03 if above else -0.06
        if len(chart.series) == 1:
            shift = _off_goal(chart, place[1])
        at = (place[0] + 0.06, place[1] - 0.035 + shift)
        shapes.append(Text(at, said, size=_SIZE, anchor="start"))
    return shapes


def _goal_words(said: str, y: float, curves: Sequence[Shape]) -> Text:
    """The words of the goal at its line, where they meet no point, curve or value if there is such
    a place: over the line or under it, at the left end or at the right.
    """
    wide = len(said) * _SIZE * _LETTER
    met = [point for shape in curves for point in _points_of(shape)]
    above, below = y + 0.045, y - _SIZE  # letters that hang down clear the line
    places = [
        (left, base)
        for left in (_LEFT + 0.03, _RIGHT - 0.03 - wide)
        for base in (above, below)
        if _LOW <= base <= _HIGH
    ]

    def hit(place: Point) -> int:
        left, base = place
        right, top = left + wide, base + _SIZE
        return sum(
            left - _ASIDE < x < right + _ASIDE and base - _CLEAR < up < top + _CLEAR
            for x, up in met
        )

    at = min(places or [(_LEFT + 0.03, above)], key=hit)
    return Text(at, said, Role.GOAL, _SIZE, anchor="start")


def _points_of(shape: Shape) -> Iterable[Point]:
    """Points so close together that words between two of them would be crossed."""
    if isinstance(shape, Circle):
        yield shape.centre
    elif isinstance(shape, Text):
        wide = len(shape.text) * _SIZE * _LETTER
        begin = shape.at[0] - (wide / 2 if shape.anchor == "middle" else 0)
        for step in range(5):
            yield begin + wide * step / 4, shape.at[1] + _SIZE / 3
    elif isinstance(shape, Path):
        ends = [one.to for one in shape.segments if isinstance(one, Move | Line)]
        for (x0, y0), (x1, y1) in pairwise(ends):
            for step in range(9):
                yield x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8


def _off_goal(chart: Chart, y: float) -> float:
    """How far a value's words move so that the line of the goal does not cross them out."""
    away = 1.0 if chart.goal is None else y - _up(chart, chart.goal)
    if abs(away) > _SIZE:
        return 0.0
    return _SIZE * 0.5 - away + 0.02 if away >= 0 else -_SIZE * 0.6 - away


def _is_above(chart: Chart, series: Series) -> bool:
    """Whether a curve's values stand over it: those of the lower of two stand below."""
    mine = series.marks[-1].value if series.marks else 0.0
    others = [one.marks[-1].value for one in chart.series if one is not series and one.marks]
    return all((mine, series.main) >= (other, False) for other in others)


def _stroke(points: Sequence[Point], role: Role) -> Path:
    return Path((Move(points[0]), *(Line(one) for one in points[1:])), role, closed=False)


def _broken(points: Sequence[Point], role: Role) -> Path:
    """A line in dashes that are part of the drawing, so that paper and screen break it alike."""
    segments: list[Move | Line] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        long = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1e-9
        at = 0.0
        while at < long:
            end = min(at + _DASH, long)
            for share, kind in ((at / long, Move), (end / long, Line)):
                segments.append(kind((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)))
            at = end + _GAP
    return Path(tuple(segments), role, closed=False)
