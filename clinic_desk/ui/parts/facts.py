"""Facts in two columns: a quiet word, and what is so."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayoutItem, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.labels import Label


class Facts(QWidget):
    """Rows of (word, fact); a fact that is empty is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.M)
        self._grid.setVerticalSpacing(tokens.S)
        self._grid.setColumnMinimumWidth(0, theme.px(84))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]], nothing: str = "") -> None:
        """Replace the rows; `nothing` is said where no fact is left."""
        while self._grid.count():
            item: QLayoutItem | None = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [(word, fact) for word, fact in facts if fact.strip()]
        for place, (word, fact) in enumerate(shown):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(Label(word, "quiet"), place, 0, top)
            self._grid.addWidget(Label(fact, "body", wrap=True), place, 1, top)
        if not shown and nothing:
            self._grid.addWidget(Label(nothing, "quiet", wrap=True), 0, 0, 1, 2)
