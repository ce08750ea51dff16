"""How screens are laid out: a canvas, columns that scroll alone, a footer that stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.ui import theme, tokens


def canvas(widget: QWidget) -> None:
    """Give a screen the canvas as its ground."""
    widget.setProperty("surface", "canvas")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def column(widget: QWidget | None = None, spacing: int = 0, margin: int = 0) -> QVBoxLayout:
    """An upright layout without surprises."""
    layout = QVBoxLayout(widget) if widget is not None else QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout


def row(widget: QWidget | None = None, spacing: int = tokens.M, margin: int = 0) -> QHBoxLayout:
    """A level layout without surprises."""
    layout = QHBoxLayout(widget) if widget is not None else QHBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout


class Footer(QFrame):
    """The bar at the foot: quiet things left, the primary button right."""

    def __init__(
        self, left: Sequence[QWidget], right: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "footer")
        self.setFixedHeight(theme.px(tokens.FOOTER))
        line = row(self, tokens.S)
        line.setContentsMargins(tokens.XL, 0, tokens.XL, 0)
        for widget in left:
            line.addWidget(widget)
        line.addStretch(1)
        for widget in right:
            line.addWidget(widget)


class TopBar(QWidget):
    """A field to search in, with acts beside it: below it where they would leave it no room."""

    def __init__(self, field: QWidget, acts: Sequence[QWidget], *, least: int = 220) -> None:
        super().__init__()
        self._least = least
        self._line = row(spacing=tokens.M)
        self._line.addStretch(1)
        for widget in acts:
            self._line.addWidget(widget)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(tokens.M)
        self._both.addWidget(field, 1)
        self._both.addLayout(self._line)
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = self.width() < self._line.sizeHint().width() + theme.px(self._least)
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if short else ways.LeftToRight)
