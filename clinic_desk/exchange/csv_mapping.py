"""Which column is which field, and what its values mean: guessed, then declared.

A guess is made from the names of the columns and, where they have none that is known, from the
values. What could mean two things (03/04/2001, a lone "M") waits for a declaration.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import fuzz, process

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange import csv_values as values
from clinic_desk.exchange import dates
from clinic_desk.exchange.csv_field import Field
from clinic_desk.exchange.csv_fields import BY_ID, FIELDS
from clinic_desk.exchange.csv_tables import Table
from clinic_desk.exchange.dates import DateStyle, NoDate
from clinic_desk.i18n import _

_NEAR = 88.0  # of 100: a typing error or a plural, not another word
_NAMED = 99.0  # of 100: the name itself, or it without a "patient" before it
_LOOKED_AT = 500  # rows
_OF_PATIENT = re.compile(r"^(patient|client|patienten|contact) (?=\w)")
_PHONE = re.compile(r"'?\+?[\d\s()/.-]{6,}")
_PLACES = {"home": "phone_home", "work": "phone_work"}  # of a column that has phone numbers
_WHOLE_OR_PART = {"name", "nom", "nome", "nombre"}  # a family name only beside a given name


@dataclass(frozen=True, slots=True)
class Guess:
    """Why a column was taken for a field: by its name, by a near name, or by its values."""

    column: str
    field: str
    by: str  # name, near_name, values


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """What was declared. `columns` maps a column's name to a field's id; others are left out."""

    columns: Mapping[str, str]
    dates: Mapping[str, DateStyle] = field(default_factory=dict)  # by field id
    sexes: Mapping[str, Sex] = field(default_factory=dict)  # by folded word
    family_first: bool | None = None  # how a whole name without a comma is to be parted
    day: date | None = None  # of a day list whose rows name none


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be declared before a column can be taken, with what may be answered."""

    column: str
    field: str
    text: str
    options: tuple[str, ...]


def guess(table: Table, among: Sequence[Field] = FIELDS) -> tuple[CsvMapping, tuple[Guess, ...]]:
    """The likely meaning of each column; at most one column for a field."""
    allowed = {one.id for one in among}
    scored: list[tuple[float, int, str, str]] = []
    for index, column in enumerate(table.columns):
        named = by_name(column, among)
        if named and (best := max(score for _known, score in named)) >= _NAMED:
            named = [one for one in named if one[1] == best]  # "county" is no "country"
        for known, score in named:
            scored.append((score, -index, known, "name" if score >= _NAMED else "near_name"))
        for known in allowed.intersection(_by_values(table, index)):
            scored.append((50.0, -index, known, "values"))
    fields: dict[str, tuple[int, str]] = {}
    taken: set[int] = set()
    for _score, place, known, by in sorted(scored, key=lambda one: (-one[0], -one[1])):
        if known not in fields and -place not in taken:
            fields[known] = (-place, by)
            taken.add(-place)
    _part_names(table, fields)
    if "gender" in allowed:
        _part_sex(table, fields)
    guesses = tuple(
        Guess(table.columns[index], known, by)
        for known, (index, by) in sorted(fields.items(), key=lambda one: one[1][0])
    )
    mapping = CsvMapping({one.column: one.field for one in guesses})
    return settled(table, mapping), guesses


def _part_names(table: Table, fields: dict[str, tuple[int, str]]) -> None:
    """A column called "Name" is the whole name where no column has the other part of it."""
    for part, other in (("family_name", "given_name"), ("given_name", "family_name")):
        found = fields.get(part)
        if found is None or other in fields or "full_name" in fields:
            continue
        if values.fold(table.columns[found[0]]) in _WHOLE_OR_PART:
            fields["full_name"] = fields.pop(part)


def _part_sex(table: Table, fields: dict[str, tuple[int, str]]) -> None:
    """Beside a column "Sex" a column "Gender" is what the person says of themselves."""
    plain = [values.fold(column) for column in table.columns]
    if "gender" not in fields and "sex" in plain and "gender" in plain:
        fields["sex"] = (plain.index("sex"), "name")
        fields["gender"] = (plain.index("gender"), "name")


