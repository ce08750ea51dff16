"""What is done in the clinic beside exercises: one short list, `resources/treatments.toml`."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from clinic_desk import paths
from clinic_desk.library.files import Strict, invalid, read

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment: its name in the list, how a sentence says it, and its usual dose."""

    id: str
    label: str
    said: str
    dose: str = ""


class _Treatment(Strict):
    id: _Id
    label: _Words
    said: _Words
    dose: Annotated[str, Field(max_length=60)] = ""


class _File(Strict):
    treatment: Annotated[list[_Treatment], Field(min_length=1)]


def load(path: Path | None = None) -> tuple[Treatment, ...]:
    """Every treatment in the order of the file; the shipped file where none is given.

    Raises LibraryInvalid for a file that breaks the format or names something twice.
    """
    return _load(path or paths.resources() / "treatments.toml")


@lru_cache(maxsize=4)
def _load(path: Path) -> tuple[Treatment, ...]:
    if not path.is_file():
        raise invalid(path.name, "file", "the file of the treatments is missing")
    found: dict[str, Treatment] = {}
    for place, one in enumerate(read(path, _File).treatment):
        if one.id in found:
            raise invalid(path.name, f"treatment[{place}].id", f"`{one.id}` is used twice")
        found[one.id] = Treatment(one.id, one.label, one.said, one.dose)
    return tuple(found.values())
