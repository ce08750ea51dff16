"""Rows whose quotation marks are not doubled, read with care.

A quotation mark opens a cell where the cell begins, and closes it where a delimiter or the end of
the row follows; any other is a sign of the text. A row is only taken where exactly one reading of
it has as many cells as there are columns: a cell never moves into another column. What is opened
and never closed is not guessed at.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_desk.exchange.csv_dialect import Dialect

MOST = 5000  # rows of one file; where more are such, the mark is no quotation mark at all
_MOST_LINES = 20  # that one row may run over
_MOST_MARKS = 200  # in one row
_SHOWN = 2000  # characters of a row that could not be read
_MOST_CELLS = 300  # of a row that is read so
RUNS_ON = "runs on"  # the complaint about a row that lines which look like rows are part of


@dataclass(frozen=True, slots=True)
class Raw:
    """One row as it was read. `why` is the reader's complaint: about a row that was read with care,
    or, where `refused`, about one that could not be read.
    """

    line: int  # counted from 1
    cells: list[str]
    why: str = ""
    refused: bool = False


class Unreadable(Exception):
    """The file as a whole: the line at which it is given up, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


class _Lines:
    """The lines of a text, from any of them on."""

    def __init__(self, text: str) -> None:
        self.all = io.StringIO(text, newline="").readlines()
        self.at = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.all):
            raise StopIteration
        self.at += 1
        return self.all[self.at - 1]


def rows(text: str, dialect: Dialect) -> Iterator[Raw]:
    """Every row. Raises Unreadable where nothing says how wide a row is, or too many are such."""
    lines = _Lines(text)
    widths = Counter[int]()
    count = 0
    while True:
        first = lines.at
        reader = dialect.rows_of(lines)
        try:
            for cells in reader:
                begun, first = first, lines.at
                why = RUNS_ON if _runs_on(lines.all[begun:first], len(cells), dialect) else ""
                if sum(bool(cell.strip()) for cell in cells) > 1:
                    widths[len(cells)] += 1
                yield Raw(begun + 1, cells, why)
        except csv.Error as error:
            count += 1
            if not widths or count > MOST:
                raise Unreadable(first + 1, str(error)) from None
            width = max(widths.most_common(), key=lambda one: (one[1], one[0]))[0]
            read, taken = _with_care(lines.all, first, width, dialect)
            lines.at = first + taken
            if read is None:
                plain = _ended(lines.all[first])[:_SHOWN].split(dialect.delimiter)
                yield Raw(first + 1, plain[:_MOST_CELLS], str(error), refused=True)
            else:
                yield Raw(first + 1, read, str(error))
            continue
        return


def _with_care(
    lines: list[str], first: int, width: int, dialect: Dialect
) -> tuple[list[str] | None, int]:
    """The cells of the row that begins in a line, and how many lines it takes; without cells where
    it can be read in no way, or in several.
    """
    joined, fallback = "", None
    for more in range(min(_MOST_LINES, len(lines) - first)):
        following = lines[first + more]
        if more and _a_row(following, width, dialect):
            break  # that is a row by itself: nothing runs on into it
        joined += following
        cells, ways = _read(_ended(joined), width, dialect)
        if ways and fallback is None:
            fallback = cells, more + 1
        after = first + more + 1
        if ways and (after == len(lines) or _a_row(lines[after], width, dialect)):
            return cells, more + 1
    if fallback is not None:
        return fallback
    return _read(_ended(lines[first]), width, dialect, strays=True)[0], 1


def _a_row(line: str, width: int, dialect: Dialect) -> bool:
    line = _ended(line)
    return not line.strip() or any(
        _read(line, width, dialect, strays=strays)[1] for strays in (False, True)
    )


def _runs_on(read: list[str], width: int, dialect: Dialect) -> bool:
    """Whether a row of several lines may be several rows, between two stray marks."""
    if len(read) < 2 or width < 2:
        return False
    return all(_ended(one).count(dialect.delimiter) == width - 1 for one in (read[0], read[-1]))


def _ended(line: str) -> str:
    return line.rstrip("\r\n")


def _read(
    line: str, width: int, dialect: Dialect, strays: bool = False
) -> tuple[list[str] | None, int]:
    """The cells of a line, and in how many ways it makes a row: none, one, or 2 for several.

    `strays`: a word in marks may begin a cell that goes on after it.
    """
    if line.count(dialect.quote) > _MOST_MARKS or width > _MOST_CELLS:
        return None, 0
    pieces = line.split(dialect.delimiter)
    if not width <= len(pieces) < 2 * _MOST_CELLS:
        return None, 0
    found = list(_ways(pieces, 0, width, dialect, strays, _Spent()))
    return (found[0] if len(found) == 1 else None), len(found)


class _Spent:
    """How much was tried: a row made to be read in very many ways is given up."""

    steps = 0


def _ways(
    pieces: list[str], at: int, width: int, dialect: Dialect, strays: bool, spent: _Spent
) -> Iterator[list[str]]:
    """At most two ways to make `width` cells of the pieces from one on."""
    spent.steps += 1
    left = len(pieces) - at
    if spent.steps > 5000 or left < width or (width == 0) != (left == 0):
        return
    if width == 0:
        yield []
        return
    count = 0
    for cell, after in _cells(pieces, at, dialect, strays):
        for rest in _ways(pieces, after, width - 1, dialect, strays, spent):
            yield [cell, *rest]
            count += 1
            if count == 2:
                return


def _cells(pieces: list[str], at: int, dialect: Dialect, strays: bool) -> Iterator[tuple[str, int]]:
    """What the cell that begins here can be, and where the next one begins."""
    mark = dialect.quote
    piece = pieces[at]
    if not piece.lstrip(" ").startswith(mark):
        yield (piece.lstrip(" ") if dialect.spaced else piece), at + 1
        return
    for last in range(at, len(pieces)):
        run = dialect.delimiter.join(pieces[at : last + 1]).strip(" ")
        if len(run) > 1 and run.endswith(mark):
            yield run[1:-1].replace(mark * 2, mark), last + 1
            opens = last + 1 < len(pieces) and pieces[last + 1].lstrip(" ").startswith(mark)
            if opens:
                break  # one mark closes and the next one opens: here is a border in any case
    if strays and piece.count(mark) % 2 == 0:  # else what is opened here may end anywhere
        yield piece, at + 1
