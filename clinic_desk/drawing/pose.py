"""What a figure does, as numbers: joint angles in degrees, places in parts of the stature.

A side figure faces right, the floor is y = 0, angles grow anticlockwise. `near` is the
working side and is drawn in front; in a front or top view it is the side towards +x of an
upright figure. A pose is a start and an end stance with what stands around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

View = Literal["side", "front", "top"]
Surface = Literal["floor", "chair", "bed"]
Foot = Literal["profile", "front", "hidden"]
SideName = Literal["near", "far"]
ArrowKind = Literal["move", "swing", "press", "travel", "none"]


@dataclass(frozen=True, slots=True)
class Limb:
    """One side's leg and arm.

    Flexion is positive, extension negative. `toes` bends the toes up at the ball of the foot,
    `wrist` bends the hand back. Scales foreshorten a part in front and top views. `foot` None
    means the view's own: a profile from the side, else seen from the front.
    """

    hip: float
    knee: float
    ankle: float
    shoulder: float
    elbow: float
    toes: float = 0
    wrist: float = 0
    thigh_scale: float = 1
    shank_scale: float = 1
    ua_scale: float = 1
    fa_scale: float = 1
    foot: Foot | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """One whole-body position.

    `trunk` is the direction from pelvis to mid-trunk: 90 upright, 180 on the back, 0 prone.
    `contacts` says what bears weight or is held: "near.foot" -> "floor", "far.hand" -> "wall".
    """

    trunk: float
    x: float
    y: float
    near: Limb
    far: Limb
    lumbar: float = 0
    neck: float = 0
    contacts: Mapping[str, str] = field(default_factory=dict)

    def limb(self, side: SideName) -> Limb:
        """The near or the far limb."""
        return self.near if side == "near" else self.far


PROPS: Mapping[str, frozenset[str]] = {
    "chair": frozenset({"x", "seat"}),
    "wall": frozenset({"x"}),
    "step": frozenset({"x0", "x1", "h"}),
    "pillow": frozenset({"x", "y", "w"}),
    "roller": frozenset({"x", "y", "r"}),
    "towel": frozenset(),
    "weight": frozenset(),
    "strap": frozenset(),
    "stick": frozenset(),
    "cushion": frozenset({"x", "w"}),
}
"""The things that can stand in a picture, each with the numbers that it needs."""

LINKS: Mapping[str, int] = {"towel": 1, "weight": 1, "strap": 2, "stick": 2}
"""Things that go with the body, with how many body points they hang on."""


JOINTS = (
    "hip", "knee", "ankle", "heel", "ball", "toe", "shoulder", "elbow", "wrist", "hand",
)  # fmt: skip
"""The places of one side, from the trunk outward."""

POINTS = frozenset(
    {"pelvis", "neck", "head", "belly", "back", "buttock", "chest"}
    | {f"{side}.{joint}" for side in ("near", "far") for joint in JOINTS}
)
"""Every place on the body that a prop or an arrow can name."""


@dataclass(frozen=True, slots=True)
class Prop:
    """Something in the picture. `numbers` as PROPS says; `at` names body points; `back` is the
    side of a chair's backrest ("left", "right" or "").
    """

    type: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    at: tuple[str, ...] = ()
    back: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """How movement is shown.

    `move` follows the path of `point` (the one that moves most if empty); `swing` has a head at
    both ends; `press` pushes on `point` in `direction`; `travel` leads away in `direction`.
    """

    kind: ArrowKind = "move"
    point: str = ""
    direction: float = 270


@dataclass(frozen=True, slots=True)
class Pose:
    """All that is needed to draw an exercise. `working` names limbs ("near.leg") or "trunk",
    `muscles` what works in them ("hamstring"), as in `muscles`.
    """

    view: View
    start: Stance
    end: Stance
    surface: Surface = "floor"
    props: tuple[Prop, ...] = ()
    working: tuple[str, ...] = ("near.leg",)
    arrow: Arrow = Arrow()
    ghost: bool = True
    muscles: tuple[str, ...] = ()


LIMITS: Mapping[str, tuple[float, float]] = {
    "hip": (-40, 156),
    "knee": (0, 160),
    "ankle": (-80, 45),
    "shoulder": (-70, 190),
    "elbow": (0, 155),
    "toes": (-30, 80),
    "wrist": (-90, 90),
}
"""Side-view limits in degrees: hip and ankle as the practice decided, the others the usual
ranges of a supple adult with the shoulder girdle's share."""

SIGNED: Mapping[str, tuple[float, float]] = {
    "hip": (-60, 120),
    "knee": (-100, 100),
    "ankle": (-80, 80),
    "shoulder": (-190, 190),
    "elbow": (-155, 155),
    "toes": (-30, 80),
    "wrist": (-90, 90),
}
"""Front and top views: signed angles within the picture's plane."""

BODY: Mapping[str, tuple[float, float]] = {
    "trunk": (-60, 270),
    "lumbar": (-45, 60),
    "neck": (-60, 60),
}

SCALES = ("thigh_scale", "shank_scale", "ua_scale", "fa_scale")


def problems(pose: Pose) -> list[tuple[str, str]]:
    """Each number that no body can do, as (key, reason); empty if the pose is possible."""
    found: list[tuple[str, str]] = []
    limits = LIMITS if pose.view == "side" else SIGNED
    for name, stance in (("start", pose.start), ("end", pose.end)):
        for key, (low, high) in BODY.items():
            value = getattr(stance, key)
            if not low <= value <= high:
                found.append((f"pose.{name}.{key}", f"{value:g}° is outside {low:g} to {high:g}"))
        for side, limb in (("near", stance.near), ("far", stance.far)):
            for key, (low, high) in limits.items():
                value = getattr(limb, key)
                if not low <= value <= high:
                    where = f"pose.{name}.{side}.{key}"
                    found.append((where, f"{value:g}° is outside {low:g} to {high:g}"))
            for key in SCALES:
                value = getattr(limb, key)
                if not 0.1 <= value <= 1.05:
                    found.append((f"pose.{name}.{side}.{key}", f"{value:g} is outside 0.1 to 1.05"))
    for index, prop in enumerate(pose.props):
        needed = PROPS.get(prop.type)
        where = f"pose.props[{index}]"
        if needed is None:
            found.append((where, f"“{prop.type}” is not one of {', '.join(sorted(PROPS))}"))
        elif set(prop.numbers) != needed:
            wanted = ", ".join(sorted(needed)) or "no numbers"
            found.append((where, f"a {prop.type} needs {wanted}"))
        elif len(prop.at) != LINKS.get(prop.type, 0):
            found.append((where, f"a {prop.type} hangs on {LINKS.get(prop.type, 0)} body points"))
        elif not POINTS.issuperset(prop.at):
            found.append((where, f"“{', '.join(prop.at)}” is no place on the body"))
    if pose.arrow.point and pose.arrow.point not in POINTS:
        found.append(("pose.arrow.point", f"“{pose.arrow.point}” is no place on the body"))
    return found
