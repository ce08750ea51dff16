"""The words that a handout adds to the exercises, in the patient's language.

`resources/translations/<language>/handout.toml`; English is the source. Every other language
has the same keys, the same {values} and as many list entries. What a file lacks, or has wrong,
stands in English and is named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library.files import invalid, parse

SOURCE = "en"
FILE = "handout.toml"

Text = str | Mapping[str, str] | tuple[str, ...]  # a text, its plural forms, or a list

_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_EXACT = {0: "zero", 1: "one", 2: "two"}
_VALUE = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class HandoutWords:
    """One language's words. `missing` names the keys that stand in English instead."""

    language: str
    reviewed: bool
    texts: Mapping[str, Text]
    missing: tuple[str, ...] = ()

    def say(self, key: str, **values: object) -> str:
        """A text with its {values}."""
        found = self.texts[key]
        if not isinstance(found, str):
            raise KeyError(key)
        return _filled(found, values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """A text for `count` things by the language's own plural rules."""
        forms = self.texts[key]
        if not isinstance(forms, Mapping):
            return self.say(key, count=count, **values)
        exact = _EXACT.get(count, "")
        form = exact if exact in forms else _locale(self.language).plural_form(count)
        return _filled(forms.get(form, forms["other"]), {"count": count, **values})

    def each(self, key: str, **values: object) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(_filled(text, values) for text in self.texts[key])

    def thing(self, name: str) -> str:
        """A piece of equipment; one that the language doesn't know keeps its own name."""
        found = self.texts.get(f"things.{name}")
        return found if isinstance(found, str) else name


def _filled(text: str, values: Mapping[str, object]) -> str:
    return _VALUE.sub(lambda match: str(values[match[1]]), text) if "{" in text else text


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def language_name(language: str, within: str) -> str:
    """A language's name in another language: "French", "français", "Französisch"."""
    return _locale(language).get_display_name(within) or language


def read(
    path: Path, language: str, source: HandoutWords | None = None
) -> tuple[HandoutWords, tuple[LibraryInvalid, ...]]:
    """A language's words and what is wrong with the file; `source` is None for English itself.

    Raises LibraryInvalid where the file as a whole cannot be used.
    """
    where = f"{language}/{path.name}"
    tables = parse(path)
    named = tables.pop("language", None)
    if named != language:
        raise invalid(where, "language", f"must be “{language}”, as its folder is called")
    reviewed = tables.pop("reviewed", None)
    if not isinstance(reviewed, bool):
        raise invalid(where, "reviewed", "must be true or false")
    texts: dict[str, Text] = {}
    problems: list[LibraryInvalid] = []
    for key, value in _flat(tables):
        reason = _wrong(value, language) or _unlike(value, source, key)
        if reason:
            problems.append(invalid(where, key, reason))
        else:
            texts[key] = tuple(value) if isinstance(value, list) else value  # type: ignore[assignment]
    missing: tuple[str, ...] = ()
    if source is not None:
        missing = tuple(key for key in source.texts if key not in texts)
        faulty = " ".join(map(str, problems))
        problems += [
            invalid(where, key, "is missing") for key in missing if f" {key}:" not in faulty
        ]
        texts = {**source.texts, **texts}
    return HandoutWords(language, reviewed, texts, missing), tuple(problems)


def _flat(table: Mapping[str, object], path: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict) and not (value and value.keys() <= _FORMS):
            yield from _flat(value, here)
        else:
            yield here, value


def _wrong(value: object, language: str) -> str:
    """Why a value is no text, or ""."""
    if isinstance(value, dict):
        locale = _locale(language)
        needed = {locale.plural_form(count) for count in range(1, 101)} | {"other"}
        lacking = sorted(needed - value.keys())
        if lacking:
            return f"lacks the plural form “{lacking[0]}” of this language"
    texts = list(value.values()) if isinstance(value, dict) else value
    for text in texts if isinstance(texts, list) else [texts]:
        if not isinstance(text, str) or not text.strip():
            return "must be a text that is not empty"
    return ""


def _unlike(value: object, source: HandoutWords | None, key: str) -> str:
    """How a value differs from the English one in more than its words, or ""."""
    if source is None:
        return ""
    english = source.texts.get(key)
    if english is None:
        return "" if key.startswith("things.") else "is no key of the English file"
    if isinstance(value, list) != isinstance(english, tuple):
        return "must be a list exactly where English has one"
    if isinstance(english, tuple) and len(english) != len(value):  # type: ignore[arg-type]
        return f"has {len(value)} entries, English has {len(english)}"  # type: ignore[arg-type]
    allowed = _values(english)
    used = _values(value)
    unknown = sorted(used - allowed)
    if unknown:
        return f"“{{{unknown[0]}}}” is no value of this text"
    lacking = sorted(allowed - used)
    return f"lacks “{{{lacking[0]}}}”" if lacking else ""


def _values(value: object) -> set[str]:
    texts = value.values() if isinstance(value, Mapping) else value
    whole = texts if isinstance(texts, str) else " ".join(map(str, texts))  # type: ignore[call-overload]
    return set(_VALUE.findall(whole))
