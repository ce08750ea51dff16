"""Rules tried on every combination of answers that could change them.

What is never true however the visit goes, what is always true, and what never gets its turn
because something before it is true whenever it is. Where there are too many combinations to
try, nothing is said.
"""

import ast
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.logic import Condition, Outcome, Range
from clinic_desk.clinical.measures import Answer, State
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import number_of
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

_MOST_COMBINATIONS = 3000
_OLDEST = 130.0
_AGE = "age"
_DAYS = "days_since "

Options = Mapping[str, tuple[Answer, ...]]


class Anything(Reading):
    """A world in which all is still possible but what is tried, so that what is false in each
    can never be true.
    """

    def __init__(
        self,
        protocol: Protocol,
        answers: Mapping[str, Answer],
        numbers: Mapping[str, float] | None = None,
    ) -> None:
        self._numbers = numbers or {}
        super().__init__(protocol, Case(on=date.max), answers)
        self._truths.clear()  # what was implied may have been looked for without the numbers
        self._amounts = {name: (value, value, ()) for name, value in self._numbers.items()}

    def age(self) -> Range:
        known = self._numbers.get(_AGE)
        return (0.0, _OLDEST, ()) if known is None else (known, known, ())

    def days_since(self, item: str) -> Range:
        known = self._numbers.get(_DAYS + item)
        return super().days_since(item) if known is None else (known, known, ())

    def answered(self, item: str) -> Outcome:  # noqa: ARG002
        return logic.UNKNOWN

    def seen_before(self) -> Outcome:
        return logic.UNKNOWN

    def flag(self, flag: str) -> Outcome:  # noqa: ARG002
        return logic.UNKNOWN

    def flag_group(self, group: str) -> Outcome:  # noqa: ARG002
        return logic.UNKNOWN

    def fired(self, urgency: str) -> Outcome:  # noqa: ARG002
        return logic.UNKNOWN

    def pattern(self, pattern: str) -> Outcome:  # noqa: ARG002
        return logic.UNKNOWN

    def leads(self, pattern: str) -> Outcome:  # noqa: ARG002
        return logic.UNKNOWN

    def grade(self) -> logic.Range:
        highest = self.protocol.grade.highest if self.protocol.grade else 0
        return 0.0, float(highest), ()


# --- what is said of them ---------------------------------------------------------------------


def contradictions(
    file: TomlFile, protocol: Protocol, conditions: Iterable[tuple[Trail, Condition]]
) -> list[Fault]:
    """Rules that no combination of answers makes true; too slow for every start."""
    return [
        file.fault(trail, f"it can never fire: no answers make `{condition.text}` true")
        for trail, condition in conditions
        if never_together(protocol, (condition,))
    ]


def tautologies(
    file: TomlFile, protocol: Protocol, conditions: Iterable[tuple[Trail, Condition]]
) -> list[Fault]:
    """Rules that are true whatever is answered, unless the file says `true` in so many words."""
    return [
        file.fault(trail, f"it is always true, whatever is answered: `{condition.text}`")
        for trail, condition in conditions
        if condition.text.strip() != "true" or trail[0] in _MUST_DEPEND
        if _always(protocol, condition)
    ]


_MUST_DEPEND = ("flag", "grade", "hold", "derived")


def overshadowed(
    file: TomlFile, protocol: Protocol, conditions: Iterable[tuple[Trail, Condition]]
) -> Iterator[Fault]:
    """Cases and paths that never get their turn: an earlier one is true whenever they are."""
    at = dict(conditions)
    for kind in ("flag", "imaging"):
        for place, table in enumerate(file.data.get(kind, ())):
            cases = [
                (_RANKS.index(case["urgency"]), (kind, place, "case", number, "when"))
                for number, case in enumerate(table["case"])
            ]
            turns = [trail for _, trail in sorted(cases, key=lambda case: case[0])]
            yield from _after_others(file, protocol, at, turns, "case")
    paths = [("path", place, "when") for place in range(len(protocol.paths))]
    yield from _after_others(file, protocol, at, paths, "path")


_RANKS = ("emergency_now", "same_day", "urgent_2w", "routine_gp")


def _after_others(
    file: TomlFile,
    protocol: Protocol,
    at: Mapping[Trail, Condition],
    turns: Sequence[Trail],
    what: str,
) -> Iterator[Fault]:
    for number, trail in enumerate(turns):
        for earlier in turns[:number]:
            if never_together(protocol, (at[trail],), unless=(at[earlier],)):
                line = file.line(earlier)
                yield file.fault(
                    trail,
                    f"this {what} never gets its turn: the one in line {line} is true "
                    "whenever it is",
                )
                break


# --- trying -----------------------------------------------------------------------------------


def never_together(
    protocol: Protocol, together: Sequence[Condition], unless: Sequence[Condition] = ()
) -> bool:
    """Whether no answers make all of `together` true, and none of `unless`; False where there
    are too many to try.
    """
    worlds = _worlds(protocol, (*together, *unless))
    if worlds is None:
        return False
    return not any(
        all(condition.judge(world)[0] is not Truth.FALSE for condition in together)
        and all(condition.judge(world)[0] is not Truth.TRUE for condition in unless)
        for world in worlds
    )


def _always(protocol: Protocol, condition: Condition) -> bool:
    if condition.judge(Anything(protocol, {}))[0] is Truth.TRUE:
        return True
    worlds = _worlds(protocol, (condition,))
    return worlds is not None and all(condition.judge(world)[0] is Truth.TRUE for world in worlds)


