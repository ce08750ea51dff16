"""The injury as it was in its first days: which answers may grade it.

What recovers counts only while the injury is fresh. Later it is set aside, and what an earlier
visit found in those days stands in its place, else what is known of them by report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from clinic_desk.clinical.measures import Answer, Answers, State
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.rules import GradeRule


@dataclass(frozen=True, slots=True)
class Injury:
    """What grades the injury, and how that was come by."""

    answers: Answers
    day: int | None = None  # days since the injury; none where its date is missing
    late: bool = False  # today's recovery is set aside
    undated: bool = False  # without a date, what recovers counts as if it were fresh
    recorded: frozenset[str] = frozenset()  # what earlier visits found while it was fresh
    _aging: frozenset[str] = frozenset()
    _instead: Mapping[str, str] = field(default_factory=dict)

    def aged(self, item: str) -> bool:
        """Whether an item recovers, so that it counts only of the first days."""
        return item in self._aging

    def ask(self, items: Iterable[str]) -> tuple[str, ...]:
        """What may still be asked: for what has aged, the question about the first days."""
        if not self.late:
            return tuple(items)
        wanted = (self._instead.get(one, "" if one in self._aging else one) for one in items)
        return tuple(dict.fromkeys(one for one in wanted if one))


def as_it_was(protocol: Protocol, rule: GradeRule, case: Case, answers: Answers) -> Injury:
    """The answers as the grade may read them."""
    if rule.fresh_days is None:
        return Injury(answers)
    aging, injured = protocol.aging, _injured(rule, case, answers)
    until = None if injured is None else injured + timedelta(days=rule.fresh_days)
    known: dict[str, Answer] = {}
    recorded: set[str] = set()
    for visit in reversed(case.earlier):
        fresh = until is None or visit.on <= until
        for name, answer in visit.answers.items():
            if answer.state is State.NOT_TESTABLE or (name in aging and not fresh):
                continue
            known[name] = answer
            if name in aging:
                recorded |= protocol.above(name)
    late = until is not None and case.on > until
    if not known and not late:
        known = dict(answers)
    else:
        _add(known, answers, aging if late else frozenset())
    if late:
        for item in protocol.items.values():
            if item.stands_in and item.id in known and item.stands_in not in recorded:
                known[item.stands_in] = known[item.id]
    undated = injured is None and not aging.isdisjoint(known)
    day = None if injured is None else (case.on - injured).days
    return Injury(known, day, late, undated, frozenset(recorded), aging, protocol.instead)


def _add(known: dict[str, Answer], answers: Answers, aged: frozenset[str]) -> None:
    """Today's answers over those of earlier visits, but for what has aged and what says nothing."""
    for name, answer in answers.items():
        empty = answer.state is State.NOT_TESTABLE and name in known
        if not empty and name not in aged:
            known[name] = answer


def _injured(rule: GradeRule, case: Case, answers: Answers) -> date | None:
    """The day of the injury, as it was said last."""
    for held in (answers, *(visit.answers for visit in case.earlier)):
        answer = held.get(rule.injured_on)
        if answer is not None and isinstance(answer.value, date):
            return answer.value
    return None
