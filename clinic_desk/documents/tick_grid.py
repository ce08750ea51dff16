"""The end of a handout: days to tick, and the code that holds the text."""

from collections.abc import Sequence

from clinic_desk.documents import qr, theme
from clinic_desk.documents.content import HandoutContent, TickGrid
from clinic_desk.documents.flow import Block, Fixed
from clinic_desk.documents.presets import Look, Voice, voices
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, one_line

_INSET = 5.5
_LEAST_DAY = 1.75  # of the letters' size: 6.5 mm in the standard sheet
_MOST_HEIGHT = 560.0  # of one table: more rows go on in a next one

Rows = Sequence[tuple[list[Line], float]]


def blocks(content: HandoutContent, look: Look, width: float, gap: float) -> list[Block]:
    """The first days beside the code, then the other weeks below each other."""
    both = voices(content, width)
    voice = Voice(content, 0.0, width, both[0].base, "")
    size = qr.side(content.qr_text) if content.qr_text else None
    small = max(9.0, look.caption - 2.0) if look.caption > 10 else 9.0
    small_leading = small * 1.28
    code_width = max(size, small * 9.2) if size else 0.0
    caption: list[Line] = []
    if size:
        caption = voice.broken(content.qr_caption, small, code_width)
    code_height = size + 4 + len(caption) * small_leading if size else 0.0
    titles = [
        (one, one.broken(one.content.grid_title, look.body, width, not one.language))
        for one in both
    ]
    title_lines = sum(len(lines) for _, lines in titles)
    grid_width = width - code_width - 18 if size else width
    tables = [
        (grid, rows)
        for grid in content.grids
        for rows in _parts(
            _rows(
                _texts(content, grid),
                _name_width(content, grid, grid_width, look, voice),
                look,
                voice,
            )
        )
    ]
    if not tables and not size and not title_lines:
        return []
    first = tables[0] if tables else None
    grid_height = _height(first[1], look) if first else 0.0
    title_height = title_lines * look.leading + 4 if title_lines else 0.0
    # With a short title the code may stand beside it: it is higher than the grid.
    beside = bool(size) and all(line.width < grid_width for _, some in titles for line in some)
    top_of_code = 0.0 if beside else title_height
    height = max(title_height + grid_height, top_of_code + code_height)

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        y = top
        for one, lines in titles:
            with sheet.spoken(one.language):
                align = "lead" if one.base else one.align
                sheet.lines(lines, x, y, width, look.body, look.leading, theme.BLACK, align)
            y += len(lines) * look.leading
        if first:
            name_width = _name_width(content, first[0], grid_width, look, voice)
            y = top + title_height
            _draw(sheet, first[0], first[1], x, y, grid_width, name_width, look, voice)
        if size:
            left = x + width - code_width
            spare = height - top_of_code - code_height
            y = top + top_of_code + min(spare, max(0.0, title_height - top_of_code))
            qr.draw(sheet, content.qr_text, left + (code_width - size) / 2, y, size)
            sheet.lines(
                caption, left, y + size + 4, code_width, small, small_leading, look.soft, "middle"
            )

    found: list[Block] = [Fixed(height, paint, gap=gap, what="The tick grid")]
    for grid, rows in tables[1:]:

        def more(
            sheet: Sheet,
            x: float,
            top: float,
            _width: float,
            grid: TickGrid = grid,
            rows: Rows = rows,
        ) -> None:
            name_width = _name_width(content, grid, grid_width, look, voice)
            _draw(sheet, grid, rows, x, top, grid_width, name_width, look, voice)

        found.append(Fixed(_height(rows, look), more, gap=8.0, what="The tick grid"))
    return found


def _head(look: Look) -> float:
    return look.grid_size * 2.38


def _height(rows: Rows, look: Look) -> float:
    return _head(look) + sum(height for _, height in rows)


def _texts(content: HandoutContent, grid: TickGrid) -> list[str]:
    texts = [
        f"{exercise.mark or number} {exercise.short_name or exercise.name}"
        for number, exercise in enumerate(content.exercises, 1)
    ]
    return [*texts, grid.pain_row] if grid.pain_row else texts


def _rows(
    texts: Sequence[str], name_width: float, look: Look, voice: Voice
) -> list[tuple[list[Line], float]]:
    rows = []
    for text in texts:
        lines = voice.broken(text, look.grid_size, name_width - 2 * _INSET, True)
        rows.append((lines, max(look.grid_row, len(lines) * look.grid_size * 1.2 + 5)))
    return rows


def _parts(rows: list[tuple[list[Line], float]]) -> list[list[tuple[list[Line], float]]]:
    """Rows in tables that a page can hold."""
    parts: list[list[tuple[list[Line], float]]] = [[]]
    used = 0.0
    for row in rows:
        if parts[-1] and used + row[1] > _MOST_HEIGHT:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += row[1]
    return parts


def _name_width(
    content: HandoutContent, grid: TickGrid, width: float, look: Look, voice: Voice
) -> float:
    """Wide enough for the longest name on one line, as far as a day keeps room for a tick."""
    wanted = max(
        line.width
        for text in _texts(content, grid) or [""]
        for line in voice.broken(text or " ", look.grid_size, width, True)
    )
    days = len(grid.days)
    roomy = max(look.grid_name, width - look.grid_size * 2.7 * days)
    most = max(roomy, width - look.grid_size * _LEAST_DAY * days)
    return min(max(roomy, wanted + 2 * _INSET + 0.5), most)


def _draw(
    sheet: Sheet,
    grid: TickGrid,
    rows: Rows,
    x: float,
    top: float,
    width: float,
    name_width: float,
    look: Look,
    voice: Voice,
) -> None:
    size, head = look.grid_size, _head(look)
    leading = size * 1.2
    day = (width - name_width) / max(1, len(grid.days))
    bottom = top + _height(rows, look)
    room = name_width - 2 * _INSET
    month = voice.broken(grid.month, size, room, True)
    align = voice.align
    y = top + (head - len(month) * leading) / 2
    sheet.lines(month, x + _INSET, y, room, size, leading, align=align)
    left = x + name_width
    small, step = size * 0.905, size * 1.067
    for letter, number in grid.days:
        for text, y in ((letter, top + size * 0.143), (number, top + size * 1.171)):
            line = one_line(text, small, bold=True)
            sheet.lines((line,), left, y, day, small, step, align="middle")
        left += day
    sheet.rule(x, top, width)
    y = top + head
    for lines, height in rows:
        sheet.rule(x, y, width)
        inset = (height - len(lines) * leading) / 2
        sheet.lines(lines, x + _INSET, y + inset, room, size, leading, theme.BLACK, align)
        y += height
    sheet.rule(x, bottom, width)
    sheet.upright(x, top, bottom)
    for column in range(len(grid.days) + 1):
        sheet.upright(x + name_width + column * day, top, bottom)
