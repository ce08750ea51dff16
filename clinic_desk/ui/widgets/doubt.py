"""The line under a field whose value is unusual: what is unusual, and one key to say it is right.

It asks and never refuses; correcting the value takes it away as well.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Icon, Label


class Doubt(QWidget):
    """Hidden while there is nothing to ask about; built when it is first needed."""

    confirmed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._text: Label | None = None
        self.button: Button | None = None
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text() if self._text is not None and not self.isHidden() else ""

    def button_has_focus(self) -> bool:
        return self.button is not None and self.button.hasFocus()

    def set(self, text: str) -> None:
        """Ask about something; an empty text takes the line away."""
        if self._text is None:
            if not text:
                return
            self._build()
        if self._text is not None:
            self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon("circle-help", 14, "caution"))
        self._text = Label("", "caution", wrap=True)
        row.addWidget(self._text, 1)
        self.button = Button(_("Yes, it is right"), "check", "plain", self, compact=True)
        self.button.setAccessibleName(_("{label}: yes, it is right").format(label=self._name))
        self.button.clicked.connect(self.confirmed)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
