"""How long a record is kept after the last contact, by country: `resources/retention.toml`."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from clinic_desk import paths
from clinic_desk.library.files import Strict, invalid, read

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


@dataclass(frozen=True, slots=True)
class Rule:
    """One country's rule. `working`: not settled, or not yet checked against the law."""

    country: str
    name: str
    years: int
    until_age: int  # 0: no rule of their own for minors
    minor_under: int
    source: str
    working: bool


class _Rule(Strict):
    country: _Country
    name: _Words
    years: Annotated[int, Field(ge=1, le=100)]
    until_age: Annotated[int, Field(ge=0, le=100)] = 0
    minor_under: Annotated[int, Field(ge=1, le=30)] = 18
    source: _Words
    working: bool = False


class _File(Strict):
    rule: Annotated[list[_Rule], Field(min_length=1)]


def load(path: Path | None = None) -> tuple[Rule, ...]:
    """Every rule, by the country's name. Raises LibraryInvalid for a file that breaks the format
    or has a country twice.
    """
    return _load(path or paths.resources() / "retention.toml")


@lru_cache(maxsize=4)
def _load(path: Path) -> tuple[Rule, ...]:
    if not path.is_file():
        raise invalid(path.name, "file", "the file of the retention rules is missing")
    found: dict[str, Rule] = {}
    for place, one in enumerate(read(path, _File).rule):
        if one.country in found:
            raise invalid(path.name, f"rule[{place}].country", f"{one.country} stands twice")
        if one.until_age and one.until_age <= one.minor_under:
            raise invalid(path.name, f"rule[{place}].until_age", "no later than the minority ends")
        found[one.country] = Rule(**one.model_dump())
    return tuple(sorted(found.values(), key=lambda rule: rule.name))
