"""What the clinic made of the library: its own exercises, changed ones, hidden ones.

They lie over what ships. A shipped exercise that the clinic changed stays as the clinic wants
it when a newer version brings another text; that it is outdated is said, not mended. An entry
that breaks the format is refused by name, and the shipped one, if any, takes its place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic_desk.drawing.shapes import Picture
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import exercises
from clinic_desk.library.exercises import Illustrated, Shelf
from clinic_desk.library.files import invalid

PREFIX = "own_"
"""What the id of an exercise begins with that was made here."""

Tables = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise as the clinic has it. `content` None leaves what ships as it is."""

    id: str
    content: Tables | None
    based_on: str = ""  # the fingerprint of what shipped when it was changed
    hidden: bool = False
    photos: tuple[Picture, ...] = ()


def lay_over(
    shipped: Shelf, entries: Sequence[Entry], shipped_tables: Callable[[str], Tables]
) -> Shelf:
    """The library as the clinic sees it."""
    found: dict[str, Illustrated] = dict(shipped.exercises)
    problems: list[LibraryInvalid] = list(shipped.problems)
    broken: set[str] = {str(one).split(":")[0].removesuffix(".toml") for one in problems}
    own: set[str] = set()
    changed: set[str] = set()
    outdated: set[str] = set()
    for entry in entries:
        if entry.content is None:
            continue
        ships = entry.id in shipped.exercises
        try:
            found[entry.id] = _built(entry, ships)
        except LibraryInvalid as problem:
            problems.append(problem)
            broken.add(entry.id)
            continue
        (changed if ships else own).add(entry.id)
        if ships and exercises.fingerprint(shipped_tables(entry.id)) != entry.based_on:
            outdated.add(entry.id)
    mine = {key: found[key] for key in own | changed}
    problems += [
        one for one in exercises.unlinked(found, broken) if str(one).split(".toml")[0] in mine
    ]
    return replace(
        shipped,
        exercises=exercises.in_order(found),
        problems=tuple(problems),
        hidden=frozenset(one.id for one in entries if one.hidden and one.id in found),
        own=frozenset(own),
        changed=frozenset(changed),
        outdated=frozenset(outdated),
    )


def _built(entry: Entry, ships: bool) -> Illustrated:
    name = f"{entry.id}.toml"
    if entry.content is None:
        raise invalid(name, "id", "has no content")
    # what once shipped and was changed here stays, though it ships no longer
    if not ships and not entry.based_on and not entry.id.startswith(PREFIX):
        raise invalid(name, "id", f"an exercise of the clinic's own begins with “{PREFIX}”")
    if entry.content.get("id") != entry.id:
        raise invalid(name, "id", f"must be “{entry.id}”")
    return exercises.build(name, entry.content, entry.photos)
