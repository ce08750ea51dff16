"""A contact sheet of the library: every exercise with its figures, id, name and stage."""

from collections.abc import Sequence

from clinic_desk.documents import picture, theme
from clinic_desk.documents.content import ContactSheetContent, ContactSheetEntry, Wording
from clinic_desk.documents.flow import Block, Fixed, Paragraph, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Frame, Meta, foot, make
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, break_text, one_line

_SIDE = 13 * theme.MM
_COLUMNS = 3
_GUTTER = 14.0
_PICTURE = 24 * theme.MM
_NAME, _NAME_LEADING = 10.0, 13.0
_SMALL, _SMALL_LEADING = 8.5, 11.0


def render(content: ContactSheetContent) -> bytes:
    """The sheet as a PDF; the same content gives the same bytes."""
    require_printable(content)
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    frame = Frame(
        content.paper, _SIDE, 12 * theme.MM, 7.5 * theme.MM,
        foot(content.title, "", Wording(), width),
    )  # fmt: skip
    title = (one_line(content.title, 18, bold=True),)
    blocks: list[Block] = [Paragraph(title, 18, 24, colour=theme.BLACK, keep_next=True)]
    for stage, entries in content.stages:
        heading = (one_line(stage, 13, bold=True),)
        blocks.append(Paragraph(heading, 13, 18, 10.0, theme.DEEP_TEAL, keep_next=True))
        for first in range(0, len(entries), _COLUMNS):
            blocks.append(_row(entries[first : first + _COLUMNS], width))
    pages = spread(blocks, frame.height)
    return make(
        frame,
        Meta(content.title, "Clinic Desk", "", content.language),
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


def _row(entries: Sequence[ContactSheetEntry], width: float) -> Fixed:
    column = (width - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
    half = (column - 6) / 2
    cells: list[tuple[ContactSheetEntry, list[Line], list[Line]]] = []
    for entry in entries:
        name = break_text(((entry.name, True),), _NAME, column)
        about = break_text(((f"{entry.id}, {entry.about}", False),), _SMALL, column)
        cells.append((entry, name, about))
    tall = max(len(name) * _NAME_LEADING + len(about) * _SMALL_LEADING for _, name, about in cells)

    def paint(sheet: Sheet, x: float, top: float, _width: float) -> None:
        for place, (entry, name, about) in enumerate(cells):
            left = x + place * (column + _GUTTER)
            scale = picture.scale_into((entry.start, entry.finish), half, _PICTURE)
            for side, shown in enumerate((entry.start, entry.finish)):
                at = left + side * (half + 6)
                picture.draw(sheet, shown, at, top + _PICTURE, half, scale)
            y = top + _PICTURE + 3
            sheet.lines(name, left, y, column, _NAME, _NAME_LEADING, theme.BLACK)
            y += len(name) * _NAME_LEADING
            sheet.lines(about, left, y, column, _SMALL, _SMALL_LEADING, theme.SOFT)

    return Fixed(_PICTURE + 3 + tall, paint, gap=9.0, what="A row of the contact sheet")
