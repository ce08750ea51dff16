"""A line of text with words to choose from: typed freely, or taken from the list by Down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from clinic_desk.ui import theme
from clinic_desk.ui.widgets.texts import TextField


class SuggestField(TextField):
    """What is typed stands as it is; the suggestions only spare typing."""

    def __init__(self, words: Sequence[str], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent, placeholder=name, limit=80)
        self.setMinimumWidth(theme.px(150))
        completer = QCompleter(list(words), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        completer.activated.connect(self._taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the whole list while nothing is typed."""
        completer = self.completer()
        popup = completer.popup()
        shown = popup is not None and popup.isVisible()
        if event.key() == Qt.Key.Key_Down and not shown:
            completer.setCompletionPrefix(self.text())
            completer.complete()
            return
        super().keyPressEvent(event)

    def _taken(self, word: str) -> None:
        self.setText(word)
        self.changed.emit()
