"""The patient texts in other languages, held against the English library they translate.

A handout is read at home without anybody to ask. So nothing may be missing from it, nothing may
stand there in English, and no number may differ from the dose that the clinician chose.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from clinic_desk import paths

Table = dict[str, Any]

TRANSLATIONS = paths.resources() / "translations"
LANGUAGES = sorted(path.parent.name for path in TRANSLATIONS.glob("*/exercises.toml"))

WORDS = {
    "exercises": ("name", "short_name", "start", "precautions"),
    "programs": ("name", "frequency"),
    "advice": ("title",),
}
"""The single sentences that a patient reads, of each kind of entry."""

LISTS = {
    "exercises": ("steps", "cues", "stop"),
    "programs": ("stop",),
    "advice": ("text",),
}
"""The lists of sentences that a patient reads, of each kind of entry."""

LONGEST = {"name": 80, "short_name": 24, "steps": 80}
"""Characters that still fit: the heading, the tick grid, one line of the sheet."""

SPELLED = {
    "one": 1,
    "once": 1,
    "two": 2,
    "twice": 2,
    "three": 3,
    "third": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
}
"""Numbers that English writes as words, and that a language may write as figures."""

SAME_IN_BOTH = {"Glider", "Sprints"}
"""Names that a language may keep as they are in English."""

ENGLISH_WORDS = {"the", "and", "your", "you", "with", "of", "then", "keep", "leg", "knee", "heel"}
"""Words that betray a half-translated sentence; none of them is a word of another language here."""

OTHER_SCRIPT = {"ar": "ARABIC"}
"""Languages that do not write in Latin letters, with their script as Unicode names it."""

LATIN_MARKS = {"ar": ",;?"}
"""Marks of Latin writing for which such a language has its own."""

DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible signs that turn the reading direction: the page sets it, never the text."""

OTHER_FIGURES: dict[tuple[str, str, str], str] = {}
"""Sentences whose figures rightly differ, by language, entry and English text, with the reason.

None so far: write the sentence so that its figures stay, before you add one here.
"""

BY_LANGUAGE_AND_KIND = [(language, kind) for language in LANGUAGES for kind in WORDS]


def english(kind: str) -> dict[str, Table]:
    found = sorted((paths.resources() / kind).glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in found}


ENGLISH = {kind: english(kind) for kind in WORDS}


def file_of(language: str, kind: str) -> Path:
    return TRANSLATIONS / language / f"{kind}.toml"


def translated(language: str, kind: str) -> dict[str, Table]:
    """The entries of one file, without its head."""
    text = file_of(language, kind).read_text(encoding="utf-8")
    return {key: entry for key, entry in tomllib.loads(text).items() if key != "language"}


def pairs(language: str, kind: str) -> list[tuple[str, str, str, str]]:
    """Entry, key, English sentence and its translation, for all that a patient reads."""
    found: list[tuple[str, str, str, str]] = []
    for entry, theirs in translated(language, kind).items():
        ours = ENGLISH[kind][entry]
        found += [(entry, key, ours[key], theirs[key]) for key in WORDS[kind] if ours.get(key)]
        for key in LISTS[kind]:
            both = zip(ours.get(key, []), theirs.get(key, []), strict=True)
            found += [(entry, key, before, after) for before, after in both]
    return found


def figures(sentence: str) -> Counter[int]:
    """The numbers that are written as figures, in the digits of any script."""
    return Counter(int(number) for number in re.findall(r"\d+", sentence))


def spelled(sentence: str) -> Counter[int]:
    words = re.findall(r"[a-z]+", sentence.lower())
    return Counter(SPELLED[word] for word in words if word in SPELLED)


