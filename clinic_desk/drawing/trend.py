"""A small curve of one measure over time: the same geometry on paper and on the screen.

x is time in proportion to the days between the points, y the measure's whole range, so that a
small change never looks like a large one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desk.drawing.shapes import Circle, Line, Move, Path, Picture, Point, Role, Shape, Text

WIDE, TALL = 2.3, 0.84
_LEFT, _RIGHT, _LOW, _HIGH = 0.26, 2.2, 0.08, 0.68  # the field of the curve
_DOT = 0.026
_SIZE = 0.11


@dataclass(frozen=True, slots=True)
class Trend:
    """Points as (days since the first, value), the oldest first; two at least."""

    points: tuple[tuple[int, float], ...]
    lowest: float
    highest: float
    first_said: str  # "6.3"
    last_said: str  # "4.3"


def picture(trend: Trend) -> Picture:
    """The axes with the ends of the range, the curve, and its first and last value in words."""
    places = _places(trend)
    shapes: list[Shape] = [
        Path((Move((_LEFT, _HIGH)), Line((_LEFT, _LOW)), Line((_RIGHT, _LOW))), Role.FLOOR, False),
        Text((_LEFT - 0.04, _LOW - 0.035), _number(trend.lowest), size=_SIZE, anchor="end"),
        Text((_LEFT - 0.04, _HIGH - 0.035), _number(trend.highest), size=_SIZE, anchor="end"),
        Path((Move(places[0]), *(Line(place) for place in places[1:])), Role.ARROW, False),
    ]
    shapes += [Circle(place, _DOT, Role.MUSCLE) for place in places]
    shapes.append(Text(_beside(places[0], places[1]), trend.first_said, size=_SIZE))
    shapes.append(Text(_beside(places[-1], places[-2]), trend.last_said, size=_SIZE))
    return Picture(tuple(shapes), (0.0, 0.0, WIDE, TALL))


def _places(trend: Trend) -> Sequence[Point]:
    span = max(trend.points[-1][0], 1)
    room = (trend.highest - trend.lowest) or 1.0
    begin, end = _LEFT + 0.14, _RIGHT - 0.14
    places = []
    for number, (day, value) in enumerate(trend.points):
        # points of one day stand side by side
        along = day / span if trend.points[-1][0] else number / (len(trend.points) - 1)
        up = min(max((value - trend.lowest) / room, 0.0), 1.0)
        places.append((begin + along * (end - begin), _LOW + up * (_HIGH - _LOW)))
    return places


def _beside(place: Point, other: Point) -> Point:
    """Where a value stands: on the side of its point that the curve leaves free."""
    above = place[1] >= other[1]
    if place[1] < _LOW + 0.17:
        above = True  # below it is the axis
    return place[0], place[1] + (0.055 if above else -0.135)


def _number(value: float) -> str:
    return f"{value:g}"
