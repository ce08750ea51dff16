"""The few shapes that every drawing is made of, in unit coordinates.

A drawing module turns numbers into these; `documents` and `ui` each have one small renderer
for them, so that paper and screen show the same picture. x runs right, y runs up.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Point = tuple[float, float]


class Role(StrEnum):
    """What a shape means; a renderer gives each role its fill, edge and width."""

    NEAR = "near"  # near-side body part, not working
    FAR = "far"  # far-side body part, pale
    WORKING = "working"  # the part that works, filled with the one colour, paler
    MUSCLE = "muscle"  # the muscle that works, in the one colour
    TRUNK = "trunk"
    HEAD = "head"
    GHOST = "ghost"  # outline of the start position
    ARROW = "arrow"
    PROP = "prop"  # chair, wall, step, band
    FLOOR = "floor"
    LABEL = "label"
    # the body chart
    BODY = "body"  # the outline of a view
    EDGE = "edge"  # the same outline without its fill, over what lies inside
    FEATURE = "feature"  # collarbone, kneecap, shoulder blade
    REGION = "region"  # faint lines between regions
    LAST = "last"  # what was marked at the last visit
    PAIN = "pain"
    PINS = "pins_and_needles"
    NUMBNESS = "numbness"
    CRAMP = "cramp"
    STIFFNESS = "stiffness"
    PAIN_TINT = "pain_tint"  # the pale ground of a marked region, below its hatch
    PINS_TINT = "pins_and_needles_tint"
    NUMBNESS_TINT = "numbness_tint"
    CRAMP_TINT = "cramp_tint"
    STIFFNESS_TINT = "stiffness_tint"
    LEADER = "leader"  # from a mark to its letter and number
    PHOTO = "photo"  # the clinic's own, in its own colours
    BADGE = "badge"  # the ground of a mark's letter and number
    # charts
    GRID = "grid"  # faint lines of equal value
    GOAL = "goal"  # what is to be reached
    BAND = "band"  # values that don't differ in a way that matters


@dataclass(frozen=True, slots=True)
class Move:
    to: Point


@dataclass(frozen=True, slots=True)
class Line:
    to: Point


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bezier segment."""

    first: Point
    second: Point
    to: Point


Segment = Move | Line | Curve


@dataclass(frozen=True, slots=True)
class Path:
    """An outline. `closed` paths are filled and stroked, open ones only stroked."""

    segments: tuple[Segment, ...]
    role: Role
    closed: bool = True
    part: str = (
        ""  # which body part or prop this is ("near.thigh", "chair"), for tests and hatching
    )


@dataclass(frozen=True, slots=True)
class Circle:
    centre: Point
    radius: float
    role: Role
    part: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    at: Point
    text: str
    role: Role = Role.LABEL
    size: float = 0.05
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in place of a drawing, from its lower left corner: JPEG bytes, nothing else."""

    jpeg: bytes
    at: Point
    width: float
    height: float
    role: Role = Role.PHOTO


Shape = Path | Circle | Text | Photo


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes from back to front, with the box (x0, y0, x1, y1) that holds them all."""

    shapes: tuple[Shape, ...]
    bounds: tuple[float, float, float, float]


NOTHING = Picture((), (0.0, 0.0, 0.0, 0.0))
"""No picture: where one photo says all, the start has none."""

PHOTO_BOX = (1.32, 1.0)
"""What a photo is fitted into: as wide and high as the two pictures of an exercise on paper."""


def photo(jpeg: bytes, width: int, height: int) -> Picture:
    """A photo of so many pixels as a picture, its aspect kept."""
    scale = min(PHOTO_BOX[0] / width, PHOTO_BOX[1] / height)
    wide, high = width * scale, height * scale
    return Picture((Photo(jpeg, (0.0, 0.0), wide, high),), (0.0, 0.0, wide, high))
