"""Reading a picture back: outlines as polygons, and what lies inside them."""

from clinic_desk.drawing.shapes import Circle, Curve, Line, Move, Path, Picture, Point


def outline(path: Path, steps: int = 8) -> list[Point]:
    """The outline as points, with the curves flattened."""
    points: list[Point] = []
    for segment in path.segments:
        if isinstance(segment, Move | Line):
            points.append(segment.to)
        else:
            assert isinstance(segment, Curve)
            a, b, c, d = points[-1], segment.first, segment.second, segment.to
            for index in range(1, steps + 1):
                t = index / steps
                w = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
                points.append(
                    tuple(
                        w[0] * p + w[1] * q + w[2] * r + w[3] * s
                        for p, q, r, s in zip(a, b, c, d, strict=True)
                    )
                )
    return points


def inside(point: Point, polygon: list[Point]) -> bool:
    """Whether a point lies in a polygon (winding by crossings to the right)."""
    x, y = point
    found = False
    for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            found = not found
    return found


def part(picture: Picture, name: str) -> list[Point]:
    """The outline of a part."""
    found = [s for s in picture.shapes if isinstance(s, Path) and s.part == name]
    assert found, f"{name} is not drawn"
    return outline(found[0])


BODY = (
    "near.leg", "far.leg", "near.arm", "far.arm", "trunk", "neck", "head", "hair",
)  # fmt: skip


def lowest(picture: Picture, name: str) -> float:
    return min(y for _, y in part(picture, name))


def extent(picture: Picture) -> tuple[float, float, float, float]:
    """The box that really holds every shape."""
    points: list[Point] = []
    for shape in picture.shapes:
        if isinstance(shape, Path):
            points += outline(shape)
        elif isinstance(shape, Circle):
            (x, y), r = shape.centre, shape.radius
            points += [(x - r, y - r), (x + r, y + r)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
