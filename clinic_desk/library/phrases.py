"""How a protocol's answers are said in notes and letters, read once from its phrase file.

`resources/letters/phrases/<protocol>.toml` holds one table an item: an answer and its phrase.
A protocol without such a file is said by its own labels.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid

Phrases = Mapping[str, Mapping[str, str]]  # item -> answer -> phrase; "{value}" is filled in


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The phrases of a protocol, and what matters to a colleague."""

    items: Phrases = field(default_factory=dict)
    matters: tuple[str, ...] = ()  # red-flag items whose "no" a colleague wants to read
    gates: tuple[str, ...] = ()  # opening questions about several signs at once


@cache
def phrase_book(protocol: str) -> PhraseBook:
    """The phrases of a protocol; an empty book where it has none. Raises LibraryInvalid."""
    path = paths.resources() / "letters" / "phrases" / f"{protocol}.toml"
    if not path.is_file():
        return PhraseBook()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryInvalid(f"{path.name}: not readable as TOML: {error}") from error
    matters, gates = _ids(path, data, "matters"), _ids(path, data, "gates")
    items: dict[str, dict[str, str]] = {}
    for item, answers in data.items():
        if not isinstance(answers, dict) or not all(
            isinstance(phrase, str) for phrase in answers.values()
        ):
            raise LibraryInvalid(f"{path.name}: “{item}” must be a table of phrases.")
        items[item] = {str(answer): str(phrase) for answer, phrase in answers.items()}
    return PhraseBook(items, matters, gates)


def _ids(path: Path, data: dict[str, object], key: str) -> tuple[str, ...]:
    found = data.pop(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise LibraryInvalid(f"{path.name}: “{key}” must be a list of item ids.")
    return tuple(found)
