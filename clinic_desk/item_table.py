"""The items of a protocol as a table that a terminal of 100 columns can show."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from clinic_desk.i18n import _

WIDTH = 100
_COLUMNS = (38, 13, 4, 9)  # item, kind, unit, range; the choices take the rest
_GAP = "  "
_BEFORE_CHOICES = sum(_COLUMNS) + len(_GAP) * len(_COLUMNS)


def lines(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """A heading, then for each item its line with wrapped choices, and its label below."""
    yield from _line("item", ("kind", "unit", "range"), "choices")
    for row in rows:
        cells = (str(row["kind"]), str(row["unit"]), _span(row["min"], row["max"]))
        choices = row["choices"]
        words = ", ".join(choices) if isinstance(choices, list) else ""
        yield from _line(str(row["id"]), cells, words)
        label = str(row["label"])
        if row["derived"]:
            label = _("{label} (worked out; may be given instead)").format(label=label)
        yield from textwrap.wrap(label, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _line(item: str, cells: tuple[str, ...], choices: str) -> Iterator[str]:
    if len(item) > _COLUMNS[0]:
        yield item
        item = ""
    padded = [cell.ljust(width) for cell, width in zip((item, *cells), _COLUMNS, strict=True)]
    wrapped = textwrap.wrap(choices, WIDTH - _BEFORE_CHOICES, break_long_words=False) or [""]
    yield _GAP.join([*padded, wrapped[0]]).rstrip()
    for more in wrapped[1:]:
        yield " " * _BEFORE_CHOICES + more


def _span(low: object, high: object) -> str:
    ends = [f"{end:g}" if isinstance(end, int | float) else "" for end in (low, high)]
    return "" if ends == ["", ""] else f"{ends[0]}…{ends[1]}"
