"""Program templates: which exercises in which phase, and what must hold before the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from clinic_desk.clinical.exercise import Criterion, Template
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import files
from clinic_desk.library.exercises import Id, Illustrated, Name, Words
from clinic_desk.library.files import Strict, invalid, parse


class _Criterion(Strict):
    text: Words
    when: Words | None = None
    source: Annotated[str, Field(max_length=300)] = ""
    working: bool = False


class _File(Strict):
    id: Id
    name: Name
    phase: Name
    stage: Annotated[int, Field(ge=1, le=4)]
    exercises: Annotated[list[Id], Field(min_length=1)]
    add_ons: list[Id] = Field(default=[])
    frequency: Words
    times_per_day: Annotated[int, Field(ge=1, le=12)] = 1
    days_per_week: Annotated[int, Field(ge=1, le=7)] = 7
    pain_limit: Annotated[int, Field(ge=0, le=10)]
    entry: list[Words] = Field(default=[])
    criterion: list[_Criterion] = Field(default=[])
    stop: list[Words] = Field(default=[])
    notes: Annotated[str, Field(max_length=1200)] = ""
    next: Id | None = None
    min_day: Annotated[int, Field(ge=0, le=365)] | None = None
    grade: Annotated[int, Field(ge=1, le=3)] | None = None
    min_week_post_op: Annotated[int, Field(ge=0, le=104)] | None = None


@dataclass(frozen=True, slots=True)
class Plans:
    """The templates by id, and what was wrong with the rest.

    `hidden` ones are no longer offered. `own` were made by the clinic, `changed` were changed by
    it, `outdated` were changed by it before what ships was.
    """

    templates: dict[str, Template]
    problems: tuple[LibraryInvalid, ...] = ()
    hidden: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()

    def origin(self, template: str) -> str:
        """What the clinic made of one: "outdated", "changed", "own", or "" for one as it ships."""
        kinds = ("outdated", "changed", "own")
        return next((kind for kind in kinds if template in getattr(self, kind)), "")

    def offered(self) -> dict[str, Template]:
        """Those that a new program can begin with."""
        return {key: one for key, one in self.templates.items() if key not in self.hidden}


def load(path: Path, known: Mapping[str, Illustrated]) -> Template:
    """One program file; `known` are the exercises. Raises LibraryInvalid."""
    made = build(path.name, parse(path), known)
    if made.id != path.stem:
        raise invalid(path.name, "id", f"“{made.id}” must be the file's own name")
    return made


def normal(name: str, tables: Mapping[str, object]) -> dict[str, object]:
    """The tables with everything that they leave to its default. Raises LibraryInvalid."""
    return files.check(name, dict(tables), _File).model_dump(mode="json", exclude_none=True)


def faults(tables: Mapping[str, object]) -> dict[str, str]:
    """All that breaks the format, by key, in the words of who types it; empty when it fits."""
    return files.faults(tables, _File)


def fingerprint(tables: Mapping[str, object]) -> str:
    """What two files have in common that mean the same template, however they are written."""
    return files.fingerprint(normal("", tables))


def build(name: str, tables: Mapping[str, object], known: Mapping[str, Illustrated]) -> Template:
    """A template from its tables, by `name` in errors. Raises LibraryInvalid."""
    given = files.check(name, dict(tables), _File)
    for field, ids in (("exercises", given.exercises), ("add_ons", given.add_ons)):
        for index, each in enumerate(ids):
            if each not in known:
                reason = f"“{each}” is no exercise of the library"
                raise invalid(name, f"{field}[{index}]", reason)
    for index, criterion in enumerate(given.criterion):
        if criterion.working and not criterion.source.strip():
            raise invalid(name, f"criterion[{index}].source", "a working value says its source")
    twice = [each for each in given.exercises if given.exercises.count(each) > 1]
    if twice:
        raise invalid(name, "exercises", f"“{twice[0]}” stands there twice")
    return Template(
        id=given.id,
        name=given.name,
        phase=given.phase,
        stage=given.stage,
        exercises=tuple(given.exercises),
        add_ons=tuple(given.add_ons),
        frequency=given.frequency,
        times_per_day=given.times_per_day,
        days_per_week=given.days_per_week,
        pain_limit=given.pain_limit,
        entry=tuple(given.entry),
        criteria=tuple(
            Criterion(each.text, each.when, each.source, each.working) for each in given.criterion
        ),
        stop=tuple(given.stop),
        notes=given.notes,
        next=given.next,
        min_day=given.min_day,
        grade=given.grade,
        min_week_post_op=given.min_week_post_op,
    )


def load_folder(folder: Path, known: Mapping[str, Illustrated]) -> Plans:
    """All templates of a folder by id, and what was wrong with the rest."""
    found: dict[str, Template] = {}
    problems: list[LibraryInvalid] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = load(path, known)
        except LibraryInvalid as problem:
            problems.append(problem)
    broken = {str(problem).split(":")[0].removesuffix(".toml") for problem in problems}
    return Plans(found, (*problems, *unlinked(found, broken)))


def unlinked(found: Mapping[str, Template], broken: set[str]) -> list[LibraryInvalid]:
    """Templates that lead to one that is not there; those that lead to a broken one are no news."""
    problems = []
    for template in found.values():
        if template.next is not None and template.next not in found.keys() | broken:
            reason = f"“{template.next}” is no program of the library"
            problems.append(invalid(f"{template.id}.toml", "next", reason))
    return problems
