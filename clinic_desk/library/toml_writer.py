"""Tables as a TOML file: what an author can edit and give to another clinic.

Only what an exercise file holds: texts, numbers, yes or no, lists and tables of these.
"""

import re
from collections.abc import Mapping, Sequence

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def document(tables: Mapping[str, object]) -> str:
    """The tables as TOML, the plain values of each before its inner tables."""
    return "\n".join(_section(tables, ())) + "\n"


def _section(table: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    inner = {key: one for key, one in table.items() if _is_section(one, path)}
    lines = [f"{_key(key)} = {_value(one)}" for key, one in table.items() if key not in inner]
    if path and lines:
        lines.insert(0, f"[{'.'.join(map(_key, path))}]")
    for key, one in inner.items():
        if isinstance(one, Mapping):
            below = _section(one, (*path, key))
            lines += (["", *below] if lines else below) if below else []
    return lines


def _is_section(value: object, path: tuple[str, ...]) -> bool:
    """A table that is written under a heading of its own; deep ones stay on one line."""
    return isinstance(value, Mapping) and len(path) < 2


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(one, _signed(one)) for one in text) + '"'


def _signed(one: str) -> str:
    return f"\\u{ord(one):04X}" if ord(one) < 0x20 or ord(one) == 0x7F else one


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(one)}" for k, one in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_value, value)) + "]"
    raise TypeError(f"{type(value).__name__} has no place in a TOML file")
