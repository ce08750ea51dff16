"""The exercises, templates and letter kinds of a library, read once for each folder."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from clinic_desk.clinical.exercise import Template
from clinic_desk.drawing import figure
from clinic_desk.drawing.shapes import Picture
from clinic_desk.errors import NotFound
from clinic_desk.library import Library
from clinic_desk.library import exercises as exercise_files
from clinic_desk.library import letters as letter_files
from clinic_desk.library import programs as program_files
from clinic_desk.library.advice import AdviceCard
from clinic_desk.library.exercises import Illustrated
from clinic_desk.library.letters import LetterKind

Advice = AdviceCard  # as the windows know it, which never see the library


@lru_cache(maxsize=4)
def _exercises(root: Path) -> Mapping[str, Illustrated]:
    return exercise_files.load_folder(root / "exercises").exercises


@lru_cache(maxsize=4)
def _templates(root: Path) -> Mapping[str, Template]:
    return program_files.load_folder(root / "programs", _exercises(root))[0]


@lru_cache(maxsize=4)
def _letters(root: Path) -> tuple[LetterKind, ...]:
    return letter_files.load(root / "letters")


def advice(library: Library) -> Mapping[str, Advice]:
    """The advice cards by id, words for the patient."""
    return library.advice()


def exercises(library: Library) -> Mapping[str, Illustrated]:
    """All exercises that could be read, by id."""
    return _exercises(library.root)


def exercise(library: Library, exercise_id: str) -> Illustrated:
    """One exercise. Raises NotFound."""
    found = _exercises(library.root).get(exercise_id)
    if found is None:
        raise NotFound(f"There is no exercise “{exercise_id}” in the library.")
    return found


@lru_cache(maxsize=512)
def _pictures(root: Path, exercise_id: str, side: str) -> tuple[Picture, Picture]:
    return figure.pictures(_exercises(root)[exercise_id].pose, side)


def pictures(library: Library, exercise_id: str, side: str) -> tuple[Picture, Picture]:
    """Start and finish of an exercise for a side (left, right, both, each); drawn once."""
    exercise(library, exercise_id)
    return _pictures(library.root, exercise_id, side)


def templates(library: Library) -> Mapping[str, Template]:
    """All program templates that could be read, by id."""
    return _templates(library.root)


def template(library: Library, template_id: str) -> Template:
    """One template. Raises NotFound."""
    found = _templates(library.root).get(template_id)
    if found is None:
        raise NotFound(f"There is no program template “{template_id}” in the library.")
    return found


def letter_kinds(library: Library) -> tuple[LetterKind, ...]:
    """All letter kinds, in their order."""
    return _letters(library.root)


def letter_kind(library: Library, kind: str) -> LetterKind:
    """One letter kind. Raises NotFound."""
    for one in _letters(library.root):
        if one.id == kind:
            return one
    raise NotFound(f"There is no letter kind “{kind}”.")
