"""A sheet to draw on, and the frame that every page shares: foot line, draft mark, metadata.

The number of pages is known before the first is drawn, so nothing is drawn twice; the same
content gives the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from clinic_desk.documents import theme
from clinic_desk.documents.content import Identity, Paper, Wording
from clinic_desk.documents.fonts import BOLD, REGULAR, ready
from clinic_desk.documents.text import Direction, Line, break_text, one_line, safe_text
from clinic_desk.errors import DocumentFailed

Align = Literal["start", "left", "middle", "right"]


class PaperCanvas(Canvas):  # type: ignore[misc]  # ReportLab carries no types
    """ReportLab's canvas without its unembedded Helvetica and without the clock."""

    def __init__(self, file: BytesIO, paper: Paper, language: str) -> None:
        ready(BOLD)
        super().__init__(
            file,
            pagesize=theme.PAPERS[paper],
            invariant=1,
            pageCompression=1,
            initialFontName=ready(REGULAR),
            lang=language,
        )

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """Close the page, compressed but without the base-85 text that ReportLab wraps around."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])


class Sheet:
    """One page of a document; y runs down from the top edge, in points."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height
        self._fill: Color | None = None
        self._pen: tuple[Color, float] | None = None

    def new_page(self) -> None:
        """Begin the next page, where no colour is set yet."""
        self.canvas.showPage()
        self._fill = self._pen = None

    def line(self, line: Line, x: float, y: float, size: float, colour: Color) -> None:
        """Draw one line with its left end at x and its baseline at y."""
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
        """Draw lines below `top`; `start` is where each line's own script starts."""
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
        self.canvas.line(x, self.height - y, x + width, self.height - y)

    def upright(self, x: float, top: float, bottom: float) -> None:
        """Draw a thin vertical rule."""
        self._set_pen(theme.HAIR, 0.6)
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
        y = self.height - top - height
        if radius:
            self.canvas.roundRect(x, y, width, height, radius, stroke=stroke, fill=filled)
        else:
            self.canvas.rect(x, y, width, height, stroke=stroke, fill=filled)

    def disc(self, x: float, y: float, radius: float) -> None:
        """Draw a black disc."""
        self._set_fill(theme.BLACK)
        self.canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def warning(self, x: float, y: float, radius: float, *, solid: bool) -> None:
        """Draw an octagon with an exclamation mark around (x, y): a sign that needs no colour."""
        centre = self.height - y
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
        self._set_fill(theme.BLACK)
        self.canvas.drawPath(path, stroke=int(not solid), fill=int(solid))
        if solid:
            self._set_fill(theme.WHITE)
        bar = radius * 0.24
        self.canvas.roundRect(
            x - bar / 2, centre - radius * 0.12, bar, radius * 0.72, bar / 2, stroke=0, fill=1
        )
        self.canvas.circle(x, centre - radius * 0.42, bar * 0.62, stroke=0, fill=1)

    def code(self, operators: str) -> None:
        """Add ready-made page operators, within their own graphics state."""
        self.canvas._code.append(f"q {operators} Q")

    def _set_fill(self, colour: Color) -> None:
        if self._fill is not colour:
            self._fill = colour
            self.canvas.setFillColor(colour)

    def _set_pen(self, colour: Color, weight: float) -> None:
        if self._pen != (colour, weight):
            self._pen = (colour, weight)
            self.canvas.setStrokeColor(colour)
            self.canvas.setLineWidth(weight)


