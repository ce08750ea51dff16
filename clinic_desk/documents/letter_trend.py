"""Trends on paper: small curves beside each other, each under its name and over its dates."""

from collections.abc import Sequence

from clinic_desk.documents import picture, theme
from clinic_desk.documents.content import LetterTrend
from clinic_desk.documents.flow import Fixed
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Direction, Line, break_text
from clinic_desk.drawing import trend as drawn

_ACROSS = 3
_BETWEEN = 10.0
_SIZE, _LEADING = 8.0, 10.0


def blocks(
    trends: Sequence[LetterTrend], width: float, base: Direction | None, gap: float
) -> list[Fixed]:
    """Rows of curves; a row is one piece, and rows part between pages."""
    wide = (width - _BETWEEN * (_ACROSS - 1)) / _ACROSS
    rows = [trends[start : start + _ACROSS] for start in range(0, len(trends), _ACROSS)]
    return [_row(row, wide, base, gap if place == 0 else 6.0) for place, row in enumerate(rows)]


def _row(row: Sequence[LetterTrend], wide: float, base: Direction | None, gap: float) -> Fixed:
    scale = wide / drawn.WIDE
    names = [break_text(((one.name, True),), _SIZE, wide, base) for one in row]
    notes = [break_text(((one.note, False),), _SIZE, wide, base) for one in row]
    above = max(map(len, names)) * _LEADING
    tall = above + drawn.TALL * scale + max(map(len, notes)) * _LEADING

    def paint(sheet: Sheet, x: float, top: float, _width: float) -> None:
        for one, name, note in zip(row, names, notes, strict=True):
            _one(sheet, one, name, note, x, top + above)
            x += wide + _BETWEEN

    def _one(
        sheet: Sheet, one: LetterTrend, name: list[Line], note: list[Line], x: float, top: float
    ) -> None:
        high = top - len(name) * _LEADING
        sheet.lines(name, x, high, wide, _SIZE, _LEADING, align="lead")
        bottom = top + drawn.TALL * scale
        picture.draw(sheet, drawn.picture(one.trend), x, bottom, wide, scale)
        sheet.lines(note, x, bottom, wide, _SIZE, _LEADING, theme.SOFT, "lead")

    return Fixed(tall, paint, gap=gap, what="The curves")
