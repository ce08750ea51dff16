"""Any list as CSV that a spreadsheet opens as it is meant: no cell of it becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

# What makes a spreadsheet calculate, in the plain and in the full-width form.
_STARTERS = tuple("=+-@\t\r\n＝＋－＠")
_GUARD = "'"


def safe(text: str) -> str:
    """The text as a cell that stays text; `unsafe` gives it back. A guard is doubled."""
    text = text.encode("utf-8", "replace").decode().replace("\0", "")
    if text.startswith((*_STARTERS, _GUARD)) or text.lstrip(" ").startswith(_STARTERS):
        return _GUARD + text
    return text


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith(_GUARD) and safe(cell[1:]) == cell else cell


def table(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> bytes:
    """UTF-8 with its mark, by RFC 4180; days as 2026-02-03."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    for row in rows:
        writer.writerow([safe(_text(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
