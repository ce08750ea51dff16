"""A drawing on paper: the one ReportLab renderer of shapes.

A picture becomes page operators once and is kept, since the same figures come back on every
preview. Each role differs in lightness and line, so that it reads in grey and by fax.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from clinic_desk.documents import theme
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import one_line
from clinic_desk.drawing.shapes import (
    Circle,
    Curve,
    Line,
    Move,
    Path,
    Photo,
    Picture,
    Point,
    Role,
    Text,
)

Rgb = tuple[float, float, float]

_INK: Rgb = (0.10, 0.10, 0.10)
_TEAL: Rgb = (0.039, 0.420, 0.404)
_MIDDLE: Rgb = (0.50, 0.72, 0.70)
_PALE: Rgb = (0.86, 0.88, 0.88)
_MARKED: Rgb = (0.93, 0.94, 0.94)
_CIRCLE = 0.5523  # Bezier arm of a quarter circle


@dataclass(frozen=True, slots=True)
class _Style:
    fill: Rgb | None
    edge: Rgb | None
    weight: float  # points, whatever the picture's size
    hatch: float = 0.0  # points from line to line; 0 for none


_STYLES: dict[Role, _Style] = {
    Role.NEAR: _Style((1, 1, 1), _INK, 0.85),
    Role.FAR: _Style(_PALE, (0.45, 0.47, 0.47), 0.6),
    Role.WORKING: _Style(_MIDDLE, _INK, 0.85),
    Role.MUSCLE: _Style(_TEAL, _TEAL, 0.4),
    Role.TRUNK: _Style(_PALE, _INK, 0.85),
    Role.HEAD: _Style((1, 1, 1), _INK, 0.85),
    Role.GHOST: _Style(None, (0.58, 0.58, 0.58), 0.6),
    Role.ARROW: _Style(_TEAL, _TEAL, 1.2),
    Role.PROP: _Style((0.95, 0.95, 0.95), (0.35, 0.35, 0.35), 0.75),
    Role.FLOOR: _Style(None, (0.38, 0.42, 0.42), 0.9),
    Role.LABEL: _Style(_INK, None, 0.0),
    Role.BODY: _Style((1, 1, 1), None, 0.0),
    Role.EDGE: _Style(None, (0.30, 0.32, 0.32), 0.7),
    Role.FEATURE: _Style(None, (0.55, 0.57, 0.57), 0.45),
    Role.REGION: _Style(None, (0.88, 0.89, 0.89), 0.25),
    Role.LAST: _Style(None, (0.58, 0.58, 0.58), 0.6),
    Role.PAIN: _Style(_INK, _INK, 0.6),
    Role.PINS: _Style(_INK, _INK, 0.1),
    Role.NUMBNESS: _Style(_INK, _INK, 0.6),
    Role.CRAMP: _Style(_INK, _INK, 0.5),
    Role.STIFFNESS: _Style(_INK, _INK, 0.6),
    Role.PAIN_TINT: _Style(_MARKED, None, 0.0),
    Role.PINS_TINT: _Style(_MARKED, None, 0.0),
    Role.NUMBNESS_TINT: _Style(_MARKED, None, 0.0),
    Role.CRAMP_TINT: _Style(_MARKED, None, 0.0),
    Role.STIFFNESS_TINT: _Style(_MARKED, None, 0.0),
    Role.LEADER: _Style(_INK, _INK, 0.4),
    Role.BADGE: _Style((1, 1, 1), _INK, 0.5),
    Role.GRID: _Style(None, (0.80, 0.82, 0.82), 0.4),
    Role.GOAL: _Style(None, _INK, 0.7),
    Role.BAND: _Style(_MARKED, None, 0.0),
}

_WHITE: Rgb = (1, 1, 1)
_INK_STYLES: dict[Role, _Style] = {
    **_STYLES,
    Role.FAR: _Style(_WHITE, (0.35, 0.35, 0.35), 0.5),
    # far enough apart to stay lines after a fax, the muscle closer than its limb
    Role.WORKING: _Style(_WHITE, _INK, 0.9, hatch=2.8),
    Role.MUSCLE: _Style(_WHITE, _INK, 0.4, hatch=1.5),
    Role.TRUNK: _Style(_WHITE, _INK, 0.85),
    Role.ARROW: _Style(_INK, _INK, 1.2),
    Role.PROP: _Style(_WHITE, (0.35, 0.35, 0.35), 0.75),
}
_HATCH_WEIGHT = 0.5


def scale_into(pictures: tuple[Picture, ...], width: float, height: float) -> float:
    """Points per unit at which each picture fits the box, the same for all of them."""
    scales = []
    for picture in pictures:
        x0, y0, x1, y1 = picture.bounds
        scales.append(min(width / max(x1 - x0, 1e-6), height / max(y1 - y0, 1e-6)))
    return min(scales)


def draw(
    sheet: Sheet,
    picture: Picture,
    x: float,
    bottom: float,
    width: float,
    scale: float,
    line_art: bool = False,
) -> None:
    """Draw a picture centred in `width` with its lower bound at `bottom`.

    `line_art` spares ink: outlines only, what works is hatched.
    """
    x0, y0, x1, _ = picture.bounds
    x = sheet.left_of(x, width)
    left = x + (width - (x1 - x0) * scale) / 2 - x0 * scale
    base = sheet.height - bottom - y0 * scale
    sheet.code(
        f"{scale:.4f} 0 0 {scale:.4f} {left:.3f} {base:.3f} cm 1 J 1 j "
        + operators(picture, round(scale, 3), line_art)
    )
    for shape in picture.shapes:
        if isinstance(shape, Text):
            _label(sheet, shape, left, base, scale)
        elif isinstance(shape, Photo):
            px, py = left + shape.at[0] * scale, base + shape.at[1] * scale
            sheet.photo(shape.jpeg, px, py, shape.width * scale, shape.height * scale)


@lru_cache(maxsize=256)
def operators(picture: Picture, scale: float, line_art: bool = False) -> str:
    """The page operators of a picture in its own units; weights stay in points."""
    styles = _INK_STYLES if line_art else _STYLES
    parts: list[str] = []
    role: Role | None = None
    for shape in picture.shapes:
        if isinstance(shape, Text | Photo):
            continue
        style = styles[shape.role]
        if shape.role is not role:
            role = shape.role
            parts.append(_state(style, scale))
        outline = _circle(shape) if isinstance(shape, Circle) else _outline(shape)
        closed = isinstance(shape, Circle) or shape.closed
        if style.hatch and closed:
            parts += [outline, "f", _hatched(shape, outline, scale, style.hatch), outline, "s"]
        else:
            parts += [outline, _paint(style, closed)]
    return " ".join(parts)


def _state(style: _Style, scale: float) -> str:
    parts = []
    if style.fill is not None:
        parts.append("{:.3g} {:.3g} {:.3g} rg".format(*style.fill))
    if style.edge is not None:
        parts.append("{:.3g} {:.3g} {:.3g} RG".format(*style.edge))
        parts.append(f"{style.weight / scale:.5f} w")
    return " ".join(parts)


def _paint(style: _Style, closed: bool) -> str:
    if not closed:
        return "S"
    if style.fill is None:
        return "s"
    return "b" if style.edge is not None else "f"


def _outline(path: Path) -> str:
    parts = []
    for segment in path.segments:
        match segment:
            case Move(to=(x, y)):
                parts.append(f"{x:.4f} {y:.4f} m")
            case Line(to=(x, y)):
                parts.append(f"{x:.4f} {y:.4f} l")
            case Curve(first=(ax, ay), second=(bx, by), to=(x, y)):
                parts.append(f"{ax:.4f} {ay:.4f} {bx:.4f} {by:.4f} {x:.4f} {y:.4f} c")
    return " ".join(parts)


def _circle(circle: Circle) -> str:
    (x, y), r = circle.centre, circle.radius
    k = r * _CIRCLE
    points = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    curves = " ".join(" ".join(f"{value:.4f}" for value in one) + " c" for one in points)
    return f"{x + r:.4f} {y:.4f} m {curves} h"


def _hatched(shape: Path | Circle, outline: str, scale: float, apart: float) -> str:
    """Slanted lines within an outline, at the same places for every part of a picture."""
    if isinstance(shape, Circle):
        (x, y), r = shape.centre, shape.radius
        xs, ys = [x - r, x + r], [y - r, y + r]
    else:
        points = [point for segment in shape.segments for point in _points(segment)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
    step = apart / scale * 2**0.5
    low, high = min(ys), max(ys)
    first = ceil((min(xs) - high) / step)
    last = floor((max(xs) - low) / step)
    lines = " ".join(
        f"{n * step + low:.4f} {low:.4f} m {n * step + high:.4f} {high:.4f} l"
        for n in range(first, last + 1)
    )
    return f"q {outline} W n {_HATCH_WEIGHT / scale:.5f} w {lines} S Q"


def _points(segment: Move | Line | Curve) -> tuple[Point, ...]:
    if isinstance(segment, Curve):
        return (segment.first, segment.second, segment.to)
    return (segment.to,)


def _label(sheet: Sheet, text: Text, left: float, base: float, scale: float) -> None:
    size = max(6.0, text.size * scale)
    line = one_line(text.text, size)
    # `left` is a true place already
    shift = {"start": 0.0, "middle": line.width / 2, "end": line.width}[text.anchor]
    x, y = text.at
    sheet.line(line, left + x * scale - shift, sheet.height - base - y * scale, size, theme.TEXT)
