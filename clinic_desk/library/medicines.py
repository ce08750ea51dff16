"""Medicine classes and the names that belong to them: one file, `resources/medicines.toml`.

The rules ask for classes only. A name may stand in several classes (a combination); one that
stands nowhere is kept as it was typed, and its class is not known.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from clinic_desk import paths
from clinic_desk.library.files import Strict, invalid, read

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


@dataclass(frozen=True, slots=True)
class MedicineClass:
    """Medicines that the rules treat alike, and why they matter."""

    id: str
    label: str
    why: str
    source: str
    names: tuple[str, ...]


class _Class(Strict):
    id: _Id
    label: _Words
    why: _Words
    source: _Words
    names: Annotated[list[_Words], Field(min_length=1)]


class _File(Strict):
    medicine_class: Annotated[list[_Class], Field(alias="class", min_length=1)]


def load(path: Path | None = None) -> tuple[MedicineClass, ...]:
    """Every class in the order of the file; the shipped file where none is given.

    Raises LibraryInvalid for a file that breaks the format or names something twice.
    """
    return _load(path or paths.resources() / "medicines.toml")


@lru_cache(maxsize=4)
def _load(path: Path) -> tuple[MedicineClass, ...]:
    if not path.is_file():
        raise invalid(path.name, "file", "the file of the medicine classes is missing")
    found: dict[str, MedicineClass] = {}
    for place, one in enumerate(read(path, _File).medicine_class):
        folded = [" ".join(name.split()).casefold() for name in one.names]
        twice = next((name for name in folded if folded.count(name) > 1), None)
        if one.id in found:
            raise invalid(path.name, f"class[{place}].id", f"`{one.id}` is used twice")
        if twice is not None:
            raise invalid(path.name, f"class[{place}].names", f"`{twice}` stands there twice")
        found[one.id] = MedicineClass(one.id, one.label, one.why, one.source, tuple(one.names))
    return tuple(found.values())
