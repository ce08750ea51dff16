"""A CSV file as a table: which delimiter, which encoding, which row stands in which line.

What makes the whole file unsafe to read is refused with place and reason. A row that alone is
ragged, or cannot be read, is kept and named in `problems`, so that it can be mended before it is
taken. One whose quotation marks are not doubled is taken where only one reading fits the columns,
and named in `careful`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clinic_desk.errors import InvalidInput, NotFound, StorageUnavailable
from clinic_desk.exchange import csv_careful, csv_dialect
from clinic_desk.exchange.csv_dialect import Dialect
from clinic_desk.exchange.records import Problem
from clinic_desk.exchange.text_bytes import decoded
from clinic_desk.i18n import _

MOST_BYTES = 200 * 1024 * 1024
_LONGEST_LINE = 1_000_000  # characters; a row of a person has a few hundred
_LONGEST_CELL = 100_000
_MOST_COLUMNS = 500
_MOST_ROWS = 1_000_000
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table|workbook)\b", re.IGNORECASE)
_DATA = re.compile(r"[^@\s]+@[^@\s]+\.\w+|\+?[\d\s()/-]{6,}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*")


# What is no list, by how it begins, and what to do with it.
_NO_LISTS = (
    (b"\xd0\xcf\x11\xe0", "this is an Excel workbook; save it as CSV there"),
    (b"PK\x03\x04", "this is a ZIP file or a workbook, no list; save it as CSV there"),
    (b"PK\x05\x06", "this is a ZIP file or a workbook, no list; save it as CSV there"),
    (b"%PDF", "this is a PDF, no list; add it to a patient's files instead"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
     "this is a picture, no list; add it to a patient's files instead"),
    ((b"BEGIN:VCARD", b"begin:vcard", b"\xef\xbb\xbfBEGIN:VCARD"),
     "these are address cards, no list; take them in among the contacts"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line of the file in which it begins."""

    line: int
    cells: tuple[str, ...]

    @property
    def place(self) -> str:
        return place(self.line)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under their columns; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str
    encoding: str
    encoding_sure: bool  # false where a code page was guessed
    has_header: bool
    problems: tuple[Problem, ...] = ()
    header_line: int = 1  # or the first row's, where there is no header
    above: tuple[Row, ...] = ()  # a title that stands over the names of the columns
    careful: tuple[Problem, ...] = ()  # rows whose quotation marks were taken as signs


def place(line: int) -> str:
    """How a line of a file is named in every report."""
    return _("line {line}").format(line=line)


