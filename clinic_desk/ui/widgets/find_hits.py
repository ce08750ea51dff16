"""What was found, and how one line of it is painted: the words that were typed stand out."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint

HIT = Qt.ItemDataRole.UserRole
BOLDER = 12  # px by which marked words are wider than they are measured


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `ref` is handed on when it is opened."""

    title: str
    detail: str
    ref: object
    icon: str = "users"
    marks: tuple[tuple[int, int], ...] = ()  # in the detail: what was typed, from where to where


@dataclass(frozen=True, slots=True)
class HitGroup:
    title: str
    hits: tuple[Hit, ...]
    behind_commands: bool = False  # words of notes: what has a name comes before them


class HitDelegate(QStyledItemDelegate):
    """Paints a heading, or a hit: icon, name, and a quiet line with its marks."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.px(44 if isinstance(index.data(HIT), Hit) else 28))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit = index.data(HIT)
        area = QRectF(option.rect)
        painter.save()
        if not isinstance(hit, Hit):
            words = area.adjusted(theme.px(12), 0, 0, 0)
            paint.text(painter, words, str(index.data() or ""), theme.font("label"), "ink3")
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, area.adjusted(4, 0, -4, 0), theme.px(tokens.R_SMALL), "tint")
            bar = QRectF(area.left() + 4, area.top(), theme.px(4), area.height())
            painter.fillRect(bar, theme.colour("primary"))
        size = theme.px(18)
        place = QRectF(area.left() + theme.px(16), area.center().y() - size / 2, size, size)
        paint.icon(painter, hit.icon, place, "ink2")
        left = place.right() + theme.px(12)
        top = QRectF(left, area.top() + theme.px(4), area.right() - left - 12, theme.px(19))
        low = QRectF(left, top.bottom(), top.width(), theme.px(17))
        paint.text(painter, top, hit.title, theme.font("strong"), "ink")
        if hit.marks:
            _marked(painter, low, hit)
        else:
            paint.text(painter, low, hit.detail, theme.font("caption"), "ink2")
        painter.restore()


def _marked(painter: QPainter, area: QRectF, hit: Hit) -> None:
    """One line in which the marked words are bold and underlined; any script, any direction."""
    font = theme.font("caption")
    shown = QFontMetricsF(font).elidedText(
        hit.detail, Qt.TextElideMode.ElideRight, area.width() - theme.px(BOLDER)
    )
    layout = QTextLayout(shown, font)
    ink = theme.colour("ink")
    ranges = []
    seen = len(shown) if shown == hit.detail else len(shown) - 1
    for begin, end in hit.marks:
        begin, end = min(begin, seen), min(end, seen)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        look.setForeground(ink)
        one = QTextLayout.FormatRange()
        one.start = utf16(hit.detail, begin)
        one.length = utf16(hit.detail, end) - utf16(hit.detail, begin)
        one.format = look
        ranges.append(one)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    painter.save()
    painter.setClipRect(area)
    painter.setPen(theme.colour("ink2"))
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2))
    painter.restore()


def utf16(text: str, place: int) -> int:
    """The same place as Qt counts it: signs beyond the first plane are two."""
    return place + sum(sign > "\uffff" for sign in text[:place])
