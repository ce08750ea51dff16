"""Reading a request from a file: strict JSON of a sensible size, or a clear refusal."""

import json
import sys
from pathlib import Path
from typing import NoReturn

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _

_MOST_DIGITS = 300
LARGEST = 2 * 1024 * 1024  # bytes; the fullest evaluation is far below


class UnreadableRequest(ClinicError):
    """A file cannot be used as a request; nothing was evaluated."""


def read(name: str) -> dict[str, object]:
    """The object in a JSON file, or on standard input for `-`."""
    text = _text(name)
    if not text.strip():
        raise UnreadableRequest(_("{name}: empty; must hold one JSON object.").format(name=name))
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole
        )
    except RecursionError as error:
        raise UnreadableRequest(_("{name}: nested too deeply.").format(name=name)) from error
    except json.JSONDecodeError as error:
        said = _("{name}: not JSON: {reason} (line {line}, column {column}).")
        raise UnreadableRequest(
            said.format(name=name, reason=error.msg, line=error.lineno, column=error.colno)
        ) from error
    except ValueError as error:
        said = _("{name}: not JSON that can be used: {reason}.")
        raise UnreadableRequest(said.format(name=name, reason=error)) from error
    if not isinstance(value, dict):
        raise UnreadableRequest(_("{name}: must hold one JSON object.").format(name=name))
    return value


def _text(name: str) -> str:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        said = _("{name}: cannot be read: {reason}.")
        raise UnreadableRequest(said.format(name=name, reason=reason)) from error
    if len(content) > LARGEST:
        said = _("{name}: larger than 2 MB; an evaluation never is.")
        raise UnreadableRequest(said.format(name=name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = _("{name}: not UTF-8 text; save it as UTF-8.")
        raise UnreadableRequest(said.format(name=name)) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(_("the key “{key}” stands twice").format(key=key))
        found[key] = value
    return found


def _whole(text: str) -> int | float:
    """Numbers beyond any measurement need no exact digits; the item's range refuses them."""
    return int(text) if len(text) <= _MOST_DIGITS else float(text)


def _no_constant(text: str) -> NoReturn:
    raise ValueError(_("{text} is not a number").format(text=text))
