"""What stands around a figure and how it is looked at, changed one thing at a time.

Every step gives back a pose that can be drawn: a thing comes with a place, and what leaned on a
thing that is gone leans on nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clinic_desk.drawing.pose import (
    LINKS,
    PROPS,
    Arrow,
    ArrowKind,
    Limb,
    Pose,
    Prop,
    Stance,
    Surface,
    View,
)

LIMBS = ("near.leg", "far.leg", "near.arm", "far.arm", "trunk")
"""What can be marked as working."""

RANGES: Mapping[str, tuple[float, float]] = {
    "x": (-0.8, 0.8),
    "x0": (-0.8, 0.8),
    "x1": (-0.8, 0.8),
    "y": (0, 0.9),
    "seat": (0.1, 0.6),
    "h": (0.02, 0.5),
    "w": (0.04, 0.6),
    "r": (0.02, 0.2),
}
"""Where a thing can be and how large, in parts of the stature, within the picture."""

AT_A_PLACE = ("press", "travel")
"""Arrows that stand at a place of the body and have a direction."""

_FIRST: Mapping[str, Prop] = {
    "chair": Prop("chair", {"x": -0.02, "seat": 0.235}, back="left"),
    "wall": Prop("wall", {"x": 0.33}),
    "step": Prop("step", {"x0": 0.06, "x1": 0.42, "h": 0.1}),
    "pillow": Prop("pillow", {"x": -0.37, "y": 0.008, "w": 0.14}),
    "roller": Prop("roller", {"x": 0.05, "y": 0.043, "r": 0.043}),
    "cushion": Prop("cushion", {"x": 0, "w": 0.14}),
    "towel": Prop("towel", at=("near.heel",)),
    "weight": Prop("weight", at=("near.hand",)),
    "strap": Prop("strap", at=("near.hand", "near.ball")),
    "stick": Prop("stick", at=("near.hand", "far.hand")),
}

_LEG = Limb(hip=0, knee=0, ankle=0, shoulder=4, elbow=8)
_FROM_FRONT = Stance(
    trunk=90,
    x=0,
    y=0.53,
    near=Limb(hip=3, knee=0, ankle=-3, shoulder=9, elbow=4),
    far=Limb(hip=-3, knee=0, ankle=3, shoulder=-9, elbow=-4),
)
_LYING = {"thigh_scale": 0.62, "shank_scale": 0.62, "ua_scale": 0.95, "fa_scale": 0.8}
_FROM_ABOVE = Stance(
    trunk=180,
    x=0,
    y=0,
    near=replace(Limb(0, 0, 0, 20, -55), foot="front", **_LYING),
    far=replace(Limb(0, 0, 0, -20, 55), foot="front", **_LYING),
)
_BEGIN: Mapping[View, Stance] = {
    "side": Stance(trunk=90, x=0, y=0.53, near=_LEG, far=_LEG),
    "front": _FROM_FRONT,
    "top": _FROM_ABOVE,
}


def begun(view: View) -> Pose:
    """Where a figure begins in a view: somebody who stands, or lies where it is seen from above."""
    return Pose(view=view, start=_BEGIN[view], end=_BEGIN[view])


def seen_from(pose: Pose, view: View) -> Pose:
    """The exercise from another view. Its angles mean other things there, so that the figure
    begins anew; what stands around and what works stay.
    """
    if view == pose.view:
        return pose
    return replace(pose, view=view, start=_BEGIN[view], end=_BEGIN[view], arrow=Arrow())


def on_surface(pose: Pose, surface: Surface) -> Pose:
    """The figure on another surface; a chair to sit on comes with it."""
    placed = replace(pose, surface=surface)
    if surface == "chair" and all(one.type != "chair" for one in pose.props):
        placed = with_thing(placed, "chair")
    return placed


def working(pose: Pose, limbs: Iterable[str]) -> Pose:
    """The pose with other parts marked as working, in the order of the body."""
    wanted = set(limbs)
    return replace(pose, working=tuple(one for one in LIMBS if one in wanted))


def shown_by(pose: Pose, kind: ArrowKind) -> Pose:
    """Movement shown by another arrow: one that follows what moves most, or one at a place."""
    if kind in AT_A_PLACE:
        return replace(pose, arrow=Arrow(kind, pose.arrow.point or "near.heel", 270))
    return replace(pose, arrow=Arrow(kind))


def pointed(pose: Pose, point: str, direction: float) -> Pose:
    """An arrow at another place of the body, or in another direction."""
    return replace(pose, arrow=replace(pose.arrow, point=point, direction=direction))


def with_thing(pose: Pose, kind: str) -> Pose:
    """One more thing in the picture, where such a thing usually is."""
    return replace(pose, props=(*pose.props, _FIRST[kind]))


def without_thing(pose: Pose, place: int) -> Pose:
    """A thing less; what leaned on it, or was on it, is free."""
    gone = pose.props[place]
    left = (*pose.props[:place], *pose.props[place + 1 :])
    changed = replace(pose, props=left)
    if any(one.type == gone.type for one in left):
        return changed
    if changed.surface == gone.type:
        changed = replace(changed, surface="floor")
    return replace(
        changed, start=_free_of(gone.type, pose.start), end=_free_of(gone.type, pose.end)
    )


def _free_of(thing: str, stance: Stance) -> Stance:
    kept = {point: on for point, on in stance.contacts.items() if on != thing}
    return replace(stance, contacts=kept)


def sized(pose: Pose, place: int, name: str, value: float) -> Pose:
    """One number of a thing, within its range; a step keeps its edges in their order."""
    prop = pose.props[place]
    low, high = RANGES[name]
    if name == "x0":
        high = prop.numbers["x1"] - RANGES["w"][0]
    elif name == "x1":
        low = prop.numbers["x0"] + RANGES["w"][0]
    numbers = {**prop.numbers, name: round(min(max(value, low), high), 3)}
    return _changed(pose, place, replace(prop, numbers=numbers))


def moved(pose: Pose, place: int, by: tuple[float, float]) -> Pose:
    """A standing thing elsewhere; only a pillow and a roller leave the floor."""
    prop = pose.props[place]
    way = {"x": by[0], "x0": by[0], "x1": by[0], "y": by[1]}
    numbers = dict(prop.numbers)
    for name in numbers.keys() & way.keys():
        low, high = RANGES[name]
        if not low <= numbers[name] + way[name] <= high:
            return pose
        numbers[name] = round(numbers[name] + way[name], 3)
    return _changed(pose, place, replace(prop, numbers=numbers))


def backed(pose: Pose, place: int, back: str) -> Pose:
    """A chair with its backrest on another side."""
    return _changed(pose, place, replace(pose.props[place], back=back))


def hung(pose: Pose, place: int, end: int, point: str) -> Pose:
    """A thing that hangs on another place of the body with one of its ends."""
    at = list(pose.props[place].at)
    at[end] = point
    return _changed(pose, place, replace(pose.props[place], at=tuple(at)))


def _changed(pose: Pose, place: int, prop: Prop) -> Pose:
    props = list(pose.props)
    props[place] = prop
    return replace(pose, props=tuple(props))


def numbers_of(prop: Prop) -> tuple[str, ...]:
    """Which numbers a thing has, in the order in which they are asked."""
    return tuple(name for name in RANGES if name in PROPS[prop.type])


def ends_of(prop: Prop) -> int:
    """On how many places of the body a thing hangs."""
    return LINKS.get(prop.type, 0)
