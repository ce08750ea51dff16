"""The day list on paper: one page wherever the lines fit at a legible size."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desk.documents import theme
from clinic_desk.documents.content import Paper, Wording
from clinic_desk.documents.flow import Block, Fixed, Paragraph, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Frame, Meta, foot, make
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, break_text, one_line

_SIDE = 14 * theme.MM
_SHARES = (0.08, 0.23, 0.15, 0.155, 0.255, 0.13)  # of the width, by column
_SIZES = ((10.5, 6.0), (10.0, 4.0), (9.0, 2.0))  # type and the room around a line, tried in turn


@dataclass(frozen=True, slots=True)
class DaySheetContent:
    """`headings` and each row have six cells: time, patient, born, visit, case, state."""

    title: str
    printed: str
    practice: str
    paper: Paper
    language: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render(content: DaySheetContent) -> bytes:
    """The list as a PDF; the same content gives the same bytes."""
    require_printable(content)
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    words = Wording()
    frame = Frame(
        content.paper, _SIDE, 14 * theme.MM, 9 * theme.MM,
        foot(f"{content.practice}. {content.printed}", words.confidential, words, width),
    )  # fmt: skip
    pages = []
    for size, room in _SIZES:
        pages = spread(_blocks(content, width, size, room), frame.height)
        if len(pages) == 1:
            break
    return make(
        frame,
        Meta(content.title, content.practice, "", content.language),
        [
            [
                lambda sheet, block=block, y=y: block.draw(  # type: ignore[misc]
                    sheet, _SIDE, frame.top + y, width
                )
                for block, y in placed
            ]
            for placed in pages
        ],
    )


def _blocks(content: DaySheetContent, width: float, size: float, room: float) -> list[Block]:
    title = (one_line(content.title, 18, bold=True),)
    blocks: list[Block] = [Paragraph(title, 18, 26, colour=theme.BLACK, keep_next=True)]
    blocks.append(_row(content.headings, width, size, room, bold=True))
    blocks += [_row(cells, width, size, room) for cells in content.rows]
    return blocks


def _row(
    cells: Sequence[str], width: float, size: float, room: float, *, bold: bool = False
) -> Fixed:
    leading = size * 1.25
    gap = 8.0
    wide = [share * width for share in _SHARES]
    broken: list[list[Line]] = []
    for place, (text, room_across) in enumerate(zip(cells, wide, strict=True)):
        heavy = bold or place < 2  # who comes when is what is looked for
        lines = break_text(((text, heavy),), size, room_across - gap) if text else []
        broken.append(list(lines))
    tall = max(1, *(len(lines) for lines in broken)) * leading + 2 * room

    def paint(sheet: Sheet, x: float, top: float, across: float) -> None:
        left = x
        for lines, each in zip(broken, wide, strict=True):
            if lines:
                sheet.lines(lines, left, top + room, each - gap, size, leading, theme.BLACK)
            left += each
        sheet.rule(x, top + tall, across, theme.BLACK if bold else theme.HAIR)

    return Fixed(tall, paint, keep_next=bold, what="A line of the day list")
