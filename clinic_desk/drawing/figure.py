"""The exercise figure: joint angles in, shapes out, the same for screen and paper.

`pictures` gives the pair that a card or a handout shows; `draw` gives one moment, for an
animation.
"""

from collections.abc import Iterable
from dataclasses import replace

from clinic_desk.drawing import body, motion, muscles, props
from clinic_desk.drawing.between import interpolate
from clinic_desk.drawing.pose import Arrow, Limb, Pose, Prop, Stance
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
    Segment,
    Shape,
    Text,
)
from clinic_desk.drawing.skeleton import Skeleton, build

__all__ = [
    "Arrow",
    "Limb",
    "Pose",
    "Prop",
    "Stance",
    "draw",
    "frame",
    "interpolate",
    "mirrored",
    "mirrors",
    "pictures",
]

Bounds = tuple[float, float, float, float]

MARGIN = 0.025
FLOOR_OVERHANG = 0.06


def draw(
    pose: Pose,
    *,
    start: bool = False,
    at: float | None = None,
    mirror: bool = False,
    ghost: bool = False,
    arrow: bool = False,
    working: tuple[str, ...] | None = None,
    bounds: Bounds | None = None,
) -> Picture:
    """One moment of a pose: the start, the end, or `at` 0..1 between them.

    `ghost` adds the outline of the start position of what moves, `arrow` the arrow; `working`
    overrides which limbs are marked. `bounds` (before mirroring) sets the box; without it the
    box is tight.
    """
    share = at if at is not None else (0.0 if start else 1.0)
    shapes = _content(pose, share, ghost, arrow, pose.working if working is None else working)
    picture = _framed(pose, shapes, bounds or _bounds(pose, shapes))
    return mirrored(picture) if mirror else picture


def frame(pose: Pose, *, mirror: bool = False) -> tuple[Picture, Picture]:
    """Start and finish in one box, so that they stand beside each other at one scale.

    The start is plain; the finish shows the ghost and the arrow.
    """
    start = _content(pose, 0.0, False, False, pose.working)
    finish = _content(pose, 1.0, True, True, pose.working)
    one, two = _bounds(pose, start), _bounds(pose, finish)
    box = (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))
    pair = (_framed(pose, start, box), _framed(pose, finish, box))
    return (mirrored(pair[0]), mirrored(pair[1])) if mirror else pair


def pictures(pose: Pose, side: str | None = None) -> tuple[Picture, Picture]:
    """Start and finish for a side ("left", "right"; anything else where it doesn't matter)."""
    return frame(pose, mirror=mirrors(pose, side))


def mirrors(pose: Pose, side: str | None) -> bool:
    """Whether a side needs the mirror image.

    A side figure that faces right shows its right side in front; one that faces the viewer has
    its left side at the viewer's right.
    """
    return side == ("left" if pose.view == "side" else "right")


def _content(
    pose: Pose, share: float, ghost: bool, arrow: bool, working: Iterable[str]
) -> list[Shape]:
    """The figure, what it holds, its ghost and its arrow; not what stands around."""
    skeleton = build(interpolate(pose.start, pose.end, share, pose.view), pose.view)
    shapes: list[Shape] = _ghost(pose) if ghost and pose.ghost else []
    shapes.extend(_figure(skeleton, working, pose.muscles))
    shapes.extend(props.held(pose.props, skeleton.points(), skeleton))
    if arrow:
        shapes.extend(motion.arrow(pose))
    return shapes


def _framed(pose: Pose, shapes: list[Shape], box: Bounds) -> Picture:
    scenery = props.behind(pose, box[0] + MARGIN, box[2] - MARGIN)
    return Picture((*scenery, *shapes), box)


