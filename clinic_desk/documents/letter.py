"""A letter on the practice's paper: content in, PDF bytes out.

Order and proportions follow the usual referral: letterhead, addressee, urgency, who it is
about, the parts, and a signature that never stands alone on a page.
"""

from collections.abc import Sequence

from clinic_desk.documents import body_chart, theme
from clinic_desk.documents.content import LetterContent, LetterTable
from clinic_desk.documents.flow import Block, Fixed, Paragraph, Placed, Row, Table, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Draw, Frame, Meta, foot, identity_line, make
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, Span, break_text, direction

_SIDE = 19 * theme.MM
_BODY = 10.5
_LEADING = 14.4
_SMALL = 9.5
_SMALL_LEADING = 12.9
_LESS_AIR = 0.6  # of the space between blocks


def render(content: LetterContent) -> bytes:
    """The letter as a PDF; the same content gives the same bytes.

    DocumentFailed names a character that no font has, or a text that no page can hold.
    """
    require_printable(content)
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    words = content.words
    about = f"{identity_line(content.identity, words)}. {words.confidential}".strip()
    if content.draft:
        middle = words.draft_short
    elif content.fingerprint:
        middle = words.fingerprint.replace("{fingerprint}", content.fingerprint)
    else:
        middle = ""
    frame = Frame(
        content.paper,
        _SIDE,
        13 * theme.MM,
        9 * theme.MM,
        foot(about, middle, words, width, direction(content.language)),
    )
    pages: list[list[Draw]] = []
    for placed in _fitted(_blocks(content, width), frame.height):
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
            f"{content.title}: {content.identity.name}",
            content.author or content.practice.name,
            content.reference,
            content.language,
        ),
        pages,
        words.draft if content.draft else "",
    )


def _fitted(blocks: list[Block], height: float) -> list[list[Placed]]:
    """Over pages with the usual air, or with less where that saves the last page."""
    pages = spread(blocks, height)
    if len(pages) > 1:
        closer = spread([block.closer(_LESS_AIR) for block in blocks], height)
        if len(closer) < len(pages):
            return closer
    return pages


def _blocks(content: LetterContent, width: float) -> list[Block]:
    blocks: list[Block] = [_letterhead(content, width), _addressee(content, width)]
    if content.urgency:
        blocks.append(_urgency(content.urgency, width))
    blocks.append(_identity(content, width))
    if content.salutation:
        blocks.append(_paragraph(((content.salutation, False),), width, gap=11.0, keep_next=True))
    for part in content.parts:
        gap = 6.6
        if part.heading:
            heading = break_text(((part.heading, True),), _BODY, width)
            blocks.append(
                Paragraph(tuple(heading), _BODY, _LEADING, gap, theme.DEEP_TEAL, len(heading) < 6)
            )
            gap = 0.4
        for paragraph in part.paragraphs:
            blocks.append(_paragraph(paragraph, width, gap=gap))
            gap = 4.0
        if part.chart is not None and part.chart.views:
            blocks.append(body_chart.block(part.chart, width, gap=gap + 3.0))
            gap = 3.0
        if part.table is not None and part.table.rows:
            blocks.append(_table(part.table, width, gap=gap + 1.6))
            gap = 3.0
        for paragraph in part.after:
            blocks.append(_paragraph(paragraph, width, gap=gap))
            gap = 4.0
    for text in content.closing:
        blocks.append(_paragraph(((text, False),), width, gap=6.0))
    blocks.append(_signature(content, width))
    return blocks


def _paragraph(
    spans: Sequence[Span], width: float, gap: float = 0.0, keep_next: bool = False
) -> Paragraph:
    lines = tuple(break_text(spans, _BODY, width))
    return Paragraph(lines, _BODY, _LEADING, gap, keep_next=keep_next and len(lines) < 6)


def _letterhead(content: LetterContent, width: float) -> Fixed:
    practice = content.practice
    contact = [*practice.address]
    if practice.phone:
        contact.append(content.words.phone_line.replace("{number}", practice.phone))
    if practice.email:
        contact.append(practice.email)
    right_width = width * 0.46
    name = break_text(((practice.name, True),), 15, width - right_width - 12)
    subtitle = _small(practice.subtitle, width - right_width - 12)
    right = [line for text in contact for line in _small(text, right_width)]
    left_height = len(name) * 19.0 + len(subtitle) * _SMALL_LEADING + 2
    height = max(left_height, len(right) * _SMALL_LEADING) + 9

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(name, x, top - 2, width, 15, 19, theme.DEEP_TEAL, "left")
        below = top + len(name) * 19
        sheet.lines(subtitle, x, below, width, _SMALL, _SMALL_LEADING, theme.SOFT, "left")
        sheet.lines(right, x, top, width, _SMALL, _SMALL_LEADING, theme.SOFT, "right")
        sheet.rule(x, top + height, width, theme.TEAL, 1.5)

    return Fixed(height, paint, what="The letterhead")