def test_the_promised_languages_are_there() -> None:
    assert {"ar", "de", "es", "fr", "pt"} <= set(LANGUAGES)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_a_file_is_composed_utf8_and_names_its_language(language: str, kind: str) -> None:
    text = file_of(language, kind).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert tomllib.loads(text)["language"] == language


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_every_entry_of_the_library_is_translated_and_no_other(language: str, kind: str) -> None:
    assert set(translated(language, kind)) == set(ENGLISH[kind])


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_an_entry_says_whether_a_clinician_has_reviewed_it(language: str, kind: str) -> None:
    for key, entry in translated(language, kind).items():
        assert isinstance(entry.get("reviewed"), bool), key


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_an_entry_has_the_keys_of_its_original(language: str, kind: str) -> None:
    shown = WORDS[kind] + LISTS[kind]
    for key, entry in translated(language, kind).items():
        own = {name for name in shown if name in ENGLISH[kind][key]}
        assert set(entry) == own | {"reviewed"}, key


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_a_list_has_as_many_sentences_as_its_original(language: str, kind: str) -> None:
    for key, entry in translated(language, kind).items():
        for name in LISTS[kind]:
            ours = ENGLISH[kind][key].get(name, [])
            assert len(entry.get(name, [])) == len(ours), (key, name)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_a_text_is_empty_only_where_its_original_is(language: str, kind: str) -> None:
    for key, entry in translated(language, kind).items():
        for name in WORDS[kind]:
            if name in ENGLISH[kind][key]:
                assert bool(entry[name]) == bool(ENGLISH[kind][key][name]), (key, name)
    for key, name, _, after in pairs(language, kind):
        assert after.strip() == after != "", (key, name)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_no_text_is_longer_than_its_place_on_the_sheet(language: str, kind: str) -> None:
    for key, name, _, after in pairs(language, kind):
        assert len(after) <= LONGEST.get(name, len(after)), (key, name, after)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_the_figures_of_a_sentence_stay(language: str, kind: str) -> None:
    for key, name, before, after in pairs(language, kind):
        if (language, key, before) in OTHER_FIGURES:
            continue
        assert not figures(before) - figures(after), (key, name, before, after)
        added = figures(after) - figures(before)
        assert not added - spelled(before), (key, name, before, after)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_figures_are_the_ones_that_the_clinic_writes(language: str, kind: str) -> None:
    for key, name, _, after in pairs(language, kind):
        assert all(sign in "0123456789" for sign in after if sign.isnumeric()), (key, name, after)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_the_text_leaves_its_direction_to_the_page(language: str, kind: str) -> None:
    for key, name, _, after in pairs(language, kind):
        assert not set(after) & DIRECTION_MARKS, (key, name, after)


@pytest.mark.parametrize("language", sorted(OTHER_SCRIPT))
@pytest.mark.parametrize("kind", sorted(WORDS))
def test_a_language_of_another_script_has_no_latin_in_it(language: str, kind: str) -> None:
    for key, name, _, after in pairs(language, kind):
        letters = [sign for sign in after if sign.isalpha()]
        strange = [
            sign
            for sign in letters
            if not unicodedata.name(sign).startswith(OTHER_SCRIPT[language])
        ]
        assert letters, (key, name, after)
        assert not strange, (key, name, after)
        assert not set(after) & set(LATIN_MARKS[language]), (key, name, after)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_no_english_word_stands_in_a_sentence(language: str, kind: str) -> None:
    for key, name, _, after in pairs(language, kind):
        words = set(re.findall(r"\w+", after.lower()))
        assert not words & ENGLISH_WORDS, (key, name, after)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_nothing_is_left_in_english(language: str, kind: str) -> None:
    for key, name, before, after in pairs(language, kind):
        same = after.casefold() == before.casefold()
        assert not same or before in SAME_IN_BOTH, (key, name, after)


@pytest.mark.parametrize(("language", "kind"), BY_LANGUAGE_AND_KIND)
def test_nothing_is_shouted(language: str, kind: str) -> None:
    for key, name, _, after in pairs(language, kind):
        assert not set(after) & set("!¡\"'"), (key, name, after)


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_names_tell_the_exercises_apart_in_a_grid(language: str) -> None:
    names = Counter(
        entry["short_name"].casefold() for entry in translated(language, "exercises").values()
    )
    assert not [name for name, times in names.items() if times > 1]
