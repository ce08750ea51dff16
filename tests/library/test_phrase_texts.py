"""Every sentence of a protocol that a letter can write stands in each language of letters."""

import tomllib
from collections.abc import Iterator

import pytest

from clinic_desk import paths
from clinic_desk.library.speech import spoken_book

LANGUAGES = ("de", "fr", "es", "pt", "ar")


def numbered(stem: str, key: str, parts: list[dict[str, object]]) -> Iterator[str]:
    """The ids of the reasons of a rule's cases: the first without its number."""
    for place, part in enumerate(parts, 1):
        if part.get(key):
            yield f"{stem}.{key}" if place == 1 else f"{stem}.{key}.{place}"


def written(protocol: str) -> Iterator[str]:
    """The ids of the texts that findings bring into a letter."""
    path = paths.resources() / "protocols" / protocol / "1.0.0.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for flag in data["flag"]:
        stem = f"flag.{flag['id']}"
        yield f"{stem}.label"
        yield from (
            f"{stem}.label.{place}"
            for place, case in enumerate(flag["case"], 1)
            if case.get("label")
        )
        yield from numbered(stem, "because", flag["case"])
    for kind in ("hard", "withhold", "bound", "either", "report", "doubt"):
        for place, _ in enumerate(data["grade"].get(kind, []), 1):
            yield f"grade.{kind}.{place}"
    for item in data["grade"]["item"]:
        yield f"grade.item.{item['value']}"
        if item.get("because_none"):
            yield f"grade.item.{item['value']}.none"
    for place, _ in enumerate(data["grade"]["names"]):
        yield f"grade.name.{place}"
    for test in data["imaging"]:
        yield f"imaging.{test['id']}.label"
        yield from numbered(f"imaging.{test['id']}", "because", test["case"])
    for kind in ("pattern", "differential"):
        yield from (f"{kind}.{one['id']}.label" for one in data.get(kind, []))


@pytest.mark.parametrize("protocol", ["posterior-thigh", "calf-achilles"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_said_in_each_language_of_letters(protocol: str, language: str) -> None:
    book = spoken_book(protocol, language)
    assert book is not None
    assert [name for name in written(protocol) if not book.texts.get(name)] == []
