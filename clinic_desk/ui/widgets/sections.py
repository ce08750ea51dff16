"""A card that can be folded to its title and one line of what it holds."""

from PySide6.QtCore import Qt, Signal
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
        self._title, self._says = title, ""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        whole.setSpacing(tokens.S)
        head = QHBoxLayout()
        head.setSpacing(tokens.M)
        self.fold = Button(title, "chevron-right", "link", compact=True)
        self.fold.clicked.connect(self._turn)
        self._opened = opened
        self.holds = OneLine("", "caption")
        head.addWidget(self.fold)
        head.addWidget(self.holds, 1)
        head.addStretch(0)
        head.setAlignment(self.fold, Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(head)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, tokens.S)
        self.body.setSpacing(tokens.L)
        whole.addWidget(self.content)
        self.set_opened(opened)

    @property
    def opened(self) -> bool:
        return self._opened

    def set_opened(self, opened: bool) -> None:
        """Fold or unfold; the focus never stays inside what is folded away."""
        if not opened and self.content.isAncestorOf(self.focusWidget() or self):
            self.fold.setFocus()
        self._opened = opened
        self.fold.set_icon("chevron-down" if opened else "chevron-right")
        self.content.setVisible(opened)
        self.holds.setText("" if opened else self._says)
        self._name()
        self.toggled.emit(opened)

    def say(self, words: str) -> None:
        """What stands inside, in a few words, for when it is folded."""
        self._says = words
        self.holds.setText("" if self._opened else words)
        self._name()

    def _turn(self) -> None:
        self.set_opened(not self._opened)

    def _name(self) -> None:
        state = _("unfolded") if self.opened else _("folded")
        parts = [self._title, state, "" if self.opened else self._says]
        self.fold.setAccessibleName(", ".join(part for part in parts if part))
