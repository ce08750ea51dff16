"""One finding explained, and what every such explanation needs: limits, turns and sources."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from clinic_desk.clinical import logic, turning
from clinic_desk.clinical.findings import Reason, Term, Urgency
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import Clause, Words
from clinic_desk.clinical.turning import Turn


@dataclass(frozen=True, slots=True)
class Card:
    """One finding explained."""

    kind: str  # flag, grade, pattern, differential, banner, hold, imaging, program, advice
    id: str
    title: Words
    outcome: Words
    rule: tuple[Clause, ...]
    fired_by: tuple[Reason, ...]
    turns: tuple[Turn, ...]  # empty where no single answer would change it
    sources: tuple[str, ...] = ()
    working: bool = False  # some part of it is a working value, not validated


Only = Container[str] | None  # the items to try; None for all


def within(items: Iterable[str], only: Only) -> tuple[str, ...]:
    """The items that are to be tried."""
    return tuple(one for one in items if only is None or one in only)


def turns_of(
    reading: Reading,
    conditions: Iterable[Condition],
    outcome: Callable[[Reading], Words],
    only: Only = None,
) -> tuple[Turn, ...]:
    """What alone would turn a finding that follows from conditions; `only` these items tried."""
    protocol, whole = reading.protocol, _below(reading.protocol, conditions)
    reads = logic.unique(name for condition in whole for name in condition.reads)
    asked = {name for condition in whole for name in condition.flags}
    rule = protocol.grade
    decisions: tuple[Turn, ...] = ()
    reads += tuple(
        item
        for name in asked
        if name.startswith(("pattern:", "leads:"))
        for item in (
            *protocol.patterns[name.partition(":")[2]].supports,
            *protocol.patterns[name.partition(":")[2]].contradicts,
        )
    )
    limits = limits_of(protocol, reads, whole)
    if "grade" in asked and rule is not None:
        decisions = _by_grade(reading, rule.highest, outcome)
    items = within(turning.varied(protocol, logic.unique(reads)), only)
    return decisions + turning.turns(reading, items, limits, outcome)


def _by_grade(
    reading: Reading, highest: int, outcome: Callable[[Reading], Words]
) -> tuple[Turn, ...]:
    now, found = outcome(reading), []
    low, high, _ = reading.grade()
    for grade in range(highest + 1):
        result = outcome(with_decision(reading, "grade", str(grade)))
        if result != now:
            becomes = Reason("why.decided", {"grade": grade})
            recorded = low if low == high else None
            found.append(Turn(Term("rule.grade"), recorded, becomes, result))
    return tuple(found)


def with_decision(reading: Reading, key: str, text: str) -> Reading:
    return Reading(reading.protocol, reading.case, reading.given, {**reading.decisions, key: text})


def _below(protocol: Protocol, conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """The conditions with those of every flag that they ask about, by name, group or urgency."""
    found: dict[int, Condition] = {}
    waiting = list(conditions)
    while waiting:
        condition = waiting.pop(0)
        if id(condition) in found:
            continue
        found[id(condition)] = condition
        for asked in condition.flags:
            kind, _, wanted = asked.partition(":")
            for flag in protocol.flags.values():
                for case in flag.cases:
                    if (
                        (kind == "flag" and flag.id == wanted)
                        or (kind == "flag_group" and flag.group == wanted)
                        or (kind == "fired" and case.urgency.rank >= Urgency(wanted).rank)
                    ):
                        waiting.append(case.when)
    return tuple(found.values())


def limits_of(
    protocol: Protocol, reads: Iterable[str], conditions: Iterable[Condition]
) -> turning.Limits:
    texts = [condition.text for condition in conditions]
    for name in logic.unique(part for read in reads for part in (read, *protocol.under(read))):
        derived = protocol.derived.get(name)
        if derived is not None:
            texts.extend(part.text for part in (derived.test, derived.amount) if part)
    return turning.limits_in(texts)


def sources_of(reading: Reading, own: str, items: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The rule's own source, else those of its items; and whether a working value decided."""
    protocol = reading.protocol
    below = logic.unique(
        part for item in items for part in (item, *protocol.under(item)) if item in protocol.items
    )
    theirs = logic.unique(protocol.item(name).source for name in below)
    shown = (own,) if own else tuple(source for source in theirs if source)
    ours = (
        item.working or (item.implied_working and reading.is_implied(item.id))
        for item in map(protocol.item, below)
    )
    return shown, not shown or any(ours)
