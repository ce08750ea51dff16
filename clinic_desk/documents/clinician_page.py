"""The clinician's page of a program: dose, gates, reasons and sources in one compact table."""

from clinic_desk.documents import handout_head, theme
from clinic_desk.documents.content import HandoutContent
from clinic_desk.documents.flow import Block, Paragraph, Row, Table
from clinic_desk.documents.presets import LOOKS, voices
from clinic_desk.documents.text import Line
from clinic_desk.errors import DocumentFailed

_SIZE, _LEADING = 9.5, 12.6
_INSET = 5.0
_SHARES = (0.22, 0.18, 0.24, 0.16, 0.20)


def blocks(content: HandoutContent, width: float) -> list[Block]:
    """The page's parts. DocumentFailed where the content has no table."""
    table = content.clinician
    if table is None:
        raise DocumentFailed("This program has no clinician's page.")
    look = LOOKS["standard"]
    voice = voices(content, width)[0]
    found: list[Block] = [handout_head.head(content, width, look)]
    for place, fact in enumerate(table.facts):
        lines = tuple(voice.broken(fact, 10.5, width))
        gap = 7.0 if place == 0 else 1.0
        found.append(Paragraph(lines, 10.5, 14.4, gap, theme.TEXT, align=voice.align))
    columns = tuple(width * share for share in _SHARES)

    def row(texts: tuple[str, ...], bold: bool) -> Row:
        cells: list[tuple[Line, ...]] = []
        for place, (text, column) in enumerate(zip(texts, columns, strict=True)):
            strong = bold or place == 0
            lines: list[Line] = []
            for number, part in enumerate(text.split("\n")):
                room = column - 2 * _INSET
                lines += voice.broken(part, _SIZE, room, strong and (bold or number == 0))
            cells.append(tuple(lines))
        return Row(tuple(cells))

    found.append(
        Table(
            columns, row(table.header, True), tuple(row(texts, False) for texts in table.rows),
            _SIZE, _LEADING, inset=_INSET, gap=8.0, align=voice.align,
        )
    )  # fmt: skip
    return found + handout_head.notes(content, width, look, 9.0)
