"""A copy of the library with invented translations, for tests of languages on paper."""

import shutil
from pathlib import Path

import tomli_w

from clinic_desk import paths
from clinic_desk.library import Library

_PHRASES = {
    "ar": ("تمرين الركبة", "ركبة", "استلق على ظهرك واثن ركبتيك.", "ارفع الحوض ببطء ثم أنزله."),
    "fr": (
        "Ouverture du genou",
        "Genou",
        "Allongez-vous sur le dos.",
        "Levez le bassin lentement.",
    ),
}


def folder(target: Path) -> Path:
    """The shipped resources without pictures and fonts, to be changed by a test."""
    source = paths.resources()
    for name in ("exercises", "programs", "advice", "protocols"):
        shutil.copytree(source / name, target / name)
    for path in (source / "translations").glob("*/handout.toml"):
        (target / "translations" / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target / "translations" / path.parent.name)
    return target


def exercises(language: str, *, reviewed: bool = False) -> dict[str, object]:
    """Every exercise in invented words, as the file of a language holds them."""
    name, short, start, step = _PHRASES[language]
    tables: dict[str, object] = {"language": language}
    for number, one in enumerate(Library().exercises(), 1):
        exercise = one.exercise
        tables[exercise.id] = {
            "reviewed": reviewed,
            "name": f"{name} {number}",
            "short_name": f"{short} {number}",
            "start": start,
            "steps": [step for _ in exercise.steps],
            "cues": [step for _ in exercise.cues],
            "precautions": start if exercise.precautions else "",
            "stop": [step for _ in exercise.stop],
        }
    return tables


def write(root: Path, language: str, file: str, tables: dict[str, object]) -> None:
    """Write one file of a language."""
    path = root / "translations" / language / f"{file}.toml"
    path.write_text(tomli_w.dumps(tables), "utf-8")
