"""Text: labels by type, section headers, field labels, problems under a field.

The first paint needs them, so the `Qt` namespace (20 ms) is loaded only where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

_PLAIN_TEXT = 0  # Qt.TextFormat.PlainText


class Label(QLabel):
    """Plain text of a type: body, caption, hint, label, quiet, medium, strong, section, title,
    number, problem, flag, caution, good, suggest. Never reads markup.
    """

    def __init__(
        self, text: str = "", type: str = "body", parent: QWidget | None = None, wrap: bool = False
    ) -> None:
        super().__init__(text, parent)
        # by width and words, since a layout may ask while they change; Qt would lay the words
        # out at each asking
        self._tall: dict[tuple[int, str], int] = {}
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setProperty("type", type)
        self.setWordWrap(wrap)

    def heightForWidth(self, width: int) -> int:
        asked = (width, self.text())
        tall = self._tall.get(asked)
        if tall is None:
            tall = self._tall[asked] = super().heightForWidth(width)
        return tall

    def setText(self, text: str) -> None:
        if text != self.text():
            self._tall.clear()
            super().setText(text)

    def setWordWrap(self, on: bool) -> None:
        self._tall.clear()
        super().setWordWrap(on)

    def setContentsMargins(self, *margins: int) -> None:  # type: ignore[override]
        self._tall.clear()
        super().setContentsMargins(*margins)

    def changeEvent(self, event: QEvent) -> None:
        self._tall.clear()  # the font or the style may be another
        super().changeEvent(event)

    def set_type(self, type: str) -> None:
        if type == self.property("type"):
            return  # working out a style anew is dear
        self.setProperty("type", type)
        self.style().unpolish(self)
        self.style().polish(self)


class OneLine(Label):
    """One line that ends in "…" where there is no room, with the whole as its tooltip.

    It gives way down to `least` px, so that a long name never pushes its neighbours out.
    """

    def __init__(self, text: str = "", type: str = "body", *, least: int = 60) -> None:
        super().__init__(text, type)
        self._least = least

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(hint.width() + 1)  # the text's width has a fraction
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(self._least)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtCore import Qt

        words, metrics = self.text(), self.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        whole = shown == words
        if self.toolTip() != ("" if whole else words):
            self.setToolTip("" if whole else words)
        if whole:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()


class Icon(QWidget):
    """An icon by name, size and colour role; decoration, so it has no name of its own."""

    def __init__(
        self, name: str, size: int = 16, role: str = "ink2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name, self.role, self._size = name, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, name: str, role: str = "") -> None:
        self.name, self.role = name, role or self.role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme.px(self._size)
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        mark = "flag_line" if self.role == "on_flag" else "on_flag"
        if self.name != "octagon":
            mark = "surface"
        paint.icon(painter, self.name, area, self.role, mark)
        painter.end()


class SectionHeader(QWidget):
    """A section's title with a quiet line beside it; add buttons with `add`."""

    def __init__(
        self,
        title: str,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        type: str = "section",
        gives_way: bool = False,
    ) -> None:
        """With `gives_way` the quiet line ends in "…" where there is no room for all of it."""
        super().__init__(parent)
        self.title = Label(title, type)
        self.hint = OneLine(hint, "caption", least=40) if gives_way else Label(hint, "caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.M)
        self._row.addWidget(self.title)
        self._row.addWidget(self.hint)
        self._row.addStretch(1)
        if not hint:
            self.hint.hide()
        if not title:
            self.title.hide()

    def set(self, title: str, hint: str = "") -> None:
        """Without a title the quiet line stands alone: the bar above names the screen."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)


class FieldLabel(QWidget):
    """A field's label with "required" as a word and a quiet note at the right."""

    def __init__(
        self,
        text: str,
        buddy: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        required: str = "",
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self.label = Label(text, "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.S)
        row.addWidget(self.label)
        if required:
            row.addWidget(Label(required, "hint"))
        row.addStretch(1)
        if note:
            row.addWidget(Label(note, "hint"))
        if buddy is not None:
            self.label.setBuddy(buddy)
            if not buddy.accessibleName():
                buddy.setAccessibleName(text)


class Problem(QWidget):
    """What is wrong with a field, under it, with an icon; hidden while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: Label | None = None  # few fields ever have a problem
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text() if self._text is not None else ""

    def set(self, text: str) -> None:
        if self._text is None:
            if not text:
                return
            self._text = self._build()
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def _build(self) -> Label:
        from PySide6.QtCore import Qt

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon("triangle-alert", 13, "flag"), 0, Qt.AlignmentFlag.AlignTop)
        text = Label("", "problem", wrap=True)
        row.addWidget(text, 1)
        return text


def stacked(*widgets: QWidget, spacing: int = tokens.XS) -> QWidget:
    """Widgets above each other without margins."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return holder