def _figure(
    skeleton: Skeleton, working: Iterable[str], muscle_names: tuple[str, ...]
) -> list[Shape]:
    works = set(working)

    def role(name: str, resting: Role) -> Role:
        return Role.WORKING if name in works else resting

    far = Role.FAR if skeleton.view == "side" else Role.NEAR
    far_arm = body.arm(skeleton.far, role("far.arm", far), "far.arm")
    far_leg = body.leg(skeleton.far, role("far.leg", far), "far.leg")
    near_leg = body.leg(skeleton.near, role("near.leg", Role.NEAR), "near.leg")
    near_arm = body.arm(skeleton.near, role("near.arm", Role.NEAR), "near.arm")
    trunk = body.trunk(skeleton, role("trunk", Role.TRUNK))
    legs: dict[str, list[Shape]] = {"near": [near_leg], "far": [far_leg]}
    sides = [side for side in ("near", "far") if f"{side}.leg" in works]
    for side in sides:
        line = skeleton.near if side == "near" else skeleton.far
        legs[side] += muscles.on_leg(line, side == "near", muscle_names)
    on_trunk = muscles.on_trunk(skeleton, muscle_names, sides or ("near", "far"))
    upper: list[Shape] = [body.neck(skeleton), trunk, *on_trunk, *body.head(skeleton)]
    if skeleton.view == "side":
        return [far_arm, *legs["far"], *legs["near"], *upper, near_arm]
    return [*legs["far"], *legs["near"], far_arm, *upper, near_arm]


def _ghost(pose: Pose) -> list[Shape]:
    skeleton = build(pose.start, pose.view)
    parts = motion.moved(pose)
    shapes: list[Shape] = []
    sides = (("far", skeleton.far), ("near", skeleton.near))
    for side, line in sides:
        if f"{side}.leg" in parts:
            shapes.append(body.leg(line, Role.GHOST, f"ghost.{side}.leg"))
    if "trunk" in parts:
        shapes.append(replace(body.trunk(skeleton, Role.GHOST), part="ghost.trunk"))
    if "head" in parts:
        shapes.append(replace(body.head(skeleton)[0], role=Role.GHOST, part="ghost.head"))
    for side, line in sides:
        if f"{side}.arm" in parts:
            shapes.append(body.arm(line, Role.GHOST, f"ghost.{side}.arm"))
    return shapes


def _points(shape: Shape) -> Iterable[Point]:
    if isinstance(shape, Circle):
        (x, y), r = shape.centre, shape.radius
        return ((x - r, y - r), (x + r, y + r))
    if isinstance(shape, Text):
        return (shape.at,)
    if isinstance(shape, Photo):
        (x, y) = shape.at
        return (shape.at, (x + shape.width, y + shape.height))
    return [segment.to for segment in shape.segments]


def _bounds(pose: Pose, shapes: list[Shape]) -> Bounds:
    """A tight box around everything, with a margin; the floor reaches a little beyond."""
    xs = [x for shape in shapes for x, _ in _points(shape)]
    scenery = props.behind(pose, min(xs) - FLOOR_OVERHANG, max(xs) + FLOOR_OVERHANG)
    points = [point for shape in (*shapes, *scenery) for point in _points(shape)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN)


def mirrored(picture: Picture) -> Picture:
    """The picture flipped left to right within its own box."""
    axis = picture.bounds[0] + picture.bounds[2]
    return Picture(tuple(_flip(shape, axis) for shape in picture.shapes), picture.bounds)


def _flip(shape: Shape, axis: float) -> Shape:
    def at(point: Point) -> Point:
        return (axis - point[0], point[1])

    def segment(each: Segment) -> Segment:
        if isinstance(each, Move):
            return Move(at(each.to))
        if isinstance(each, Line):
            return Line(at(each.to))
        return Curve(at(each.first), at(each.second), at(each.to))

    if isinstance(shape, Path):
        return replace(shape, segments=tuple(segment(each) for each in shape.segments))
    if isinstance(shape, Circle):
        return replace(shape, centre=at(shape.centre))
    return replace(shape, at=at(shape.at))
