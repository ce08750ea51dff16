"""The print-out of a record: all of it, or the page that a colleague takes over with.

It is made for reading in ten years by whoever holds the archive. A sign that no font has must
not stop it: it is shown as a box, and a line at the end says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clinic_desk.documents import theme
from clinic_desk.documents.content import Identity, Letterhead, Paper, Wording
from clinic_desk.documents.flow import Block, Paragraph, Row, Table, spread
from clinic_desk.documents.fonts import texts_of, unprintable
from clinic_desk.documents.page import Draw, Frame, Meta, foot, identity_line, make
from clinic_desk.documents.text import break_text, direction

_SIDE = 19 * theme.MM
_TITLE = 17.0
_BODY = 9.5
_LEADING = 12.8
_LESS_AIR = 0.5  # of the space between blocks, where that saves a page
_INSET = 6.2
_BOX = "□"


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A header (none where empty) and rows; `shares` are the columns' parts of the width."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSection:
    heading: str
    level: int = 1  # 1 a case, 2 a visit in it
    paragraphs: tuple[tuple[str, str], ...] = ()  # a bold lead and the text
    table: RecordTable | None = None


@dataclass(frozen=True, slots=True)
class RecordContent:
    practice: Letterhead
    identity: Identity
    title: str
    made: str  # "Printed 03 Feb 2026 by Dana Demo"
    sections: tuple[RecordSection, ...]
    language: str = "en"
    paper: Paper = "a4"
    boxed: str = "A sign that no font here has is shown as a box."
    words: Wording = field(default_factory=Wording)


def render(content: RecordContent) -> bytes:
    """The record as a PDF; the same content gives the same bytes."""
    content = _with_boxes(content)
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    about = identity_line(content.identity, content.words, content.language)
    line = f"{about}. {content.words.confidential}"
    frame = Frame(
        content.paper,
        _SIDE,
        13 * theme.MM,
        9 * theme.MM,
        foot(line, "", content.words, width, direction(content.language)),
    )
    blocks = _blocks(content, width)
    placed = spread(blocks, frame.height)
    if len(placed) > 1:
        closer = spread([block.closer(_LESS_AIR) for block in blocks], frame.height)
        placed = closer if len(closer) < len(placed) else placed
    pages: list[list[Draw]] = [
        [
            lambda sheet, block=block, y=y: block.draw(  # type: ignore[misc]
                sheet, frame.side, frame.top + y, width
            )
            for block, y in page
        ]
        for page in placed
    ]
    meta = Meta(
        f"{content.title}: {content.identity.name}",
        content.practice.name,
        content.identity.number,
        content.language,
    )
    return make(frame, meta, pages)


def _with_boxes(content: RecordContent) -> RecordContent:
    missing = {one.character for one in unprintable(texts_of(content))}
    if not missing:
        return content
    boxes = str.maketrans(dict.fromkeys(missing, _BOX))
    identity = content.identity

    def table(one: RecordTable) -> RecordTable:
        rows = tuple(tuple(cell.translate(boxes) for cell in row) for row in one.rows)
        return replace(one, rows=rows, header=tuple(cell.translate(boxes) for cell in one.header))

    sections = tuple(
        RecordSection(
            one.heading.translate(boxes),
            one.level,
            tuple((lead.translate(boxes), text.translate(boxes)) for lead, text in one.paragraphs),
            table(one.table) if one.table else None,
        )
        for one in content.sections
    )
    practice = content.practice
    return replace(
        content,
        practice=replace(
            practice,
            name=practice.name.translate(boxes),
            subtitle=practice.subtitle.translate(boxes),
            address=tuple(one.translate(boxes) for one in practice.address),
        ),
        identity=replace(
            identity,
            name=identity.name.translate(boxes),
            address=identity.address.translate(boxes),
            phone=identity.phone.translate(boxes),
            case_line=identity.case_line.translate(boxes),
        ),
        made=content.made.translate(boxes),
        sections=(*sections, RecordSection("", paragraphs=(("", content.boxed),))),
    )


def _blocks(content: RecordContent, width: float) -> list[Block]:
    practice = content.practice
    head = ", ".join(part for part in (practice.name, *practice.address, practice.phone) if part)
    name = content.identity.name
    blocks: list[Block] = [
        _words("", head, width, colour_soft=True),
        Paragraph(
            tuple(break_text(((f"{content.title}: {name}", True),), _TITLE, width)),
            _TITLE,
            22,
            6,
            theme.BLACK,
        ),
        _words("", content.made, width, gap=1, colour_soft=True),
    ]
    for section in content.sections:
        blocks += _section(section, width)
    return blocks


def _section(section: RecordSection, width: float) -> list[Block]:
    blocks: list[Block] = []
    if section.heading:
        size, gap = (12.5, 13.0) if section.level == 1 else (10.5, 9.0)
        lines = tuple(break_text(((section.heading, True),), size, width))
        blocks.append(Paragraph(lines, size, size * 1.34, gap, theme.DEEP_TEAL, len(lines) < 6))
    for lead, text in section.paragraphs:
        blocks.append(_words(lead, text, width, gap=3.2))
    if section.table is not None and section.table.rows:
        blocks.append(_table(section.table, width))
    return blocks


def _words(
    lead: str, text: str, width: float, gap: float = 0.0, colour_soft: bool = False
) -> Paragraph:
    spans = ((f"{lead} ", True), (text, False)) if lead else ((text, False),)
    colour = theme.SOFT if colour_soft else theme.TEXT
    return Paragraph(tuple(break_text(spans, _BODY, width)), _BODY, _LEADING, gap, colour)


def _table(table: RecordTable, width: float) -> Table:
    count = max(len(row) for row in (table.header, *table.rows))
    shares = table.shares or (1.0,) * count
    columns = tuple(width * share / sum(shares) for share in shares)

    def row(cells: Sequence[str], bold: bool) -> Row:
        filled = (*cells, *("" for _missing in range(count - len(cells))))
        return Row(
            tuple(
                tuple(break_text(((cell, bold),), _BODY, column - 2 * _INSET))
                for cell, column in zip(filled, columns, strict=True)
            )
        )

    header = row(table.header, True) if table.header else None
    rows = tuple(row(cells, False) for cells in table.rows)
    return Table(columns, header, rows, _BODY, 12.4, 2.3, _INSET, 4.0)
