"""The letter's text and its page: side by side, or in a narrow window one of them at a time."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button

NARROW = 890  # px at 100 %; below it a pane would be cut off
LEAST = 424  # px of the page beside the text


class LetterPanes(QWidget):
    """The foot stays under the text. `button` shows the page in the text's place; it is there only
    where both have no room.
    """

    def __init__(
        self, text: QWidget, page: QWidget, left: Sequence[QWidget], right: Sequence[QWidget]
    ) -> None:
        super().__init__()
        self._text, self._pages = text, page
        self._page = QFrame()
        self._page.setProperty("surface", "pane-right")
        inner = layout.column(self._page)
        inner.setContentsMargins(1, 0, 0, 0)
        inner.addWidget(page)
        self.button = Button(_("Page"), "eye", name=_("Show the page in place of the text"))
        self.button.setObjectName("showPage")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._fit)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(text, 0, 0)
        self._grid.addWidget(layout.Footer(left, [self.button, *right]), 1, 0)
        self._grid.setRowStretch(0, 1)
        self._grid.setColumnStretch(0, 58)
        self._narrow: bool | None = None
        theme.changed.connect(self._again)
        self._fit()

    def show_text(self) -> None:
        """The text, where the page stands in its place."""
        self.button.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _again(self) -> None:
        """Another size of text needs other widths."""
        self._narrow = None
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._pages.setMinimumWidth(0 if narrow else theme.px(LEAST))
            self._grid.removeWidget(self._page)
            if narrow:
                self._grid.addWidget(self._page, 0, 0)
            else:
                self._grid.addWidget(self._page, 0, 1, 2, 1)
            self._grid.setColumnStretch(1, 0 if narrow else 42)
        instead = narrow and self.button.isChecked()
        self.button.setVisible(narrow)
        self._text.setVisible(not instead)
        self._page.setVisible(instead or not narrow)
