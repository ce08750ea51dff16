"""How far values and flags of a protocol are worked out from one another.

What is worked out over more steps than a person can follow is refused, before it runs.
"""

from collections.abc import Collection, Iterator, Mapping

from clinic_desk.clinical.protocol import Protocol
from clinic_desk.library.toml_file import Fault, TomlFile

_MOST_STEPS = 30


def too_long(file: TomlFile, protocol: Protocol) -> Iterator[Fault]:
    """Derived values and flags at the end of a longer chain, each kind by its first."""
    values = {name: one.reads for name, one in protocol.derived.items()}
    members: dict[str, list[str]] = {}
    for flag in protocol.flags.values():
        members.setdefault(flag.group, []).append(flag.id)
    flags: dict[str, list[str]] = {}
    for flag in protocol.flags.values():
        asked = [one.split(":", 1) for case in flag.cases for one in case.when.flags]
        flags[flag.id] = [
            name
            for kind, one in asked
            for name in ([one] if kind == "flag" else members.get(one, []))
        ]
    for kind, needs in (("derived", values), ("flag", flags)):
        levels = _levels(needs)
        for name in needs:
            if levels.get(name, 0) > _MOST_STEPS:
                reason = f"it is worked out over more than {_MOST_STEPS} steps"
                place = next(n for n, one in enumerate(file.data[kind]) if one.get("id") == name)
                yield file.fault((kind, place), reason)
                break


def _levels(needs: Mapping[str, Collection[str]]) -> dict[str, int]:
    """How many steps each is worked out over; what stands in a circle is left out."""
    open_still = {name: [one for one in ones if one in needs] for name, ones in needs.items()}
    levels: dict[str, int] = {}
    ready = [name for name, ones in open_still.items() if not ones]
    above: dict[str, list[str]] = {}
    for name, ones in open_still.items():
        for one in ones:
            above.setdefault(one, []).append(name)
    left = {name: len(ones) for name, ones in open_still.items()}
    while ready:
        name = ready.pop()
        levels[name] = 1 + max((levels[one] for one in open_still[name]), default=0)
        for higher in above.get(name, ()):
            left[higher] -= 1
            if left[higher] == 0:
                ready.append(higher)
    return levels
