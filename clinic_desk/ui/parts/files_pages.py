"""Pages of a filed PDF: each in its own size, and only those in sight are rendered and kept."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.pages import SCREEN, PageView
from clinic_desk.usecases import papers
from clinic_desk.usecases.papers import PageImage

AHEAD = 1  # pages before and after those in sight


@dataclass(frozen=True, slots=True)
class _Rendered:
    """One page's pixels, and which PDF at which scale they belong to."""

    pdf: bytes
    index: int
    scale: float
    image: PageImage


def _render(pdf: bytes, index: int, scale: float) -> _Rendered:
    return _Rendered(pdf, index, scale, papers.page(pdf, index, scale))


class FilePages(PageView):
    """Shows a PDF of any page sizes; a thousand pages cost as much as three."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        self._pdf = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._count = 0
        self._at: dict[int, float] = {}  # page: the scale that it is rendered or asked at
        super().__init__(_("Pages"), parent)
        self._lanes = lanes
        # its room must not change the width that the pages are fitted to
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.verticalScrollBar().valueChanged.connect(self._look)

    def show_pdf(self, pdf: bytes, count: int, sizes: tuple[tuple[float, float], ...]) -> None:
        """Show a document; `count` may be more than the pages whose sizes are given."""
        self._pdf, self._sizes, self._count = pdf, sizes, count
        self._at = {}
        self.set_pages(0)
        self.set_pages(len(sizes))
        self.area.verticalScrollBar().setValue(0)
        self._look()

    def zoom(self) -> float:
        if self._zoom is not None:
            return self._zoom
        widest = max((wide for wide, _high in self._sizes), default=595.0)
        room = self.area.viewport().width() - 2 * tokens.L - 2
        return min(1.25, max(0.1, room / (widest * SCREEN)))

    def _lay_out(self) -> None:
        zoom = self.zoom()
        self._percent.setText(f"{round(zoom * 100)} %")
        for sheet, (wide, high) in zip(self._sheets, self._sizes, strict=False):
            sheet.setFixedSize(
                QSize(round(wide * SCREEN * zoom), round(high * SCREEN * zoom)).expandedTo(
                    QSize(1, 1)
                )
            )
        self._look()

    def _look(self) -> None:
        """Render what is in sight, and forget the pixels of what is far."""
        if not self._pdf or not self.isVisible():
            return
        seen = self._in_sight()
        scale = self.pixel_scale()
        for sheet in self._sheets:
            if sheet.number not in seen:
                sheet.image = None
                self._at.pop(sheet.number, None)
            elif self._at.get(sheet.number) != scale:
                self._at[sheet.number] = scale
                self._lanes.run(
                    partial(_render, self._pdf, sheet.number, scale),
                    self._rendered,
                    self._not_rendered,
                    lane="papers",
                    replace_key=f"file page {id(self)} {sheet.number}",
                )
        self._say_page(seen)

    def _in_sight(self) -> range:
        top = self.area.verticalScrollBar().value()
        bottom = top + self.area.viewport().height()
        y, first, last = tokens.M, 0, 0
        zoom = self.zoom() * SCREEN
        for number, (_wide, high) in enumerate(self._sizes):
            if y <= top:
                first = number
            if y < bottom:
                last = number
            y += round(high * zoom) + tokens.M
        return range(max(0, first - AHEAD), min(len(self._sizes), last + 1 + AHEAD))

    def _say_page(self, seen: range) -> None:
        words = _("page {n} of {m}").format(n=self._middle() + 1, m=self._count)
        if self._count > len(self._sizes):
            words = _("{words}; the first {shown} are shown").format(
                words=words, shown=len(self._sizes)
            )
        self.info.setText(words if seen else "")

    def _middle(self) -> int:
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() / 2
        y, zoom = tokens.M, self.zoom() * SCREEN
        for number, (_wide, high) in enumerate(self._sizes):
            y += round(high * zoom) + tokens.M
            if y > middle:
                return number
        return max(0, len(self._sizes) - 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def _rendered(self, page: _Rendered) -> None:
        if page.pdf is self._pdf and self._at.get(page.index) == page.scale:
            image = page.image
            self.set_page(page.index, image.width, image.height, image.stride, image.pixels)

    def _not_rendered(self, error: Exception) -> None:
        """A page that is damaged stays white; the others are shown."""
        self.info.setText(str(error))
