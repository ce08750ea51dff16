"""Surfaces: the card, the line, the empty state, a column that scrolls.

The first paint needs one, so the `Qt` namespace (20 ms) is loaded only where it is used.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.kept_column import KeptColumn
from clinic_desk.ui.widgets.labels import Label, SectionHeader


class Divider(QFrame):
    """A 1 px line across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setProperty("surface", "line")


class Card(QFrame):
    """Groups one subject. `body` is its column; `header` is there when it has a title."""

    def __init__(
        self,
        title: str = "",
        hint: str = "",
        parent: QWidget | None = None,
        *,
        flush: bool = False,
        spacing: int = tokens.M,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.body = KeptColumn(self)
        edge = 0 if flush else tokens.L
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(0 if flush else spacing)
        self.header = SectionHeader(title, hint, self)
        if flush:
            self.header.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self.body.addWidget(self.header)
        if not title:  # told to show, it would work out its style before it has its place
            self.header.hide()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    def add_to_header(self, widget: QWidget) -> None:
        self.header.add(widget)
        self.header.show()


class EmptyState(QWidget):
    """One sentence and one button, in the middle."""

    pressed = Signal()

    def __init__(self, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        from PySide6.QtCore import Qt

        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        column.setSpacing(tokens.L)
        column.addStretch(1)
        self.sentence = Label(sentence, "quiet", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = Button(action)
        self.button.clicked.connect(self.pressed)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        if not action:
            self.button.hide()
        column.addStretch(1)


class Pages(QWidget):
    """Pages of which one is shown, as tall as that one; those out of sight ask for no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._pages: list[QWidget] = []
        self._current = 0

    def addWidget(self, page: QWidget) -> None:
        self._pages.append(page)
        self._column.addWidget(page)
        if len(self._pages) - 1 != self._current:
            page.hide()

    def currentIndex(self) -> int:
        return self._current

    def setCurrentIndex(self, place: int) -> None:
        self._current = place
        for number, page in enumerate(self._pages):
            page.setVisible(number == place)


class Scroller(QScrollArea):
    """A column that scrolls up and down alone. `column` is where widgets go."""

    def __init__(self, margin: int = tokens.XL, parent: QWidget | None = None) -> None:
        from PySide6.QtCore import Qt

        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.holder = QWidget()
        self.holder.setProperty("surface", "none")
        self.column = QVBoxLayout(self.holder)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(tokens.L)
        self.setWidget(self.holder)
