"""A letter on the practice's paper: content in, PDF bytes out.

Order and proportions follow the usual referral: letterhead, addressee, urgency, who it is
about, the parts, and a signature that never stands alone on a page.
"""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desk.documents import body_chart, letter_end, letter_head, letter_trend, theme
from clinic_desk.documents.content import LetterContent, LetterTable
from clinic_desk.documents.flow import Block, Fixed, Paragraph, Placed, Row, Table, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.letter_head import BODY, LEADING, SMALL
from clinic_desk.documents.page import Draw, Entry, Frame, Meta, foot, identity_line, make
from clinic_desk.documents.sheet import Align, Sheet
from clinic_desk.documents.text import (
    Direction,
    Line,
    Span,
    base_of,
    break_text,
    colon,
    comma,
    direction,
)

_LESS_AIR = 0.6  # of the space between blocks


def render(content: LetterContent) -> bytes:
    """The letter as a PDF; the same content gives the same bytes.

    DocumentFailed names a character that no font has, or a text that no page can hold.
    """
    require_printable(content)
    side = letter_head.left_side(content)
    width = theme.PAPERS[content.paper][0] - side - letter_head.SIDE
    words = content.words
    about = (
        f"{identity_line(content.identity, words, content.language)}. {words.confidential}".strip()
    )
    if content.draft:
        middle = words.draft_short
    elif content.fingerprint:
        middle = words.fingerprint.replace("{fingerprint}", content.fingerprint)
    else:
        middle = ""
    frame = Frame(
        content.paper,
        side,
        letter_head.TOP,
        9 * theme.MM,
        foot(about, middle, words, width, direction(content.language)),
        letter_head.SIDE,
    )
    pages: list[list[Draw]] = []
    outline: list[Entry] = []
    for placed in _fitted(_blocks(content, width), frame.height):
        outline += [
            Entry(block.mark, len(pages), frame.top + y)
            for block, y in placed
            if isinstance(block, Paragraph) and block.mark
        ]
        pages.append(
            [
                lambda sheet, block=block, y=y: block.draw(  # type: ignore[misc]
                    sheet, frame.side, frame.top + y, width
                )
                for block, y in placed
            ]
        )
    return make(
        frame,
        Meta(
            f"{content.title}{colon(content.language)}{content.identity.name}",
            content.author or content.practice.name,
            content.reference,
            content.language,
            flips=True,
        ),
        pages,
        words.draft if content.draft else "",
        outline,
    )


def copies(content: LetterContent) -> list[bytes]:
    """The separate copies: each with its own address and the words that it is a copy."""
    return [render(replace(content, copy_to=one)) for one in content.copies]


def _fitted(blocks: list[Block], height: float) -> list[list[Placed]]:
    """Over pages with the usual air, or with less where that saves the last page."""
    pages = spread(blocks, height)
    if len(pages) > 1:
        closer = spread([block.closer(_LESS_AIR) for block in blocks], height)
        if len(closer) < len(pages):
            return closer
    return pages


def _blocks(content: LetterContent, width: float) -> list[Block]:
    base = base_of(content.language)
    blocks: list[Block] = [*letter_head.blocks(content, width)]
    if content.copy_to:
        said = letter_end.copy_line(content)
        blocks.append(_paragraph(((said, True),), width, base, gap=8.0))
    if content.corrects:
        blocks.append(_paragraph(((content.corrects, True),), width, base, gap=8.0))
    if content.urgency:
        blocks.append(_urgency(content.urgency, width, base))
    blocks.append(_identity(content, width))
    if content.salutation:
        salutation = ((content.salutation, False),)
        blocks.append(_paragraph(salutation, width, base, gap=11.0, keep_next=True))
    for part in content.parts:
        gap = 6.6
        if part.heading:
            heading = break_text(((part.heading, True),), BODY, width, base)
            kept = len(heading) < 6
            blocks.append(
                Paragraph(
                    tuple(heading), BODY, LEADING, gap, theme.DEEP_TEAL, kept, mark=part.heading
                )
            )
            gap = 0.4
        for paragraph in part.paragraphs:
            blocks.append(_paragraph(paragraph, width, base, gap=gap))
            gap = 4.0
        if part.chart is not None and part.chart.views:
            blocks.append(body_chart.block(part.chart, width, base, gap=gap + 3.0))
            gap = 3.0
        if part.table is not None and part.table.rows:
            blocks.append(_table(part.table, width, base, gap=gap + 1.6))
            gap = 3.0
        if part.trends:
            blocks += letter_trend.blocks(part.trends, width, base, gap + 3.0)
            gap = 4.0
        for paragraph in part.after:
            blocks.append(_paragraph(paragraph, width, base, gap=gap))
            gap = 4.0
    for text in content.closing:
        blocks.append(_paragraph(((text, False),), width, base, gap=6.0))
    blocks.append(letter_end.block(content, width))
    return blocks


