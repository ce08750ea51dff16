"""How a list is written: which sign parts the cells, which quotes them, where its head stands."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t", "|", "^", "~")
LOOKED_AT = 200  # rows that a dialect is chosen by
_MOST_ABOVE = 20  # rows that a program prints above its table
_HEAD = 1_000_000  # characters
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The signs that a list is written with."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None  # a backslash before a quotation mark, where it is not doubled
    spaced: bool = False  # a space stands between a delimiter and a quotation mark

    def rows(self, text: str) -> "Reader":
        """A reader of the text by these signs."""
        return self.rows_of(io.StringIO(text, newline=""))

    def rows_of(self, lines: Iterable[str]) -> "Reader":
        """The same of lines with their ends."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=self.spaced,
            strict=True,
        )


def told(text: str) -> tuple[str, int, str]:
    """The text after a first line such as "sep=;", how many lines that was, and the sign."""
    first, _break, rest = text.partition("\n")
    match = _SEPARATOR.fullmatch(first.strip("\r"))
    return (rest, 1, match[1]) if match else (text, 0, "")


def of(text: str, delimiter: str = "") -> Dialect:
    """How a text is written, by its first rows."""
    head = text[:_HEAD]
    sign = delimiter or _likely_delimiter(head)
    if '"' not in head and any(_is_quoted(line, sign) for line in head[:4096].splitlines()[:3]):
        return Dialect(sign, "'")
    # a quotation mark with text behind it opens a cell: inside one it would be doubled
    opening = rf'{re.escape(sign)} +"(?=[^"\r\n{re.escape(sign)}])'
    plain = Dialect(sign, spaced=re.search(opening, head) is not None)
    escaped = replace(plain, escape="\\")
    if '\\"' in head and not _reads(plain, text) and _reads(escaped, text):
        return escaped
    return plain


def _is_quoted(line: str, sign: str) -> bool:
    """Whether a line's cells stand between apostrophes."""
    return line.startswith("'") and line.rstrip().endswith("'") and f"'{sign}'" in line


def _reads(dialect: Dialect, text: str) -> bool:
    try:
        return all(True for _cells in dialect.rows(text))
    except csv.Error:
        return False


def _likely_delimiter(head: str) -> str:
    """The candidate that parts the first rows most evenly into the most cells."""
    best, best_score = ",", (0.0, 0)
    for sign in DELIMITERS:
        if sign not in head:
            continue
        widths = Counter[int]()
        try:
            for cells in _loosely(head, sign):
                if any(cells):
                    widths[len(cells)] += 1
                if widths.total() >= LOOKED_AT:
                    break
        except csv.Error:
            continue  # read with this sign the text makes no sense
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        score = (round(times / widths.total(), 1) if width > 1 else 0.0, width)
        if score > best_score:
            best, best_score = sign, score
    return best


def _loosely(head: str, sign: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(head, newline=""), delimiter=sign, skipinitialspace=True)


def above(rows: Sequence[Sequence[str]]) -> int:
    """How many first rows are a title and not the table: nearly empty, where others are full."""
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows[:LOOKED_AT]]
    full = [count for count in filled if count > 1]
    if len(full) < 2:
        return 0
    enough = median(full) / 2
    heads = (place for place, count in enumerate(filled[:_MOST_ABOVE]) if count > max(1, enough))
    return next(heads, 0)
