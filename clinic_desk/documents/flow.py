"""Blocks that stand under each other, and how they spread over pages.

A heading stays with what follows, a paragraph leaves no single line behind, a table repeats
its header, and a signature is never alone on a page.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from reportlab.lib.colors import Color

from clinic_desk.documents import theme
from clinic_desk.documents.sheet import Align, Sheet
from clinic_desk.documents.text import Line
from clinic_desk.errors import DocumentFailed


class Block(Protocol):
    """Something with a height, in points, that stands at a place on a page."""

    @property
    def gap(self) -> float:
        """Space above, dropped at the top of a page."""

    @property
    def height(self) -> float:
        """The whole height without the gap."""

    @property
    def minimum(self) -> float:
        """The least height that may stand at the end of a page."""

    @property
    def keep_next(self) -> bool:
        """Whether it must not be the last on a page."""

    @property
    def company(self) -> bool:
        """Whether it must not stand alone at the top of a page."""

    def split(self, room: float) -> "tuple[Block, Block] | None":
        """The part that fits into `room` and the rest, or None where it cannot be parted."""

    def give_last(self) -> "tuple[Block, Block] | None":
        """All but the least end, and that end; None where only the whole can move."""

    def closer(self, share: float) -> "Block":
        """The same with only a share of the space above."""

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw it with its upper edge at `top`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one size. A heading's `mark` is its entry in the reader's outline."""

    lines: tuple[Line, ...]
    size: float
    leading: float
    gap: float = 0.0
    colour: Color = theme.TEXT
    keep_next: bool = False
    company: bool = False
    align: Align = "start"
    mark: str = ""

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    @property
    def minimum(self) -> float:
        return self.leading * (2 if len(self.lines) > 3 else len(self.lines))

    def split(self, room: float) -> "tuple[Paragraph, Paragraph] | None":
        count = min(int(room / self.leading + 1e-6), len(self.lines) - 2)
        if count < 2:
            return None
        return (
            replace(self, lines=self.lines[:count], keep_next=False),
            replace(self, lines=self.lines[count:], gap=0.0, mark=""),
        )

    def give_last(self) -> "tuple[Paragraph, Paragraph] | None":
        return self.split((len(self.lines) - 2) * self.leading) if len(self.lines) > 3 else None

    def closer(self, share: float) -> "Paragraph":
        return replace(self, gap=self.gap * share)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(self.lines, x, top, width, self.size, self.leading, self.colour, self.align)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A block that is drawn as one piece by a function of (sheet, x, top, width).

    `what` names it to the person when it is too long for a page.
    """

    height: float
    paint: Callable[[Sheet, float, float, float], None]
    gap: float = 0.0
    keep_next: bool = False
    company: bool = False
    what: str = ""

    @property
    def minimum(self) -> float:
        return self.height

    def split(self, room: float) -> None:  # noqa: ARG002  # it has no parts at any room
        return None

    def give_last(self) -> None:
        return None

    def closer(self, share: float) -> "Fixed":
        return replace(self, gap=self.gap * share)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        self.paint(sheet, x, top, width)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: the lines of each cell."""

    cells: tuple[tuple[Line, ...], ...]

    def height(self, leading: float, padding: float) -> float:
        """Its height in points."""
        return max((len(cell) for cell in self.cells), default=1) * leading + 2 * padding


