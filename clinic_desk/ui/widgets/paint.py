"""Small drawing acts that several widgets share.

The first paint goes through here, so the `Qt` namespace (20 ms) is loaded only where it is used.
It is loaded too by every Qt call that would also take one of its values: `QBrush(colour)`,
`QPen(colour, width)`, `painter.setPen(colour)`. So brushes and pens are made in steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from clinic_desk.ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


def box(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: str | None,
    edge: str | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box in colour roles, its edge wholly inside the area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if edge else 0.0
    path = QPainterPath()
    path.addRoundedRect(area.adjusted(half, half, -half, -half), radius, radius)
    if fill:
        painter.fillPath(path, icons.solid(theme.colour(fill)).brush())
    if edge:
        painter.strokePath(path, pen(edge, width, dashed))


def pen(role: str, width: float = 1.0, dashed: bool = False) -> QPen:
    made = icons.solid(theme.colour(role))
    made.setWidthF(width)
    if dashed:
        made.setDashPattern([3 / width, 2.5 / width])
    return made


def icon(painter: QPainter, name: str, area: QRectF, role: str, mark: str = "surface") -> None:
    """An icon in a colour role, from the kept pixmaps."""
    size = round(area.width())
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    pixels = icons.pixmap(name, size, theme.hexed(role), ratio, theme.hexed(mark))
    painter.drawPixmap(area.topLeft(), pixels)


def text(
    painter: QPainter,
    area: QRectF,
    words: str,
    font: QFont,
    role: str,
    align: Qt.AlignmentFlag | None = None,
) -> None:
    """One line of text, elided at its end, centred upright; from the left where nothing is said."""
    painter.setFont(font)
    colour = theme.colour(role)
    if painter.pen().color() != colour:  # a painter begins with its widget's own text colour
        painter.setPen(colour)
    metrics = QFontMetricsF(font)
    fits = metrics.horizontalAdvance(words) <= area.width() + 0.5
    if fits and align is None:
        down = (area.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(area.left(), area.top() + down), words)
        return
    from PySide6.QtCore import Qt

    if not fits:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    align = Qt.AlignmentFlag.AlignLeft if align is None else align
    painter.drawText(area, int(align | Qt.AlignmentFlag.AlignVCenter), words)


def width_of(words: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(words)


def half_rounded(area: QRectF, radius: float, left: bool, right: bool) -> QPainterPath:
    """A box whose left or right corners are round."""
    from PySide6.QtCore import Qt

    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(area, radius, radius)
    if not left:
        path.addRect(QRectF(area.left(), area.top(), radius, area.height()))
    if not right:
        path.addRect(QRectF(area.right() - radius, area.top(), radius, area.height()))
    return path.simplified()


def square(area: QRect, size: int, left: float) -> QRectF:
    """A square of a size in an area, upright in the middle, from `left`."""
    return QRectF(left, area.top() + (area.height() - size) / 2, size, size)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of the other colour over the first."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )
