"""A page to draw on in points from its top left, with only what papers need: lines and boxes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc, pdfutils
from reportlab.pdfgen.canvas import Canvas

from clinic_desk.documents import theme
from clinic_desk.documents.text import Line

Align = Literal["start", "lead", "trail", "left", "middle", "right"]


class Sheet:
    """One page of a document; y runs down from the top edge, in points.

    A `flipped` sheet is a right-to-left page: x runs from the right edge, so that the layout is
    its own mirror image. What is drawn at a place is never mirrored itself: texts, codes, bodies.
    """

    def __init__(
        self, canvas: Canvas, height: float, width: float = 0.0, flipped: bool = False
    ) -> None:
        self.canvas = canvas
        self.height = height
        self.width = width
        self.flipped = flipped
        self._fill: Color | None = None
        self._pen: tuple[Color, float] | None = None

    def new_page(self) -> None:
        """Begin the next page, where no colour is set yet."""
        self.canvas.showPage()
        self._fill = self._pen = None

    def left_of(self, x: float, width: float = 0.0) -> float:
        """The true left edge of what is `width` wide at x."""
        return self.width - x - width if self.flipped else x

    @contextmanager
    def spoken(self, language: str) -> Iterator[None]:
        """Mark what is drawn inside as being in another language than the page, for readers."""
        if not language:
            yield
            return
        self.canvas._code.append(f"/Span << /Lang ({language}) >> BDC")
        yield
        self.canvas._code.append("EMC")

    def line(self, line: Line, x: float, y: float, size: float, colour: Color) -> None:
        """Draw one line with its left end at a true x and its baseline at y."""
        if not line.runs:
            return
        self._set_fill(colour)
        text = self.canvas.beginText(x, self.height - y)
        for run in line.runs:
            text.setFont(run.font, size)
            text.textOut(run.text)
        self.canvas.drawText(text)

    def lines(
        self,
        lines: Sequence[Line],
        x: float,
        top: float,
        width: float,
        size: float,
        leading: float,
        colour: Color = theme.TEXT,
        align: Align = "start",
    ) -> None:
        """Draw lines below `top`.

        `start` is where each line's own script starts, `lead` where the page's starts.
        """
        x = self.left_of(x, width)
        if align in ("lead", "trail"):
            align = "right" if (align == "lead") == self.flipped else "left"
        baseline = top + (leading + size * 0.72) / 2
        for line in lines:
            if align == "middle":
                at = x + (width - line.width) / 2
            elif align == "right" or (align == "start" and line.rtl):
                at = x + width - line.width
            else:
                at = x
            self.line(line, at, baseline, size, colour)
            baseline += leading

    def rule(
        self, x: float, y: float, width: float, colour: Color = theme.HAIR, weight: float = 0.6
    ) -> None:
        """Draw a horizontal rule."""
        self._set_pen(colour, weight)
        x = self.left_of(x, width)
        self.canvas.line(x, self.height - y, x + width, self.height - y)

    def upright(self, x: float, top: float, bottom: float) -> None:
        """Draw a thin vertical rule."""
        self._set_pen(theme.HAIR, 0.6)
        x = self.left_of(x)
        self.canvas.line(x, self.height - top, x, self.height - bottom)

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        edge: Color | None = theme.HAIR,
        weight: float = 0.6,
        fill: Color | None = None,
        radius: float = 0.0,
    ) -> None:
        """Draw a box, with an edge, a fill or both."""
        if edge is not None:
            self._set_pen(edge, weight)
        if fill is not None:
            self._set_fill(fill)
        stroke, filled = int(edge is not None), int(fill is not None)
        x, y = self.left_of(x, width), self.height - top - height
        if radius:
            self.canvas.roundRect(x, y, width, height, radius, stroke=stroke, fill=filled)
        else:
            self.canvas.rect(x, y, width, height, stroke=stroke, fill=filled)

    def disc(self, x: float, y: float, radius: float, *, solid: bool = True) -> None:
        """Draw a black disc, or only its edge."""
        if solid:
            self._set_fill(theme.BLACK)
        else:
            self._set_pen(theme.BLACK, 1.2)
        x = self.left_of(x)
        self.canvas.circle(x, self.height - y, radius, stroke=int(not solid), fill=int(solid))

    def warning(self, x: float, y: float, radius: float, *, solid: bool) -> None:
        """Draw an octagon with an exclamation mark around (x, y): a sign that needs no colour."""
        x, centre = self.left_of(x), self.height - y
        side = radius * 0.4142
        corners = [
            (side, radius),
            (radius, side),
            (radius, -side),
            (side, -radius),
            (-side, -radius),
            (-radius, -side),
            (-radius, side),
            (-side, radius),
        ]
        path = self.canvas.beginPath()
        path.moveTo(x + corners[0][0], centre + corners[0][1])
        for right, up in corners[1:]:
            path.lineTo(x + right, centre + up)
        path.close()
        self._set_pen(theme.BLACK, 1.3)
        self._set_fill(theme.BLACK if solid else theme.WHITE)
        self.canvas.drawPath(path, stroke=int(not solid), fill=int(solid))
        self._set_fill(theme.WHITE if solid else theme.BLACK)
        bar = radius * 0.24
        self.canvas.roundRect(
            x - bar / 2, centre - radius * 0.12, bar, radius * 0.72, bar / 2, stroke=0, fill=1
        )
        self.canvas.circle(x, centre - radius * 0.42, bar * 0.62, stroke=0, fill=1)

    def code(self, operators: str) -> None:
        """Add ready-made page operators, within their own graphics state."""
        self.canvas._code.append(f"q {operators} Q")

    def photo(self, jpeg: bytes, x: float, bottom: float, width: float, height: float) -> None:
        """A photo at a true place of the page; the same one is embedded once.

        Its bytes go in as they are: ReportLab would decode them and write them as base-85 text,
        which takes longer than all else on a page.
        """
        document = self.canvas._doc
        name = sha256(jpeg).hexdigest()[:32]
        registered = document.getXObjectName(name)
        if registered not in document.idToObject:
            image = pdfdoc.PDFImageXObject(name)
            image.width, image.height, colours = pdfutils.readJPEGInfo(BytesIO(jpeg))[:3]
            image.colorSpace = "DeviceGray" if colours == 1 else "DeviceRGB"
            image.bitsPerComponent = 8
            image.streamContent, image._filters = jpeg, ("DCTDecode",)
            document.Reference(image, registered)
            document.addForm(name, image)
        self.canvas._currentPageHasImages = 1
        self.canvas._formsinuse.append(name)
        self.code(f"{width:.3f} 0 0 {height:.3f} {x:.3f} {bottom:.3f} cm /{registered} Do")

    def _set_fill(self, colour: Color) -> None:
        if self._fill is not colour:
            self._fill = colour
            self.canvas.setFillColor(colour)

    def _set_pen(self, colour: Color, weight: float) -> None:
        if self._pen != (colour, weight):
            self._pen = (colour, weight)
            self.canvas.setStrokeColor(colour)
            self.canvas.setLineWidth(weight)