def by_name(column: str, among: Sequence[Field] = FIELDS) -> list[tuple[str, float]]:
    """The fields that a column's name speaks of, with how nearly: 100 is the very name, before
    that without its "patient"; a "contact number" is no number of a contact.
    """
    plain = values.fold(column)
    if not plain:
        return []
    found = []
    bare = _OF_PATIENT.sub("", plain)
    for known in among:
        if plain in known.names or bare in known.names:
            found.append((known.id, 100.0 if plain in known.names else _NAMED))
        elif len(plain) > 4:
            near = process.extractOne(plain, known.names, scorer=fuzz.ratio, score_cutoff=_NEAR)
            if near is not None and len(near[0]) > 4:
                found.append((known.id, float(min(near[1], 99.0))))
    return found


def _by_values(table: Table, index: int) -> list[str]:
    """What the filled cells of a column without a known name look like."""
    if any(score >= _NAMED for _known, score in by_name(table.columns[index])):
        return []
    filled = [cell for row in table.rows[:_LOOKED_AT] if (cell := row.cells[index].strip())]
    if not filled:
        return []
    place = _PLACES.get(values.fold(table.columns[index]))
    if place and all(_PHONE.fullmatch(cell) for cell in filled):
        return [place]
    if all("@" in cell and " " not in cell for cell in filled):
        return ["email"]
    if len(filled) > 2 and len(values.sexes(filled)) == len({values.fold(one) for one in filled}):
        return ["sex"]
    if not table.has_header and all(_is_day(cell) for cell in filled):
        return ["birth_date"]
    return []


def _is_day(cell: str) -> bool:
    for order in (dates.Order.DMY, dates.Order.MDY):
        try:
            dates.parse(cell, DateStyle(order, 1930))
        except NoDate:
            continue
        return True
    return False


def settled(table: Table, mapping: CsvMapping) -> CsvMapping:
    """The mapping with what the values of its columns settle by themselves."""
    styles, sexes = dict(mapping.dates), dict(mapping.sexes)
    for column, known in mapping.columns.items():
        if column not in table.columns or known not in BY_ID:
            continue
        cells = _cells(table, column)
        kind = BY_ID[known].kind
        if kind == "date":
            declared = styles.get(known, DateStyle())
            if declared.order is None:
                styles[known] = replace(declared, order=dates.look(cells).order)
        elif kind == "sex":
            sexes = values.sexes(cells) | sexes
    return replace(mapping, dates=styles, sexes=sexes)


def questions(table: Table, mapping: CsvMapping) -> tuple[Question, ...]:
    """What has to be declared first, in the order of the columns."""
    asked = []
    for column in table.columns:
        known = BY_ID.get(mapping.columns.get(column, ""))
        if known is None:
            continue
        cells = _cells(table, column)
        if known.kind == "date":
            asked += _date_questions(column, known, cells, mapping.dates.get(known.id))
        elif known.kind == "sex":
            unknown = {cell.strip() for cell in cells} - {""}
            for word in sorted(one for one in unknown if values.fold(one) not in mapping.sexes):
                text = _("What does “{word}” mean?").format(word=word[:40])
                asked.append(Question(column, f"sex:{word}", text, tuple(Sex)))
        elif (
            known.id == "full_name"
            and mapping.family_first is None
            and any(len(cell.split()) > 1 and "," not in cell for cell in cells)
        ):
            text = _("Which name comes first?")
            asked.append(Question(column, "full_name", text, ("family", "given")))
    return tuple(asked)


def _date_questions(
    column: str, known: Field, cells: Sequence[str], style: DateStyle | None
) -> list[Question]:
    looked, asked = dates.look(cells), []
    if looked.ambiguous and (style is None or style.order is None):
        text = _("Does the day or the month come first?")
        asked.append(Question(column, f"{known.id}:order", text, ("dmy", "mdy")))
    if looked.two_digit_years and (style is None or style.years_from is None):
        text = _("Which hundred years do years of two digits stand in?")
        options = tuple(str(year) for year in range(1910, 2011, 10))
        asked.append(Question(column, f"{known.id}:years_from", text, options))
    return asked


def _cells(table: Table, column: str) -> list[str]:
    index = table.columns.index(column)
    return [row.cells[index] for row in table.rows]


def not_taken(table: Table, mapping: CsvMapping) -> tuple[str, ...]:
    """The columns that no field takes: named in every report, for nothing is dropped silently."""
    return tuple(column for column in table.columns if not mapping.columns.get(column))
