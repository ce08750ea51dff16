"""Small drawing acts that several widgets share.

The first paint goes through here, so the `Qt` namespace (20 ms) is loaded only where it is used.
It is loaded too by every Qt call that would also take one of its values: `QBrush(colour)`,
`QPen(colour, width)`, `painter.setPen(colour)`. So brushes and pens are made in steps.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
)

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
    inner = area.adjusted(half, half, -half, -half)
    path = _rounded(inner.x(), inner.y(), inner.width(), inner.height(), radius)
    if fill:
        painter.fillPath(path, pen(fill).brush())
    if edge:
        outline(painter, path, pen(edge, width, dashed))


def outline(painter: QPainter, path: QPainterPath, edge: QPen) -> None:
    """Draw the edge of a kept shape. To stroke it takes ten times as long as to fill what the
    stroke covers, but where the stroke is in many pieces.
    """
    if edge.dashPattern():
        painter.strokePath(path, edge)
    else:
        painter.fillPath(_covered(path, edge.widthF()), edge.brush())


def pen(role: str, width: float = 1.0, dashed: bool = False) -> QPen:
    """A pen of a colour role. It is everybody's: one that is changed must be a copy."""
    return _pen(theme.hexed(role), width, dashed)


# Pens and shapes are kept: a screen paints the same few for ever, and to make one takes as long
# as to draw it.


@lru_cache(maxsize=128)
def _pen(colour: str, width: float, dashed: bool) -> QPen:
    made = icons.solid(QColor(colour))
    made.setWidthF(width)
    if dashed:
        made.setDashPattern([3 / width, 2.5 / width])
    return made


@lru_cache(maxsize=256)
def _rounded(x: float, y: float, width: float, height: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


_covers: dict[tuple[int, float], tuple[QPainterPath, QPainterPath]] = {}  # by identity; held


def _covered(path: QPainterPath, width: float) -> QPainterPath:
    """What a stroke of this width along a kept shape covers."""
    asked = (id(path), width)
    held = _covers.get(asked)
    if held is None or held[0] is not path:
        if len(_covers) > _KEPT:
            _covers.clear()
        stroker = QPainterPathStroker()
        stroker.setWidth(width)
        held = _covers[asked] = path, stroker.createStroke(path)
    return held[1]


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
    metrics = _metrics(font)
    fits = width_of(words, font) <= area.width() + 0.5
    if fits and align is None:
        down = (area.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(area.left(), area.top() + down), words)
        return
    from PySide6.QtCore import Qt

    if not fits:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    align = Qt.AlignmentFlag.AlignLeft if align is None else align
    painter.drawText(area, int(align | Qt.AlignmentFlag.AlignVCenter), words)


def broken(words: str, font: QFont, wide: float, most: int) -> list[str]:
    """Words as lines of a width in px, between words where that can be; the last has all the rest,
    and is elided where it is painted.
    """
    advance = _metrics(font).horizontalAdvance
    found: list[str] = []
    left = words.split()
    while left and len(found) < most - 1:
        fits = 1
        while fits < len(left) and advance(" ".join(left[: fits + 1])) <= wide:
            fits += 1
        found.append(" ".join(left[:fits]))
        left = left[fits:]
    return [*found, " ".join(left)] if left else found


def line_height(font: QFont) -> float:
    """Of one line, in px."""
    return _metrics(font).height()


def width_of(words: str, font: QFont) -> float:
    """How wide a line of words is, in px; kept, since the same few words are painted for ever."""
    asked = (_key(font), words)
    wide = _widths.get(asked)
    if wide is None:
        if len(_widths) > _KEPT:
            _widths.clear()
        wide = _widths[asked] = _metrics(font).horizontalAdvance(words)
    return wide


_KEPT = 2000  # widths; a screen shows a few hundred words
_widths: dict[tuple[tuple[str, bool], str], float] = {}
_of_fonts: dict[tuple[str, bool], QFontMetricsF] = {}
_FEW = 100  # fonts; the theme hands out the same two dozen for ever
_keys: dict[int, tuple[QFont, tuple[str, bool]]] = {}  # by identity; held, so that it stays theirs


def _key(font: QFont) -> tuple[str, bool]:
    held = _keys.get(id(font))
    if held is None:
        if len(_keys) > _FEW:
            _keys.clear()
        # figures of equal width are not in its key
        held = _keys[id(font)] = font, (font.key(), bool(font.featureTags()))
    return held[1]


def _metrics(font: QFont) -> QFontMetricsF:
    key = _key(font)
    if key not in _of_fonts:
        _of_fonts[key] = QFontMetricsF(font)
    return _of_fonts[key]


def half_rounded(area: QRectF, radius: float, left: bool, right: bool) -> QPainterPath:
    """A box whose left or right corners are round."""
    return _half_rounded(area.x(), area.y(), area.width(), area.height(), radius, left, right)


@lru_cache(maxsize=256)
def _half_rounded(
    x: float, y: float, width: float, height: float, radius: float, left: bool, right: bool
) -> QPainterPath:
    from PySide6.QtCore import Qt

    area = QRectF(x, y, width, height)
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
