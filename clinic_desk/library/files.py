"""Reading one shipped or clinic-made TOML file, with errors that name file, key and reason."""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from clinic_desk.errors import LibraryInvalid


class Strict(BaseModel):
    """A part of a file: no unknown key, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Part = TypeVar("Part", bound=Strict)


def read(path: Path, kind: type[Part]) -> Part:
    """A file's content as `kind`. Raises LibraryInvalid."""
    return check(path.name, parse(path), kind)


def parse(path: Path) -> dict[str, object]:
    """A file's tables. Raises LibraryInvalid for what is not readable TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except UnicodeDecodeError as problem:
        raise LibraryInvalid(f"{path.name}: not UTF-8 text ({problem.reason})") from problem
    except tomllib.TOMLDecodeError as problem:
        raise LibraryInvalid(f"{path.name}: {problem}") from problem


def check(name: str, content: dict[str, object], kind: type[Part]) -> Part:
    """The tables as `kind`. Raises LibraryInvalid that names the first wrong key."""
    try:
        return kind.model_validate(content)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        more = problem.error_count() - 1
        hint = f"{more} more in this file." if more else ""
        raise invalid(name, key(first["loc"]), first["msg"], hint) from None


def key(place: Sequence[int | str]) -> str:
    """A place in a file as it is written there: pose.start.near.hip, steps[2]."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def invalid(file: str, where: str, reason: str, hint: str = "") -> LibraryInvalid:
    """The one shape of message for a file that breaks its format."""
    return LibraryInvalid(f"{file}: {where}: {reason}", hint)


def faults(tables: Mapping[str, object], kind: type[Strict]) -> dict[str, str]:
    """All that breaks the format, by key, in the words of who types it; empty when it fits."""
    try:
        kind.model_validate(dict(tables))
    except ValidationError as problem:
        return {
            key(one["loc"]): _plainly(one["type"], one.get("ctx", {}), one["msg"])
            for one in problem.errors(include_url=False, include_input=False)
        }
    return {}


def _plainly(kind: str, limits: Mapping[str, object], text: str) -> str:
    match kind:
        case "missing" | "string_too_short" | "too_short":
            return "This is needed."
        case "string_too_long":
            return f"At most {limits['max_length']} characters fit here."
        case "too_long":
            return f"At most {limits['max_length']} of these."
        case "greater_than_equal":
            return f"At least {limits['ge']}."
        case "less_than_equal":
            return f"At most {limits['le']}."
    return f"{text}."


def fingerprint(tables: Mapping[str, object]) -> str:
    """One word for tables in their normal form: the same for two that say the same."""
    plain = json.dumps(tables, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()