def _small(text: str, width: float) -> list[Line]:
    return break_text(((text, False),), _SMALL, width) if text else []


def _addressee(content: LetterContent, width: float) -> Fixed:
    right_width = width * 0.4
    left = [
        line
        for text in content.recipient
        for line in break_text(((text, False),), _BODY, width - right_width - 12)
    ]
    date = break_text(((content.date, False),), _BODY, right_width) if content.date else []
    reference = (
        break_text(((content.reference, False),), _BODY, right_width) if content.reference else []
    )

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(left, x, top, width, _BODY, _LEADING, align="left")
        sheet.lines(date, x, top, width, _BODY, _LEADING, align="right")
        below = top + len(date) * _LEADING
        sheet.lines(reference, x, below, width, _BODY, _LEADING, theme.SOFT, "right")

    return Fixed(
        max(len(left), len(date) + len(reference)) * _LEADING, paint, gap=13.0, what="The addressee"
    )


def _urgency(text: str, width: float) -> Fixed:
    lines = break_text(((text, True),), 11, width - 44)
    height = len(lines) * 15 + 12.5

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.box(x, top, width, height, edge=theme.BLACK, weight=1.5)
        sheet.warning(x + 18.5, top + height / 2, 7.8, solid=False)
        sheet.lines(lines, x + 34, top + 6.25, width - 44, 11, 15, theme.BLACK)

    return Fixed(height, paint, gap=9.5, what="The urgency line")


def _identity(content: LetterContent, width: float) -> Table:
    who, words = content.identity, content.words
    first = ", " + words.birth(who.born)
    if who.age:
        first += " " + words.age.replace("{age}", who.age)
    contact = [words.patient.replace("{number}", who.number)] if who.number else []
    if who.phone:
        contact.append(words.phone.replace("{number}", who.phone))
    half = width / 2
    size, inset = 10.0, 7.5

    def cell(*spans: Span) -> tuple[Line, ...]:
        return tuple(break_text(spans, size, half - 2 * inset, direction(content.language)))

    rows = [Row((cell((who.name, True), (first, False)), cell((", ".join(contact), False))))]
    if who.case_line or who.address:
        side, rest = _leading_capitals(who.case_line)
        rows.append(Row((cell((side, True), (rest, False)), cell((who.address, False)))))
    return Table((half, half), None, tuple(rows), size, 13.4, padding=3.4, inset=inset, gap=9.5)


def _leading_capitals(text: str) -> tuple[str, str]:
    """Part off the words in capitals that a line starts with: the side, set in bold."""
    words = text.split(" ")
    count = 0
    while count < len(words) and len(words[count]) > 1 and words[count].isupper():
        count += 1
    return " ".join(words[:count]), text[len(" ".join(words[:count])) :]


def _table(table: LetterTable, width: float, gap: float) -> Table:
    count = max(len(row) for row in (table.header, *table.rows))
    inset = 6.2
    texts = [(*row, *("",) * (count - len(row))) for row in (table.header, *table.rows)]
    natural = [
        max(
            max(
                map(_widest, break_text(((row[index], number == 0),), _SMALL, float("inf"))),
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
                tuple(break_text(((text, bold),), _SMALL, column - 2 * inset))
                for text, column in zip(cells, columns, strict=True)
            )
        )

    header = row(texts[0], True) if any(table.header) else None
    rows = tuple(row(cells, False) for cells in texts[1:])
    return Table(tuple(columns), header, rows, _SMALL, 12.4, 2.3, inset, gap)


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


def _signature(content: LetterContent, width: float) -> Fixed:
    valediction = break_text(((content.valediction, False),), _BODY, width)
    author = break_text(((content.author, True), (content.author_line, False)), _BODY, width)
    signed = _small(content.signed_line, width) if not content.draft else []
    space = 0.0 if content.draft else 32.0  # a draft has no place to sign
    height = (len(valediction) + len(author)) * _LEADING + space + len(signed) * 14.0

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(valediction, x, top, width, _BODY, _LEADING)
        top += len(valediction) * _LEADING + space
        sheet.lines(author, x, top, width, _BODY, _LEADING)
        top += len(author) * _LEADING
        sheet.lines(signed, x, top, width, _SMALL, 14, theme.SOFT)

    return Fixed(height, paint, gap=5.0, company=True, what="The signature")
