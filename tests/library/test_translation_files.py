"""Languages on paper: what is read, what is refused by name, and that the rest still loads."""

from pathlib import Path

import pytest

from clinic_desk.errors import NotFound
from clinic_desk.library import Library
from clinic_desk.library.handout_words import language_name
from tests.support import translated


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return translated.folder(tmp_path)


def test_every_shipped_language_has_all_words_of_the_page() -> None:
    library = Library()
    assert library.languages() == ("en", "ar", "de", "es", "fr", "pt")
    for language in library.languages():
        found = library.translation(language)
        assert found.problems == ()
        assert found.words.missing == ()
        assert found.words.reviewed is (language == "en")


def test_what_ships_in_other_languages_names_only_exercises_of_the_library() -> None:
    library = Library()
    known = {one.exercise.id for one in library.exercises()}
    for language in library.languages():
        assert set(library.translation(language).exercises) <= known


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "مجموعة واحدة من 8"), (2, "مجموعتان من 8"), (3, "3 مجموعات من 8"), (11, "11 مجموعة من 8")],
)
def test_arabic_counts_by_its_own_plural_rules(count: int, said: str) -> None:
    assert Library().translation("ar").words.counted("dose.sets", count, amount=8) == said


def test_a_whole_language_is_read_with_its_reviewed_mark(root: Path) -> None:
    translated.write(root, "fr", "exercises", translated.exercises("fr", reviewed=True))
    found = Library(root).translation("fr")
    assert found.problems == ()
    assert len(found.exercises) == len(Library().exercises())
    assert found.exercises["s1_clam"].reviewed is True
    assert found.exercises["s1_clam"].steps[0] == "Levez le bassin lentement."


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"steps": ["Un."]}, "fr/exercises.toml: s1_clam.steps: has 1 entries, English has 3"),
        ({"name": " "}, "fr/exercises.toml: s1_clam.name: String should have at least 1"),
        ({"reviewed": "no"}, "fr/exercises.toml: s1_clam.reviewed: Input should be a valid bool"),
        ({"hint": "x"}, "fr/exercises.toml: s1_clam.hint: Extra inputs"),
        ({"precautions": ""}, "fr/exercises.toml: s1_clam.precautions: must be empty where"),
    ],
)
def test_a_faulty_text_is_named_and_the_others_load(
    root: Path, change: dict[str, object], named: str
) -> None:
    tables = translated.exercises("fr")
    tables["s1_clam"] = {**tables["s1_clam"], **change}  # type: ignore[dict-item]
    translated.write(root, "fr", "exercises", tables)
    found = Library(root).translation("fr")
    assert [str(one)[: len(named)] for one in found.problems] == [named]
    assert "s1_clam" not in found.exercises
    assert len(found.exercises) == len(Library().exercises()) - 1


def test_an_unknown_exercise_is_named(root: Path) -> None:
    tables = translated.exercises("fr")
    tables["s9_moon_walk"] = tables["s1_clam"]
    translated.write(root, "fr", "exercises", tables)
    (problem,) = Library(root).translation("fr").problems
    assert str(problem) == "fr/exercises.toml: s9_moon_walk: is not in the library"


def test_a_broken_file_leaves_the_other_files_of_its_language(root: Path) -> None:
    (root / "translations/fr/exercises.toml").write_text("language = ", "utf-8")
    program = {"reviewed": False, "name": "Phase", "frequency": "Souvent", "stop": ["Arrêt"]}
    translated.write(root, "fr", "programs", {"language": "fr", "acute_g1": program})
    card = {"reviewed": False, "title": "Crampe", "text": ["a", "b", "c", "d", "e"]}
    translated.write(root, "fr", "advice", {"language": "fr", "cramp_now": card})
    found = Library(root).translation("fr")
    assert [str(one).split(":")[0] for one in found.problems] == ["fr/exercises.toml"]
    assert found.programs["acute_g1"].name == "Phase"
    assert found.advice["cramp_now"].title == "Crampe"


def _words(root: Path, language: str, old: str, new: str) -> Library:
    path = root / "translations" / language / "handout.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return Library(root)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('title = "Vos exercices à la maison"', "", "frame.title: is missing"),
        ("{limit} sur 10 est", "sur 10 est", "frame.note: lacks “{limit}”"),
        ("{limit} sur 10 est", "{limite} sur 10 est", "frame.note: “{limite}” is no value"),
        ('"V", "S", "D"]', '"V", "S"]', "frame.weekdays: has 6 entries, English has 7"),
        ('start = "Départ"', 'start = ""', "frame.start: must be a text that is not empty"),
        ('start = "Départ"', 'start = "Départ"\nx = "y"', "frame.x: is no key of the English"),
    ],
)
def test_a_faulty_word_of_the_page_is_named_and_stands_in_english(
    root: Path, old: str, new: str, named: str
) -> None:
    found = _words(root, "fr", old, new).translation("fr")
    assert [str(one)[: len("fr/handout.toml: " + named)] for one in found.problems] == [
        "fr/handout.toml: " + named
    ]
    key = named.split(":")[0]
    if key in found.words.missing:
        assert found.words.texts[key] == Library().translation("en").words.texts[key]


def test_a_plural_form_that_a_language_needs_is_missed_by_name(root: Path) -> None:
    found = _words(root, "ar", 'few = "{count} مرات"\n', "").translation("ar")
    assert str(found.problems[0]) == (
        "ar/handout.toml: dose.times: lacks the plural form “few” of this language"
    )


def test_a_language_that_is_not_here_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match=r"“xx”.*Known: en, ar, de, es, fr, pt"):
        Library().translation("xx")


def test_languages_are_named_in_each_other() -> None:
    assert language_name("en", "fr") == "anglais"
    assert language_name("fr", "en") == "French"
