"""How a figure is looked at and what stands around it: view, surface, working parts, things."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.drawing import staging
from clinic_desk.drawing.pose import PROPS, ArrowKind, Pose, Prop, Surface, View
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.choices import ComboBox, Flow, ManyField
from clinic_desk.ui.widgets.labels import FieldLabel, stacked
from clinic_desk.ui.widgets.numbers import Stepper

VIEWS = (("side", _("Side")), ("front", _("Front")), ("top", _("Above")))
SURFACES = (("floor", _("Floor")), ("chair", _("Chair")), ("bed", _("Bed")))
PARTS = (
    ("near.leg", _("Working leg")),
    ("far.leg", _("Other leg")),
    ("near.arm", _("Working arm")),
    ("far.arm", _("Other arm")),
    ("trunk", _("Trunk")),
)
THINGS = {
    "chair": _("Chair"),
    "wall": _("Wall"),
    "step": _("Step"),
    "pillow": _("Pillow"),
    "roller": _("Roller"),
    "cushion": _("Cushion on the floor"),
    "towel": _("Towel"),
    "weight": _("Weight"),
    "strap": _("Strap"),
    "stick": _("Stick"),
}
NUMBERS = {
    "x": _("Place"),
    "x0": _("Left edge"),
    "x1": _("Right edge"),
    "y": _("Above floor"),
    "seat": _("Seat height"),
    "h": _("Height"),
    "w": _("Width"),
    "r": _("Radius"),
}
BACKS = (("left", _("Left")), ("right", _("Right")), ("", _("None")))
_POINTS = {
    "hand": _("hand"),
    "wrist": _("wrist"),
    "elbow": _("elbow"),
    "shoulder": _("shoulder"),
    "hip": _("hip"),
    "knee": _("knee"),
    "ankle": _("ankle"),
    "heel": _("heel"),
    "ball": _("ball of the foot"),
    "toe": _("toes"),
}
POINTS = (
    *((f"near.{key}", _("Working {part}").format(part=part)) for key, part in _POINTS.items()),
    *((f"far.{key}", _("Other {part}").format(part=part)) for key, part in _POINTS.items()),
    ("neck", _("Neck")),
    ("head", _("Head")),
    ("chest", _("Chest")),
    ("back", _("Back")),
    ("belly", _("Belly")),
    ("buttock", _("Buttock")),
    ("pelvis", _("Pelvis")),
)
ARROWS = (
    ("move", _("Movement")),
    ("swing", _("To and fro")),
    ("press", _("Push")),
    ("travel", _("Away")),
    ("none", _("None")),
)
WAYS = (
    (0, _("To the right")),
    (45, _("Up and right")),
    (90, _("Up")),
    (135, _("Up and left")),
    (180, _("To the left")),
    (225, _("Down and left")),
    (270, _("Down")),
    (315, _("Down and right")),
)
_WIDE = 92  # px of a number


class PoseScene(QWidget):
    """Shows the scene of a pose; `changed` gives the pose with another one."""

    changed = Signal(object)  # Pose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pose: Pose | None = None
        self.hand = 0  # which thing is in hand
        self._holders: dict[str, QWidget] = {}
        column = layout.column(self, tokens.S)
        self.view = _combo("poseView", _("View"), VIEWS, self._view)
        self.surface = _combo("poseSurface", _("Surface"), SURFACES, self._surface)
        self.add = _combo("poseAdd", _("Add a thing"), (), self._add)
        self.add.fill([(key, THINGS[key]) for key in sorted(PROPS, key=THINGS.__getitem__)], "")
        self.add.setItemText(0, _("Choose"))
        self.things = _combo("poseThings", _("Thing in hand"), (), self._take)
        self.drop = IconButton("trash-2", _("Take this thing out of the picture"), kind="quiet")
        self.drop.setObjectName("poseDrop")
        self.drop.clicked.connect(self._drop)
        top = QWidget()
        flow = Flow(top)
        self.view.setMinimumContentsLength(6)
        self.surface.setMinimumContentsLength(6)
        self.arrow = _combo("poseArrow", _("Arrow"), ARROWS, self._arrow)
        self.at = _combo("poseArrowAt", _("Arrow at"), POINTS, self._point)
        self.way = _combo("poseArrowWay", _("Direction"), WAYS, self._point)
        for combo in (self.view, self.surface, self.add, self.arrow, self.at, self.way):
            held = stacked(FieldLabel(combo.accessibleName(), combo), combo)
            self._holders[combo.objectName()] = held
            flow.addWidget(held)
        column.addWidget(top)
        self.parts = ManyField(PARTS, _("Working parts"), none=False)
        self.parts.changed.connect(self._working)
        column.addWidget(stacked(FieldLabel(_("Working parts"), self.parts), self.parts))
        self.held = QWidget()
        self._row = Flow(self.held, tokens.S)
        self._row.addWidget(stacked(FieldLabel(_("Thing in hand"), self.things), self.things))
        self.numbers: dict[str, Stepper] = {}
        for name, label in NUMBERS.items():
            low, high = staging.RANGES[name]
            said = _("{name}, % of the body's height").format(name=label)
            stepper = Stepper(said, round(low * 100), round(high * 100))
            stepper.setObjectName(f"poseNumber:{name}")
            stepper.setToolTip(said)
            stepper.setFixedWidth(theme.px(_WIDE))
            stepper.changed.connect(self._number)
            self.numbers[name] = stepper
            self._hold(name, label, stepper)
        self.back = _combo("poseBack", _("Backrest"), BACKS, self._backed)
        self._hold("back", _("Backrest"), self.back)
        self.ends = [
            _combo("poseEnd:0", _("Hangs on"), POINTS, self._hung),
            _combo("poseEnd:1", _("And on"), POINTS, self._hung),
        ]
        for place, end in enumerate(self.ends):
            end.setMinimumContentsLength(13)
            self._hold(f"end{place}", end.accessibleName(), end)
        self._hold("drop", "", self.drop)
        column.addWidget(self.held)

    def _hold(self, key: str, label: str, control: QWidget) -> None:
        self._holders[key] = stacked(FieldLabel(label, control), control)
        self._row.addWidget(self._holders[key])

    def show_pose(self, pose: Pose) -> None:
        """The scene as it stands now."""
        self._pose = pose
        self.view.set_value(pose.view)
        self.surface.set_value(pose.surface)
        self.parts.set_value(list(pose.working))
        self.add.setCurrentIndex(0)
        self.arrow.set_value(pose.arrow.kind)
        placed = pose.arrow.kind in staging.AT_A_PLACE
        for combo in (self.at, self.way):
            self._holders[combo.objectName()].setVisible(placed)
        self.at.set_value(pose.arrow.point)
        self.way.set_value(round(pose.arrow.direction / 45) % 8 * 45)
        self.hand = max(0, min(self.hand, len(pose.props) - 1))
        names = [(place, THINGS[one.type]) for place, one in enumerate(pose.props)]
        self.things.fill(names)
        self.held.setVisible(bool(pose.props))
        if pose.props:
            self.things.setCurrentIndex(self.hand)
            self._show_thing(pose.props[self.hand])

    def _show_thing(self, thing: Prop) -> None:
        asked = staging.numbers_of(thing)
        for name, stepper in self.numbers.items():
            self._holders[name].setVisible(name in asked)
            if name in asked:
                stepper.set_value(round(thing.numbers[name] * 100))
        self._holders["back"].setVisible(thing.type == "chair")
        self.back.set_value(thing.back)
        for place, combo in enumerate(self.ends):
            shown = place < staging.ends_of(thing)
            self._holders[f"end{place}"].setVisible(shown)
            if shown:
                combo.set_value(thing.at[place])

    # -- the person ---------------------------------------------------------------

    def _say(self, pose: Pose) -> None:
        if pose != self._pose:
            self.changed.emit(pose)

    def _view(self, view: object) -> None:
        if self._pose is not None:
            self._say(staging.seen_from(self._pose, cast("View", view)))

    def _surface(self, surface: object) -> None:
        if self._pose is not None:
            self._say(staging.on_surface(self._pose, cast("Surface", surface)))

    def _arrow(self, kind: object) -> None:
        if self._pose is not None:
            self._say(staging.shown_by(self._pose, cast("ArrowKind", kind)))

    def _point(self, _chosen: object) -> None:
        at, way = self.at.value(), self.way.value()
        if self._pose is not None and isinstance(at, str) and isinstance(way, int):
            self._say(staging.pointed(self._pose, at, way))

    def _working(self) -> None:
        if self._pose is not None:
            self._say(staging.working(self._pose, self.parts.value() or ()))

    def _add(self, kind: object) -> None:
        if self._pose is not None and isinstance(kind, str):
            self.hand = len(self._pose.props)
            self._say(staging.with_thing(self._pose, kind))

    def _take(self, place: object) -> None:
        if self._pose is not None and isinstance(place, int):
            self.hand = place
            self._show_thing(self._pose.props[place])

    def _drop(self) -> None:
        if self._pose is not None and self._pose.props:
            self._say(staging.without_thing(self._pose, self.hand))

    def _number(self) -> None:
        stepper = self.sender()
        name = stepper.objectName().removeprefix("poseNumber:")
        if self._pose is not None and self._pose.props:
            value = self.numbers[name].value() / 100
            self._say(staging.sized(self._pose, self.hand, name, value))

    def _backed(self, back: object) -> None:
        if self._pose is not None and self._pose.props:
            self._say(staging.backed(self._pose, self.hand, str(back)))

    def _hung(self, point: object) -> None:
        end = int(self.sender().objectName().removeprefix("poseEnd:"))
        if self._pose is not None and self._pose.props:
            self._say(staging.hung(self._pose, self.hand, end, str(point)))


def _combo(
    key: str,
    name: str,
    options: tuple[tuple[object, str], ...],
    chosen: Callable[[object], None],
) -> ComboBox:
    made = ComboBox(name)
    made.setObjectName(key)
    made.fill(options)
    made.chosen.connect(chosen)
    return made