def from_file(path: Path) -> bytes:
    """The bytes of a file that is no larger than a list can be. Raises NotFound, InvalidInput."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NotFound(_("{name} is no file.").format(name=path.name))
        if size > MOST_BYTES:
            said = _("the file has {size} MB; at most {most} MB are read")
            said = said.format(size=size // 1024**2, most=MOST_BYTES // 1024**2)
            raise InvalidInput({path.name: said})
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(_("There is no file {name}.").format(name=path.name)) from None
    except OSError as error:
        said = _("{name} cannot be read: {why}.")
        why = error.strerror or type(error).__name__
        raise StorageUnavailable(said.format(name=path.name, why=why)) from error


def read(
    data: bytes, delimiter: str = "", encoding: str = "", has_header: bool | None = None
) -> Table:
    """The table of a file; what is not declared is found out.

    Raises InvalidInput whose fields name the place ("line 7") and the reason.
    """
    if len(data) > MOST_BYTES:
        said = _("at most {most} MB are read").format(most=MOST_BYTES // 1024**2)
        raise InvalidInput({_("file"): said})
    _refuse_workbooks(data)
    source = decoded(data, encoding)
    text, skipped, told = csv_dialect.told(source.text.removesuffix("\x1a"))  # DOS ends so
    _refuse_long_lines(text, skipped)
    delimiter = delimiter or told
    if delimiter and (len(delimiter) != 1 or delimiter in '"\r\n\0'):
        raise InvalidInput({"delimiter": _("A delimiter is one sign, such as a comma.")})
    dialect = csv_dialect.of(text, delimiter)
    unreadable: list[Problem] = []
    careful: list[Problem] = []
    found = list(_rows(text, dialect, skipped, unreadable, careful))
    if not found:
        raise InvalidInput({place(1): _("the file has no row with anything in it")})
    over: tuple[Row, ...] = ()
    if has_header is None and not _is_data(found[0].cells):
        count = csv_dialect.above([row.cells for row in found])
        over, found = tuple(found[:count]), found[count:]
    headed = not _is_data(found[0].cells) if has_header is None else has_header
    width = len(found[0].cells)
    if headed:
        while width > 1 and not found[0].cells[width - 1].strip():
            width -= 1  # an exporter that ends every line with a delimiter
    columns = _names(found[0].cells[:width] if headed else (), width)
    rows, ragged = _squared(found[1:] if headed else found, width, dialect.delimiter)
    known = {one.place for one in unreadable}
    problems = [*unreadable, *(one for one in ragged if one.place not in known)]
    _at_head(found[0], [*unreadable, *careful])
    return Table(
        columns,
        rows,
        dialect.delimiter,
        source.encoding,
        source.sure,
        headed,
        tuple(problems),
        found[0].line,
        over,
        tuple(careful),
    )


def _refuse_workbooks(data: bytes) -> None:
    """What a spreadsheet saves unless it is told otherwise, and pages that are called a list."""
    if _MARKUP.match(data[:200]):
        said = _("this is a web page or XML, no list; save it as CSV there")
        raise InvalidInput({place(1): said})
    for begins, said in _NO_LISTS:
        if data.startswith(begins):
            raise InvalidInput({place(1): _(said)})


def _refuse_long_lines(text: str, skipped: int) -> None:
    begin, line = 0, skipped + 1
    if len(text) <= _LONGEST_LINE:
        return
    for match in re.finditer(r"\r\n|\r|\n|\Z", text):
        if match.start() - begin > _LONGEST_LINE:
            said = _("this line has more than {most} characters; no list of people looks so")
            raise InvalidInput({place(line): said.format(most=f"{_LONGEST_LINE:,}")})
        begin, line = match.end(), line + 1


def _rows(
    text: str, dialect: Dialect, skipped: int, unreadable: list[Problem], careful: list[Problem]
) -> Iterator[Row]:
    """Every row with anything in it; those that cannot be read, and those that were read with
    care, are named.
    """
    rows = csv_careful.rows(text, dialect)
    count = 0
    while True:
        try:
            raw = next(rows, None)
        except csv_careful.Unreadable as error:
            raise InvalidInput({place(error.line + skipped): _why(error.why)}) from None
        if raw is None:
            return
        begin, cells = raw.line + skipped, raw.cells
        if raw.refused:
            unreadable.append(Problem(place(begin), "", _why(raw.why)))
        elif raw.why:
            runs_on = raw.why == csv_careful.RUNS_ON
            careful.append(Problem(place(begin), "", _runs_on() if runs_on else _with_care()))
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > _MOST_COLUMNS:
            said = _("this row has {count} cells; at most {most} are read")
            raise InvalidInput({place(begin): said.format(count=len(cells), most=_MOST_COLUMNS)})
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            raise InvalidInput({place(begin): _unclosed()})
        count += 1
        if count > _MOST_ROWS:
            said = _("more than {most} rows; part the file").format(most=f"{_MOST_ROWS:,}")
            raise InvalidInput({place(begin): said})
        yield Row(begin, tuple(cells))


def _at_head(head: Row, doubtful: list[Problem]) -> None:
    """The names of the columns are no row to be read with care: all others hang on them."""
    for one in doubtful:
        if one.place == head.place:
            raise InvalidInput({one.place: _why("expected after")})


def _with_care() -> str:
    return _(
        "read with care: a quotation mark in it is not doubled and was taken as a sign of the "
        "text; see that its cells are right"
    )


def _runs_on() -> str:
    return _(
        "read with care: it runs over several lines that look like rows of their own; see that "
        "nobody is lost between two quotation marks"
    )


def _unclosed() -> str:
    said = _(
        "a cell that begins in this row has more than {most} characters; probably a quotation "
        "mark is opened here and never closed"
    )
    return said.format(most=f"{_LONGEST_CELL:,}")


def _why(said: str) -> str:
    """The reader's words as a person would say them."""
    if "unexpected end of data" in said:
        return _("a quotation mark is opened in this row and never closed")
    if "expected after" in said:
        return _("text follows a closing quotation mark; quotation marks inside are doubled")
    if "field limit" in said:
        return _unclosed()
    return _("this row cannot be read ({why})").format(why=said)


def _is_data(cells: tuple[str, ...]) -> bool:
    """Whether the first row is a person rather than names of columns."""
    return any(_DATA.fullmatch(cell.strip()) for cell in cells)


def _names(header: tuple[str, ...], width: int) -> tuple[str, ...]:
    """A name for each column, none twice."""
    names: list[str] = []
    for index in range(width):
        name = " ".join(header[index].split()) if index < len(header) else ""
        name = name[:100] or _("Column {number}").format(number=index + 1)
        fresh, count = name, 1
        while fresh in names:
            count += 1
            fresh = f"{name} ({count})"
        names.append(fresh)
    return tuple(names)


def _squared(found: list[Row], width: int, delimiter: str) -> tuple[tuple[Row, ...], list[Problem]]:
    """Rows of equal width. Too few cells, or too many with something in them, are problems; what
    is too much stays to be seen in the last cell.
    """
    rows, problems = [], []
    for row in found:
        count = len(row.cells)
        if count == width:
            rows.append(row)
            continue
        rest = row.cells[width:]
        if count < width or any(cell.strip() for cell in rest):
            said = _("{count} cells where the columns are {width}")
            problems.append(Problem(row.place, "", said.format(count=count, width=width)))
        cells = [*row.cells[:width], *("" for _missing in range(width - count))]
        if any(cell.strip() for cell in rest):
            cells[-1] = delimiter.join((cells[-1], *rest))
        rows.append(Row(row.line, tuple(cells)))
    return tuple(rows), problems
