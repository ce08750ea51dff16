"""Rows as JSON with a schema, and back: every value by its kind, or refused with its place.

Bytes never stand in the JSON: they are files beside it, named by the value that replaces them.
"""

import base64
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.i18n import _

MOST_BYTES = 200 * 1024 * 1024
_WRONG_TEXT = re.compile("[\0\ud800-\udfff]")
_PATTERNS: Mapping[str, Mapping[str, object]] = {
    "id": {"type": "string", "format": "uuid"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "yes_no": {"type": "boolean"},
    "bytes": {
        "type": "object",
        "properties": {"file": {"type": "string"}, "sha256": {"type": "string"}},
        "required": ["file", "sha256"],
        "additionalProperties": False,
    },
    "json": {"type": ["object", "array", "string", "number", "boolean", "null"]},
}


class ColumnLike(Protocol):
    """What a column is: its name, kind, whether it may be empty, and what it points at."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def optional(self) -> bool: ...
    @property
    def points_at(self) -> str: ...


class TableLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Sequence[ColumnLike]: ...


@dataclass(frozen=True, slots=True)
class FileOf:
    """Bytes that stand in a file of their own."""

    file: str
    sha256: str


def schema(shapes: Mapping[str, TableLike], kind: str) -> dict[str, object]:
    """The JSON Schema (2020-12) of a record's file."""
    tables = {}
    for shape in shapes.values():
        properties: dict[str, object] = {}
        for column in shape.columns:
            says = dict(_PATTERNS[column.kind])
            if column.optional and isinstance(says["type"], str):
                says["type"] = [says["type"], "null"]
            if column.points_at:
                says["description"] = f"the id of a row in {column.points_at}"
            properties[column.name] = says
        tables[shape.name] = {
            "type": "array",
            "items": {
                "type": "object",
                "properties": properties,
                "required": [column.name for column in shape.columns],
                "additionalProperties": False,
            },
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Clinic Desk {kind}",
        "type": "object",
        "properties": {
            "format": {"const": "clinic-desk-record"},
            "version": {"const": 1},
            "tables": {"type": "object", "properties": tables, "additionalProperties": False},
        },
        "required": ["format", "version", "tables"],
    }


def encoded(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> bytes:
    """Rows as the file's bytes: the same rows give the same bytes."""
    plain = {
        "format": "clinic-desk-record",
        "version": 1,
        "tables": {
            name: [{key: _plain(value) for key, value in row.items()} for row in of_table]
            for name, of_table in rows.items()
        },
    }
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, FileOf):
        return {"file": value.file, "sha256": value.sha256}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def parsed(data: bytes, where: str) -> object:
    """JSON that a store can keep. Raises InvalidInput with line and reason.

    NaN, half surrogate pairs, NUL, a key twice in one object and deep nesting are refused.
    """
    if len(data) > MOST_BYTES:
        said = _("at most {most} MB are read").format(most=MOST_BYTES // 1024**2)
        raise InvalidInput({where: said})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput({_at(where, line): _("this is no valid UTF-8")}) from None
    try:
        found: object = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_no_key_twice,
        )
        for path, what in _texts(found, ""):
            if _WRONG_TEXT.search(what):
                said = _("holds a NUL or half of a surrogate pair")
                raise InvalidInput(
                    {f"{where}{path}"[:200].encode("utf-8", "replace").decode(): said}
                )
    except json.JSONDecodeError as error:
        said = _("this is no valid JSON ({why}, sign {column})")
        said = said.format(why=error.msg, column=error.colno)
        raise InvalidInput({_at(where, error.lineno): said}) from None
    except _Refused as error:
        raise InvalidInput({where: str(error)}) from None
    except RecursionError:
        raise InvalidInput({where: _("nested too deep; a record has a few levels")}) from None
    except ValueError as error:  # a whole number of thousands of digits
        raise InvalidInput({where: str(error)[:200]}) from None
    return found


class _Refused(ValueError):
    """What JSON allows or readers let pass, and a record does not."""


def _at(where: str, line: int) -> str:
    return _("{file}, line {line}").format(file=where, line=line)


def _refuse_constant(name: str) -> None:
    raise _Refused(_("{name} is no number").format(name=name))


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Refused(_("{digits} is too large a number").format(digits=digits[:40]))
    return number


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Refused(_("the key “{key}” stands twice in one object").format(key=twice[:60]))
    return found


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield f"{path}.{key}", key
            yield from _texts(one, f"{path}.{key}")


def decoded(
    data: bytes, shapes: Mapping[str, TableLike], where: str
) -> dict[str, list[dict[str, object]]]:
    """Rows as they were before `encoded`. Raises InvalidInput by table, row and column."""
    whole = parsed(data, where)
    if not isinstance(whole, dict) or whole.get("format") != "clinic-desk-record":
        raise InvalidInput({where: _("this is no record of Clinic Desk")})
    if whole.get("version") != 1:
        said = _("version {version} is not known here").format(version=whole.get("version"))
        raise InvalidInput({where: said})
    tables = whole.get("tables")
    if not isinstance(tables, dict):
        raise InvalidInput({where: _("it has no tables")})
    wrong: dict[str, str] = {}
    found: dict[str, list[dict[str, object]]] = {}
    for name, rows in tables.items():
        shape = shapes.get(name)
        if shape is None or not isinstance(rows, list):
            wrong[f"{where}: {name[:40]}"] = _("no such table is known here")
            continue
        found[name] = [
            _row(row, shape, f"{where}: {name}[{number}]", wrong)
            for number, row in enumerate(rows, 1)
        ]
    if wrong:
        raise InvalidInput(dict(list(wrong.items())[:50]))
    return found


def _row(row: object, shape: TableLike, place: str, wrong: dict[str, str]) -> dict[str, object]:
    if not isinstance(row, dict):
        wrong[place] = _("an object is expected")
        return {}
    known = {column.name for column in shape.columns}
    for extra in set(row) - known:
        wrong[f"{place}.{extra[:40]}"] = _("no such column is known here")
    found: dict[str, object] = {}
    for column in shape.columns:
        if column.name not in row:
            if column.optional:  # an older program did not have it: nothing was said
                found[column.name] = None
            continue  # else it keeps its usual value
        try:
            found[column.name] = _value(row[column.name], column)
        except (ValueError, TypeError, KeyError):
            wrong[f"{place}.{column.name}"] = _("this is no {kind}").format(kind=column.kind)
    return found


def _value(value: object, column: ColumnLike) -> object:
    if value is None:
        if column.optional:
            return None
        raise ValueError(column.name)
    match column.kind:
        case "json":
            return value
        case "yes_no" if isinstance(value, bool):
            return value
        case "whole" if isinstance(value, int) and not isinstance(value, bool):
            if abs(value) >= 2**63:
                raise ValueError(column.name)
            return value
        case "number" if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        case "text" if isinstance(value, str):
            return value
        case "id" if isinstance(value, str):
            return UUID(value)
        case "day" if isinstance(value, str):
            return date.fromisoformat(value)
        case "moment" if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise ValueError(column.name)
            return moment
        case "bytes" if isinstance(value, dict):
            return FileOf(str(value["file"]), str(value["sha256"]))
    raise ValueError(column.kind)
