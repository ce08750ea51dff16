"""Chips: a state as an icon and a word, 22 px high."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint

# kind: text, fill, edge, dashed, icon where none is given
KINDS: dict[str, tuple[str, str | None, str | None, bool, str]] = {
    "neutral": ("ink2", "sunken", None, False, ""),
    "outline": ("ink2", "surface", "field", False, ""),
    "good": ("good", "good_tint", None, False, "check"),
    "caution": ("caution", "caution_tint", "caution_line", False, "triangle-alert"),
    "flag": ("flag", "flag_tint", "flag_line", False, "octagon"),
    "decided": ("primary_ink", "tint", "primary", False, "check"),
    "suggested": ("suggest", "suggest_tint", "suggest_line", True, "lightbulb"),
    "info": ("primary_ink", "tint", None, False, "info"),
}


def chip_width(text: str, icon: bool) -> int:
    """How wide a chip is."""
    width = paint.width_of(text, theme.font("caption_strong")) + theme.px(20)
    return round(width + (theme.px(13 + 4) if icon else 0) + 0.5)


def paint_chip(painter: QPainter, area: QRectF, text: str, kind: str, icon: str = "") -> None:
    """Draw a chip; lists use this in their delegates."""
    ink, fill, edge, dashed, own = KINDS[kind]
    icon = icon or own
    height = theme.px(tokens.CHIP)
    body = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    paint.box(painter, body, height / 2 - 0.5, fill, edge, 1.0, dashed)
    left = body.left() + theme.px(10)
    if icon:
        size = theme.px(13)
        left = body.left() + theme.px(8)
        place = QRectF(left, body.center().y() - size / 2, size, size)
        role = "flag_line" if icon == "octagon" else ink
        paint.icon(painter, icon, place, role, "on_flag" if icon == "octagon" else "surface")
        left += size + theme.px(5)
    rest = QRectF(left, body.top(), body.right() - left - theme.px(6), height)
    paint.text(painter, rest, text, theme.font("caption_strong"), ink)


class Chip(QWidget):
    """`kind`: neutral, outline, good, caution, flag, decided, suggested, info."""

    def __init__(
        self, text: str, kind: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.text, self.kind, self.icon = text, kind, icon
        self.set(text, kind, icon)

    def set(self, text: str, kind: str = "", icon: str = "") -> None:
        """Change what it says."""
        if (self.text, self.kind, self.icon) == (text, kind or self.kind, icon):
            return
        self.text, self.kind, self.icon = text, kind or self.kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = bool(self.icon or KINDS[self.kind][4])
        return QSize(chip_width(self.text, icon), theme.px(tokens.CHIP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.text, self.kind, self.icon)
        painter.end()
