"""One evaluation as conditions see it: its answers, its case, and what follows from them.

Findings are worked out when they are first asked for and remembered, so a rule may look at a
flag, the grade or a pattern, in any order and once only.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date

from clinic_desk.clinical import flags, grading, injury, logic, patterns
from clinic_desk.clinical.body_chart import is_marked
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
    BodyChart,
    Pair,
    Scored,
    Sex,
    Side,
    State,
    deficit,
    deficit_percent,
)
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol

_GIVEN = State.GIVEN
_NEVER_OLDER = 130.0  # years; where no birth date is known


class Reading:
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
            if given is None or given.state is State.UNSURE:
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
            changed = {name for name, one in answers.items() if before.get(name) != one}
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
        flags_touched: set[str] = set().union(*map(protocol.flags_above, touched))
        self._flags = {
            one: known for one, known in before._flags.items() if one not in flags_touched
        }

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

    # --- items --------------------------------------------------------------------------

    def answer(self, item: str) -> Answer | None:
        return self.answers.get(item)

    def truth(self, item: str) -> Outcome:
        known = self._truths.get(item)
        if known is None:
            known = self._truths[item] = self._truth(item)
        return known

    def _truth(self, item: str) -> Outcome:
        answer = self.answers.get(item)
        if answer is None:
            derived = self.protocol.derived.get(item)
            if derived is not None and derived.test is not None:
                truth, missing = derived.test.judge(self)
                return truth, logic.unique(missing)
            return logic.OPEN, (item,)
        if answer.state is _GIVEN:
            return logic.TRUE if answer.value is True else logic.FALSE
        if answer.state is State.UNSURE:
            if self._unsure_counts and self.protocol.items[item].unsure_is_yes:
                return logic.TRUE
            return logic.OPEN, (item,)
        return logic.UNKNOWN

    def is_unsure(self, item: str) -> Outcome:
        answer = self.answers.get(item)
        if answer is None:
            return Truth.UNKNOWN, (item,)
        if answer.state is State.NOT_TESTABLE:
            return logic.UNKNOWN
        return logic.TRUE if answer.state is State.UNSURE else logic.FALSE

    def amount(self, item: str) -> Range:
        known = self._amounts.get(item)
        if known is None:
            known = self._amounts[item] = self._amount(item)
        return known

    def _amount(self, item: str) -> Range:
        answer = self.answers.get(item)
        if answer is not None and isinstance(answer.value, float):
            return answer.value, answer.value, ()
        if answer is not None and isinstance(answer.value, Scored):
            return answer.value.low, answer.value.high, () if answer.complete else (item,)
        if answer is None:
            derived = self.protocol.derived.get(item)
            if derived is not None and derived.amount is not None:
                low, high, missing = derived.amount.run(self)
                return low, high, logic.unique(missing)
        return self._span(self.protocol.items[item], () if answer else (item,))

    def _span(self, item: Item, missing: Missing) -> Range:
        low = -math.inf if item.minimum is None else item.minimum
        high = math.inf if item.maximum is None else item.maximum
        return low, high, missing

    def side_amount(self, item: str, part: str) -> Range:
        key = f"{item}.{part}"
        known = self._amounts.get(key)
        if known is None:
            known = self._amounts[key] = self._side_amount(self.protocol.items[item], part)
        return known

    def _side_amount(self, item: Item, part: str) -> Range:
        answer = self.answers.get(item.id)
        pair = answer.value if answer is not None and isinstance(answer.value, Pair) else Pair()
        side = self.case.side
        one_sided = side in (Side.LEFT, Side.RIGHT)
        tellable = one_sided or part in ("left", "right")
        missing = (item.id,) if tellable and (answer is None or answer.value) else ()
        ends = {
            "left": pair.left,
            "right": pair.right,
            "affected": pair.affected(side),
            "other": pair.other(side),
        }
        if part in ends:
            value = ends[part]
            return self._span(item, missing) if value is None else (value, value, ())
        return self._deficit(item, part, (ends["affected"], ends["other"]), missing)

    def _deficit(
        self, item: Item, part: str, ends: tuple[float | None, float | None], missing: Missing
    ) -> Range:
        affected, other = ends
        worse = item.worse or "higher"
        if affected is not None and other is not None:
            if part == "deficit":
                value = deficit(affected, other, worse)
                return value, value, ()
            percent = deficit_percent(affected, other, worse)
            if percent is not None:
                return percent, percent, ()
            missing = ()
        low, high, _ = self._span(item, ())
        if part == "deficit":
            a = (affected, affected) if affected is not None else (low, high)
            b = (other, other) if other is not None else (low, high)
            if worse == "higher":
                return a[0] - b[1], a[1] - b[0], missing
            return b[0] - a[1], b[1] - a[0], missing
        # A force that is nowhere below 0 cannot be more than wholly lost.
        return -math.inf, (100.0 if worse == "lower" and low >= 0 else math.inf), missing

    def chosen(self, item: str) -> tuple[str | None, Missing]:
        answer = self.answers.get(item)
        if answer is None:
            return None, (item,)
        return (answer.value, ()) if isinstance(answer.value, str) else (None, ())

    def picked(self, item: str) -> tuple[frozenset[str] | None, Missing]:
        """The ids chosen, or the classes of the medicines; with the item where there may be more.

        A medicine of unknown class could be of any.
        """
        answer = self.answers.get(item)
        if answer is None:
            return None, (item,)
        if not isinstance(answer.value, tuple):
            return None, ()
        ids: set[str] = set()
        open_end: Missing = ()
        for part in answer.value:
            if isinstance(part, str):
                ids.add(part)
            else:
                ids.update(part.classes)
                open_end = open_end if part.classes else (item,)
        return frozenset(ids), open_end

    def marked(self, item: str, wanted: str) -> Outcome:
        """Whether a region of a body chart is marked, on the affected side where it is one."""
        answer = self.answers.get(item)
        if answer is None:
            return Truth.UNKNOWN, (item,)
        if not isinstance(answer.value, BodyChart):
            return logic.UNKNOWN
        return is_marked(answer.value, wanted, self.case.side), ()

    def day(self, item: str) -> tuple[date | None, Missing]:
        answer = self.answers.get(item)
        if answer is None:
            return None, (item,)
        return (answer.value, ()) if isinstance(answer.value, date) else (None, ())

    def answered(self, item: str) -> Outcome:
        """Whether a value is there; a derived one counts once it is worked out."""
        if item in self.protocol.derived and item not in self.answers:
            if self.protocol.items[item].kind is Kind.NUMBER:
                low, high, _ = self.amount(item)
                return logic.TRUE if low == high else logic.FALSE
            return logic.FALSE if self.truth(item)[0] is Truth.UNKNOWN else logic.TRUE
        answer = self.answers.get(item)
        given = answer is not None and answer.state is State.GIVEN and answer.complete
        return logic.TRUE if given else logic.FALSE

    def lacking(self, item: str) -> Missing:
        """The items that would give this one a value; none where it has one or cannot have."""
        if item in self.protocol.derived and item not in self.answers:
            derived = self.protocol.derived[item]
            if derived.amount is not None:
                low, high, missing = self.amount(item)
                return () if low == high else missing
            return self.truth(item)[1]
        answer = self.answers.get(item)
        open_still = answer is None or answer.state is State.UNSURE or not answer.complete
        return (item,) if open_still else ()

    def left_out(self, item: str) -> tuple[bool, Missing]:
        """Whether a mean does without this item, and which open questions would bring it in."""
        answer = self.answers.get(item)
        if answer is not None and answer.state is State.NOT_TESTABLE:
            return True, ()
        when = self.protocol.items[item].when
        if when is None or when.judge(self)[0] is not Truth.FALSE:
            return False, ()
        return True, tuple(name for name in when.reads if name not in self.answers)

    # --- the case -----------------------------------------------------------------------

    def age(self) -> Range:
        born, on = self.case.birth_date, self.case.on
        if born is None:
            return 0.0, _NEVER_OLDER, ()
        years = float(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
        return years, years, ()

    def sex(self) -> str | None:
        """Female or male; None where norms that differ by sex cannot be told."""
        return self.case.sex.value if self.case.sex in (Sex.FEMALE, Sex.MALE) else None

    def side(self) -> str | None:
        return self.case.side.value if self.case.side is not None else None

    def days_since(self, item: str) -> Range:
        day, missing = self.day(item)
        if day is None:
            return 0.0, math.inf, missing
        days = float((self.case.on - day).days)
        return days, days, ()

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
            known = self._fired[urgency] = flags.fired(self.protocol, Urgency(urgency), self)
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
