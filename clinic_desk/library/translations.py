"""Exercises, programs and advice cards in other languages, and whether a clinician reviewed them.

`resources/translations/<language>/` holds `exercises.toml`, `programs.toml`, `advice.toml` and
`handout.toml`. A text that breaks the format is refused by file, key and reason; the rest of
the file still loads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from clinic_desk.clinical.exercise import Exercise, Template
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import handout_words
from clinic_desk.library.advice import AdviceCard
from clinic_desk.library.files import Strict, invalid, key, parse
from clinic_desk.library.handout_words import SOURCE, HandoutWords

# Translations may be longer than English, yet a step stays one short sentence.
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=900)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=140)]
_Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=48)]
_Maybe = Annotated[str, StringConstraints(strip_whitespace=True, max_length=900)]


class _Exercise(Strict):
    reviewed: bool
    name: _Name
    short_name: _Short
    start: _Text
    steps: list[_Text]
    cues: list[_Text] = Field(default=[])
    precautions: _Maybe = ""
    stop: list[_Text] = Field(default=[])


class _Program(Strict):
    reviewed: bool
    name: _Name
    frequency: _Text
    stop: list[_Text] = Field(default=[])


class _Advice(Strict):
    reviewed: bool
    title: _Name
    text: list[_Text]


@dataclass(frozen=True, slots=True)
class ExerciseText:
    """An exercise's words for the patient in one language."""

    reviewed: bool
    name: str
    short_name: str
    start: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    precautions: str
    stop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramText:
    """A program template's words in one language."""

    reviewed: bool
    name: str
    frequency: str
    stop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceText:
    """An advice card's words in one language."""

    reviewed: bool
    title: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """All that one language has, and what was wrong with the rest."""

    language: str
    words: HandoutWords
    exercises: Mapping[str, ExerciseText] = field(default_factory=dict)
    programs: Mapping[str, ProgramText] = field(default_factory=dict)
    advice: Mapping[str, AdviceText] = field(default_factory=dict)
    problems: tuple[LibraryInvalid, ...] = ()


def languages(folder: Path) -> tuple[str, ...]:
    """The languages that have handout words, English first."""
    found = sorted(path.parent.name for path in folder.glob(f"*/{handout_words.FILE}"))
    return (SOURCE, *(one for one in found if one != SOURCE))


def load(
    folder: Path,
    language: str,
    exercises: Mapping[str, Exercise],
    templates: Mapping[str, Template],
    advice: Mapping[str, AdviceCard],
) -> Translation:
    """One language of a `translations` folder, checked against the English library.

    Raises LibraryInvalid only for a broken English file, on which all others stand.
    """
    english, faults = handout_words.read(folder / SOURCE / handout_words.FILE, SOURCE)
    if faults:
        raise faults[0]
    if language == SOURCE:
        return Translation(SOURCE, english)
    here = folder / language
    problems: list[LibraryInvalid] = []
    words = HandoutWords(language, False, english.texts, tuple(english.texts))
    try:
        words, wrong = handout_words.read(here / handout_words.FILE, language, english)
        problems += wrong
    except (FileNotFoundError, LibraryInvalid) as problem:
        problems.append(_as_fault(problem, language, handout_words.FILE))
    return Translation(
        language,
        words,
        _texts(here / "exercises.toml", _Exercise, exercises, _exercise, problems),
        _texts(here / "programs.toml", _Program, templates, _program, problems),
        _texts(here / "advice.toml", _Advice, advice, _advice, problems),
        tuple(problems),
    )


def _as_fault(problem: Exception, language: str, file: str) -> LibraryInvalid:
    if isinstance(problem, LibraryInvalid):
        text = str(problem)
        return problem if text.startswith(f"{language}/") else LibraryInvalid(f"{language}/{text}")
    return LibraryInvalid(f"{language}/{file}: the file is missing")


def same_words(one: Exercise, other: Exercise) -> bool:
    """Whether both say the same to the patient, so that a translation fits both."""
    return all(getattr(one, name) == getattr(other, name) for name in _WORDS)


_WORDS = ("name", "short_name", "start", "steps", "cues", "precautions", "stop")


Raw = TypeVar("Raw", bound=Strict)
Kind = TypeVar("Kind")
Source = TypeVar("Source")


def _texts(
    path: Path,
    schema: type[Raw],
    known: Mapping[str, Source],
    build: Callable[[Raw, Source], Kind],
    problems: list[LibraryInvalid],
) -> dict[str, Kind]:
    """A file's texts by id. A missing file is a language that has not got that far."""
    language = path.parent.name
    where = f"{language}/{path.name}"
    if not path.is_file():
        return {}
    try:
        tables = parse(path)
    except LibraryInvalid as problem:
        problems.append(_as_fault(problem, language, path.name))
        return {}
    if tables.pop("language", None) != language:
        reason = f"must be “{language}”, as its folder is called"
        problems.append(invalid(where, "language", reason))
    found: dict[str, Kind] = {}
    for name, table in tables.items():
        if name not in known:
            problems.append(invalid(where, name, "is not in the library"))
            continue
        try:
            found[name] = build(schema.model_validate(table), known[name])
        except ValidationError as fault:
            first = fault.errors(include_url=False, include_input=False)[0]
            place = key((name, *first["loc"]))
            problems.append(invalid(where, place, first["msg"]))
        except _Unlike as fault:
            problems.append(invalid(where, f"{name}.{fault.field}", str(fault)))
    return found


class _Unlike(Exception):
    """A text that does not fit its English source."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def _same_number(field: str, given: list[str], english: tuple[str, ...]) -> tuple[str, ...]:
    if len(given) != len(english):
        raise _Unlike(field, f"has {len(given)} entries, English has {len(english)}")
    return tuple(given)


def _exercise(given: _Exercise, english: Exercise) -> ExerciseText:
    if bool(given.precautions) != bool(english.precautions):
        raise _Unlike("precautions", "must be empty where English is, and only there")
    return ExerciseText(
        given.reviewed,
        given.name,
        given.short_name,
        given.start,
        _same_number("steps", given.steps, english.steps),
        _same_number("cues", given.cues, english.cues),
        given.precautions,
        _same_number("stop", given.stop, english.stop),
    )


def _program(given: _Program, english: Template) -> ProgramText:
    stop = _same_number("stop", given.stop, english.stop)
    return ProgramText(given.reviewed, given.name, given.frequency, stop)


def _advice(given: _Advice, english: AdviceCard) -> AdviceText:
    return AdviceText(given.reviewed, given.title, _same_number("text", given.text, english.text))
