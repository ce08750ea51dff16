"""The shipped letter kinds: one TOML file a kind in `resources/letters/`, and their languages."""

from pathlib import Path

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import letter_file, letter_languages
from clinic_desk.library.letter_fields import DAY, FIELDS, FLAG, LIST, NUMBER, TEXT, Value
from clinic_desk.library.letter_kind import LetterFrame, LetterKind, LetterPartKind
from clinic_desk.library.letter_templates import check

__all__ = [
    "DAY",
    "FIELDS",
    "FLAG",
    "LIST",
    "NUMBER",
    "TEXT",
    "LetterFrame",
    "LetterKind",
    "LetterPartKind",
    "Value",
    "check",
    "in_language",
    "load",
    "named",
    "read_kind",
]


def load(folder: Path | None = None) -> tuple[LetterKind, ...]:
    """All letter kinds in English, in the order of their files' `order`. Raises LibraryInvalid."""
    place = folder or paths.resources() / "letters"
    read = [letter_file.read_file(path) for path in sorted(place.glob("*.toml"))]
    return tuple(kind for _, kind in sorted(read, key=lambda pair: (pair[0], pair[1].id)))


def read_kind(path: Path) -> LetterKind:
    """One letter kind from its file. Raises LibraryInvalid naming file, line and field."""
    return letter_file.read_file(path)[1]


def named(kind: str, language: str) -> str:
    """The id of a kind in a language: "certificate-work@fr"."""
    base = kind.split("@", 1)[0]
    return base if language in ("", "en") else f"{base}@{language}"


def in_language(kind: LetterKind, language: str, folder: Path | None = None) -> LetterKind | None:
    """The kind with a language's words; None where that language does not have it."""
    if language in ("", "en"):
        return kind
    words = letter_languages.load(folder or paths.resources() / "letters").get(language)
    if words is None or kind.base not in words.kinds:
        return None
    try:
        return letter_languages.translated(kind, words, named(kind.id, language))
    except LibraryInvalid as error:
        raise LibraryInvalid(f"languages/{language}.toml: {error.message}") from error
