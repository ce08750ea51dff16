"""A file as what an import takes: its kind found out, its people read, the rest of it named."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_mapping, csv_rows, csv_tables, day_words, map_file
from clinic_desk.exchange.csv_day_fields import TIME
from clinic_desk.exchange.csv_field import Field
from clinic_desk.exchange.csv_fields import DAY_LIST, FIELDS
from clinic_desk.exchange.csv_mapping import CsvMapping, Guess, Question
from clinic_desk.exchange.csv_tables import Table
from clinic_desk.exchange.incoming import Incoming
from clinic_desk.exchange.map_file import DAY, PEOPLE, MapFile
from clinic_desk.exchange.records import DayRecord, IncomingFile, PatientRecord, Problem
from clinic_desk.i18n import _
from clinic_desk.usecases.importing import Source

KINDS = ("csv", "fhir", "archive")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A list of people before it is taken in: its table, what was guessed, what is asked."""

    source: Source
    table: Table
    mapping: CsvMapping
    guesses: tuple[Guess, ...]
    questions: tuple[Question, ...]
    of: str = PEOPLE

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a column can be."""
        return FIELDS if self.of == PEOPLE else DAY_LIST


@dataclass(frozen=True, slots=True)
class People:
    """What a file brings: a record for each person, and the problems of the rest."""

    source: Source
    records: tuple[PatientRecord, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    how: dict[str, object] = field(default_factory=dict)
    contacts: tuple[Incoming, ...] = ()
    files: tuple[IncomingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class DayLines:
    """What a day list brings. `day` is of the lines that name none."""

    source: Source
    records: tuple[DayRecord, ...]
    problems: tuple[Problem, ...]
    day: date | None
    how: dict[str, object]
    notes: tuple[Problem, ...] = ()


def kind_of(path: Path) -> str:
    """csv, fhir or archive, by what the file is rather than by its name. Raises NotFound."""
    if path.is_dir():
        return _folder_or_zip(path)
    if not path.is_file():
        csv_tables.from_file(path)  # says why it cannot be read
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"CDARCH")):
        return _folder_or_zip(path) if head.startswith(b"PK") else "archive"
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    named = path.suffix.lower()
    if named in (".csv", ".tsv", ".txt") and plain.startswith(b"<"):
        return "csv"  # which says what it is instead
    listed = named in (".json", ".ndjson", ".xml")
    return "fhir" if listed or plain.startswith((b"{", b"<")) else "csv"


def _folder_or_zip(path: Path) -> str:
    from clinic_desk.exchange import fhir_bulk  # with the reader of FHIR, which few need

    return "fhir" if fhir_bulk.is_one(path) else "archive"


def source(kind: str, path: Path, data: bytes) -> Source:
    """The file by name and content."""
    return Source(kind, path.name, hashlib.sha256(data).hexdigest())


def open_csv(path: Path, declared: MapFile | None = None) -> CsvFile:
    """Read a list and guess what its columns mean. Raises InvalidInput by place, NotFound."""
    data = csv_tables.from_file(path)
    return look_at(source("csv", path, data), data, declared)


def look_at(what: Source, data: bytes, declared: MapFile | None = None) -> CsvFile:
    """The same for bytes that were read already."""
    wanted = declared or MapFile(CsvMapping({}))
    table = csv_tables.read(data, wanted.delimiter, wanted.encoding, wanted.has_header)
    of = _of(table, wanted)
    guesses: tuple[Guess, ...] = ()
    if wanted.mapping.columns:
        unknown = [name for name in wanted.mapping.columns if name not in table.columns]
        if unknown:
            said = _("the file has no such column; it has {columns}")
            said = said.format(columns=", ".join(table.columns)[:300])
            raise InvalidInput({name[:60]: said for name in unknown})
        mapping = csv_mapping.settled(table, wanted.mapping)
    else:
        mapping, guesses = csv_mapping.guess(table, FIELDS if of == PEOPLE else DAY_LIST)
        mapping = csv_mapping.settled(
            table,
            CsvMapping(
                mapping.columns,
                wanted.mapping.dates,
                wanted.mapping.sexes,
                wanted.mapping.family_first,
            ),
        )
    if of == DAY:
        day = wanted.mapping.day or day_words.day_in_name(what.name)
        what, mapping = replace(what, kind="day"), replace(mapping, day=day)
    return CsvFile(what, table, mapping, guesses, csv_mapping.questions(table, mapping), of)


def _of(table: Table, wanted: MapFile) -> str:
    """What a list is of: a column with clock times makes it a day list."""
    if wanted.of:
        return wanted.of
    if wanted.mapping.columns:
        return DAY if TIME in wanted.mapping.columns.values() else PEOPLE
    times = [one for one in DAY_LIST if one.id == TIME]
    return DAY if any(csv_mapping.by_name(one, times) for one in table.columns) else PEOPLE


def people_of(file: CsvFile, mended: dict[int, tuple[str, ...]] | None = None) -> People:
    """The people of a list by its mapping. Raises InvalidInput where no column is a name."""
    taken = set(file.mapping.columns.values())
    if not taken & {"family_name", "full_name"}:
        said = _("no column of the file is the family name; map one of {columns}")
        raise _lacking(file, said)
    records, problems = csv_rows.people(file.table, file.mapping, mended)
    return People(file.source, records, problems, _notes(file), _how(file))


def _notes(file: CsvFile) -> tuple[Problem, ...]:
    """What of a list was not taken, or is to be looked at."""
    said = _("it stands above the names of the columns and is not taken: {text}")
    above = (
        Problem(row.place, "", said.format(text=" ".join(row.cells).strip()[:100]))
        for row in file.table.above
    )
    return (*above, *file.table.careful)


def day_list_of(file: CsvFile, mended: dict[int, tuple[str, ...]] | None = None) -> DayLines:
    """The lines of a day list. Raises InvalidInput where no column is the time, or says who."""
    taken = set(file.mapping.columns.values())
    if TIME not in taken:
        raise _lacking(file, _("no column of the file is the time; map one of {columns}"))
    if not taken & {"number", "family_name", "full_name"}:
        said = _("no column of the file says who it is; map a number or a name of {columns}")
        raise _lacking(file, said)
    records, problems = csv_rows.day_list(file.table, file.mapping, mended)
    day = file.mapping.day
    how = _how(file) | {"of": DAY, "day": day.isoformat() if day else None}
    return DayLines(file.source, records, problems, day, how, file.table.careful)


def _lacking(file: CsvFile, said: str) -> InvalidInput:
    shown = said.format(columns=", ".join(file.table.columns)[:300])
    return InvalidInput({csv_tables.place(file.table.header_line): shown})


def _how(file: CsvFile) -> dict[str, object]:
    table = file.table
    return {
        "delimiter": table.delimiter,
        "encoding": table.encoding,
        "encoding_guessed": not table.encoding_sure,
        "header": table.has_header,
        "columns": dict(file.mapping.columns),
        "guessed": {one.column: one.by for one in file.guesses},
        "columns_not_taken": list(csv_mapping.not_taken(table, file.mapping)),
        "questions": [f"{one.column}: {one.text}" for one in file.questions],
    }


def read_map(path: Path) -> MapFile:
    """A map file. Raises InvalidInput by key, NotFound."""
    return map_file.read(csv_tables.from_file(path))


def save_map(path: Path, file: CsvFile) -> None:
    """Keep a mapping, so that the same export can be taken in again."""
    table = file.table
    kept = MapFile(file.mapping, table.delimiter, table.encoding, table.has_header, file.of)
    path.write_bytes(map_file.write(kept))
