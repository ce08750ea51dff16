"""The body chart on paper: a compact row of the views that have marks, with a legend beside.

Drawn in black on white; complaints differ by hatch and letter, so a fax keeps them apart.
"""

from clinic_desk.documents import picture, theme
from clinic_desk.documents.content import LetterChart
from clinic_desk.documents.flow import Fixed
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Direction, break_text, one_line
from clinic_desk.drawing import body_chart as drawn
from clinic_desk.drawing.body_views import HALF_WIDTH

_TALL = 58 * theme.MM
_NAME = 11.0  # points below a view for its name
_GAP = 8.0
_SIZE = 8.0
_LEGEND = 30 * theme.MM
_ROW = 14.0
_SIDE_WORD = 0.115  # where Right and Left stand beside the head, in body units


def block(content: LetterChart, width: float, base: Direction | None, gap: float) -> Fixed:
    """The drawn views as one piece."""
    room = width - _LEGEND - _GAP * len(content.views)
    wide = sum(2 * HALF_WIDTH[view] for view, _ in content.views)
    tall = min(_TALL, room / wide)

    def paint(sheet: Sheet, x: float, top: float, _width: float) -> None:
        left = x
        for view, name in content.views:
            span = 2 * HALF_WIDTH[view] * tall
            bottom = top + tall
            picture.draw(sheet, drawn.whole(view, content.chart), left, bottom, span, tall)
            middle = sheet.left_of(left + span / 2)  # a body is never mirrored, only its place
            _words(sheet, name, middle, bottom + _NAME - 2, bold=True)
            if view in ("front", "back"):
                words = (content.right, content.left)
                if view == "back":
                    words = (content.left, content.right)
                for word, aside in zip(words, (-_SIDE_WORD, _SIDE_WORD), strict=True):
                    _words(sheet, word, middle + aside * tall, top + tall * 0.075)
            left += span + _GAP
        _legend(sheet, content, left + _GAP, top + tall / 2, base)

    return Fixed(tall + _NAME, paint, gap=gap, what="The body chart")


def _words(sheet: Sheet, text: str, middle: float, y: float, bold: bool = False) -> None:
    line = break_text(((text, bold),), _SIZE, 200.0)[0]
    sheet.line(line, middle - line.width / 2, y, _SIZE, theme.TEXT)


def _legend(
    sheet: Sheet, content: LetterChart, left: float, middle: float, base: Direction | None
) -> None:
    """A swatch of each complaint's hatch, its letter and its name."""
    high = _ROW * (len(content.legend) + 1)
    y = middle - high / 2
    for kind, name in content.legend:
        swatch = drawn.sample(kind)
        picture.draw(sheet, swatch, left, y + 10.0, 18.0, 18.0 / 0.06)
        line = one_line(f"{drawn.LETTERS[kind]}  {name}", _SIZE, base=base)
        sheet.lines((line,), left + 23.0, y, _LEGEND, _SIZE, 10.0, align="lead")
        y += _ROW
    rated = break_text(((content.rated, False),), _SIZE, _LEGEND, base)
    sheet.lines(rated, left, y, _LEGEND, _SIZE, 10.0, theme.SOFT, "lead")
