"""The exercises, templates and letter kinds of a library, as the use cases ask for them.

The library itself reads and keeps them once; here stand only the questions.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from clinic_desk.clinical.exercise import Template
from clinic_desk.drawing.shapes import Picture
from clinic_desk.errors import NotFound
from clinic_desk.library import Library
from clinic_desk.library import letter_languages as letter_words
from clinic_desk.library import letters as letter_files
from clinic_desk.library.advice import AdviceCard
from clinic_desk.library.exercises import Illustrated
from clinic_desk.library.letters import LetterKind

Advice = AdviceCard  # as the windows know it, which never see the library


@lru_cache(maxsize=4)
def _letters(root: Path) -> tuple[LetterKind, ...]:
    return letter_files.load(root / "letters")


def advice(library: Library) -> Mapping[str, Advice]:
    """The advice cards by id, words for the patient."""
    return library.advice()


def exercises(library: Library) -> Mapping[str, Illustrated]:
    """All exercises that could be read, by id, also those that are no longer offered."""
    return library.shelf().exercises


def offered(library: Library) -> Mapping[str, Illustrated]:
    """The exercises that a new program can take, by id."""
    return library.shelf().offered()


def exercise(library: Library, exercise_id: str) -> Illustrated:
    """One exercise. Raises NotFound."""
    return library.exercise(exercise_id)


def pictures(library: Library, exercise_id: str, side: str) -> tuple[Picture, Picture]:
    """Start and finish of an exercise for a side (left, right, both, each); drawn once."""
    return library.pictures(exercise_id, side)


def templates(library: Library) -> Mapping[str, Template]:
    """All program templates that could be read, by id, also those that are no longer offered."""
    return library.plans().templates


def template(library: Library, template_id: str) -> Template:
    """One template. Raises NotFound."""
    return library.template(template_id)


def letter_kinds(library: Library) -> tuple[LetterKind, ...]:
    """All letter kinds, in their order."""
    return _letters(library.root)


def letter_kind(library: Library, kind: str) -> LetterKind:
    """One letter kind, in English or as "<kind>@<language>". Raises NotFound."""
    base, _, language = kind.partition("@")
    for one in _letters(library.root):
        if one.id == base:
            found = letter_files.in_language(one, language, library.root / "letters")
            if found is None:
                raise NotFound(f"The letter kind “{base}” is not there in “{language}”.")
            return found
    raise NotFound(f"There is no letter kind “{kind}”.")


def letter_languages(library: Library, kind: LetterKind) -> Mapping[str, bool]:
    """The languages of a letter kind, English first; whether each was read by a clinician."""
    words = letter_words.load(library.root / "letters")
    others = {name: one.reviewed for name, one in words.items() if kind.base in one.kinds}
    return {"en": True, **others}
