"""The rows of a list as records, once it is said what its columns mean."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange import csv_out, dates
from clinic_desk.exchange import csv_values as values
from clinic_desk.exchange.csv_field import Field
from clinic_desk.exchange.csv_fields import BY_ID
from clinic_desk.exchange.csv_mapping import CsvMapping
from clinic_desk.exchange.csv_more_fields import NUMBERS
from clinic_desk.exchange.csv_tables import Row, Table
from clinic_desk.exchange.dates import DateStyle, NoDate
from clinic_desk.exchange.records import DayRecord, PatientRecord, Problem
from clinic_desk.i18n import _

_PHONES = {"phone": "", "phone_mobile": "mobile", "phone_home": "home", "phone_work": "work"}
_PART_OF_A_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?|(\d{1,2})[./-](\d{4})")
_AROUND = " \t\r\n\v\f\xa0\u200b\u200e\u200f\u2060\ufeff"
_GUARDED = re.compile(r'="([^"]*)"')  # how a spreadsheet is made to keep a number as text
# What databases write where they have nothing; a name may be Null all the same.
_NOTHING = frozenset(
    {
        "null",
        "(null)",
        "\\n",
        "#n/a",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00/00/0000",
        "00.00.0000",
    }
)
_NAMES = frozenset(
    {"family_name", "second_family_name", "given_name", "middle_name", "full_name", "former_name"}
)
_Record = TypeVar("_Record", PatientRecord, DayRecord)


def people(
    table: Table, mapping: CsvMapping, mended: Mapping[int, Sequence[str]] | None = None
) -> tuple[tuple[PatientRecord, ...], tuple[Problem, ...]]:
    """A patient for each row that can be read, and every problem of the rows that cannot.

    `mended` has the cells of rows that a person corrected, by their line.
    """
    return _records(table, mapping, mended or {}, _person)


def day_list(
    table: Table, mapping: CsvMapping, mended: Mapping[int, Sequence[str]] | None = None
) -> tuple[tuple[DayRecord, ...], tuple[Problem, ...]]:
    """A line of the day list for each row that can be read, and the problems of the others."""
    return _records(table, mapping, mended or {}, _line)


def _records(
    table: Table,
    mapping: CsvMapping,
    mended: Mapping[int, Sequence[str]],
    made: Callable[[str, dict[str, object], Mapping[str, str], Table, Mapping[str, int]], _Record],
) -> tuple[tuple[_Record, ...], tuple[Problem, ...]]:
    ragged = {problem.place: problem for problem in table.problems}
    places = {
        known: table.columns.index(column)
        for column, known in mapping.columns.items()
        if known and column in table.columns
    }
    found: list[_Record] = []
    problems: list[Problem] = []
    for row in table.rows:
        changed = mended.get(row.line)
        if changed is not None:
            row = Row(row.line, tuple(changed))
        elif row.place in ragged:
            problems.append(ragged[row.place])
            continue
        cells = {
            known: cell
            for known, index in places.items()
            if (cell := _cell(known, row.cells[index]))  # an empty cell says nothing
        }
        given, wrong = _said(row.place, cells, mapping)
        problems += wrong
        if not wrong:
            found.append(made(row.place, given, cells, table, places))
    return tuple(found), tuple(problems)


def _cell(known: str, cell: str) -> str:
    """A cell without what spreadsheets and databases put around it, or in the place of nothing."""
    plain = csv_out.unsafe(cell).strip(_AROUND)
    if guarded := _GUARDED.fullmatch(plain):
        plain = guarded[1].strip(_AROUND)
    if known not in _NAMES and plain.casefold() in _NOTHING:
        return ""
    return plain


def _said(
    place: str, cells: dict[str, str], mapping: CsvMapping
) -> tuple[dict[str, object], list[Problem]]:
    """What the cells say, by field, and what cannot be understood."""
    given: dict[str, object] = {}
    wrong: list[Problem] = []
    for known, cell in cells.items():
        if known == "full_name":
            continue
        part = _part_of_a_date(cell) if known == "birth_date" else ""
        try:
            if part:
                given["birth_part"] = part
            else:
                given[known] = _value(BY_ID[known], cell, mapping)
        except (NoDate, values.NotUnderstood) as error:
            wrong.append(Problem(place, known, str(error)))
    if "full_name" in cells:
        try:
            family, first = _parted(cells["full_name"], mapping.family_first)
            given.setdefault("family_name", family)
            given.setdefault("given_name", first)
        except values.NotUnderstood as error:
            wrong.append(Problem(place, "full_name", str(error)))
    return given, wrong


def _line(
    place: str,
    given: dict[str, object],
    _cells: Mapping[str, str],
    _table: Table,
    _places: Mapping[str, int],
) -> DayRecord:
    given.pop("birth_part", None)  # who it is, is not found by a part of a date
    return DayRecord(place=place, **given)  # type: ignore[arg-type]  # (each by its field)


def _person(
    place: str,
    given: dict[str, object],
    cells: Mapping[str, str],
    table: Table,
    places: Mapping[str, int],
) -> PatientRecord:
    said = {name: value for name, value in given.items() if not BY_ID.get(name, _PLAIN).into}
    for part, whole in (("middle_name", "given_name"), ("second_family_name", "family_name")):
        if part in given:
            said[whole] = f"{said.get(whole, '')} {given[part]}".strip()
    if address := _address(cells):
        said["address"] = address
    numbers = [(str(given[one]), kind) for one, kind in _PHONES.items() if one in given]
    if numbers:
        (said["phone"], said["phone_kind"]), *rest = dict(numbers).items()
        said["phones"] = tuple(rest)
    of_others = [
        (table.columns[places[one]] if table.has_header else _(BY_ID[one].label), str(given[one]))
        for one in NUMBERS
        if one in given
    ]
    if of_others:
        said["identifiers"] = tuple(of_others)
    if "former_name" in given:
        said["names"] = ((str(given["former_name"]), "", "former"),)
    if "interpreter_language" in given:
        asked = values.yes_no(str(given["interpreter_language"]))
        said["interpreter"] = asked or "yes"
        if asked:
            del said["interpreter_language"]
    return PatientRecord(place=place, **said)  # type: ignore[arg-type]  # (each by its field)


_PLAIN = BY_ID["family_name"]


def _part_of_a_date(cell: str) -> str:
    """1991 or 1991-06 of "1991", "1991-06" and "06/1991"; empty for any other text."""
    match = _PART_OF_A_DATE.fullmatch(cell)
    if match is None:
        return ""
    year, month = match[1] or match[4], match[2] or match[3]
    return f"{year}-{int(month):02}" if month else year


def _value(known: Field, cell: str, mapping: CsvMapping) -> str | date | Sex:
    match known.kind:
        case "date":
            return dates.parse(cell, mapping.dates.get(known.id, DateStyle()))
        case "sex":
            meant = mapping.sexes.get(values.fold(cell))
            if meant is None:
                raise values.NotUnderstood(values.sex_problem(cell))
            return meant
        case "phone":
            return values.phone(cell)
        case "language":
            return values.language(cell)
        case "side":
            return values.side(cell)
        case _:
            return cell


def _parted(whole: str, family_first: bool | None) -> tuple[str, str]:
    """Family and given name of a whole one; a comma says by itself which is which."""
    family, comma, given = whole.partition(",")
    if comma:
        return family.strip(), given.strip()
    words = whole.split()
    if len(words) == 1:
        return words[0], ""
    if family_first is None:
        said = _("“{name}”: declare whether the family name or the given name comes first")
        raise values.NotUnderstood(said.format(name=whole[:40]))
    if len(words) > 2:
        said = _("“{name}” has more than two words: part it with a comma, family name first")
        raise values.NotUnderstood(said.format(name=whole[:40]))
    return (words[0], words[1]) if family_first else (words[1], words[0])


def _address(cells: Mapping[str, str]) -> str:
    """The lines of an address from its parts."""
    town = " ".join(cells[part] for part in ("postal_code", "city") if part in cells)
    house = [cells[part] for part in ("street", "house_number") if part in cells]
    if "street" not in cells and "address" in cells and house:
        house.insert(0, cells["address"])
    lines = (
        "" if "street" not in cells and house else cells.get("address", ""),
        " ".join(house),
        cells.get("street_2", ""),
        cells.get("street_3", ""),
        town,
        cells.get("region", ""),
        cells.get("country", ""),
    )
    return "\n".join(line for line in lines if line)
