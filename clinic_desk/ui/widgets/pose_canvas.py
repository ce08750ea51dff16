"""A figure whose joints can be dragged, or moved by keys: one stance of a pose.

Every joint is a handle. Tab goes from handle to handle, the arrows move the one in hand by a
hundredth of the stature (with Shift by a thousandth).
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.drawing import figure, posing, props
from clinic_desk.drawing.pose import Pose, Stance
from clinic_desk.drawing.shapes import Point
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint, picture

STANDING = (-0.85, -0.04, 0.85, 1.06)  # what is shown from the side and the front
FROM_ABOVE = (-0.95, -0.45, 0.95, 0.45)
STEP, FINE = 0.01, 0.001  # of the stature, for a press of an arrow
GRIP = 12  # px around a handle that take hold of it
NAMES = {
    "pelvis": _("pelvis"),
    "neck": _("upper body"),
    "head": _("head"),
    "near.knee": _("working knee"),
    "near.ankle": _("working foot"),
    "near.toe": _("working toes"),
    "near.elbow": _("working elbow"),
    "near.wrist": _("working wrist"),
    "near.hand": _("working hand"),
    "far.knee": _("other knee"),
    "far.ankle": _("other foot"),
    "far.toe": _("other toes"),
    "far.elbow": _("other elbow"),
    "far.wrist": _("other wrist"),
    "far.hand": _("other hand"),
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PoseCanvas(QWidget):
    """Shows one stance. `begun` comes before a change, `changed` after each part of it."""

    begun = Signal()
    changed = Signal(object)  # Stance
    thing_moved = Signal(int, object)  # which of the props, (x, y) by which it moves

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pose: Pose | None = None
        self._stance: Stance | None = None
        self._hand = 0
        self._held = False
        self._thing: int | None = None  # of the props, the one that is dragged
        self._last: Point = (0.0, 0.0)  # where the pointer was
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._say()

    def show_stance(self, pose: Pose, stance: Stance) -> None:
        """The pose whose props and view it has, and the stance to change."""
        self._pose, self._stance = pose, stance
        self.update()

    @property
    def handle(self) -> str:
        """The joint in hand."""
        return posing.HANDLES[self._hand]

    def place_of(self, handle: str) -> QPointF:
        """Where a handle is, in px of this widget."""
        if self._pose is None or self._stance is None:
            return QPointF()
        return self._at(posing.handles(self._stance, self._pose.view)[handle])

    # -- the person ---------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._nearest(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is None:
            self._last = self._point(event.position())
            self._thing = self._thing_at(self._last)
            if self._thing is not None:
                self.begun.emit()
                return
        if event.button() != Qt.MouseButton.LeftButton or found is None:
            super().mousePressEvent(event)
            return
        self._hand, self._held = found, True
        self._say()
        self.begun.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._drag(self._point(event.position()))
        elif self._thing is not None:
            now = self._point(event.position())
            by = (now[0] - self._last[0], now[1] - self._last[1])
            self._last = now
            self.thing_moved.emit(self._thing, by)
        else:
            at = event.position()
            over = self._nearest(at) is not None or self._thing_at(self._point(at)) is not None
            shape = Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held, self._thing = False, None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None or self._pose is None or self._stance is None:
            super().keyPressEvent(event)
            return
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        far = FINE if fine else STEP
        x, y = posing.handles(self._stance, self._pose.view)[self.handle]
        if not event.isAutoRepeat():
            self.begun.emit()
        self._drag((x + way[0] * far, y + way[1] * far))

    def event(self, event: QEvent) -> bool:
        """Tab walks through the joints first, and leaves after the last."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            if step and 0 <= self._hand + step < len(posing.HANDLES):
                self._hand += step
                self._say()
                self.update()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._hand = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._hand = len(posing.HANDLES) - 1
        self._say()
        super().focusInEvent(event)

    def _drag(self, to: Point) -> None:
        if self._pose is None or self._stance is None:
            return
        moved = posing.drag(self._stance, self._pose.view, self.handle, to)
        if moved != self._stance:
            self._stance = moved
            self.changed.emit(moved)
            self.update()

    def _nearest(self, at: QPointF) -> int | None:
        """The handle under a place; one that is in front wins."""
        if self._pose is None or self._stance is None:
            return None
        places = posing.handles(self._stance, self._pose.view)
        best, least = None, float(theme.px(GRIP))
        for number, name in enumerate(posing.HANDLES):
            gap = self._at(places[name]) - at
            away = (gap.x() ** 2 + gap.y() ** 2) ** 0.5 + (2 if name.startswith("far") else 0)
            if away < least:
                best, least = number, away
        return best

    def _thing_at(self, point: Point) -> int | None:
        """The thing that stands at a place; the last one that was added is in front."""
        found = enumerate(self._pose.props if self._pose is not None else ())
        return next(
            (place for place, one in reversed(list(found)) if props.covers(one, point)), None
        )

    def _say(self) -> None:
        text = _("Figure. In hand: {joint}. Arrows move it, Tab takes the next joint")
        self.setAccessibleName(text.format(joint=NAMES[self.handle]))

    # -- drawing ------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(8, 8, -8, -8)

    def _box(self) -> figure.Bounds:
        above = self._pose is not None and self._pose.view == "top"
        return FROM_ABOVE if above else STANDING

    def _scale(self) -> float:
        x0, y0, x1, y1 = self._box()
        area = self._area()
        return min(area.width() / (x1 - x0), area.height() / (y1 - y0))

    def _corner(self) -> QPointF:
        """Where x and y are 0, in px."""
        x0, y0, x1, _y1 = self._box()
        area, scale = self._area(), self._scale()
        left = area.left() + (area.width() - (x1 - x0) * scale) / 2
        return QPointF(left - x0 * scale, area.bottom() + y0 * scale)

    def _at(self, point: Point) -> QPointF:
        corner, scale = self._corner(), self._scale()
        return QPointF(corner.x() + point[0] * scale, corner.y() - point[1] * scale)

    def _point(self, at: QPointF) -> Point:
        corner, scale = self._corner(), max(self._scale(), 1e-6)
        return ((at.x() - corner.x()) / scale, (corner.y() - at.y()) / scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), 6, "surface", "line")
        if self._pose is not None and self._stance is not None:
            still = replace(self._pose, start=self._stance, end=self._stance)
            drawn = figure.draw(still, at=1.0, bounds=self._box())
            picture.draw(painter, drawn, self._area())
            places = posing.handles(self._stance, self._pose.view)
            for number, name in enumerate(posing.HANDLES):
                self._paint_handle(painter, self._at(places[name]), number == self._hand)
        painter.end()

    def _paint_handle(self, painter: QPainter, at: QPointF, in_hand: bool) -> None:
        half = theme.px(6 if in_hand else 4)
        area = QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)
        ring = in_hand and (self.hasFocus() or self._held)
        paint.box(painter, area, half, "surface", "focus" if ring else "ink", 2 if ring else 1.2)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(190))
