"""A card that can be folded to its title and one line of what it holds."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import OneLine


class Section(QFrame):
    """`body` is its column; the title is a button: Enter or Space folds and unfolds."""

    toggled = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None, *, opened: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._title = title
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        whole.setSpacing(tokens.S)
        head = QHBoxLayout()
        head.setSpacing(tokens.M)
        self.fold = Button(title, "chevron-right", "link", compact=True)
        self.fold.setCheckable(True)
        self.fold.clicked.connect(self.set_opened)
        self.holds = OneLine("", "caption")
        head.addWidget(self.fold)
        head.addWidget(self.holds, 1)
        whole.addLayout(head)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, tokens.S)
        self.body.setSpacing(tokens.L)
        whole.addWidget(self.content)
        self.set_opened(opened)

    @property
    def opened(self) -> bool:
        return self.fold.isChecked()

    def set_opened(self, opened: bool) -> None:
        """Fold or unfold; the focus never stays inside what is folded away."""
        if not opened and self.content.isAncestorOf(self.focusWidget() or self):
            self.fold.setFocus()
        self.fold.setChecked(opened)
        self.fold.set_icon("chevron-down" if opened else "chevron-right")
        self.content.setVisible(opened)
        self.holds.setVisible(not opened)
        self._name()
        self.toggled.emit(opened)

    def say(self, words: str) -> None:
        """What stands inside, in a few words, for when it is folded."""
        self.holds.setText(words)
        self._name()

    def _name(self) -> None:
        state = _("unfolded") if self.opened else _("folded")
        parts = [self._title, state, "" if self.opened else self.holds.text()]
        self.fold.setAccessibleName(", ".join(part for part in parts if part))