KEPT_WHOLE = 4  # rows: a table that short is read at one glance, and is not parted


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a repeated header; a row longer than half a page may be parted."""

    columns: tuple[float, ...]
    header: Row | None
    rows: tuple[Row, ...]
    size: float = 9.5
    leading: float = 12.6
    padding: float = 2.2
    inset: float = 6.2
    gap: float = 0.0
    keep_next: bool = False
    company: bool = False
    align: Align = "start"

    def _height(self, row: Row) -> float:
        return row.height(self.leading, self.padding)

    @property
    def _head(self) -> float:
        return self._height(self.header) if self.header else 0.0

    @property
    def _long(self) -> float:
        """A row higher than this may be parted."""
        return 2 * self.padding + 12 * self.leading

    @property
    def height(self) -> float:
        return self._head + sum(map(self._height, self.rows))

    @property
    def minimum(self) -> float:
        """The header with two rows, or with the first lines of a very long one; a short table
        stays whole.
        """
        if len(self.rows) <= KEPT_WHOLE and all(
            self._height(row) <= self._long for row in self.rows
        ):
            return self.height
        return self._head + sum(min(self._height(row), self._long) for row in self.rows[:2])

    def split(self, room: float) -> "tuple[Table, Table] | None":
        left = room - self._head
        count = 0
        for row in self.rows:
            if self._height(row) > left:
                break
            left -= self._height(row)
            count += 1
        row = self.rows[min(count, len(self.rows) - 1)]
        lines = int((left - 2 * self.padding) / self.leading + 1e-6)
        lines = min(lines, max(map(len, row.cells), default=0) - 2)  # nor one line of a cell
        if self._height(row) > self._long and lines >= 4:
            head = Row(tuple(cell[:lines] for cell in row.cells))
            rest = Row(tuple(cell[lines:] for cell in row.cells))
            return self._parted((*self.rows[:count], head), (rest, *self.rows[count + 1 :]))
        if len(self.rows) - count == 1 and count > 2:
            count -= 1  # a single row does not go on alone
        if count == 0 or count == len(self.rows):
            return None
        return self._parted(self.rows[:count], self.rows[count:])

    def _parted(self, first: tuple[Row, ...], rest: tuple[Row, ...]) -> "tuple[Table, Table]":
        return replace(self, rows=first, keep_next=False), replace(self, rows=rest, gap=0.0)

    def give_last(self) -> "tuple[Table, Table] | None":
        tall = len(self.rows) == 2 and min(map(self._height, self.rows)) > 3 * self.leading
        if len(self.rows) <= KEPT_WHOLE and not tall:
            return None
        return self._parted(self.rows[:-1], self.rows[-1:])

    def closer(self, share: float) -> "Table":
        return replace(self, gap=self.gap * share)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        bottom = top
        if self.header:
            head = self._head
            sheet.box(x, top, width, head, edge=None, fill=theme.HEADER_FILL)
        sheet.rule(x, top, width)
        for row in ((self.header,) if self.header else ()) + self.rows:
            left = x
            for cell, column in zip(row.cells, self.columns, strict=True):
                sheet.lines(
                    cell,
                    left + self.inset,
                    bottom + self.padding,
                    column - 2 * self.inset,
                    self.size,
                    self.leading,
                    align=self.align,
                )
                left += column
            bottom += self._height(row)
            sheet.rule(x, bottom, width)
        left = x
        for column in (0.0, *self.columns):
            left += column
            sheet.upright(left, top, bottom)


Placed = tuple[Block, float]
_TWO_LINES = 24.0  # points; no letter's text is smaller


def spread(blocks: Iterable[Block], height: float) -> list[list[Placed]]:
    """Put blocks onto pages of `height` points: per page, each block and its distance from the top.

    DocumentFailed where a block that cannot be parted is higher than a page.
    """
    queue = deque(blocks)
    pages: list[list[Placed]] = [[]]
    y = 0.0

    def place(block: Block) -> None:
        nonlocal y
        top = y + block.gap if pages[-1] else 0.0
        pages[-1].append((block, top))
        y = top + block.height

    while queue:
        chain = [queue.popleft()]
        while chain[-1].keep_next and queue:
            chain.append(queue.popleft())
        needed = sum(one.gap + one.height for one in chain[:-1]) + chain[-1].gap + chain[-1].minimum
        if needed > height and len(chain) > 1:
            queue.extendleft(reversed(chain[1:]))
            chain = chain[:1]
            needed = chain[0].gap + chain[0].minimum
        if pages[-1] and y + needed > height + 0.01:
            after = queue[0] if queue and queue[0].company else None
            few = after is not None and _told(chain) < _TWO_LINES
            room = height - needed - (after.gap + after.height if after is not None else 0.0)
            moved = _company(pages[-1], room) if chain[0].company or few else []
            queue.extendleft(reversed([*moved, *chain]))
            pages.append([])
            y = 0.0
            continue
        for one in chain[:-1]:
            place(one)
        last = chain[-1]
        room = height - y - (last.gap if pages[-1] else 0.0)
        if last.height <= room + 0.01:
            place(last)
            continue
        parts = last.split(room)
        if parts is None:
            if not pages[-1]:
                what = (last.what if isinstance(last, Fixed) else "") or "A part of the page"
                raise DocumentFailed(
                    f"{what} is longer than a whole page and cannot be parted.",
                    "Shorten the long text. Nothing was issued.",
                )
            queue.appendleft(last)
        else:
            place(parts[0])
            queue.appendleft(parts[1])
        pages.append([])
        y = 0.0
    return pages


def _company(page: list[Placed], room: float) -> list[Block]:
    """Take the end of a page along to the next one, so that a signature has company there: two
    lines at least, where that much can move.
    """
    moved: list[Block] = []
    while page and _told(moved) < _TWO_LINES:
        piece = _end(page, room - sum(one.height + one.gap for one in moved))
        if not piece:
            break
        moved = [*piece, *moved]
    return moved


def _told(blocks: Iterable[Block]) -> float:
    """The height of blocks without their headings."""
    return sum(one.height for one in blocks if not one.keep_next)


def _end(page: list[Placed], room: float) -> list[Block]:
    """Take the last lines or the last block from a page, with the headings above it."""
    block, top = page[-1]
    parts = block.give_last()
    if parts is not None:
        page[-1] = (parts[0], top)
        return [parts[1]]
    start = len(page) - 1
    while start > 1 and page[start - 1][0].keep_next:
        start -= 1
    if start == 0 or sum(one.height + one.gap for one, _ in page[start:]) > room:
        return []
    moved = page[start:]
    del page[start:]
    return [one for one, _ in moved]
