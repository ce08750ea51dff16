"""The bar at the bottom: what is kept, and whose practice this is; and the demo strip on top."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.labels import Icon, Label, OneLine


class StatusBar(QFrame):
    """Only what exists is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "footer")
        self.setObjectName("statusBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.XL, 0, tokens.XL, 0)
        row.setSpacing(6)
        self._icon = Icon("save", 13, "ink2")
        self.kept = Label("", "caption")
        self.kept.setFont(theme.font("caption", figures=True))
        self.practice = OneLine("", "caption")
        row.addWidget(self._icon)
        row.addWidget(self.kept)
        row.addStretch(1)
        row.addWidget(self.practice)
        self.set_kept("")

    def set_kept(self, text: str) -> None:
        self.kept.setText(text)
        self._icon.setVisible(bool(text))

    def set_practice(self, name: str) -> None:
        self.practice.setText(name)


class DemoStrip(QWidget):
    """Says that nothing here is real."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("demoStrip")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.XL, 3, tokens.XL, 4)
        row.setSpacing(tokens.S)
        row.addWidget(Icon("info", 16, "suggest"), 0, Qt.AlignmentFlag.AlignVCenter)
        text = _("Demo clinic: every patient here is invented, and nothing touches your own data.")
        row.addWidget(Label(text, "suggest"), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("suggest_tint"))
        painter.setPen(paint.pen("suggest_line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
