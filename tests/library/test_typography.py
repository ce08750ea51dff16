"""Each language's texts are set as that language is set: quotation marks, spaces, opening marks."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desk import paths

_TAG = re.compile(r"\{[{%].*?[%}]\}")
_STRAIGHT = re.compile("['\"`]")
# What is wrong in one language only; a tag of a template counts as a word.
_WRONG = {
    "ar": re.compile(r"[;?]|,(?! ?[\dA-Z])"),
    "de": re.compile(r"[«»”’‘]|“\w|\w„"),
    "es": re.compile(r"[“”„]|« | »"),
    "fr": re.compile(
        r"(?<![\u00a0\u202f])[;?!»]|(?<!\u00a0)%|[^\u00a0\d]:(?=\s|$)|«(?!\u00a0)|[“”„]|\w‘"
    ),
    "pt": re.compile(r"[«»„]"),
}


def texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, _TAG.sub("x", value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{where} {key}")
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, where)


def files(language: str) -> list[Path]:
    root = paths.resources()
    found = [*(root / "translations" / language).glob("*.toml")]
    found += (root / "letters").glob(f"*/{language}.toml")
    return found + sorted((root / "letters" / "phrases").glob(f"*.{language}.toml"))


@pytest.mark.parametrize("language", sorted(_WRONG))
def test_texts_are_set_as_the_language_sets_them(language: str) -> None:
    found = files(language)
    assert len(found) >= 7
    wrong = []
    for path in found:
        for where, text in texts(tomllib.loads(path.read_text("utf-8")), path.name):
            odd = _STRAIGHT.search(text) or _WRONG[language].search(text)
            unopened = language == "es" and any(
                text.count(end) != text.count(start) for start, end in ("¿?", "¡!")
            )
            if odd or unopened:
                wrong.append(f"{where}: {text[:60]}")
    assert wrong == []
