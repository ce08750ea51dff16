"""Numbers as lying bars, each made of parts: the same geometry on paper and on the screen.

Every bar says its numbers, and the parts differ in lightness and edge, not in colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desk.drawing.shapes import Line, Move, Path, Picture, Role, Shape, Text

WIDE = 6.0
_ROW, _BAR, _KEY = 0.26, 0.16, 0.3
_LEFT, _RIGHT = 1.95, 5.0  # where bars begin, and how far the longest reaches
_SIZE = 0.13
_LETTERS = 28  # of a name beside its bar
PARTS = (Role.MUSCLE, Role.WORKING, Role.TRUNK, Role.BADGE)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of several parts."""

    name: str
    values: tuple[int, ...]


def picture(parts: Sequence[str], bars: Sequence[Bar]) -> Picture:
    """The bars below each other, with the key to their parts on top where there are several."""
    several = len(parts) > 1
    high = len(bars) * _ROW + (_KEY if several else 0.0) + 0.04
    shapes: list[Shape] = _key(parts, high) if several else []
    most = max((sum(bar.values) for bar in bars), default=0) or 1
    top = high - (_KEY if several else 0.0)
    for number, bar in enumerate(bars):
        low = top - (number + 1) * _ROW + (_ROW - _BAR) / 2
        shapes.append(Text((_LEFT - 0.08, low + 0.035), _short(bar.name), size=_SIZE, anchor="end"))
        left = _LEFT
        for value, role in zip(bar.values, PARTS, strict=False):
            wide = value / most * (_RIGHT - _LEFT)
            if value:
                shapes.append(_box(left, low, wide, _BAR, role))
            left += wide
        shapes.append(_box(_LEFT, low, 0.0, _BAR, Role.FLOOR))
        said = " + ".join(str(value) for value in bar.values)
        shapes.append(Text((left + 0.06, low + 0.035), said, size=_SIZE, anchor="start"))
    return Picture(tuple(shapes), (0.0, 0.0, WIDE, high))


def _key(parts: Sequence[str], high: float) -> list[Shape]:
    shapes: list[Shape] = []
    left = _LEFT
    for name, role in zip(parts, PARTS, strict=False):
        shapes.append(_box(left, high - 0.19, 0.13, 0.13, role))
        shapes.append(Text((left + 0.18, high - 0.175), name, size=_SIZE, anchor="start"))
        left += 0.36 + len(name) * _SIZE * 0.58
    return shapes


def _box(left: float, low: float, wide: float, high: float, role: Role) -> Path:
    corners = ((left + wide, low), (left + wide, low + high), (left, low + high))
    return Path((Move((left, low)), *(Line(one) for one in corners)), role)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
