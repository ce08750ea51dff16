"""What is worth measuring again at the next visit, and why. Suggested only: the clinician picks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from clinic_desk.clinical import progression
from clinic_desk.clinical.findings import Findings, Reason, Term
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.reading import Reading

_MOST_PARTS = 3  # of a derived value that rests on many answers; a working value


@dataclass(frozen=True, slots=True)
class Retest:
    """One item to measure again."""

    item: str
    because: Reason


def suggest(reading: Reading, found: Findings, acted: Collection[str]) -> tuple[Retest, ...]:
    """Red flags that were acted on, then the grade's recheck, the next gate and the patterns."""
    protocol = reading.protocol
    offered: dict[str, Reason] = {}

    def offer(names: Iterable[str], because: Reason) -> None:
        for name in names:
            for item in _asked(reading, name):
                offered.setdefault(item, because)

    for flag in found.red_flags:
        if flag.id in acted:
            why = Reason("retest.flag", {"flag": Term(flag.label)})
            offer((name for reason in flag.reasons for name in reason.inputs), why)
    grade, rule = found.grade, protocol.grade
    if grade is not None and rule is not None and grade.suggested and not reading.injury.late:
        for group in rule.required:
            answered = [one for one in group if not reading.lacking(one)]
            offer(answered[:1], Reason("retest.grade"))
    walked = progression.walked(protocol, reading)
    if walked is not None and walked[1].leave is not None:
        for criterion in progression.open_criteria(walked[1].leave, reading):
            offer(criterion.missing or criterion.reads, Reason("retest.gate"))
    for pattern in found.patterns:
        why = Reason("retest.pattern", {"pattern": Term(pattern.label, inside=True)})
        offer(protocol.patterns[pattern.id].retest, why)
    return tuple(Retest(item, because) for item, because in offered.items())


def _asked(reading: Reading, name: str) -> tuple[str, ...]:
    """The questions behind a value, those that were answered first; facts don't change."""
    protocol: Protocol = reading.protocol
    parts = [one for one in (name, *protocol.under(name)) if one in protocol.places]
    able = [one for one in parts if protocol.item(one).carry == "again"]
    answered = [one for one in able if reading.answer(one) is not None]
    return tuple((answered or able[:1])[:_MOST_PARTS])
