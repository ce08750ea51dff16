"""Reading a body chart: plain JSON becomes typed marks, or is refused with what is allowed.

`{"marks": [{"region": "calf_back", "side": "left", "type": "pain", "intensity": 6},
            {"view": "back", "path": [[0.4, 0.2], …], "type": "numbness", "intensity": null}]}`
"""

from collections.abc import Iterable, Mapping

from clinic_desk.clinical.body_regions import REGIONS, TYPES, VIEWS
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import BodyChart, Mark, Place, Side

MOST_MARKS = 60
MOST_POINTS = 400  # of one stroke
MOST_PLACES = 140
_INTENSITY = 10
ANYWHERE = "anywhere"  # in a condition: "anywhere:pins_and_needles"
_OF_REGION = {"region", "side", "type", "intensity"}
_OF_STROKE = {"view", "path", "type", "intensity", "regions"}


class ChartFault(ValueError):
    """A chart cannot be taken; the text says which part and what is allowed."""


def read_chart(value: object) -> BodyChart:
    """The typed chart. Raises ChartFault."""
    if not isinstance(value, Mapping) or set(value) != {"marks"}:
        raise ChartFault('{"marks": […]}')
    marks = value["marks"]
    if not isinstance(marks, list | tuple):
        raise ChartFault('{"marks": […]}')
    if len(marks) > MOST_MARKS:
        raise ChartFault(f"at most {MOST_MARKS} marks (there are {len(marks)})")
    read = []
    for number, mark in enumerate(marks, 1):
        try:
            read.append(_mark(mark))
        except ChartFault as fault:
            raise ChartFault(f"in mark {number}: {fault}") from fault
    regions = [(one.places, one.type) for one in read if not one.path]
    for place, one in enumerate(regions):
        if one in regions[:place]:
            raise ChartFault(f"each type once in a region (mark {place + 1} is there twice)")
    return BodyChart(tuple(read))


def plain_chart(chart: BodyChart) -> dict[str, object]:
    """The same as JSON values, as it is kept."""
    return {"marks": [plain_mark(one) for one in chart.marks]}


def plain_mark(mark: Mark) -> dict[str, object]:
    """One mark as JSON values."""
    rest: dict[str, object] = {"type": mark.type, "intensity": mark.intensity}
    if not mark.path and mark.places:
        return {**_plain_place(mark.places[0]), **rest}
    stroke: dict[str, object] = {"view": mark.view, "path": [list(point) for point in mark.path]}
    if mark.places is not None:
        stroke["regions"] = [_plain_place(one) for one in mark.places]
    return stroke | rest


def _plain_place(place: Place) -> dict[str, object]:
    side = {"side": place.side.value} if place.side else {}
    return {"region": place.region, **side}


def _mark(value: object) -> Mark:
    if not isinstance(value, Mapping):
        raise ChartFault("an object with a region, or with a view and a path")
    stroke = "path" in value or "view" in value
    allowed = _OF_STROKE if stroke else _OF_REGION
    for key in value:
        if key not in allowed:
            raise ChartFault("only " + ", ".join(sorted(allowed)))
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        raise ChartFault("a type that is one of " + ", ".join(TYPES))
    intensity = _intensity(value.get("intensity"))
    if not stroke:
        return Mark(kind, intensity, (_place(value),))
    view = value.get("view")
    if not isinstance(view, str) or view not in VIEWS:
        raise ChartFault("a view that is one of " + ", ".join(VIEWS))
    return Mark(kind, intensity, _places(value.get("regions")), view, _path(value.get("path")))


def _intensity(value: object) -> int | None:
    if value is None:
        return None
    right = isinstance(value, int | float) and not isinstance(value, bool)
    # a comparison with NaN is false, so it is refused too
    if not right or not 0 <= value <= _INTENSITY or value != int(value):  # type: ignore[operator,call-overload]
        raise ChartFault("an intensity that is null or a whole number from 0 to 10")
    return int(value)  # type: ignore[call-overload,no-any-return]


def _place(value: Mapping[object, object]) -> Place:
    name, side = value.get("region"), value.get("side")
    region = REGIONS.get(name) if isinstance(name, str) else None
    if region is None:
        raise ChartFault("a region of the body chart, such as calf_back or knee_front")
    if not region.sided:
        if side is not None:
            raise ChartFault(f"no side for {region.id}, which lies on the midline")
        return Place(region.id)
    if side not in (Side.LEFT.value, Side.RIGHT.value):
        raise ChartFault(f'"left" or "right" as the side of {region.id}')
    return Place(region.id, Side(side))


def _places(value: object) -> tuple[Place, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or len(value) > MOST_PLACES:
        raise ChartFault("regions as a list of what the stroke covers")
    if not all(isinstance(one, Mapping) and set(one) <= {"region", "side"} for one in value):
        raise ChartFault('regions as a list of {"region": …, "side": …}')
    return tuple(dict.fromkeys(map(_place, value)))


def _path(value: object) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ChartFault("a path of points [x, y]")
    if len(value) > MOST_POINTS:
        raise ChartFault(f"at most {MOST_POINTS} points in a path (there are {len(value)})")
    points = []
    for point in value:
        if not isinstance(point, list | tuple) or len(point) != 2:
            raise ChartFault("a path of points [x, y]")
        for part in point:
            right = isinstance(part, int | float) and not isinstance(part, bool)
            if not right or not 0 <= part <= 1:  # nor is NaN
                raise ChartFault("points from 0 to 1 across and up the view")
        points.append((float(point[0]), float(point[1])))
    return tuple(points)


# --- conditions -----------------------------------------------------------------------


def wanted(text: str) -> tuple[str, str] | None:
    """A condition's word as (region, type), both may be open: "calf_back:numbness".

    None where there is no such region or type.
    """
    region, colon, kind = text.partition(":")
    if region == ANYWHERE and colon:
        region = ""
    elif region not in REGIONS:
        return None
    if colon and kind not in TYPES:
        return None
    return region, kind


def is_marked(chart: BodyChart, text: str, side: Side | None) -> Truth:
    """Whether a region is marked, on the affected side where only one is.

    A stroke without its regions may cover any, so it leaves open what is not marked otherwise.
    """
    region, kind = wanted(text) or ("", "")
    of_type = [one for one in chart.marks if not kind or one.type == kind]
    if any(_lies_in(one.places, region, side) for one in of_type):
        return Truth.TRUE
    return Truth.UNKNOWN if any(one.places is None for one in of_type) else Truth.FALSE


def _lies_in(places: Iterable[Place] | None, region: str, side: Side | None) -> bool:
    one_sided = side in (Side.LEFT, Side.RIGHT)
    if places is None:
        return False
    return any(
        (not region or place.region == region)
        and (not one_sided or place.side is None or place.side is side)
        for place in places
    )
