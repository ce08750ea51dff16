"""Outline icons (Lucide, ISC licence) and two drawings of our own, coloured by role.

Pixmaps are kept by name, size, colour and device pixel ratio. The first paint shows the logo,
so it is filled paths alone: SVG and the `Qt` namespace (20 ms) are loaded by the first icon, and
brushes are made in steps, because `QBrush(colour)` would load the namespace too.
"""

from functools import cache, lru_cache
from math import atan2, cos, degrees, hypot, pi, radians, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from clinic_desk import paths

OWN = ("octagon", "side-left", "side-right", "side-both", "logo")


@cache
def _svg(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0, mark: str = "#FFFFFF") -> QPixmap:
    """An icon as pixels; `mark` is the sign inside the octagon or the logo."""
    pixels = QPixmap(round(size * ratio), round(size * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, name, QRectF(0, 0, size, size), QColor(colour), QColor(mark))
    painter.end()
    return pixels


def draw(painter: QPainter, name: str, box: QRectF, colour: QColor, mark: QColor) -> None:
    """Draw an icon straight into a painter."""
    if name == "octagon":
        _octagon(painter, box, colour, mark)
    elif name == "logo":
        _logo(painter, box, colour, mark)
    elif name.startswith("side-"):
        _side(painter, box, colour, name.removeprefix("side-"))
    else:
        from PySide6.QtCore import QByteArray
        from PySide6.QtSvg import QSvgRenderer

        text = _svg(name).replace("currentColor", colour.name())
        QSvgRenderer(QByteArray(text.encode())).render(painter, box)


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """An icon for Qt's own widgets, sharp at 1x and 2x."""
    made = QIcon(pixmap(name, size, colour, 1.0))
    made.addPixmap(pixmap(name, size, colour, 2.0))
    return made


def solid(colour: QColor) -> QPen:
    """A pen of a colour, 1 px wide; its `brush()` fills with that colour."""
    made = QPen()
    made.setColor(colour)
    return made


def _octagon(painter: QPainter, box: QRectF, colour: QColor, mark: QColor) -> None:
    """The red-flag sign: a filled octagon with an exclamation mark."""
    from PySide6.QtCore import Qt

    centre, radius = box.center(), box.width() * 0.5
    corners = [
        QPointF(
            centre.x() + radius * cos(pi / 8 + k * pi / 4),
            centre.y() + radius * sin(pi / 8 + k * pi / 4),
        )
        for k in range(8)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(corners))
    width = box.width() * 0.12
    painter.setPen(QPen(mark, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    top, bottom = box.top() + box.height() * 0.25, box.top() + box.height() * 0.55
    painter.drawLine(QPointF(centre.x(), top), QPointF(centre.x(), bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark)
    painter.drawEllipse(
        QPointF(centre.x(), box.top() + box.height() * 0.73), width * 0.62, width * 0.62
    )


def _side(painter: QPainter, box: QRectF, colour: QColor, side: str) -> None:
    """The side mark: a square with its left or right half filled; both halves for both."""
    from PySide6.QtCore import Qt

    edge = max(1.2, box.width() * 0.09)
    inset = box.width() * 0.06 + edge / 2
    square = box.adjusted(inset, inset, -inset, -inset)
    radius = box.width() * 0.16
    painter.save()
    painter.setPen(QPen(colour, edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square, radius, radius)
    half = QRectF(square)
    if side == "left":
        half.setWidth(square.width() / 2)
    elif side == "right":
        half.setLeft(square.center().x())
    painter.setClipRect(half.adjusted(-edge, -edge, edge if side != "left" else 0, edge))
    painter.setPen(QPen(colour, edge))
    painter.setBrush(colour)
    if side == "right":
        painter.setClipRect(half.adjusted(0, -edge, edge, edge))
    painter.drawRoundedRect(square, radius, radius)
    painter.restore()


def _logo(painter: QPainter, box: QRectF, colour: QColor, mark: QColor) -> None:
    """The program's sign: a goniometer, two arms and the angle between them."""
    width = box.width()
    tile = QPainterPath()
    tile.addRoundedRect(box, width * 0.24, width * 0.24)
    painter.fillPath(tile, solid(colour).brush())
    foot = QPointF(box.left() + width * 0.27, box.top() + width * 0.72)
    ink, half = solid(mark).brush(), width * 0.0425  # half a stroke's width
    for x, y in ((0.75, 0.72), (0.58, 0.25)):
        _arm(painter, foot, QPointF(box.left() + width * x, box.top() + width * y), half, ink)
    _bow(painter, foot, width * 0.30, half, ink)


def _arm(painter: QPainter, foot: QPointF, end: QPointF, half: float, ink: QBrush) -> None:
    """A straight stroke with round ends."""
    across, up = end.x() - foot.x(), foot.y() - end.y()
    stroke = QPainterPath()
    stroke.addRoundedRect(QRectF(-half, -half, hypot(across, up) + 2 * half, 2 * half), half, half)
    painter.save()
    painter.translate(foot)
    painter.rotate(-degrees(atan2(up, across)))
    painter.fillPath(stroke, ink)
    painter.restore()


def _bow(painter: QPainter, foot: QPointF, reach: float, half: float, ink: QBrush) -> None:
    """A round stroke with round ends, from the level arm up to the other one."""
    top = 57.0  # degrees
    end = foot + QPointF(reach * cos(radians(top)), -reach * sin(radians(top)))
    stroke = QPainterPath()
    stroke.arcMoveTo(_around(foot, reach + half), 0)
    stroke.arcTo(_around(foot, reach + half), 0, top)
    stroke.arcTo(_around(end, half), top, 180)
    stroke.arcTo(_around(foot, reach - half), top, -top)
    stroke.arcTo(_around(foot + QPointF(reach, 0), half), 180, 180)
    painter.fillPath(stroke, ink)


def _around(centre: QPointF, radius: float) -> QRectF:
    return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
