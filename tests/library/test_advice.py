"""The advice cards that ship, and what their reader refuses."""

import re
from pathlib import Path

import pytest

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import Library
from clinic_desk.library.advice import MOST_WORDS, load_advice, read_card

CARD = """
id = "rest"
title = "Rest"
audience = "patient"
text = ["Sleep well.", "Take breaks."]
source = "Expert practice"
note = ""
"""


def written(folder: Path, text: str, name: str = "rest.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_cards_that_the_protocols_name_are_all_there() -> None:
    assert set(load_advice()) == {
        "why_tight",
        "cramp_now",
        "heat_cold",
        "hydration",
        "minerals",
        "first_days",
        "knee_prevention",
        "strain_prevention",
        "faq",
        "safety_net",
        "stop_rules",
    }


def test_every_card_is_short_calm_and_says_where_it_comes_from() -> None:
    for card in load_advice().values():
        assert card.words <= MOST_WORDS, card.id
        assert "!" not in card.title + " ".join(card.text), card.id
        assert card.source, card.id
        assert card.note, card.id


def test_the_drinking_card_puts_thirst_and_medical_limits_before_amounts() -> None:
    text = " ".join(load_advice()["hydration"].text)
    assert text.startswith("Drink when you are thirsty")
    assert "from food and drinks" in text
    assert "Never force yourself to drink" in text
    assert text.endswith("that limit comes first.")


def test_the_stop_rules_name_every_reason_to_stop() -> None:
    assert len(load_advice()["stop_rules"].text) == 7


def test_a_card_is_read_as_written(tmp_path: Path) -> None:
    card = read_card(written(tmp_path, CARD))
    assert card.text == ("Sleep well.", "Take breaks.")
    assert card.words == 4


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('title = "Rest"', "", "title"),
        ('title = "Rest"', "title = 3", "title"),
        ('"patient"', '"nobody"', "audience"),
        ('["Sleep well.", "Take breaks."]', "[]", "text"),
        ('"Sleep well."', '" "', "text[0]"),
        ('id = "rest"', 'id = "sleep"', "id"),
        ('note = ""', 'note = ""\nremark = ""', "remark"),
    ],
)
def test_a_fault_is_named_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in CARD
    with pytest.raises(LibraryInvalid, match=rf"^rest\.toml: {re.escape(key)}: "):
        read_card(written(tmp_path, CARD.replace(old, new)))


def test_a_card_that_is_too_long_is_refused_with_its_count(tmp_path: Path) -> None:
    long = CARD.replace("Sleep well.", "word " * MOST_WORDS)
    with pytest.raises(LibraryInvalid, match="has 122 words"):
        read_card(written(tmp_path, long))


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryInvalid, match=r"^rest\.toml: "):
        read_card(written(tmp_path, "id = "))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rest.toml"
    path.write_bytes(b"id = \xff")
    with pytest.raises(LibraryInvalid, match="not UTF-8"):
        read_card(path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryInvalid, match=r"^cards: "):
        load_advice(tmp_path / "cards")


def test_the_library_gives_the_cards_of_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "advice").mkdir()
    written(tmp_path / "advice", CARD)
    library = Library(tmp_path)
    assert list(library.advice()) == ["rest"]
    assert library.advice() is library.advice()