@dataclass(frozen=True, slots=True)
class Foot:
    """The line at the foot of every page: who it is about, a reference, page n of m."""

    identity: tuple[Line, ...]
    middle: Line
    words: Wording

    @property
    def height(self) -> float:
        """Points from the foot rule to the last line's lower edge."""
        return 4 + max(1, len(self.identity)) * theme.FOOTER_LEADING

    def draw(self, sheet: Sheet, x: float, top: float, width: float, page: int, of: int) -> None:
        """Draw it below `top`."""
        size, leading = theme.FOOTER_SIZE, theme.FOOTER_LEADING
        sheet.rule(x, top, width)
        sheet.lines(self.identity, x, top + 4, width, size, leading, theme.SOFT, "left")
        number = page_line(self.words, page, of)
        sheet.lines((number,), x, top + 4, width, size, leading, theme.SOFT, "right")
        left = x + max((line.width for line in self.identity), default=0.0)
        room = x + width - number.width - left
        sheet.lines((self.middle,), left, top + 4, room, size, leading, theme.SOFT, "middle")


def page_line(words: Wording, page: int, of: int) -> Line:
    """The words "Page n of m"."""
    text = words.page.replace("{page}", str(page)).replace("{pages}", str(of))
    return one_line(text, theme.FOOTER_SIZE)


def identity_line(identity: Identity, words: Wording) -> str:
    """Name, birth date and number, as every page carries them."""
    parts = [identity.name]
    if identity.born:
        parts.append(words.born.replace("{date}", identity.born))
    if identity.number:
        parts.append(identity.number)
    return ", ".join(" ".join(safe_text(part).split()) for part in parts)


def foot(identity: str, middle: str, words: Wording, width: float, base: Direction = "L") -> Foot:
    """Lay out the foot; DocumentFailed where the name alone would fill the page."""
    between = one_line(middle, theme.FOOTER_SIZE)
    number = page_line(words, 88, 88)
    room = width - between.width - number.width - 24
    if room < width * 0.25:
        raise DocumentFailed("The reference is too long for the foot of the page.")
    lines = tuple(break_text(((identity, False),), theme.FOOTER_SIZE, room, base))
    if len(lines) > 8:
        raise DocumentFailed(
            "The patient's name is too long to stand at the foot of each page.",
            "Shorten it on the patient's page.",
        )
    return Foot(lines, between, words)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text stands on a page: margins and the foot, in points from the top left."""

    paper: Paper
    side: float
    top: float
    foot_gap: float  # from the foot's lower edge to the paper's edge
    foot: Foot

    @property
    def width(self) -> float:
        """The width of the text."""
        return theme.PAPERS[self.paper][0] - 2 * self.side

    @property
    def foot_top(self) -> float:
        """Where the foot rule stands."""
        return theme.PAPERS[self.paper][1] - self.foot_gap - self.foot.height

    @property
    def height(self) -> float:
        """The height of the text, down to a little above the foot rule."""
        return self.foot_top - 8 - self.top


@dataclass(frozen=True, slots=True)
class Meta:
    """What a reader program shows about the file."""

    title: str
    author: str
    subject: str
    language: str


Draw = Callable[[Sheet], None]


def make(frame: Frame, meta: Meta, pages: Sequence[Sequence[Draw]], draft: str = "") -> bytes:
    """The finished PDF; with `draft`, that word stands in a black box on top of every page."""
    file = BytesIO()
    canvas = PaperCanvas(file, frame.paper, meta.language)
    canvas.setTitle(safe_text(meta.title))
    canvas.setAuthor(safe_text(meta.author))
    canvas.setSubject(safe_text(meta.subject))
    canvas.setCreator("Clinic Desk")
    canvas.setProducer("Clinic Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    paper_width, paper_height = theme.PAPERS[frame.paper]
    sheet = Sheet(canvas, paper_height)
    mark = one_line(draft, 10, bold=True) if draft else None
    for number, drawings in enumerate(pages, 1):
        for draw in drawings:
            draw(sheet)
        frame.foot.draw(sheet, frame.side, frame.foot_top, frame.width, number, len(pages))
        if mark is not None:
            width = mark.width + 20
            x = (paper_width - width) / 2
            sheet.box(x, 12, width, 17, edge=None, fill=theme.BLACK)
            sheet.lines((mark,), x, 12, width, 10, 17, theme.WHITE, "middle")
        sheet.new_page()
    canvas.save()
    return file.getvalue()
