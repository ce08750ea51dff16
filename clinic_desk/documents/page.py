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
from clinic_desk.documents.text import (
    Direction,
    Line,
    break_text,
    comma,
    direction,
    one_line,
    safe_text,
)
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


def identity_line(identity: Identity, words: Wording, language: str = "en") -> str:
    """Name, birth date and number, as every page carries them."""
    parts = [identity.name, words.birth(identity.born)]
    if identity.number:
        parts.append(identity.number)
    return comma(language).join(" ".join(safe_text(part).split()) for part in parts)


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
    far_side: float | None = None  # the other margin, where the two differ

    @property
    def width(self) -> float:
        """The width of the text."""
        far = self.side if self.far_side is None else self.far_side
        return theme.PAPERS[self.paper][0] - self.side - far

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


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline that a reader shows beside the pages: what, and where it begins."""

    title: str
    page: int  # from 0
    y: float  # from the top edge


def make(
    frame: Frame,
    meta: Meta,
    pages: Sequence[Sequence[Draw]],
    draft: str = "",
    outline: Sequence[Entry] = (),
) -> bytes:
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
    if outline:
        _outline(canvas, outline, paper_height)
    canvas.save()
    return file.getvalue()


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab carries no types
    """An object that is written out already, as ReportLab also asks of an outline."""

    ready = 1

    def __init__(self, text: str = "") -> None:
        self.text = text

    def prepare(self, _document: pdfdoc.PDFDocument, _canvas: Canvas) -> None:
        """Nothing is left to do."""

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        return self.text.encode("ascii")


def _outline(canvas: PaperCanvas, entries: Sequence[Entry], height: float) -> None:
    """Add the outline. ReportLab's own takes as long as a quarter of the text of a page."""
    document = canvas._doc
    root, items = _Written(), [_Written() for _ in entries]

    def number(one: pdfdoc.PDFObject) -> str:
        name = document.Reference(one).name
        return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"

    refs = [number(one) for one in items]
    first, last = refs[0], refs[-1]
    root.text = f"<< /Type /Outlines /First {first} /Last {last} /Count {len(items)} >>"
    parent = number(root)
    for place, (one, entry) in enumerate(zip(items, entries, strict=True)):
        title = safe_text(entry.title).encode("utf-16-be", "replace").hex().upper()
        page = number(document.Pages.pages[entry.page])
        beside = f" /Prev {refs[place - 1]}" if place else ""
        beside += f" /Next {refs[place + 1]}" if place + 1 < len(refs) else ""
        one.text = (
            f"<< /Title <FEFF{title}> /Parent {parent}{beside} "
            f"/Dest [{page} /XYZ 0 {height - entry.y + 6:.2f} null] >>"
        )
    document.Outlines = document.Catalog.Outlines = root
