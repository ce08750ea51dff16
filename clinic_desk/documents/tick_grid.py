"""The end of a handout: days to tick beside the code that holds the text."""

from collections.abc import Sequence

from clinic_desk.documents import qr, theme
from clinic_desk.documents.content import HandoutContent, TickGrid
from clinic_desk.documents.flow import Block, Fixed
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, break_text, one_line, safe_text

_BODY = 12.0
_LEADING = 15.4


def blocks(content: HandoutContent, width: float, gap: float) -> list[Block]:
    size = qr.side(content.qr_text) if content.qr_text else None
    code_width = max(size, 82.0) if size else 0.0
    caption: list[Line] = []
    if size:
        caption = break_text(((content.qr_caption, False),), 9, code_width)
    code_height = size + 4 + len(caption) * 11.5 if size else 0.0
    title: Sequence[Line] = ()
    if content.grid_title:
        title = break_text(((content.grid_title, True),), _BODY, width)
    grid_width = width - code_width - 18 if size else width
    rows = _grid_rows(content, grid_width) if content.grid else []
    if not rows and not size and not title:
        return []
    head = 25.0
    grid_height = head + sum(height for _, height in rows) if rows else 0.0
    title_height = len(title) * _LEADING + 4 if title else 0.0
    # With a short title the code may stand beside it: it is higher than the grid.
    beside = bool(size) and all(line.width < grid_width for line in title)
    top_of_code = 0.0 if beside else title_height
    height = max(title_height + grid_height, top_of_code + code_height)

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(title, x, top, width, _BODY, _LEADING, theme.BLACK)
        if content.grid and rows:
            _draw_grid(sheet, content.grid, rows, x, top + title_height, grid_width, head)
        if size:
            left = x + width - code_width
            spare = height - top_of_code - code_height
            y = top + top_of_code + min(spare, max(0.0, title_height - top_of_code))
            qr.draw(sheet, content.qr_text, left + (code_width - size) / 2, y, size)
            sheet.lines(caption, left, y + size + 4, code_width, 9, 11.5, theme.SOFT, "middle")

    return [Fixed(height, paint, gap=gap, what="The tick grid")]


_GRID_NAME = 113.0
_GRID_SIZE = 10.5


def _grid_rows(content: HandoutContent, width: float) -> list[tuple[list[Line], float]]:
    if content.grid is None:
        return []
    name_width = _name_width(content.grid, width)
    texts = [
        f"{number} {exercise.short_name or exercise.name}"
        for number, exercise in enumerate(content.exercises, 1)
    ]
    if content.grid.pain_row:
        texts.append(content.grid.pain_row)
    rows = []
    for text in texts:
        lines = break_text(((safe_text(text), True),), _GRID_SIZE, name_width - 11)
        rows.append((lines, max(18.1, len(lines) * 12.6 + 5)))
    return rows


def _name_width(grid: TickGrid, width: float) -> float:
    return max(_GRID_NAME, width - 28.0 * len(grid.days)) if grid.days else width


def _draw_grid(
    sheet: Sheet,
    grid: TickGrid,
    rows: Sequence[tuple[list[Line], float]],
    x: float,
    top: float,
    width: float,
    head: float,
) -> None:
    name_width = _name_width(grid, width)
    day = (width - name_width) / max(1, len(grid.days))
    bottom = top + head + sum(height for _, height in rows)
    month = break_text(((grid.month, True),), _GRID_SIZE, name_width - 11)
    sheet.lines(month, x + 5.5, top + (head - len(month) * 12.6) / 2, name_width, _GRID_SIZE, 12.6)
    left = x + name_width
    for letter, number in grid.days:
        for text, y in ((letter, top + 1.5), (number, top + 12.3)):
            sheet.lines((one_line(text, 9.5, bold=True),), left, y, day, 9.5, 11.2, align="middle")
        left += day
    sheet.rule(x, top, width)
    y = top + head
    for lines, height in rows:
        sheet.rule(x, y, width)
        inset = (height - len(lines) * 12.6) / 2
        sheet.lines(lines, x + 5.5, y + inset, name_width - 11, _GRID_SIZE, 12.6, theme.BLACK)
        y += height
    sheet.rule(x, bottom, width)
    sheet.upright(x, top, bottom)
    for column in range(len(grid.days) + 1):
        sheet.upright(x + name_width + column * day, top, bottom)
