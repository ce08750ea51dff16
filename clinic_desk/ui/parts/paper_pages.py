"""Pages of a PDF that is in memory, rendered in the papers lane; the newest wins."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts.paper_words import PAPERS
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.pages import PageView
from clinic_desk.usecases import papers
from clinic_desk.usecases.papers import PageImage


@dataclass(frozen=True, slots=True)
class _Rendered:
    """One page's pixels and which PDF they belong to."""

    pdf: bytes
    index: int
    image: PageImage


def _render(pdf: bytes, index: int, scale: float) -> _Rendered:
    return _Rendered(pdf, index, papers.page(pdf, index, scale))


class PdfPages(PageView):
    """A page view that renders what it is given. Old pixels stay until the new ones are there."""

    def __init__(self, lanes: Lanes, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title or _("Preview"), parent)
        self._lanes = lanes
        self._pdf = b""
        self._name = "A4"
        self.render_asked.connect(self._render)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.verticalScrollBar().valueChanged.connect(self._say_page)

    @property
    def pdf(self) -> bytes:
        """The bytes that are shown."""
        return self._pdf

    def show_pdf(self, pdf: bytes, pages: int, paper: str = "a4") -> None:
        """Show a document; empty bytes show nothing."""
        self._pdf = pdf
        self._name = dict(PAPERS).get(paper, "A4")
        self.set_pages(pages if pdf else 0, paper)
        self._say_page()

    def _say_page(self) -> None:
        """Which page is in the middle of the view."""
        count = len(self._sheets)
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() / 2
        high = self._sheets[0].height() + tokens.M if self._sheets else 1
        at = min(count, int(middle // high) + 1)
        words = _("{paper}, page {n} of {m}")
        self.info.setText(words.format(paper=self._name, n=at, m=count) if count else "")

    def _render(self, index: int, scale: float) -> None:
        if self._pdf and self.isVisible():
            self._lanes.run(
                partial(_render, self._pdf, index, scale),
                self._rendered,
                lane="papers",
                replace_key=f"page {id(self)} {index}",
            )

    def zoom(self) -> float:
        """As wide as there is room, but never above the true size by itself."""
        fitting = super().zoom()
        return fitting if self._zoom is not None else min(1.0, fitting)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def _rendered(self, page: _Rendered) -> None:
        if page.pdf is self._pdf:
            image = page.image
            self.set_page(page.index, image.width, image.height, image.stride, image.pixels)
