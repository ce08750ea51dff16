"""Outline icons (Lucide, ISC licence) and two drawings of our own, coloured by role.

Pixmaps are kept by name, size, colour and device pixel ratio.
"""

from functools import cache, lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from clinic_desk import paths

SIZES = (13, 16, 18, 20)
OWN = ("octagon", "side-left", "side-right", "side-both", "logo")


@cache
def _svg(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0, mark: str = "#FFFFFF") -> QPixmap:
    """An icon as pixels; `mark` is the sign inside the octagon or the logo."""
    pixels = QPixmap(round(size * ratio), round(size * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
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
        text = _svg(name).replace("currentColor", colour.name())
        QSvgRenderer(QByteArray(text.encode())).render(painter, box)


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """An icon for Qt's own widgets, sharp at 1x and 2x."""
    made = QIcon(pixmap(name, size, colour, 1.0))
    made.addPixmap(pixmap(name, size, colour, 2.0))
    return made


def _octagon(painter: QPainter, box: QRectF, colour: QColor, mark: QColor) -> None:
    """The red-flag sign: a filled octagon with an exclamation mark."""
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
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, box.width() * 0.24, box.width() * 0.24)
    width = box.width()
    pen = QPen(mark, width * 0.085, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    foot = QPointF(box.left() + width * 0.27, box.top() + width * 0.72)
    painter.drawLine(foot, QPointF(box.left() + width * 0.75, foot.y()))
    painter.drawLine(foot, QPointF(box.left() + width * 0.58, box.top() + width * 0.25))
    reach = width * 0.30
    arc = QRectF(foot.x() - reach, foot.y() - reach, 2 * reach, 2 * reach)
    painter.drawArc(arc, 0, 57 * 16)
