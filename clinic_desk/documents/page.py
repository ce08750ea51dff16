"""The frame that every page shares: margins, foot line, draft mark, metadata.

The number of pages is known before the first is drawn, so nothing is drawn twice; the same
content gives the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from clinic_desk.documents import theme
from clinic_desk.documents.content import Identity, Paper, Wording
from clinic_desk.documents.fonts import BOLD, REGULAR, ready
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Direction, Line, break_text, direction, one_line, safe_text
from clinic_desk.errors import DocumentFailed


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
        sheet.lines(self.identity, x, top + 4, width, size, leading, theme.SOFT, "lead")
        number = page_line(self.words, page, of)
        sheet.lines((number,), x, top + 4, width, size, leading, theme.SOFT, "trail")
        left = x + max((line.width for line in self.identity), default=0.0)
        room = x + width - number.width - left
        sheet.lines((self.middle,), left, top + 4, room, size, leading, theme.SOFT, "middle")


def page_line(words: Wording, page: int, of: int) -> Line:
    """The words "Page n of m"."""
    text = words.page.replace("{page}", str(page)).replace("{pages}", str(of))
    return one_line(text, theme.FOOTER_SIZE)


def identity_line(identity: Identity, words: Wording) -> str:
    """Name, birth date and number, as every page carries them."""
    parts = [identity.name, words.birth(identity.born)]
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
    flips: bool = False  # whether the layout follows a right-to-left language


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
    flipped = direction(meta.language) == "R" and meta.flips
    sheet = Sheet(canvas, paper_height, paper_width, flipped)
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
