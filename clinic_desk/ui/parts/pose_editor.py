"""The pose editor: the start and the finish of an exercise, posed by dragging joints."""

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.drawing import staging
from clinic_desk.drawing.pose import Pose, Stance
from clinic_desk.drawing.timing import Beat
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.pose_scene import PoseScene
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.figure_view import FigureView
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.pose_canvas import PoseCanvas
from clinic_desk.ui.widgets.segments import Segments

Moment = Literal["start", "end"]
STEPS = 200  # of undo

STANDING = staging.begun("side")
"""Where a new exercise begins: somebody who stands."""


class PoseEditor(QFrame):
    """Edits a pose in place. `changed` comes with each change, also after undo."""

    changed = Signal(object)  # Pose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._pose = STANDING
        self._beat, self._name = Beat.of(2, 1, 2, 0), ""
        self._past: list[Pose] = []
        self._future: list[Pose] = []
        self.moment = Segments(
            [("start", _("Start")), ("end", _("Finish"))], _("Which position"), view=True
        )
        self.moment.set_value("end")
        self.moment.changed.connect(self._show)
        self.copy = Button(_("Take over the start"), "copy", compact=True)
        self.copy.setObjectName("copyStance")
        self.copy.clicked.connect(self._copy)
        self.undo = Button(_("Undo"), "undo-2", compact=True)
        self.undo.setObjectName("undoPose")
        self.undo.clicked.connect(self.take_back)
        self.canvas = PoseCanvas()
        self.canvas.begun.connect(self._remember)
        self.canvas.changed.connect(self._posed)
        self.canvas.thing_moved.connect(self._thing_moved)
        self.preview = FigureView()
        hint = Label(
            _("Drag a joint or a thing, or take it with Tab and move it with the arrows."),
            "caption",
            wrap=True,
        )
        column = layout.column(self, tokens.S, tokens.L)
        head = layout.row(spacing=tokens.S)
        head.addWidget(self.moment)
        head.addStretch(1)
        head.addWidget(self.copy)
        head.addWidget(self.undo)
        column.addLayout(head)
        both = layout.row(spacing=tokens.M)
        both.addWidget(self.canvas, 3)
        both.addWidget(self.preview, 2)
        column.addLayout(both, 1)
        column.addWidget(hint)
        self.scene = PoseScene()
        self.scene.changed.connect(self._staged)
        column.addWidget(self.scene)
        for keys, act in ((QKeySequence.StandardKey.Undo, self.take_back),
                          (QKeySequence.StandardKey.Redo, self.do_again)):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self.canvas)
            shortcut.activated.connect(act)
        self._show()

    def begin(self, pose: Pose | None, beat: Beat, name: str) -> None:
        """Edit another pose, or a new one; nothing is left to undo."""
        self._pose = pose or STANDING
        self._beat, self._name = beat, name
        self._past, self._future = [], []
        self.moment.set_value("end")
        self._show()

    def pose(self) -> Pose:
        """The pose as it stands now."""
        return self._pose

    def take_back(self) -> None:
        """Undo the last change."""
        if self._past:
            self._future.append(self._pose)
            self._set(self._past.pop())

    def do_again(self) -> None:
        """Redo what was undone last."""
        if self._future:
            self._past.append(self._pose)
            self._set(self._future.pop())

    # -- changes ------------------------------------------------------------------

    @property
    def _moment(self) -> Moment:
        return "start" if self.moment.value() == "start" else "end"

    def _stance(self) -> Stance:
        return self._pose.start if self._moment == "start" else self._pose.end

    def _remember(self) -> None:
        self._past = [*self._past, self._pose][-STEPS:]
        self._future = []

    def _posed(self, stance: Stance) -> None:
        """What was dragged need no longer bear weight where it did."""
        free = replace(stance, contacts={})
        if self._moment == "start":
            self._set(replace(self._pose, start=free))
        else:
            self._set(replace(self._pose, end=free))

    def _staged(self, pose: Pose) -> None:
        """Another view, surface or thing is one step of undo."""
        self._remember()
        self._set(pose)

    def _thing_moved(self, place: int, by: tuple[float, float]) -> None:
        self.scene.hand = place
        self._set(staging.moved(self._pose, place, by))

    def _copy(self) -> None:
        other = self._pose.end if self._moment == "start" else self._pose.start
        if other != self._stance():
            self._remember()
            self._posed(other)

    def _set(self, pose: Pose) -> None:
        self._pose = pose
        self._show()
        self.changed.emit(pose)

    def _show(self) -> None:
        starts = self._moment == "start"
        self.copy.setText(_("Take over the finish") if starts else _("Take over the start"))
        self.undo.setEnabled(bool(self._past))
        self.canvas.show_stance(self._pose, self._stance())
        self.scene.show_pose(self._pose)
        self.preview.show_exercise(self._pose, self._beat, self._name)