def _worlds(protocol: Protocol, conditions: Sequence[Condition]) -> Iterator[Anything] | None:
    """Each combination of what these read; None where there is nothing, or too much, to try."""
    names = logic.unique(
        name
        for condition in conditions
        for read in condition.reads
        for name in (read, *protocol.under(read))
    )
    choices = {
        name: options
        for name in names
        if name not in protocol.derived and (options := _options(protocol.items[name]))
    }
    numbers = _Cuts(protocol, names, conditions).points()
    for tried in (numbers, {}):
        if not choices and not tried:
            return None
        sizes = [len(options) for options in (*choices.values(), *tried.values())]
        if math.prod(sizes) <= _MOST_COMBINATIONS:
            return _combined(protocol, choices, tried)
    return None


def _combined(
    protocol: Protocol, choices: Options, numbers: Mapping[str, tuple[float, ...]]
) -> Iterator[Anything]:
    for answers in itertools.product(*choices.values()):
        for values in itertools.product(*numbers.values()):
            yield Anything(
                protocol,
                dict(zip(choices, answers, strict=True)),
                dict(zip(numbers, values, strict=True)),
            )


def _options(item: Item) -> tuple[Answer, ...]:
    """Every answer of an item that has few; none for one that has many."""
    if item.kind in (Kind.YES_NO, Kind.YES_NO_UNSURE):
        return Answer(State.GIVEN, True), Answer(State.GIVEN, False)
    if item.kind is Kind.CHOICE:
        return tuple(Answer(State.GIVEN, choice.id) for choice in item.choices)
    if item.kind is Kind.SCALE:
        return tuple(Answer(State.GIVEN, float(value)) for value in range(11))
    return ()


class _Cuts(ast.NodeVisitor):
    """Where a rule turns on a number that it only ever compares with written ones.

    Between two neighbouring cuts every value is as good as another, so that one of each stands
    for all. A number that is reckoned with stays open.
    """

    def __init__(
        self, protocol: Protocol, names: Iterable[str], conditions: Iterable[Condition]
    ) -> None:
        self._items = protocol.items
        self._derived = protocol.derived
        self._at: dict[str, set[float]] = {}
        self._reckoned: set[str] = set()
        texts = [condition.text for condition in conditions]
        for name in names:
            derived = protocol.derived.get(name)
            part = derived and (derived.test or derived.amount)
            if part:
                texts.append(part.text)
        for text in texts:
            self.visit(ast.parse(" ".join(text.split()), mode="eval"))

    def points(self) -> dict[str, tuple[float, ...]]:
        found = {}
        for key, cuts in self._at.items():
            if key not in self._reckoned:
                found[key] = self._between(key, sorted(cuts))
        return {key: points for key, points in found.items() if points}

    def _between(self, key: str, cuts: list[float]) -> tuple[float, ...]:
        low, high, whole = self._span(key)
        inner = [cut for cut in cuts if low <= cut <= high]
        below = low if math.isfinite(low) else cuts[0] - 1
        above = high if math.isfinite(high) else cuts[-1] + 1
        ends = [below, *inner, above]
        between = [(one + other) / 2 for one, other in itertools.pairwise(ends)]
        if whole:
            near = {math.floor(cut) + step for cut in cuts for step in (-1, 0, 1, 2)}
            return tuple(float(one) for one in sorted(near) if low <= one <= high)
        return tuple(sorted({*ends, *between}))

    def _span(self, key: str) -> tuple[float, float, bool]:
        if key == _AGE:
            return 0.0, _OLDEST, True
        if key.startswith(_DAYS):
            return 0.0, math.inf, True
        item = self._items[key.partition(".")[0]]
        low = -math.inf if item.minimum is None else item.minimum
        high = math.inf if item.maximum is None else item.maximum
        if "deficit" in key.partition(".")[2]:
            return -math.inf, math.inf, False
        return low, high, item.whole

    def _key(self, tree: ast.expr) -> str | None:
        match tree:
            case ast.Name(id="age"):
                return _AGE
            case ast.Name(id=name) if self._measured(name, Kind.NUMBER, Kind.DURATION):
                return name
            case ast.Attribute(value=ast.Name(id=name), attr=part) if self._measured(
                name, Kind.PAIR
            ):
                return f"{name}.{part}"
            case ast.Call(func=ast.Name(id="days_since"), args=[ast.Name(id=name)]):
                return _DAYS + name
        return None

    def _measured(self, name: str, *kinds: Kind) -> bool:
        item = self._items.get(name)
        return item is not None and item.kind in kinds and name not in self._derived

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, right in itertools.pairwise([node.left, *node.comparators]):
            for one, other in ((left, right), (right, left)):
                key, fixed = self._key(one), number_of(other)
                if key is not None and fixed is not None:
                    self._at.setdefault(key, set()).add(fixed)
                elif number_of(one) is None:
                    self.visit(one)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "answered":
            return
        key = self._key(node)
        if key is not None:
            self._reckoned.add(key)
            return
        for argument in node.args:
            self.visit(argument)

    def visit_Name(self, node: ast.Name) -> None:
        key = self._key(node)
        if key is not None:
            self._reckoned.add(key)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        key = self._key(node)
        if key is not None:
            self._reckoned.add(key)
