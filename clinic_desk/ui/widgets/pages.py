"""A page preview: the true page as pixels, zoomed and scrolled. It renders nothing itself.

The screen has pages rendered in the papers lane at `pixel_scale()` and hands them in.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.labels import Label

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}  # points
STEPS = (0.25, 0.33, 0.5, 0.62, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
# 100 % on screen is the page at 96 dpi; scale 1.0 of a rendered page is 72 dpi
SCREEN = 96 / 72


class _Sheet(QWidget):
    """One page."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.colour("page"))
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self.image)
        painter.setPen(paint.pen("field"))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class PageView(QWidget):
    """Pages below each other with zoom. `render_asked(page, scale)`: show this page sharper."""

    render_asked = Signal(int, float)

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = "a4"
        self._zoom: float | None = None  # None fits the width
        self._sheets: list[_Sheet] = []
        self.bar = QFrame()
        self.bar.setProperty("surface", "header")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(tokens.L, 0, tokens.L, 0)
        row.setSpacing(tokens.S)
        self.bar.setFixedHeight(theme.px(tokens.TABS))
        row.addWidget(Label(title or _("Preview"), "section"))
        self.info = Label("", "caption")
        row.addWidget(self.info)
        row.addStretch(1)
        self._out = IconButton("zoom-out", _("Smaller"), kind="quiet")
        self._in = IconButton("zoom-in", _("Larger"), kind="quiet")
        self._percent = Label("", "body")
        self._percent.setMinimumWidth(theme.px(48))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self._out, self._percent, self._in):
            row.addWidget(widget)
        self._row = row
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("Pages"))
        holder = QWidget()
        holder.setProperty("surface", "sunken")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self._column.setSpacing(tokens.M)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setWidget(holder)
        self._holder = holder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.area, 1)
        self._out.clicked.connect(self.zoom_out)
        self._in.clicked.connect(self.zoom_in)

    def add_to_bar(self, widget: QWidget) -> None:
        """Put a widget, such as the choice of paper, at the end of the bar."""
        self._row.addWidget(widget)

    def set_pages(self, count: int, paper: str = "a4") -> None:
        """How many pages there are; their pixels come by `set_page`. Old pixels stay meanwhile."""
        self._paper = paper if paper in PAPERS else "a4"
        while len(self._sheets) > count:
            sheet = self._sheets.pop()
            self._column.removeWidget(sheet)
            sheet.deleteLater()
        while len(self._sheets) < count:
            sheet = _Sheet(len(self._sheets), self._holder)
            self._sheets.append(sheet)
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        for sheet in self._sheets:
            page = _("Page {n} of {m}").format(n=sheet.number + 1, m=count)
            sheet.setAccessibleName(page)
        name = "US Letter" if self._paper == "letter" else "A4"
        words = _("{paper}, page 1 of 1") if count == 1 else _("{paper}, {count} pages")
        self.info.setText(words.format(paper=name, count=count) if count else "")
        self._lay_out()

    def set_page(self, index: int, width: int, height: int, stride: int, pixels: bytes) -> None:
        """The pixels of one page: BGRA rows, premultiplied."""
        if not 0 <= index < len(self._sheets):
            return
        shape = QImage.Format.Format_ARGB32_Premultiplied
        # the image copies the rows, so that the bytes may go
        self._sheets[index].image = QImage(pixels, width, height, stride, shape).copy()
        self._sheets[index].update()

    def page_image(self, index: int) -> QImage | None:
        return self._sheets[index].image if 0 <= index < len(self._sheets) else None

    def pixel_scale(self) -> float:
        """The scale at which a page must be rendered now to be sharp; 1.0 is 72 dpi."""
        return self.zoom() * SCREEN * self.devicePixelRatioF()

    def zoom(self) -> float:
        if self._zoom is not None:
            return self._zoom
        room = self.area.viewport().width() - 2 * tokens.L - 2
        return min(3.0, max(0.2, room / (PAPERS[self._paper][0] * SCREEN)))

    def set_zoom(self, zoom: float | None) -> None:
        """A share of the true size, or None to fit the width."""
        self._zoom = zoom
        self._lay_out()

    def zoom_in(self) -> None:
        self.set_zoom(next((step for step in STEPS if step > self.zoom() + 0.01), STEPS[-1]))

    def zoom_out(self) -> None:
        smaller = [step for step in STEPS if step < self.zoom() - 0.01]
        self.set_zoom(smaller[-1] if smaller else STEPS[0])

    def _lay_out(self) -> None:
        zoom = self.zoom()
        self._percent.setText(f"{round(zoom * 100)} %")
        wide, high = (round(points * SCREEN * zoom) for points in PAPERS[self._paper])
        scale = self.pixel_scale()
        for sheet in self._sheets:
            sheet.setFixedSize(QSize(wide, high))
            self.render_asked.emit(sheet.number, scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None and event.size().width() != event.oldSize().width():
            self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "+":
            self.zoom_in()
        elif event.text() == "-":
            self.zoom_out()
        else:
            super().keyPressEvent(event)
