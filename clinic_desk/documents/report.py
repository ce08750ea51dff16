"""A report on paper: the practice's numbers, or one patient's progress, as charts and tables."""

from collections.abc import Sequence

from clinic_desk.documents import picture, theme
from clinic_desk.documents.content import Wording
from clinic_desk.documents.flow import Block, Fixed, Paragraph, Row, Table, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Frame, Meta, foot, make
from clinic_desk.documents.report_content import (
    ReportContent,
    ReportFigure,
    ReportPart,
    ReportTable,
)
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import break_text, one_line

_SIDE = 19 * theme.MM
_BETWEEN = 14.0
_SIZE, _LEADING = 9.5, 12.6
_NAME, _NAME_LEADING = 9.5, 12.0
_INSET = 5.0  # beside the words of a cell


def render(content: ReportContent) -> bytes:
    """The report as a PDF; the same content gives the same bytes. Raises DocumentFailed."""
    require_printable(content)
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    frame = Frame(
        content.paper, _SIDE, 15 * theme.MM, 8 * theme.MM,
        foot(content.foot, content.made, Wording(), width),
    )  # fmt: skip
    blocks: list[Block] = [
        Paragraph(
            tuple(break_text(((content.title, True),), 18, width)),
            18, 23, colour=theme.BLACK, keep_next=True,
        )
    ]  # fmt: skip
    for line in content.lines:
        broken = tuple(break_text(((line, False),), 10.5, width))
        blocks.append(Paragraph(broken, 10.5, 14, keep_next=True))
    for part in content.parts:
        blocks += _part(part, width)
    pages = spread(blocks, frame.height)
    return make(
        frame,
        Meta(content.title, content.author, "", content.language),
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


def _part(part: ReportPart, width: float) -> list[Block]:
    heading = tuple(break_text(((part.heading, True),), 13, width))
    blocks: list[Block] = [Paragraph(heading, 13, 17, 14.0, theme.DEEP_TEAL, keep_next=True)]
    follows = bool(part.figures or part.table)
    if part.note:
        note = tuple(break_text(((part.note, False),), _SIZE, width))
        blocks.append(Paragraph(note, _SIZE, _LEADING, 2.0, theme.SOFT, keep_next=follows))
    for first in range(0, len(part.figures), part.across):
        row = part.figures[first : first + part.across]
        blocks.append(_figures(row, (width - _BETWEEN * (part.across - 1)) / part.across))
    if part.table is not None and part.table.rows:
        blocks.append(_table(part.table, width))
    return blocks


def _figures(row: Sequence[ReportFigure], wide: float) -> Fixed:
    names = [break_text(((one.name, True),), _NAME, wide) if one.name else [] for one in row]
    notes = [break_text(((one.note, False),), 8.5, wide) if one.note else [] for one in row]
    above = max(map(len, names)) * _NAME_LEADING + 3
    sizes = [(one.picture.bounds[2], one.picture.bounds[3]) for one in row]
    scales = [wide / across for across, _high in sizes]
    high = max(scale * size[1] for scale, size in zip(scales, sizes, strict=True))
    tall = above + high + max(map(len, notes)) * 11.0

    def paint(sheet: Sheet, x: float, top: float, _width: float) -> None:
        for one, name, note, scale in zip(row, names, notes, scales, strict=True):
            sheet.lines(name, x, top, wide, _NAME, _NAME_LEADING, theme.BLACK, "left")
            bottom = top + above + scale * one.picture.bounds[3]
            picture.draw(sheet, one.picture, x, bottom, wide, scale)
            sheet.lines(note, x, top + above + high, wide, 8.5, 11.0, theme.SOFT, "left")
            x += wide + _BETWEEN

    return Fixed(tall, paint, gap=8.0, what="A row of charts")


def _table(table: ReportTable, width: float) -> Table:
    whole = sum(table.widths)
    columns = tuple(width * one / whole for one in table.widths)

    def row(cells: Sequence[str], bold: bool = False) -> Row:
        return Row(
            tuple(
                tuple(break_text(((cell, bold),), 9.0, column - 2 * _INSET))
                if cell
                else (one_line("", 9.0),)
                for cell, column in zip(cells, columns, strict=True)
            )
        )

    return Table(
        columns,
        row(table.header, bold=True),
        tuple(map(row, table.rows)),
        size=9.0,
        leading=11.8,
        inset=_INSET,
        gap=8.0,
    )
