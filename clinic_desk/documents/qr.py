"""The square code that holds a program's text, large enough to be scanned off paper."""

from functools import lru_cache

import segno

from clinic_desk.documents import theme
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import safe_text

_LEAST = 28 * theme.MM  # with 400 bytes a module is then 0.41 mm, which phones read at arm's length
_MOST = 44 * theme.MM
_MODULE = 0.40 * theme.MM
_MOST_BYTES = 900


@lru_cache(maxsize=32)
def matrix(text: str) -> tuple[bytes, ...] | None:
    """Rows of 0 and 1 without the quiet border, or None where the text is empty or too long."""
    encoded = safe_text(text).encode()
    if not encoded or len(encoded) > _MOST_BYTES:
        return None
    # Without a character-set mark: phones take bytes for UTF-8, and some show the mark as text.
    code = segno.make(encoded, error="l", mode="byte", micro=False, boost_error=True)
    return tuple(bytes(row) for row in code.matrix)


def side(text: str) -> float | None:
    """The code's side in points, 28 to 44 mm, or None where the page goes without one."""
    rows = matrix(text)
    if rows is None:
        return None
    size = max(_LEAST, len(rows) * _MODULE)
    return size if size <= _MOST else None


def draw(sheet: Sheet, text: str, x: float, top: float, size: float) -> None:
    """Draw the code with its upper left corner at (x, top)."""
    rows = matrix(text)
    if rows is not None:
        x, y = sheet.left_of(x, size), sheet.height - top - size
        sheet.code(f"0 g {size:.3f} 0 0 {size:.3f} {x:.3f} {y:.3f} cm " + _mask(rows))


@lru_cache(maxsize=32)
def _mask(rows: tuple[bytes, ...]) -> str:
    """An inline one-bit picture: no seams between modules at any size."""
    width = len(rows)
    octets = (width + 7) // 8
    data = "".join(
        f"{int(''.join('01'[bit] for bit in row).ljust(octets * 8, '0'), 2):0{octets * 2}X}"
        for row in rows
    )
    return f"BI /W {width} /H {width} /IM true /D [1 0] /BPC 1 /F /AHx ID\n{data}>\nEI"
