"""A mapping as a small TOML file, so that the same export can be taken in again and again."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import tomli_w

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_values
from clinic_desk.exchange.csv_fields import BY_ID
from clinic_desk.exchange.csv_mapping import CsvMapping
from clinic_desk.exchange.dates import DateStyle, Order
from clinic_desk.i18n import _

_KEYS = {
    "format",
    "delimiter",
    "encoding",
    "header",
    "of",
    "day",
    "columns",
    "dates",
    "sexes",
    "name_order",
}
_MOST_BYTES = 100_000
FORMAT = 1
PEOPLE, DAY = "people", "day"
OF = (PEOPLE, DAY)


@dataclass(frozen=True, slots=True)
class MapFile:
    """How a file is to be read (empty: find it out) and what its columns mean."""

    mapping: CsvMapping
    delimiter: str = ""
    encoding: str = ""
    has_header: bool | None = None
    of: str = ""  # people, day; empty: find it out


def read(data: bytes) -> MapFile:
    """A map file. Raises InvalidInput by the key at fault."""
    if len(data) > _MOST_BYTES:
        raise InvalidInput({_("map file"): _("this is far too long for a map")})
    try:
        plain = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        said = _("no UTF-8 at byte {byte}").format(byte=error.start + 1)
        raise InvalidInput({_("map file"): said}) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput({_("map file"): str(error)[:200] or _("nested too deep")}) from None
    wrong = {
        key: _("not known here; known are {keys}").format(keys=", ".join(sorted(_KEYS)))
        for key in plain
        if key not in _KEYS
    }
    if plain.get("format", FORMAT) != FORMAT:
        wrong["format"] = _("only format {known} is known").format(known=FORMAT)
    mapping = CsvMapping(
        _columns(_table(plain, "columns", wrong), wrong),
        _dates(_table(plain, "dates", wrong), wrong),
        _sexes(_table(plain, "sexes", wrong), wrong),
        _name_order(plain.get("name_order"), wrong),
        _day(plain.get("day"), wrong),
    )
    of = plain.get("of", "")
    if of not in ("", *OF):
        wrong["of"] = _("a list is of one of {kinds}").format(kinds=", ".join(OF))
    header = plain.get("header")
    if header is not None and not isinstance(header, bool):
        wrong["header"] = _("allowed are true and false")
    texts = {}
    for key in ("delimiter", "encoding"):
        texts[key] = plain.get(key, "")
        if not isinstance(texts[key], str):
            wrong[key] = _("a text is expected")
    if wrong:
        raise InvalidInput(wrong)
    return MapFile(mapping, texts["delimiter"], texts["encoding"], header, str(of))


def write(one: MapFile) -> bytes:
    """The file that `read` takes."""
    mapping = one.mapping
    plain: dict[str, object] = {"format": FORMAT}
    if one.delimiter:
        plain["delimiter"] = one.delimiter
    if one.encoding:
        plain["encoding"] = one.encoding
    if one.has_header is not None:
        plain["header"] = one.has_header
    if mapping.family_first is not None:
        plain["name_order"] = "family" if mapping.family_first else "given"
    if one.of:
        plain["of"] = one.of
    if mapping.day is not None:
        plain["day"] = mapping.day
    plain["columns"] = dict(mapping.columns)
    styles = {}
    for known, style in mapping.dates.items():
        declared: dict[str, object] = {}
        if style.order is not None:
            declared["order"] = style.order.value
        if style.years_from is not None:
            declared["years_from"] = style.years_from
        if declared:
            styles[known] = declared
    plain["dates"] = styles
    plain["sexes"] = {word: sex.value for word, sex in mapping.sexes.items()}
    return tomli_w.dumps(plain).encode()


def _table(plain: Mapping[str, object], key: str, wrong: dict[str, str]) -> Mapping[str, object]:
    found = plain.get(key, {})
    if isinstance(found, dict):
        return found
    wrong[key] = _("a table is expected")
    return {}


def _columns(plain: Mapping[str, object], wrong: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, known in plain.items():
        if known == "":
            continue  # said to be left out
        if not isinstance(known, str) or known not in BY_ID:
            said = _("no such field; known are {fields}")
            wrong[f"columns.{column[:40]}"] = said.format(fields=", ".join(BY_ID))
        elif known in found.values():
            wrong[f"columns.{column[:40]}"] = _("{field} has a column already").format(field=known)
        else:
            found[column] = known
    return found


def _dates(plain: Mapping[str, object], wrong: dict[str, str]) -> dict[str, DateStyle]:
    found = {}
    for known, declared in plain.items():
        key = f"dates.{known[:40]}"
        if known not in BY_ID or BY_ID[known].kind != "date":
            wrong[key] = _("no such field with dates")
        elif not isinstance(declared, dict) or set(declared) - {"order", "years_from"}:
            wrong[key] = _('expected is {{order = "dmy", years_from = 1930}}').format()
        else:
            order, years = declared.get("order"), declared.get("years_from")
            if order is not None and order not in tuple(Order):
                wrong[key] = _("an order is one of {orders}").format(orders=", ".join(Order))
            elif years is not None and (type(years) is not int or not 1800 <= years <= 2100):
                wrong[key] = _("years_from is a year, such as 1930")
            else:
                found[known] = DateStyle(Order(order) if order else None, years)
    return found


def _sexes(plain: Mapping[str, object], wrong: dict[str, str]) -> dict[str, Sex]:
    found = {}
    for word, sex in plain.items():
        if isinstance(sex, str) and sex in tuple(Sex):
            found[csv_values.fold(word)] = Sex(sex)
        else:
            said = _("a sex is one of {sexes}").format(sexes=", ".join(Sex))
            wrong[f"sexes.{word[:40]}"] = said
    return found


def _name_order(value: object, wrong: dict[str, str]) -> bool | None:
    if value is None:
        return None
    if value not in ("family", "given"):
        wrong["name_order"] = _("allowed are family and given: which comes first")
    return value == "family"


def _day(value: object, wrong: dict[str, str]) -> date | None:
    """The day of a list whose rows name none; TOML has dates, and text is read as one."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = ()
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    wrong["day"] = _("a day is written as 2026-02-04")
    return None
