"""What the clinic made of the program templates: its own, changed ones, hidden ones.

They lie over what ships as the clinic's exercises do. One that breaks the format is refused by
name, and the shipped one, if any, takes its place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from clinic_desk.clinical.exercise import Template
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import programs
from clinic_desk.library.exercises import Illustrated
from clinic_desk.library.files import invalid
from clinic_desk.library.own import PREFIX, Entry, Tables
from clinic_desk.library.programs import Plans


def lay_over(
    shipped: Plans,
    entries: Sequence[Entry],
    shipped_tables: Callable[[str], Tables],
    known: Mapping[str, Illustrated],
) -> Plans:
    """The templates as the clinic sees them; `known` are the exercises."""
    found = dict(shipped.templates)
    problems = list(shipped.problems)
    broken = {str(one).split(":")[0].removesuffix(".toml") for one in problems}
    own: set[str] = set()
    changed: set[str] = set()
    outdated: set[str] = set()
    for entry in entries:
        if entry.content is None:
            continue
        ships = entry.id in shipped.templates
        try:
            found[entry.id] = _built(entry, entry.content, ships, known)
        except LibraryInvalid as problem:
            problems.append(problem)
            broken.add(entry.id)
            continue
        (changed if ships else own).add(entry.id)
        if ships and programs.fingerprint(shipped_tables(entry.id)) != entry.based_on:
            outdated.add(entry.id)
    mine = {key: found[key] for key in own | changed}
    problems += [
        one for one in programs.unlinked(found, broken) if str(one).split(".toml")[0] in mine
    ]
    return replace(
        shipped,
        templates=dict(sorted(found.items())),
        problems=tuple(problems),
        hidden=frozenset(one.id for one in entries if one.hidden and one.id in found),
        own=frozenset(own),
        changed=frozenset(changed),
        outdated=frozenset(outdated),
    )


def _built(
    entry: Entry, content: Tables, ships: bool, known: Mapping[str, Illustrated]
) -> Template:
    name = f"{entry.id}.toml"
    # what once shipped and was changed here stays, though it ships no longer
    if not ships and not entry.based_on and not entry.id.startswith(PREFIX):
        raise invalid(name, "id", f"a template of the clinic's own begins with “{PREFIX}”")
    if content.get("id") != entry.id:
        raise invalid(name, "id", f"must be “{entry.id}”")
    return programs.build(name, content, known)
