"""The screen's renderer of drawn shapes: an exercise figure, coloured by what each shape means."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.drawing.shapes import (
    Circle,
    Curve,
    Line,
    Move,
    Path,
    Photo,
    Picture,
    Role,
    Text,
)
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint

Drawn = Path | Circle | Text
Placer = Callable[[tuple[float, float]], QPointF]

# role: fill, edge, width of the edge in px at a picture 160 px wide
_STROKES: dict[Role, tuple[str | None, str, float]] = {
    Role.NEAR: ("sunken", "ink", 1.1),
    Role.FAR: ("surface", "field", 1.0),
    Role.WORKING: ("working", "ink", 1.1),
    Role.MUSCLE: ("primary", "primary", 0.4),
    Role.TRUNK: ("body", "ink", 1.1),
    Role.HEAD: ("sunken", "ink", 1.1),
    Role.GHOST: (None, "line", 1.2),
    Role.ARROW: ("primary", "primary", 1.8),
    Role.PROP: ("prop", "ink", 0.9),
    Role.FLOOR: (None, "field", 1.0),
    Role.LABEL: (None, "ink", 1.0),
    Role.BODY: ("skin", "field", 1.2),
    Role.EDGE: (None, "field", 1.2),
    Role.FEATURE: (None, "field", 0.9),
    Role.REGION: (None, "seam", 0.7),
    Role.LAST: (None, "ink3", 1.2),
    Role.PAIN: ("pain", "pain", 1.1),
    Role.PINS: ("pins", "pins", 0.6),
    Role.NUMBNESS: ("numbness", "numbness", 1.1),
    Role.CRAMP: ("cramp", "cramp", 1.0),
    Role.STIFFNESS: ("stiffness", "stiffness", 1.2),
    Role.PAIN_TINT: ("pain_tint", "pain", 0.8),
    Role.PINS_TINT: ("pins_tint", "pins", 0.8),
    Role.NUMBNESS_TINT: ("numbness_tint", "numbness", 0.8),
    Role.CRAMP_TINT: ("cramp_tint", "cramp", 0.8),
    Role.STIFFNESS_TINT: ("stiffness_tint", "stiffness", 0.8),
    Role.LEADER: ("ink2", "ink2", 0.8),
    Role.BADGE: ("surface", "ink2", 0.9),
    Role.GRID: (None, "line", 0.8),
    Role.GOAL: (None, "good", 0.9),
    Role.BAND: ("good_tint", "good_tint", 0.1),
}


def _fill(role: str) -> QColor:
    """The trunk stands between the limbs and the lines."""
    if role == "body":
        return paint.mix(theme.colour("sunken"), theme.colour("field"), 0.45)
    if role == "working":
        return paint.mix(theme.colour("surface"), theme.colour("primary"), 0.55)
    if role == "prop":
        return paint.mix(theme.colour("surface"), theme.colour("prop"), 0.55)
    if role == "skin":
        return paint.mix(theme.colour("surface"), theme.colour("sunken"), 0.75)
    if role.endswith("_tint") and role != "tint":
        return paint.mix(_fill("skin"), theme.colour(role.removesuffix("_tint")), 0.22)
    return theme.colour(role)


def _edge(role: str) -> QColor:
    """The seams between the regions of a body are fainter than any edge of a control."""
    if role == "seam":
        return paint.mix(theme.colour("sunken"), theme.colour("field"), 0.26)
    return theme.colour(role)


def draw(painter: QPainter, picture: Picture, area: QRectF) -> None:
    """Draw a picture as large as fits, standing on the bottom of the area, in the middle."""
    x0, y0, x1, y1 = picture.bounds
    wide, high = max(x1 - x0, 1e-6), max(y1 - y0, 1e-6)
    scale = min(area.width() / wide, area.height() / high)
    left = area.left() + (area.width() - wide * scale) / 2
    bottom = area.bottom()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def at(point: tuple[float, float]) -> QPointF:
        return QPointF(left + (point[0] - x0) * scale, bottom - (point[1] - y0) * scale)

    weight = max(0.8, min(1.6, area.width() / 160))
    for shape in picture.shapes:
        if isinstance(shape, Photo):
            _draw_photo(painter, shape, at, scale)
        else:
            _draw_shape(painter, shape, at, scale, weight)
    painter.restore()


def _draw_photo(painter: QPainter, photo: Photo, at: Placer, scale: float) -> None:
    corner = at((photo.at[0], photo.at[1] + photo.height))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    size = QSizeF(photo.width * scale, photo.height * scale)
    painter.drawImage(QRectF(corner, size), QImage.fromData(photo.jpeg))


def _draw_shape(painter: QPainter, shape: Drawn, at: Placer, scale: float, weight: float) -> None:
    fill, edge, width = _STROKES[shape.role]
    pen = QPen(_edge(edge), width * weight)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape.role is Role.LAST:
        pen.setDashPattern([3, 2.5])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match shape:
        case Path():
            outline = QPainterPath()
            for segment in shape.segments:
                match segment:
                    case Move(to):
                        outline.moveTo(at(to))
                    case Line(to):
                        outline.lineTo(at(to))
                    case Curve(first, second, to):
                        outline.cubicTo(at(first), at(second), at(to))
            if shape.closed:
                outline.closeSubpath()
                if fill:
                    painter.setBrush(_fill(fill))
            painter.drawPath(outline)
        case Circle():
            if fill:
                painter.setBrush(_fill(fill))
            painter.drawEllipse(at(shape.centre), shape.radius * scale, shape.radius * scale)
        case Text():
            font = QFont(theme.font("caption"))
            font.setPixelSize(max(9, round(shape.size * scale)))
            painter.setFont(font)
            width_ = paint.width_of(shape.text, font)
            place = at(shape.at)
            shift = {"start": 0.0, "middle": width_ / 2, "end": width_}[shape.anchor]
            painter.drawText(QPointF(place.x() - shift, place.y()), shape.text)


class PictureView(QWidget):
    """Shows one picture, or plays several as a movement. `name` is what screen readers say."""

    FRAME_MS = 700

    def __init__(
        self, picture: Picture | None = None, parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self._pictures: tuple[Picture, ...] = (picture,) if picture else ()
        self._shown = 0
        self._margin = 4
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timer = QTimer(self)
        self._timer.setInterval(self.FRAME_MS)
        self._timer.timeout.connect(self._next)

    def set_picture(self, picture: Picture | None) -> None:
        self.set_pictures((picture,) if picture else ())

    def set_pictures(self, pictures: Sequence[Picture]) -> None:
        """Several pictures of one movement; the first is shown until `play`."""
        self.pause()
        self._pictures, self._shown = tuple(pictures), 0
        self.update()

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def play(self) -> None:
        if len(self._pictures) > 1:
            self._timer.start()

    def pause(self) -> None:
        self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        self.pause()
        super().hideEvent(event)

    def _next(self) -> None:
        self._shown = (self._shown + 1) % len(self._pictures)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(96))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pictures:
            return
        painter = QPainter(self)
        gap = self._margin
        draw(
            painter, self._pictures[self._shown], QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
        )
        painter.end()
