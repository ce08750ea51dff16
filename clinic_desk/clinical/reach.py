"""How far an answer reaches: which rules may be judged otherwise when it changes.

What a changed answer does not reach is kept as it was found, so that a keystroke costs what it
changes and not the whole protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.rules import GradeRule

if TYPE_CHECKING:
    from clinic_desk.clinical.protocol import Protocol

Reached = Mapping[str, frozenset[str]]


class Reach:
    """For items and derived values of a protocol, what reads them. What follows from an item
    through a derived value is found by asking for that value too (`Protocol.above`).
    """

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._flags = _turned(
            (flag.id, self._read(case.when for case in flag.cases))
            for flag in protocol.flags.values()
        )
        self._patterns = _turned(
            (one.id, {*one.supports, *one.contradicts}) for one in protocol.patterns.values()
        )
        self._differentials = _turned(
            (
                one.id,
                {*one.supports, *one.contradicts}
                | self._read(when for when in (one.when, one.after) if when is not None),
            )
            for one in protocol.differentials.values()
        )
        self._grade = self._of_grade(protocol.grade) if protocol.grade is not None else frozenset()

    def flags(self, items: Iterable[str]) -> frozenset[str]:
        """The red flags that these items reach."""
        return _all(self._flags, items)

    def patterns(self, items: Iterable[str]) -> frozenset[str]:
        """The compensation patterns that these items reach."""
        return _all(self._patterns, items)

    def differentials(self, items: Iterable[str]) -> frozenset[str]:
        """The differentials that these items reach."""
        return _all(self._differentials, items)

    def grade(self, items: Iterable[str]) -> bool:
        """Whether any of these items reaches the grade of the injury."""
        return not self._grade.isdisjoint(items)

    def _of_grade(self, rule: GradeRule) -> frozenset[str]:
        protocol = self._protocol
        conditions = [one.when for one in (*rule.withhold, *rule.doubts)]
        conditions += [one.when for one in rule.hard]
        conditions += [one.when for one in rule.bounds]
        conditions += [one.when for one in rule.either]
        conditions += [one.when for one in rule.reports]
        pictures = (flag.cases for flag in protocol.flags.values() if flag.not_strain)
        conditions += [case.when for cases in pictures for case in cases]
        if rule.zero is not None:
            conditions.append(rule.zero)
        ways = (way.value for item in rule.items for way in (item.scoring, *item.or_else))
        groups = (name for group in rule.required for name in group)
        # whether anything that recovers is known at all says whether the injury's date is missed
        stand_ins = (one.id for one in protocol.items.values() if one.stands_in)
        known = {*ways, *groups, *protocol.aging, *stand_ins, rule.injured_on}
        return frozenset(self._read(conditions) | known)

    def _read(self, conditions: Iterable[Condition]) -> set[str]:
        """All that conditions read. What asks for a flag is reached by all that reaches that flag;
        what asks for anything else that was found is reached by everything.
        """
        found: set[str] = set()
        for when in conditions:
            found.update(when.reads)
            for asked in when.flags:
                sort, _, name = asked.partition(":")
                if sort != "flag":
                    return set(self._protocol.items)
                found |= self._read(case.when for case in self._protocol.flags[name].cases)
        return found


def _turned(reads: Iterable[tuple[str, set[str]]]) -> Reached:
    readers: dict[str, set[str]] = {}
    for rule, items in reads:
        for item in items:
            readers.setdefault(item, set()).add(rule)
    return {item: frozenset(rules) for item, rules in readers.items()}


def _all(reached: Reached, items: Iterable[str]) -> frozenset[str]:
    nothing: frozenset[str] = frozenset()
    return nothing.union(*(reached.get(item, nothing) for item in items))
