"""A strip across a pane: what the program suggests, holds back or locks, and what to do."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.labels import Icon, Label, OneLine

# kind: fill, edge, dashed, icon, colour of the icon, type of the lead
_LOOKS = {
    "suggested": ("suggest_tint", "suggest_line", True, "lightbulb", "suggest", "strong"),
    "caution": ("caution_tint", "caution_line", False, "triangle-alert", "caution", "strong"),
    "flag": ("flag_tint", "flag_line", False, "octagon", "flag_line", "flag"),
}


class Strip(QWidget):
    """`kind`: suggested, caution, flag. A lead in bold, words under it, widgets at its end."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        _fill, _edge, _dashed, icon, role, lead = _LOOKS[kind]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = layout.column(self, tokens.S)
        self.column.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        self._row = layout.row(spacing=tokens.M)
        self._row.addWidget(Icon(icon, 20 if kind == "flag" else 18, role))
        self.lead = Label("", lead, wrap=True)
        self.words = Label("", "suggest" if kind == "suggested" else "caption", wrap=True)
        self._line = OneLine("", "suggest" if kind == "suggested" else "caption")
        self._line.hide()
        self._brief = False
        texts = layout.column(spacing=2)
        texts.addWidget(self.lead)
        texts.addWidget(self.words)
        texts.addWidget(self._line)
        self._row.addLayout(texts, 1)
        self.column.addLayout(self._row)

    def say(self, lead: str, words: str = "") -> None:
        """What it says."""
        self.lead.setText(lead)
        self.words.setText(words)
        self._line.setText(words)
        self._show_words()
        self.setAccessibleName(f"{lead} {words}".strip())

    def set_brief(self, wanted: bool) -> None:
        """The words in one line, where there is no height for all of them."""
        if wanted != self._brief:
            self._brief = wanted
            self._show_words()

    def _show_words(self) -> None:
        said = bool(self.words.text())
        self.words.setVisible(said and not self._brief)
        self._line.setVisible(said and self._brief)

    def add(self, widget: QWidget) -> None:
        """A widget at the end of the row."""
        self._row.addWidget(widget)

    def add_below(self, widget: QWidget) -> None:
        """A widget on a line of its own."""
        self.column.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, edge, dashed, *_rest = _LOOKS[self._kind]
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint.box(painter, area, theme.px(tokens.R_CARD), fill, edge, 1.0, dashed)
        if self._kind == "flag":
            bar = QRectF(0, theme.px(8), theme.px(5), self.height() - theme.px(16))
            paint.box(painter, bar, 2, "flag_line")
        painter.end()