def _paragraph(
    spans: Sequence[Span],
    width: float,
    base: Direction | None,
    gap: float = 0.0,
    keep_next: bool = False,
) -> Paragraph:
    lines = tuple(break_text(spans, BODY, width, base))
    return Paragraph(lines, BODY, LEADING, gap, keep_next=keep_next and len(lines) < 6)


def _urgency(text: str, width: float, base: Direction | None) -> Fixed:
    lines = break_text(((text, True),), 11, width - 44, base)
    height = len(lines) * 15 + 12.5

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.box(x, top, width, height, edge=theme.BLACK, weight=1.5)
        sheet.warning(x + 18.5, top + height / 2, 7.8, solid=False)
        sheet.lines(lines, x + 34, top + 6.25, width - 44, 11, 15, theme.BLACK, "lead")

    return Fixed(height, paint, gap=9.5, what="The urgency line")


def _identity(content: LetterContent, width: float) -> Table:
    who, words = content.identity, content.words
    between = comma(content.language)
    first = between + words.birth(who.born)
    if who.age:
        first += " " + words.age.replace("{age}", who.age)
    contact = [words.patient.replace("{number}", who.number)] if who.number else []
    if who.phone:
        contact.append(words.phone.replace("{number}", who.phone))
    half = width / 2
    size, inset = 10.0, 7.5

    def cell(*spans: Span) -> tuple[Line, ...]:
        return tuple(break_text(spans, size, half - 2 * inset, direction(content.language)))

    rows = [Row((cell((who.name, True), (first, False)), cell((between.join(contact), False))))]
    if who.case_line or who.address:
        side, rest = _leading_capitals(who.case_line)
        rows.append(Row((cell((side, True), (rest, False)), cell((who.address, False)))))
    align: Align = "lead" if base_of(content.language) else "start"
    return Table(
        (half, half), None, tuple(rows), size, 13.4, padding=3.4, inset=inset, gap=9.5, align=align
    )


def _leading_capitals(text: str) -> tuple[str, str]:
    """Part off the words in capitals that a line starts with: the side, set in bold."""
    words = text.split(" ")
    count = 0
    while count < len(words) and len(words[count]) > 1 and words[count].isupper():
        count += 1
    return " ".join(words[:count]), text[len(" ".join(words[:count])) :]


def _table(table: LetterTable, width: float, base: Direction | None, gap: float) -> Table:
    count = max(len(row) for row in (table.header, *table.rows))
    inset = 6.2
    texts = [(*row, *("",) * (count - len(row))) for row in (table.header, *table.rows)]
    natural = [
        max(
            max(
                map(_widest, break_text(((row[index], number == 0),), SMALL, float("inf"), base)),
                default=0.0,
            )
            for number, row in enumerate(texts)
        )
        + 2 * inset
        + 0.5
        for index in range(count)
    ]
    columns = _columns(natural, width)

    def row(cells: Sequence[str], bold: bool) -> Row:
        return Row(
            tuple(
                tuple(break_text(((text, bold),), SMALL, column - 2 * inset, base))
                for text, column in zip(cells, columns, strict=True)
            )
        )

    header = row(texts[0], True) if any(table.header) else None
    rows = tuple(row(cells, False) for cells in texts[1:])
    return Table(
        tuple(columns),
        header,
        rows,
        SMALL,
        12.4,
        2.3,
        inset,
        gap,
        align="lead" if base else "start",
    )


def _widest(line: Line) -> float:
    return line.width


def _columns(natural: Sequence[float], width: float) -> list[float]:
    """Share the width: by need where all fits, else the narrow ones first."""
    total = sum(natural)
    if total <= width:
        return [one * width / total for one in natural]
    columns = [0.0] * len(natural)
    left, open_columns = width, len(natural)
    for index in sorted(range(len(natural)), key=lambda index: natural[index]):
        columns[index] = min(natural[index], left / open_columns)
        left -= columns[index]
        open_columns -= 1
    return columns
