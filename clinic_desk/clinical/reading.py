"""One evaluation as conditions see it: its answers, its case, and what follows from them.

Findings are worked out when they are first asked for and remembered, so a rule may look at a
flag, the grade or a pattern, in any order and once only.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from clinic_desk.clinical import differentials, flags, grading, injury, logic, patterns
from clinic_desk.clinical.findings import (
    Doubt,
    GradeFinding,
    PatternFinding,
    Truth,
    Urgency,
)
from clinic_desk.clinical.logic import Missing, Outcome, Range
from clinic_desk.clinical.measures import (
    Answer,
    Answers,
    State,
)
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.reading_items import ItemsRead

_Found = TypeVar("_Found")


class Reading(ItemsRead):
    """The world of a protocol's conditions for one set of answers."""

    def __init__(
        self,
        protocol: Protocol,
        case: Case,
        answers: Answers,
        decisions: Mapping[str, str] | None = None,
        *,
        unsure_counts: bool = True,
    ) -> None:
        self.protocol = protocol
        self.case = case
        self.given = answers
        self.answers = answers
        self.decisions = dict(decisions or {})
        self._unsure_counts = unsure_counts
        self.doubted: dict[str, tuple[Answer, tuple[Doubt, ...]]] = {}  # as long as it stands
        self._truths: dict[str, Outcome] = {}
        self._amounts: dict[str, Range] = {}
        self._flags: dict[str, flags.Judged] = {}
        self._fired: dict[str, Outcome] = {}
        self._patterns: dict[str, tuple[PatternFinding | None, Outcome]] = {}
        self._differentials: dict[str, differentials.Judged] = {}
        self._leading: tuple[bool, float] | None = None
        self._examined: Reading | None = None
        self._grade: GradeFinding | None = None
        self._injury: injury.Injury | None = None
        self._then: Reading | None = None
        self._today: Reading | None = None  # where this is the injury as it was
        if protocol.implied:
            self.answers = {**answers, **self._implied()}

    def _implied(self) -> dict[str, Answer]:
        """What was not answered by itself because other answers hold it already."""
        found: dict[str, Answer] = {}
        for item in self.protocol.implied:
            given = self.given.get(item.id)
            if given is None or given.state is not State.GIVEN:  # unsure, or not testable
                for word, when in item.implied:
                    if when.holds(self):
                        found[item.id] = self.protocol.words[item.id][word]
                        break
        return found

    def is_implied(self, item: str) -> bool:
        """Whether the answer follows from others and was not given by itself."""
        return item in self.answers and item not in self.given

    # --- other worlds -------------------------------------------------------------------

    def supposing(self, **values: Answer) -> "Reading":
        """The same evaluation if these values were found; what they don't touch is kept."""
        other = Reading(
            self.protocol,
            self.case,
            {**self.given, **values},
            self.decisions,
            unsure_counts=self._unsure_counts,
        )
        if self._today is not None:
            other._today, other._injury = self._today, self._injury
        other._keep(self, values)
        return other

    def with_answers(self, answers: Answers, decisions: Mapping[str, str]) -> "Reading":
        """The same evaluation after it was typed on; what no changed answer touches is kept."""
        other = Reading(
            self.protocol, self.case, answers, decisions, unsure_counts=self._unsure_counts
        )
        other.doubted = dict(self.doubted)
        if other.decisions == self.decisions:
            before = self.given
            changed = {
                name
                for name, one in answers.items()
                if (was := before.get(name)) is not one and was != one
            }
            other._keep(self, changed.union(name for name in before if name not in answers))
        return other

    def _keep(self, before: "Reading", values: Iterable[str]) -> None:
        """Take over what was worked out before these answers changed, where they don't touch it."""
        protocol = self.protocol
        implied = (protocol.implied_by.get(name, frozenset()) for name in values)
        changed = set(values).union(*implied)
        touched: set[str] = set().union(*map(protocol.above, changed))
        self._truths = {one: known for one, known in before._truths.items() if one not in touched}
        self._amounts = {
            one: known
            for one, known in before._amounts.items()
            if one.partition(".")[0] not in touched
        }
        reach = protocol.reach
        self._flags = _without(before._flags, reach.flags(touched))
        self._patterns = _without(before._patterns, reach.patterns(touched))
        self._differentials = _without(before._differentials, reach.differentials(touched))
        if not reach.grade(touched):
            self._grade = before._grade

    def examined_only(self) -> "Reading":
        """The same evaluation with "unsure" counted as nothing but unsure."""
        if self._examined is None:
            self._examined = Reading(
                self.protocol, self.case, self.given, self.decisions, unsure_counts=False
            )
        return self._examined

    @property
    def injury(self) -> injury.Injury:
        """What of the answers, and of earlier visits, grades the injury."""
        if self._injury is None:
            rule = self.protocol.grade
            self._injury = (
                injury.Injury(self.answers)
                if rule is None
                else injury.as_it_was(self.protocol, rule, self.case, self.answers)
            )
        return self._injury

    @property
    def then(self) -> "Reading":
        """The injury as it was in its first days; red flags stay today's."""
        if self._today is not None or self.injury.answers == self.answers:
            return self
        if self._then is None:
            self._then = Reading(
                self.protocol,
                self.case,
                self.injury.answers,
                self.decisions,
                unsure_counts=self._unsure_counts,
            )
            self._then._today = self
            self._then._injury = self.injury
        return self._then

    # --- findings -----------------------------------------------------------------------

    def judged(self, flag: str) -> flags.Judged:
        if self._today is not None:
            return self._today.judged(flag)
        known = self._flags.get(flag)
        if known is None:
            known = flags.judge(self.protocol, self.protocol.flags[flag], self)
            self._flags[flag] = known
        return known

    def flag(self, flag: str) -> Outcome:
        return self.judged(flag).outcome

    def flag_group(self, group: str) -> Outcome:
        members = [name for name, flag in self.protocol.flags.items() if flag.group == group]
        missing: Missing = ()
        unknown = False
        for name in members:
            truth, lacking = self.flag(name)
            if truth is Truth.TRUE:
                return logic.TRUE
            unknown = unknown or truth is Truth.UNKNOWN
            missing += lacking
        return (Truth.UNKNOWN, logic.unique(missing)) if unknown else logic.FALSE

    def fired(self, urgency: str) -> Outcome:
        known = self._fired.get(urgency)
        if known is None:
            judged = map(self.judged, self.protocol.flags)
            known = self._fired[urgency] = flags.fired(judged, Urgency(urgency))
        return known

    def grade_finding(self) -> GradeFinding | None:
        """The suggested grade; None where the protocol grades nothing."""
        if self._today is not None:
            return self._today.grade_finding()
        rule = self.protocol.grade
        if self._grade is None and rule is not None:
            self._grade = grading.suggest(self.protocol, rule, self.then, self, self.injury)
        return self._grade

    def grade(self) -> Range:
        """The decided grade, else the suggested one."""
        highest = self.protocol.grade.highest if self.protocol.grade else 0
        decided = self.decisions.get("grade", "")
        if decided.isdecimal() and int(decided) <= highest:
            return float(decided), float(decided), ()
        found = self.grade_finding()
        if found is None or found.suggested is None:
            return 0.0, float(highest), found.missing if found else ()
        return float(found.suggested), float(found.suggested), ()

    def pattern_finding(self, pattern: str) -> tuple[PatternFinding | None, Outcome]:
        known = self._patterns.get(pattern)
        if known is None:
            known = patterns.judge(self.protocol.patterns[pattern], self)
            self._patterns[pattern] = known
        return known

    def pattern(self, pattern: str) -> Outcome:
        return self.pattern_finding(pattern)[1]

    def differential(self, name: str) -> differentials.Judged:
        """A differential where it is to be considered, and what would settle it."""
        known = self._differentials.get(name)
        if known is None:
            known = differentials.judge(self.protocol.differentials[name], self)
            self._differentials[name] = known
        return known

    def leads(self, pattern: str) -> Outcome:
        """Whether a pattern is found and none ranks before it; equals lead together."""
        found, outcome = self.pattern_finding(pattern)
        if found is None:
            return outcome
        if self._leading is None:
            others = (self.pattern_finding(name)[0] for name in self.protocol.patterns)
            self._leading = min(patterns.rank(self.protocol, one) for one in others if one)
        leads = patterns.rank(self.protocol, found) == self._leading
        return logic.TRUE if leads else logic.FALSE


def _without(known: dict[str, _Found], touched: frozenset[str]) -> dict[str, _Found]:
    return {one: found for one, found in known.items() if one not in touched}
