"""Buttons: one filled one a screen, plain ones, links, icon buttons; and drawn key hints.

All are painted here from the tokens; their text is their name for screen readers. The first
paint needs them, so the `Qt` namespace (20 ms) is loaded only where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent

# kind: text colour, fill, fill under the pointer, edge
_LOOKS: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "plain": ("ink", "surface", "sunken", "field"),
    "primary": ("on_primary", "primary", "primary_hover", None),
    "link": ("primary", None, "tint", None),
    "quiet": ("ink", None, "sunken", None),
    "flag": ("flag", "surface", "flag_tint", "flag_line"),
    "on_flag": ("flag_line", "on_flag", "flag_tint", None),
    "suggest": ("suggest", "surface", "suggest_tint", "suggest_line"),
    "chosen": ("primary_ink", "tint", "tint", "primary"),
}


class Button(QPushButton):
    """A button with an optional icon before its text and a shortcut hint after it.

    `kind`: plain, primary, link, quiet, flag, on_flag, suggest, chosen.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        kind: str = "plain",
        parent: QWidget | None = None,
        *,
        hint: str = "",
        compact: bool = False,
        trailing: str = "",
        name: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._trailing = trailing
        self._kind = kind
        self.setProperty("kind", kind)
        self._hint = ""
        self._compact = compact
        self._over = False
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_hint(hint)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name if not text else "")

    @property
    def kind(self) -> str:
        return self._kind

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def set_hint(self, keys: str) -> None:
        """The key that presses it, shown after its text."""
        if keys != self._hint:
            self._hint = keys
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = theme.px(tokens.COMPACT if self._compact else tokens.CONTROL)
        if not self.text():
            return QSize(height, height)
        width = sum(self._parts()) + 2 * self._pad()
        return QSize(round(width + 0.5), height)

    def minimumSizeHint(self) -> QSize:
        """Where room is short, the key goes before any word of the text."""
        hint = self.sizeHint()
        key = round(self._parts()[3]) if self.text() else 0
        # a width that was set as the most comes before the text
        return QSize(min(hint.width() - key, self.maximumWidth()), hint.height())

    def _pad(self) -> int:
        return theme.px(6 if self._kind == "link" else 10 if self._compact else 13)

    def _font_role(self) -> str:
        return "strong" if self._kind in ("primary", "flag", "suggest", "on_flag") else "medium"

    def _parts(self) -> tuple[float, float, float, float]:
        """Widths, with their gaps, of icon, text, trailing icon and hint."""
        font = theme.font(self._font_role())
        icon = theme.px(16 + 7) if self._icon else 0
        trailing = theme.px(16 + 6) if self._trailing else 0
        hint = theme.px(10) + self._hint_width() if self._hint else 0.0
        return icon, paint.width_of(self._plain_text(), font), trailing, hint

    def _plain_text(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _hint_width(self) -> float:
        return paint.width_of(self._hint, theme.font("caption")) + theme.px(12)

    def enterEvent(self, event: QEnterEvent) -> None:
        from PySide6.QtCore import Qt

        self._over = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, fill, over, edge = _LOOKS[self._kind]
        if self.isCheckable() and self.isChecked():
            ink, fill, over, edge = _LOOKS["chosen"]
        if not self.isEnabled():
            ink, fill, edge = "ink3", "sunken" if fill else None, "line" if edge else None
            over = fill
        area = QRectF(self.rect())
        down = self.isDown() or (self._over and self.isEnabled())
        paint.box(painter, area, theme.px(tokens.R_CONTROL), over if down else fill, edge)
        self._paint_content(painter, area, ink)
        painter.end()

    def _paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        size = theme.px(16)
        if not self.text():
            left = (area.width() - size) / 2
            paint.icon(painter, self._icon, paint.square(self.rect(), size, left), ink)
            return
        icon, words, trailing, hint = self._parts()
        if hint and icon + words + trailing + hint + theme.px(8) > area.width():
            hint = 0.0
        spare = area.width() - (icon + words + trailing + hint)
        left = float(self._pad()) if self._kind == "link" else max(float(theme.px(4)), spare / 2)
        if icon:
            mark = "surface" if self._kind != "primary" else "primary"
            paint.icon(painter, self._icon, paint.square(self.rect(), size, left), ink, mark)
            left += icon
        room = min(words, area.width() - left - trailing - hint - theme.px(4))
        place = QRectF(left, area.top(), room + 1, area.height())
        paint.text(painter, place, self._plain_text(), theme.font(self._font_role()), ink)
        left += room
        if trailing:
            place = paint.square(self.rect(), size, left + theme.px(6))
            paint.icon(painter, self._trailing, place, ink)
            left += trailing
        if hint:
            height = theme.px(18)
            chip = QRectF(
                left + theme.px(10), (area.height() - height) / 2, self._hint_width(), height
            )
            paint.box(painter, chip, theme.px(3), None, ink)
            inside = chip.adjusted(theme.px(6), 0, 0, 0)
            paint.text(painter, inside, self._hint, theme.font("caption"), ink)


class PrimaryButton(Button):
    """The one filled button of a screen; shows Ctrl+Enter, which presses it."""

    def __init__(
        self, text: str, parent: QWidget | None = None, *, icon: str = "", hint: str = "Ctrl+Enter"
    ) -> None:
        super().__init__(text, icon, "primary", parent, hint=hint)


class LinkButton(Button):
    """A button that looks like a link."""

    def __init__(self, text: str, parent: QWidget | None = None, *, icon: str = "") -> None:
        super().__init__(text, icon, "link", parent, compact=True)


class IconButton(Button):
    """A square button with an icon only; `name` is what it is called and its tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        kind: str = "plain",
        compact: bool = False,
    ) -> None:
        super().__init__("", icon, kind, parent, compact=compact, name=name)


class KeyHint(QWidget):
    """Drawn keys and what they do: `KeyHint(("Ctrl", "G"), "jump to step")`."""

    def __init__(self, keys: Sequence[str], text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = tuple(keys)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _widths(self) -> list[float]:
        font = theme.font("caption")
        return [paint.width_of(key, font) + theme.px(12) for key in self._keys]

    def sizeHint(self) -> QSize:
        width = sum(self._widths()) + theme.px(4) * len(self._keys)
        if self._text:
            width += paint.width_of(self._text, theme.font("caption"))
        return QSize(round(width + 1), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font, left = theme.font("caption"), 0.0
        height = theme.px(19)
        for key, width in zip(self._keys, self._widths(), strict=True):
            cap = QRectF(left, 0.5, width, height)
            paint.box(painter, cap, theme.px(3), "surface", "line")
            paint.text(painter, cap.adjusted(theme.px(6), 0, 0, 0), key, font, "ink2")
            left += width + theme.px(4)
        rest = QRectF(left, 0.5, self.width() - left, height)
        paint.text(painter, rest, self._text, font, "ink2")
        painter.end()
