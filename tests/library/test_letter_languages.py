"""A letter in another language never mixes languages silently."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from clinic_desk import paths
from clinic_desk.documents.content import Wording
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import letter_fields, letter_languages, letters
from clinic_desk.library.letter_templates import speaks_english

KINDS = letters.load()
WORDS = letter_languages.load(paths.resources() / "letters")
PAIRS = [(kind, language) for kind in KINDS for language in WORDS]
NAMES = [f"{kind.id}@{language}" for kind, language in PAIRS]
WHOLE = ("certificate-work", "certificate-sport", "recall", "letter-free", "cover-sheet")


def test_letters_are_there_in_the_languages_of_the_handouts() -> None:
    assert sorted(WORDS) == ["ar", "de", "es", "fr", "pt"]
    assert not any(one.reviewed for one in WORDS.values())


@pytest.mark.parametrize(("kind", "language"), PAIRS, ids=NAMES)
def test_a_part_with_english_words_says_so_and_no_other_does(kind, language) -> None:  # type: ignore[no-untyped-def]
    found = letters.in_language(kind, language)
    assert found is not None
    assert found.id == f"{kind.id}@{language}"
    for one in found.parts:
        english = one.language == "en" and (bool(one.text.strip()) or one.table or one.chart)
        assert bool(one.note) == english, one.id
        if one.language == language:
            assert not speaks_english(one.text), one.id
    assert not any(speaks_english(text) for text in found.closing)


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_ticked_of_certificates_covers_and_free_letters_is_wholly_translated(
    kind: str, language: str
) -> None:
    english = next(one for one in KINDS if one.id == kind)
    found = letters.in_language(english, language)
    assert found is not None
    assert [one.id for one in found.parts if one.note and one.included] == []
    before = {one.id: letter_fields.gaps(one.text) for one in english.parts if one.included}
    after = {one.id: letter_fields.gaps(one.text) for one in found.parts if one.included}
    assert after == before  # what the clinician fills in is the same in every language


@pytest.mark.parametrize("language", list(WORDS))
def test_the_page_has_all_its_words_in_the_language(language: str) -> None:
    known = {one.name for one in fields(Wording)}
    given = WORDS[language].frame.words
    assert given.keys() <= known
    assert known - given.keys() <= {
        "age",
        "filed_as",
        "sore_side",
    }  # no letter of these prints them
    english = Wording()
    assert not [key for key, text in given.items() if text == getattr(english, key)]


def test_a_day_is_written_as_the_language_does() -> None:
    kind = next(one for one in KINDS if one.id == "certificate-work")
    french = letters.in_language(kind, "fr")
    assert french is not None
    values = {**letter_fields.empty(), "review_on": date(2026, 2, 6)}
    assert french.part("review").fill(values) == "À revoir le 6 février 2026."
    assert kind.part("review").fill(values) == "To be looked at again on 06 Feb 2026."


def test_a_kind_that_a_language_lacks_is_not_there() -> None:
    assert letters.in_language(KINDS[0], "tlh") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('language = "fr"', 'language = "de"', "must be “fr”"),
        ("Merci de recevoir {{ patient }} aujourd’hui.", "{{ complaint }}", "is in English"),
        ("Merci de recevoir {{ patient }} aujourd’hui.", "{{ nobody }}", "no field “nobody”"),
        ('draft_short = "BROUILLON"', 'draft_short = ["x"]', "must be a table of texts"),
        ("reviewed = false", "reviewed = 0", "must be true or false"),
        ("[frame]", '[frame]\nhello = "x"', "unknown key “hello”"),
    ],
)
def test_a_faulty_language_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    shipped = (paths.resources() / "letters" / "languages" / "fr.toml").read_text("utf-8")
    assert old in shipped
    path = tmp_path / "fr.toml"
    path.write_text(shipped.replace(old, new), "utf-8")
    with pytest.raises(LibraryInvalid, match=said) as refused:
        letter_languages.read(path)
    assert "fr.toml" in str(refused.value)
