"""A file as what an import takes: its kind found out, its people read, the rest of it named."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_mapping, csv_rows, csv_tables, map_file
from clinic_desk.exchange.csv_mapping import CsvMapping, Guess, Question
from clinic_desk.exchange.csv_tables import Table
from clinic_desk.exchange.map_file import MapFile
from clinic_desk.exchange.records import PatientRecord, Problem
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


@dataclass(frozen=True, slots=True)
class People:
    """What a file brings: a record for each person, and the problems of the rest."""

    source: Source
    records: tuple[PatientRecord, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    how: dict[str, object] = field(default_factory=dict)


def kind_of(path: Path) -> str:
    """csv, fhir or archive, by what the file is rather than by its name. Raises NotFound."""
    if path.is_dir():
        return "archive"
    if not path.is_file():
        csv_tables.from_file(path)  # says why it cannot be read
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"CDARCH")):
        return "archive"
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    named = path.suffix.lower() in (".json", ".ndjson", ".xml")
    return "fhir" if named or plain.startswith((b"{", b"<")) else "csv"


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
    guesses: tuple[Guess, ...] = ()
    if wanted.mapping.columns:
        unknown = [name for name in wanted.mapping.columns if name not in table.columns]
        if unknown:
            said = _("the file has no such column; it has {columns}")
            said = said.format(columns=", ".join(table.columns)[:300])
            raise InvalidInput({name[:60]: said for name in unknown})
        mapping = csv_mapping.settled(table, wanted.mapping)
    else:
        mapping, guesses = csv_mapping.guess(table)
        mapping = csv_mapping.settled(
            table,
            CsvMapping(
                mapping.columns,
                wanted.mapping.dates,
                wanted.mapping.sexes,
                wanted.mapping.family_first,
            ),
        )
    return CsvFile(what, table, mapping, guesses, csv_mapping.questions(table, mapping))


def people_of(file: CsvFile, mended: dict[int, tuple[str, ...]] | None = None) -> People:
    """The people of a list by its mapping. Raises InvalidInput where no column is a name."""
    taken = set(file.mapping.columns.values())
    if not taken & {"family_name", "full_name"}:
        said = _("no column of the file is the family name; map one of {columns}")
        said = said.format(columns=", ".join(file.table.columns)[:300])
        raise InvalidInput({csv_tables.place(file.table.header_line): said})
    records, problems = csv_rows.people(file.table, file.mapping, mended)
    left = csv_mapping.not_taken(file.table, file.mapping)
    table = file.table
    how: dict[str, object] = {
        "delimiter": table.delimiter,
        "encoding": table.encoding,
        "encoding_guessed": not table.encoding_sure,
        "header": table.has_header,
        "columns": dict(file.mapping.columns),
        "guessed": {one.column: one.by for one in file.guesses},
        "columns_not_taken": list(left),
        "questions": [f"{one.column}: {one.text}" for one in file.questions],
    }
    return People(file.source, records, problems, (), how)


def read_map(path: Path) -> MapFile:
    """A map file. Raises InvalidInput by key, NotFound."""
    return map_file.read(csv_tables.from_file(path))


def save_map(path: Path, file: CsvFile) -> None:
    """Keep a mapping, so that the same export can be taken in again."""
    table = file.table
    kept = MapFile(file.mapping, table.delimiter, table.encoding, table.has_header)
    path.write_bytes(map_file.write(kept))
