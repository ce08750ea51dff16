"""Each language can say all that letters tell of the record, with the same facts."""

import re
import tomllib
from pathlib import Path

import pytest

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import Library, letter_languages, letters
from clinic_desk.library.letter_templates import written
from clinic_desk.library.phrases import phrase_book
from clinic_desk.library.speech import read, speech, spoken_book
from clinic_desk.library.treatments import load as treatments

LETTERS = paths.resources() / "letters"
LANGUAGES = sorted(letter_languages.load(LETTERS))
PROTOCOLS = ("posterior-thigh", "calf-achilles")
BLANK, NUMBER = re.compile(r"\{\w+\}"), re.compile(r"\d+")


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_the_english_file_is_there_with_its_places_and_numbers(
    language: str, protocol: str
) -> None:
    english, found = phrase_book(protocol).items, spoken_book(protocol, language)
    assert found is not None
    assert {name: set(own) for name, own in found.items.items()} == {
        name: set(own) for name, own in english.items()
    }
    for name, answers in english.items():
        for answer, phrase in answers.items():
            said = found.items[name][answer]
            assert bool(said) == bool(phrase), (name, answer)
            for facts in (BLANK, NUMBER):
                assert sorted(facts.findall(said)) == sorted(facts.findall(phrase)), (name, answer)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_one_of_the_protocol_with_the_same_places_and_numbers(
    language: str, protocol: str
) -> None:
    english = Library().protocol(protocol).texts.by_language["en"]
    found = spoken_book(protocol, language)
    assert found is not None
    for key, said in found.texts.items():
        for facts in (BLANK, NUMBER):
            assert sorted(facts.findall(said)) == sorted(facts.findall(english[key])), key


def test_all_languages_say_the_same_texts_and_parts() -> None:
    spoken = [speech(one) for one in LANGUAGES]
    assert all(spoken)
    for protocol in PROTOCOLS:
        books = [spoken_book(protocol, one) for one in LANGUAGES]
        assert all(books)
        assert len({frozenset(one.texts) for one in books if one}) == 1
    assert len({frozenset(one.parts) for one in spoken if one}) == 1
    for one in spoken:
        assert one is not None
        assert {name: set(own) for name, own in one.kinds.items()} == {
            name: set(own) for name, own in (spoken[0].kinds if spoken[0] else {}).items()
        }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", letters.load(), ids=lambda one: one.id)
def test_a_part_tells_the_same_fields_in_each_language(
    kind: letters.LetterKind, language: str
) -> None:
    found = letters.in_language(kind, language)
    assert found is not None
    for part in found.parts:
        english = kind.part(part.id)
        if part.spoken and part.id != "lead":
            assert written(part.spoken) == written(english.text), part.id
        elif (kind.id, part.id) == ("recall", "reason"):
            assert part.text == english.text  # what was typed on the task, in its own words
        elif not part.spoken and part.language == "en":
            assert not written(english.text), part.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["certificate-work", "certificate-sport", "cover-sheet"])
def test_what_others_than_colleagues_read_names_no_diagnosis(kind: str, language: str) -> None:
    found = letters.in_language(next(one for one in letters.load() if one.id == kind), language)
    assert found is not None
    assert {one.id for one in found.parts if one.spoken} <= {"criteria"}  # as in English


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_in_the_clinic_has_words(language: str) -> None:
    found = speech(language)
    assert found is not None
    assert set(found.treatments) == {one.id for one in treatments()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_not_asked_leaves_a_place_to_fill_in_and_is_never_a_no(language: str) -> None:
    found = speech(language)
    assert found is not None
    assert "[…]" in found.words["not_asked"]
    assert not found.words["not_asked"].startswith(found.words["no"])
    assert len({found.words[one] for one in ("yes", "no", "unsure", "not_asked")}) == 4


def test_arabic_has_a_form_for_each_of_its_plurals() -> None:
    found = speech("ar")
    assert found is not None
    for forms in found.units.values():
        assert set(forms) == {"zero", "one", "two", "few", "many", "other"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('language = "de"', 'language = "fr"', "must be “de”"),
        ('yes = "ja"', "", "differs in: yes"),
        ("{value} von {most}", "{value}", "must leave open: value, most"),
        ('other = "{n} Tage"', 'other = "Tage"', "not whole"),
        ('question = "{{ question }}"', 'question = "{{ nobody }}"', "no field “nobody”"),
        ("[types]", '[more]\nx = "x"\n\n[types]', "unknown key “more”"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    text = (LETTERS / "speech" / "de.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "de.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LibraryInvalid, match=re.escape(said)):
        read(path)


def test_a_language_or_protocol_without_a_file_is_none() -> None:
    assert speech("tlh") is None
    assert spoken_book("atrs", "de") is None


@pytest.mark.parametrize(
    "path", sorted((LETTERS / "phrases").glob("*.*.toml")), ids=lambda p: p.stem
)
def test_a_phrase_begins_small_enough_to_stand_in_a_sentence_and_has_no_full_stop(
    path: Path,
) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    for name, answers in data.items():
        for answer, said in answers.items():
            if name != "texts":
                assert not said.endswith("."), (name, answer)
