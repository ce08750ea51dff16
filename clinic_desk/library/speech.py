"""How a letter tells the record in another language: `resources/letters/speech/<language>.toml`,
and the phrases of each protocol in `resources/letters/phrases/<protocol>.<language>.toml`.

A language without these files is not refused: its letters keep the record's English words and say
so. What a file gives is checked when it is read, so that no letter is left with half a sentence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import files, letter_templates
from clinic_desk.library.phrases import Phrases
from clinic_desk.library.speech_keys import TABLES, UNITS, WORDS

_BLANK = re.compile(r"\{(\w+)\}")
_PLURALS = ("zero", "one", "two", "few", "many", "other")
_OPTIONAL = frozenset({"complaints"})


@dataclass(frozen=True, slots=True)
class Speech:
    """One language's own words for what the record says in codes, numbers and choices."""

    language: str
    words: Mapping[str, str]  # pattern by key; see speech_keys
    units: Mapping[str, Mapping[str, str]]  # unit -> plural form -> "{n} Tage"
    types: Mapping[str, str]  # of complaint, on the body chart
    measures: Mapping[str, str]  # English name of a measure that is no abbreviation
    treatments: Mapping[str, str]  # id of what is done in the clinic
    complaints: Mapping[str, str]  # a complaint that many type alike, in small letters
    parts: Mapping[str, str]  # part id -> template
    kinds: Mapping[str, Mapping[str, str]]  # kind -> part id -> template of its own
    bold: tuple[str, ...]  # lead words that are printed bold

    def template(self, kind: str, part: str, shared: bool) -> str:
        """How a part tells the record; empty where it does not. What kinds share never stands for
        a part that the language already says without the record: a certificate names no diagnosis.
        """
        own = self.kinds.get(kind, {}).get(part, "")
        return own or (self.parts.get(part, "") if shared else "")


@dataclass(frozen=True, slots=True)
class SpokenBook:
    """A protocol's phrases in another language, with the protocol's own texts by their id."""

    items: Phrases
    texts: Mapping[str, str]


@cache
def speech(language: str, folder: Path | None = None) -> Speech | None:
    """The language's words; None where it has no file. Raises LibraryInvalid."""
    path = (folder or paths.resources() / "letters") / "speech" / f"{language}.toml"
    return read(path) if path.is_file() else None


def read(path: Path) -> Speech:
    """One language. Raises LibraryInvalid, which names what is missing or wrong."""
    data = files.parse(path)
    known = {"language", "bold", "words", "units", "parts", "kinds", *TABLES, *_OPTIONAL}
    for key in data:
        if key not in known:
            raise LibraryInvalid(f"speech/{path.name}: unknown key “{key}”.")
    if data.get("language") != path.stem:
        raise LibraryInvalid(f"speech/{path.name}: “language” must be “{path.stem}”.")
    words = _texts(path, data, "words")
    _agree(path, "words", words, WORDS)
    tables = {name: _texts(path, data, name) for name in (*TABLES, *_OPTIONAL)}
    for name, keys in TABLES.items():
        _agree(path, name, tables[name], dict.fromkeys(keys, ()))
    units = _inner(path, data, "units")
    for unit, forms in units.items():
        wrong = [one for one in forms if one not in _PLURALS]
        if wrong or "other" not in forms or any("{n}" not in one for one in forms.values()):
            raise LibraryInvalid(f"speech/{path.name}: the plural forms of “{unit}” are not whole.")
    if set(units) != UNITS:
        raise LibraryInvalid(f"speech/{path.name}: “units” must be {', '.join(sorted(UNITS))}.")
    parts, kinds = _texts(path, data, "parts"), _inner(path, data, "kinds")
    for key, text in _templates(parts, kinds):
        letter_templates.check(text, f"speech/{path.name}", key)
    bold = data.get("bold", [])
    if not isinstance(bold, list) or not all(isinstance(one, str) for one in bold):
        raise LibraryInvalid(f"speech/{path.name}: “bold” must be a list of texts.")
    return Speech(path.stem, words, units, parts=parts, kinds=kinds, bold=tuple(bold), **tables)


def _templates(
    parts: Mapping[str, str], kinds: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    yield from parts.items()
    for kind, own in kinds.items():
        for part, text in own.items():
            yield f"{kind}.{part}", text


def _agree(
    path: Path, table: str, given: Mapping[str, str], wanted: Mapping[str, tuple[str, ...]]
) -> None:
    """Each key is there once, with the places that it leaves open."""
    if given.keys() != wanted.keys():
        differ = ", ".join(sorted(given.keys() ^ wanted.keys()))
        raise LibraryInvalid(f"speech/{path.name}: “{table}” differs in: {differ}.")
    for key, places in wanted.items():
        if sorted(_BLANK.findall(given[key])) != sorted(places):
            raise LibraryInvalid(
                f"speech/{path.name}: “{key}” must leave open: {', '.join(places) or 'nothing'}."
            )


@cache
def spoken_book(protocol: str, language: str, folder: Path | None = None) -> SpokenBook | None:
    """A protocol's phrases in a language; None where there are none. Raises LibraryInvalid."""
    place = (folder or paths.resources() / "letters") / "phrases"
    path = place / f"{protocol}.{language}.toml"
    if not path.is_file():
        return None
    data = files.parse(path)
    texts = _texts(path, data, "texts")
    items = {name: _texts(path, data, name) for name in data if name != "texts"}
    return SpokenBook(items, texts)


def _texts(path: Path, data: Mapping[str, object], key: str) -> dict[str, str]:
    value = data.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise LibraryInvalid(f"{path.name}: “{key}” must be a table of texts.")
    return dict(value)


def _inner(path: Path, data: Mapping[str, object], key: str) -> dict[str, dict[str, str]]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise LibraryInvalid(f"{path.name}: “{key}” must be tables.")
    return {name: _texts(path, value, name) for name in value}
