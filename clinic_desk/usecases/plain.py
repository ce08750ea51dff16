"""Views as plain JSON values and back: what drafts and kept contents hold.

Only these shapes are written; what is read back is taken field by field, so that a draft of an
older version still opens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import cast
from uuid import UUID

from clinic_desk.usecases import typed

Plain = Mapping[str, object]


def plain(value: object) -> object:
    """A value of views, dates, ids and numbers as JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return typed.storable(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no plain form")


def table(value: object) -> Plain:
    """A view as a JSON object."""
    return cast(Plain, plain(value))


def text(data: Plain, key: str) -> str:
    """A text; empty where there is none."""
    value = data.get(key)
    return value if isinstance(value, str) else ""


def maybe(data: Plain, key: str) -> str | None:
    """A text or none."""
    value = data.get(key)
    return value if isinstance(value, str) else None


def whole(data: Plain, key: str, default: int = 0) -> int:
    """A whole number."""
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def maybe_whole(data: Plain, key: str) -> int | None:
    """A whole number or none."""
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def flag(data: Plain, key: str) -> bool:
    """True or false; false where there is none."""
    return data.get(key) is True


def tables(data: Plain, key: str) -> tuple[Plain, ...]:
    """A list of objects."""
    return tuple(one for one in _list(data.get(key)) if isinstance(one, Mapping))


def texts(data: Plain, key: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(one for one in _list(data.get(key)) if isinstance(one, str))


def inner(data: Plain, key: str) -> Plain:
    """An object inside; empty where there is none."""
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def moment(data: Plain, key: str) -> datetime:
    """A moment with its zone."""
    return datetime.fromisoformat(text(data, key))


def maybe_moment(data: Plain, key: str) -> datetime | None:
    """A moment or none."""
    value = maybe(data, key)
    return datetime.fromisoformat(value) if value else None


def maybe_day(data: Plain, key: str) -> date | None:
    """A day or none."""
    value = maybe(data, key)
    return date.fromisoformat(value) if value else None


def maybe_id(data: Plain, key: str) -> UUID | None:
    """An id or none."""
    value = maybe(data, key)
    return UUID(value) if value else None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
