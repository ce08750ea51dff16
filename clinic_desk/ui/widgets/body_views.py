"""The four views of the body: painted from the shapes, marked by a click or with the pen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.clinical.body_regions import VIEWS
from clinic_desk.clinical.measures import BodyChart, Mark, Place
from clinic_desk.drawing import body_chart, body_views
from clinic_desk.drawing.body_views import Area
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.picture import draw
from clinic_desk.usecases import body_words

HEAD = 22  # px above a view for its name and for Right and Left
TALL = 410  # px of a body at most
NARROW = 560  # px; below, the views stand two by two
GAP = 10
FINGER = 12  # px around a click in which the nearest region is still found
_SIDE_WORD = 0.115  # where Right and Left stand beside the head, in body units
_STILL = 4  # px that a pressed pen may tremble and still be a dot


def view_name(view: str) -> str:
    return {
        "front": _("Front"),
        "back": _("Back"),
        "left": _("Left side"),
        "right": _("Right side"),
    }[view]


class BodyView(QWidget):
    """One view. `region_clicked(place)`, `stroke_drawn(view, points)`, `mark_clicked(number)`."""

    region_clicked = Signal(object)
    stroke_drawn = Signal(str, object)
    mark_clicked = Signal(int)
    hovered = Signal(str)

    def __init__(self, view: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.setObjectName(f"bodyView:{view}")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chart, self.last = BodyChart(), BodyChart()
        self.selected: Mark | None = None
        self.pen = False
        self._over: Area | None = None
        self._stroke: list[QPointF] = []
        self._kept: tuple[tuple[object, ...], QPixmap] | None = None
        self._name()

    def show_chart(self, chart: BodyChart, selected: Mark | None) -> None:
        if chart == self.chart and selected == self.selected:
            return
        self.chart, self.selected = chart, selected
        self._name()
        self.update()

    def show_last(self, last: BodyChart) -> None:
        self.last = last
        self.update()

    def set_pen(self, pen: bool) -> None:
        self.pen = pen
        self._over = None
        shape = Qt.CursorShape.CrossCursor if pen else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        self.update()

    def _name(self) -> None:
        said = [
            body_words.mark_words(one)
            for one in self.chart.marks
            if one.view == self.view or body_chart.seen(self.view, one.places or ())
        ]
        name = _("Body chart, {view}").format(view=view_name(self.view))
        self.setAccessibleName(f"{name}: {'; '.join(said)}" if said else name)

    # -- places ----------------------------------------------------------------------

    def area(self) -> QRectF:
        """Where the body stands: as large as fits, below the names."""
        head = theme.px(HEAD)
        room = QRectF(self.rect()).adjusted(0, head, 0, -1)
        wide = 2 * body_views.HALF_WIDTH[self.view]
        scale = min(room.width() / wide, room.height())
        left = room.left() + (room.width() - wide * scale) / 2
        return QRectF(left, room.bottom() - scale, wide * scale, scale)

    def at(self, point: tuple[float, float]) -> QPointF:
        """From body units to the widget."""
        area = self.area()
        return QPointF(area.center().x() + point[0] * area.height(), self._y(point[1], area))

    def _y(self, y: float, area: QRectF) -> float:
        return area.bottom() - y * area.height()

    def body_point(self, at: QPointF) -> tuple[float, float]:
        """From the widget to body units."""
        area = self.area()
        high = max(area.height(), 1.0)
        return (at.x() - area.center().x()) / high, (area.bottom() - at.y()) / high

    def _hit(self, at: QPointF) -> Area | None:
        reach = theme.px(FINGER) / max(self.area().height(), 1.0)
        return body_views.hit(self.view, self.body_point(at), reach)

    def _stroke_at(self, at: QPointF) -> int | None:
        """The number of the stroke under a click."""
        near = theme.px(FINGER) / 2
        for number in range(len(self.chart.marks) - 1, -1, -1):
            mark = self.chart.marks[number]
            if mark.path and mark.view == self.view:
                points = [self.at(body_views.to_body(self.view, one)) for one in mark.path]
                if any((one - at).manhattanLength() <= near * 1.5 for one in _between(points)):
                    return number
        return None

    # -- the mouse -------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at = event.position()
        if self.pen:
            self._stroke = [at]
            return
        number = self._stroke_at(at)
        if number is not None:
            self.mark_clicked.emit(number)
            return
        area = self._hit(at)
        if area is not None:
            self.region_clicked.emit(Place(area.region, area.side))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._stroke:
            self._stroke.append(at)
            self.update()
            return
        area = self._hit(at)
        if area is not self._over:
            self._over = area
            words = body_words.place_name(Place(area.region, area.side)) if area else ""
            self.setToolTip(words)
            self.hovered.emit(words)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._stroke:
            return
        drawn, self._stroke = self._stroke, []
        still = max((one - drawn[0]).manhattanLength() for one in drawn) <= _STILL
        points = [
            body_views.to_box(self.view, self.body_point(one))
            for one in (drawn[:1] if still else drawn)
        ]
        self.stroke_drawn.emit(self.view, points)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.hovered.emit("")
        self.update()

    # -- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.area()
        painter.drawPixmap(0, 0, self._body(area))
        draw(painter, body_chart.last(self.view, self.last), area)
        draw(painter, body_chart.marks(self.view, self.chart), area)
        self._chosen(painter)
        draw(painter, body_chart.badges(self.view, self.chart), area)
        if self._over is not None:
            self._ring(painter, self._over, "ink2", 1.2)
        if len(self._stroke) > 1:
            made = QPen(theme.colour("ink"), theme.px(3))
            made.setCapStyle(Qt.PenCapStyle.RoundCap)
            made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(made)
            painter.drawPolyline(QPolygonF(self._stroke))
        painter.end()

    def _chosen(self, painter: QPainter) -> None:
        """A ring around the chosen mark, below its letter and number."""
        if self.selected is not None and not self.selected.path:
            for one in body_chart.seen(self.view, self.selected.places or ()):
                self._ring(painter, one, "focus", 2.2)
        elif self.selected is not None and self.selected.view == self.view:
            points = [self.at(body_views.to_body(self.view, one)) for one in self.selected.path]
            box = QPolygonF(points).boundingRect()
            grown = box.adjusted(-7, -7, 7, 7)
            paint.box(painter, grown, theme.px(4), None, "focus", 2.0, dashed=True)

    def _ring(self, painter: QPainter, area: Area, role: str, width: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(paint.pen(role, width))
        painter.drawPolygon(QPolygonF([self.at(point) for point in area.polygon]))

    def _body(self, area: QRectF) -> QPixmap:
        """The body without marks, kept while size and look stay the same."""
        ratio = self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio, theme.is_dark(), theme.zoom())
        if self._kept is None or self._kept[0] != key:
            pixels = QPixmap(self.size() * ratio)
            pixels.setDevicePixelRatio(ratio)
            pixels.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixels)
            draw(painter, body_chart.body(self.view), area)
            self._words(painter)
            painter.end()
            self._kept = (key, pixels)
        return self._kept[1]

    def _words(self, painter: QPainter) -> None:
        head = theme.px(HEAD)
        strong, small = theme.font("caption_strong"), theme.font("caption")
        middle = Qt.AlignmentFlag.AlignHCenter
        whole = QRectF(0, 0, self.width(), head - 2)
        paint.text(painter, whole, view_name(self.view), strong, "ink", middle)
        if self.view in ("front", "back"):
            sides = (_("Right"), _("Left"))
            if self.view == "back":
                sides = (sides[1], sides[0])
            for word, x in zip(sides, (-_SIDE_WORD, _SIDE_WORD), strict=True):
                at = self.at((x, 0.92))
                wide = theme.px(60)
                line = QRectF(at.x() - wide / 2, at.y() - head / 2, wide, head)
                paint.text(painter, line, word, small, "ink2", middle)


def _between(points: Sequence[QPointF]) -> list[QPointF]:
    """The points of a line with some between them, close enough for a click."""
    found = list(points[:1])
    for place in range(1, len(points)):
        a, b = points[place - 1], points[place]
        steps = max(1, int((b - a).manhattanLength() / 6))
        found += [a + (b - a) * (step / steps) for step in range(1, steps + 1)]
    return found


class BodyViews(QWidget):
    """All views side by side, or two by two where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = [BodyView(view, self) for view in VIEWS]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def view(self, name: str) -> BodyView:
        return next(one for one in self.views if one.view == name)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return rows * (theme.px(HEAD) + self._tall(width)) + (rows - 1) * theme.px(GAP)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(NARROW), self.heightForWidth(theme.px(NARROW)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(200))

    def _rows(self, width: int) -> int:
        return 1 if width >= theme.px(NARROW) else 2

    def _tall(self, width: int) -> int:
        """The height of a body: as wide as the row allows, and no taller than the window."""
        wide = 1.5 if self._rows(width) == 1 else 1.0
        count = 4 if self._rows(width) == 1 else 2
        return int(min(theme.px(TALL), (width - (count - 1) * theme.px(GAP)) / wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.width()
        # what lies in a row of a form is not asked for its height by width
        self.setFixedHeight(self.heightForWidth(width))
        rows, tall, gap = self._rows(width), self._tall(width), theme.px(GAP)
        high = tall + theme.px(HEAD)
        groups = [self.views] if rows == 1 else [self.views[:2], self.views[2:]]
        for row, group in enumerate(groups):
            widths = [int(2 * body_views.HALF_WIDTH[one.view] * tall) for one in group]
            left = (width - sum(widths) - gap * (len(group) - 1)) // 2
            for one, wide in zip(group, widths, strict=True):
                one.setGeometry(left, row * (high + gap), wide, high)
                left += wide + gap
