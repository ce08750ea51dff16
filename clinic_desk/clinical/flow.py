"""The order of an evaluation: which steps and items apply now, and how far it has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import FlagFinding, Truth
from clinic_desk.clinical.logic import Condition, Missing, Outcome, World
from clinic_desk.clinical.protocol import Kind, Protocol, Section, Step

RETEST_FIRST = "retest_first"  # the step that opens a re-evaluation


@dataclass(frozen=True, slots=True)
class StepNow:
    """One step with the items that apply now."""

    step: Step
    items: tuple[str, ...]
    answered: int
    flags: int  # red flags fired by this step's items
    left_out: int = 0  # items without an answer that need none

    @property
    def complete(self) -> bool:
        return self.answered + self.left_out == len(self.items)


def _opening(items: tuple[str, ...]) -> tuple[Step, ...]:
    if not items:
        return ()
    text = f"step.{RETEST_FIRST}"
    section = Section(RETEST_FIRST, f"section.{RETEST_FIRST}.title", items)
    return (Step(RETEST_FIRST, f"{text}.title", (section,), f"{text}.hint"),)


class Flow:
    """What is visible for one set of answers; `recorded` is what earlier visits of the case found
    in the first days of the injury, `wanted` the sections that are asked whatever the rules say.
    """

    def __init__(
        self,
        protocol: Protocol,
        world: World,
        recorded: Collection[str] = frozenset(),
        wanted: Collection[str] = frozenset(),
    ) -> None:
        self._protocol = protocol
        self._recorded = recorded
        self._wanted = wanted
        self._world = world
        self._gates: dict[int, Outcome] = {}

    def _gate(self, part: Step | Section, when: Condition | None) -> Outcome:
        key = id(part)
        if key not in self._gates:
            judged = None if when is None or self._is_wanted(part) else when.judge(self._world)
            self._gates[key] = logic.TRUE if judged is None else judged
        return self._gates[key]

    def _is_wanted(self, part: Step | Section) -> bool:
        sections = (part,) if isinstance(part, Section) else part.sections
        return any(one.id in self._wanted for one in sections)

    def applies(self, item: str) -> Outcome:
        """Whether an item is asked: its step's, its section's and its own condition together."""
        place = self._protocol.places.get(item)
        if place is None:
            return logic.FALSE  # derived values are not asked
        step, section = place
        asked = self._protocol.items[item]
        if asked.stands_in and asked.stands_in in self._recorded:
            return logic.FALSE  # an earlier visit of the case found it
        when = asked.when
        missing: Missing = ()
        unknown = False
        for truth, lacking in (
            self._gate(step, step.when),
            self._gate(section, section.when),
            logic.TRUE if when is None else when.judge(self._world),
        ):
            if truth is logic.NO:
                return logic.FALSE
            unknown = unknown or truth is logic.OPEN
            missing += lacking
        return (logic.OPEN, missing) if unknown else logic.TRUE

    def visible(self, item: str) -> bool:
        """An answered item always shows; one whose condition is unknown is hidden."""
        if self._world.is_implied(item):
            return False  # another answer holds it: nobody is asked twice
        return self._world.answer(item) is not None or self.applies(item)[0] is Truth.TRUE

    def _done(self, item: str) -> bool:
        answer = self._world.answer(item)
        return answer is not None and answer.complete

    def visible_items(self, step: Step) -> tuple[str, ...]:
        return tuple(item for item in step.items if self.visible(item))

    def steps(
        self, fired: Iterable[FlagFinding] = (), first: tuple[str, ...] = ()
    ) -> tuple[StepNow, ...]:
        """The steps that have something to ask or to show, in order; `first` are the items that
        the last plan said to re-test: they open it, beside their own places.
        """
        fired_by: dict[str, set[str]] = {}
        for flag in fired:
            for name in self._inputs(flag):
                fired_by.setdefault(name, set()).add(flag.id)
        found = []
        for step in (*_opening(first), *self._protocol.steps):
            items = step.items if step.id == RETEST_FIRST else self.visible_items(step)
            if not items:
                continue
            answered = sum(self._done(item) for item in items)
            flags = set().union(*(fired_by.get(item, set()) for item in items))
            left_out = sum(
                self._world.answer(item) is None and not self._needed(item) for item in items
            )
            found.append(StepNow(step, items, answered, len(flags), left_out))
        return tuple(found)

    def _needed(self, item: str) -> bool:
        """A body chart may be left out: the questions beside it ask what the rules need."""
        return self._protocol.items[item].kind is not Kind.BODY_CHART

    def _inputs(self, flag: FlagFinding) -> set[str]:
        names = {name for reason in flag.reasons for name in reason.inputs}
        return names | {below for name in names for below in self._protocol.under(name)}

    def reachable(self, items: Iterable[str]) -> Missing:
        """The items themselves where they are asked now, else what would open them.

        What stays closed for certain is left out.
        """
        found: dict[str, None] = {}
        seen: set[str] = set()

        def add(item: str) -> None:
            if item in seen:
                return
            seen.add(item)
            if self._world.answer(item) is not None and not self._world.is_implied(item):
                found[item] = None
                return
            truth, gates = self.applies(item)
            if truth is Truth.TRUE:
                found[item] = None
            elif truth is Truth.UNKNOWN:
                for gate in gates:
                    add(gate)

        for item in items:
            add(item)
        return tuple(found)
