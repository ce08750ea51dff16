"""Three-valued truth and numbers as ranges: what a condition is made of once it is parsed.

A truth that is unknown, and a number that is a range, carry the ids of the items that would
settle them. Nothing here knows how a condition is written; `conditions` parses them.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import DECIMALS, Answer

Missing = tuple[str, ...]
Outcome = tuple[Truth, Missing]
Range = tuple[float, float, Missing]  # lowest and highest possible value, both included

TRUE: Outcome = (Truth.TRUE, ())
FALSE: Outcome = (Truth.FALSE, ())
UNKNOWN: Outcome = (Truth.UNKNOWN, ())


class World(Protocol):
    """What a condition can ask about one evaluation."""

    def answer(self, item: str) -> Answer | None: ...
    def truth(self, item: str) -> Outcome: ...
    def is_unsure(self, item: str) -> Outcome: ...
    def amount(self, item: str) -> Range: ...
    def side_amount(self, item: str, part: str) -> Range: ...
    def chosen(self, item: str) -> tuple[str | None, Missing]: ...
    def picked(self, item: str) -> tuple[frozenset[str] | None, Missing]: ...
    def marked(self, item: str, wanted: str) -> Outcome: ...
    def day(self, item: str) -> tuple[date | None, Missing]: ...
    def answered(self, item: str) -> Outcome: ...
    def is_implied(self, item: str) -> bool: ...
    def lacking(self, item: str) -> Missing: ...
    def left_out(self, item: str) -> tuple[bool, Missing]: ...
    def seen_before(self) -> Outcome: ...
    def age(self) -> Range: ...
    def sex(self) -> str | None: ...
    def side(self) -> str | None: ...
    def days_since(self, item: str) -> Range: ...
    def flag(self, flag: str) -> Outcome: ...
    def flag_group(self, group: str) -> Outcome: ...
    def fired(self, urgency: str) -> Outcome: ...
    def grade(self) -> Range: ...
    def pattern(self, pattern: str) -> Outcome: ...
    def leads(self, pattern: str) -> Outcome: ...
    def supposing(self, **values: Answer) -> "World": ...
    def examined_only(self) -> "World": ...


Test = Callable[[World], Outcome]
Reckoning = Callable[[World], Range]


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a condition; `parts` are what `and`, `or` and `not` join."""

    run: Test = field(compare=False)
    reads: tuple[str, ...] = ()
    op: Literal["and", "or", "not", "leaf"] = "leaf"
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: its text as written, the items it reads, and how to run it."""

    text: str
    node: Node = field(compare=False)
    flags: frozenset[str] = frozenset()  # what else it asks: flag:<id>, group:<id>, …

    @property
    def reads(self) -> tuple[str, ...]:
        return self.node.reads

    def judge(self, world: World) -> Outcome:
        return self.node.run(world)

    def holds(self, world: World) -> bool:
        """True only when it is certainly true."""
        return self.node.run(world)[0] is Truth.TRUE


@dataclass(frozen=True, slots=True)
class Amount:
    """A parsed numeric expression."""

    text: str
    run: Reckoning = field(compare=False)
    reads: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()


_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers written in a condition: where its outcome may turn."""
    return tuple(float(number) for number in _NUMBER.findall(text))


def unique(parts: Iterable[str]) -> Missing:
    """The ids once each, in the order they came."""
    return tuple(dict.fromkeys(parts))


def deciding(node: Node, world: World, wanted: Truth = Truth.TRUE) -> Missing:
    """The items that decided this part: the true arms of an `or`, all arms of an `and`."""
    if node.op == "not":
        turned = Truth(2 - wanted)
        return deciding(node.parts[0], world, turned)
    one_is_enough = (node.op == "or") == (wanted is Truth.TRUE)
    if node.op == "leaf":
        return node.reads
    found: list[str] = []
    for part in node.parts:
        if not one_is_enough or part.run(world)[0] is wanted:
            found.extend(deciding(part, world, wanted))
    return unique(found)


def criteria(node: Node) -> tuple[Node, ...]:
    """The parts that must all hold."""
    if node.op != "and":
        return (node,)
    return tuple(inner for part in node.parts for inner in criteria(part))


# Named once: these run thousands of times in a pass.
NO, OPEN, YES = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE


def both(runs: tuple[Test, ...]) -> Test:
    """And: false as soon as one part is false."""

    def run(world: World) -> Outcome:
        missing: Missing = ()
        unknown = False
        for part in runs:
            truth, lacking = part(world)
            if truth is NO:
                return FALSE
            if truth is OPEN:
                unknown = True
                missing += lacking
        return (OPEN, missing) if unknown else TRUE

    return run


def either(runs: tuple[Test, ...]) -> Test:
    """Or: true as soon as one part is true."""

    def run(world: World) -> Outcome:
        missing: Missing = ()
        unknown = False
        for part in runs:
            truth, lacking = part(world)
            if truth is YES:
                return TRUE
            if truth is OPEN:
                unknown = True
                missing += lacking
        return (OPEN, missing) if unknown else FALSE

    return run


def turned(run: Test) -> Test:
    """Not."""

    def turn(world: World) -> Outcome:
        truth, missing = run(world)
        if truth is OPEN:
            return truth, missing
        return FALSE if truth is YES else TRUE

    return turn


def compared(op: str, left: Reckoning, right: Reckoning) -> Test:
    """Compare two ranges; unknown while they overlap so that both results are possible."""

    def less(world: World) -> Outcome:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        if high < low2:
            return TRUE
        return FALSE if low >= high2 else (OPEN, lacking + lacking2)

    def at_most(world: World) -> Outcome:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        if high <= low2:
            return TRUE
        return FALSE if low > high2 else (OPEN, lacking + lacking2)

    def equal(world: World) -> Outcome:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        if low == high == low2 == high2:
            return TRUE
        return FALSE if high < low2 or low > high2 else (OPEN, lacking + lacking2)

    return {
        "<": less,
        "<=": at_most,
        ">": turned(at_most),
        ">=": turned(less),
        "==": equal,
        "!=": turned(equal),
    }[op]


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _tidy(low: float, high: float, missing: Missing) -> Range:
    if math.isnan(low) or math.isnan(high):
        return -math.inf, math.inf, missing
    return round(low, DECIMALS), round(high, DECIMALS), missing


def reckoned(op: str, left: Reckoning, right: Reckoning) -> Reckoning:
    """Interval arithmetic: the result holds for every value the parts can still take."""

    def add(world: World) -> Range:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        return _tidy(low + low2, high + high2, lacking + lacking2)

    def subtract(world: World) -> Range:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        return _tidy(low - high2, high - low2, lacking + lacking2)

    def multiply(world: World) -> Range:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        ends = [_times(a, b) for a in (low, high) for b in (low2, high2)]
        return _tidy(min(ends), max(ends), lacking + lacking2)

    def divide(world: World) -> Range:
        low, high, lacking = left(world)
        low2, high2, lacking2 = right(world)
        if low2 <= 0 <= high2:
            return -math.inf, math.inf, lacking + lacking2
        ends = [a / b for a in (low, high) for b in (low2, high2)]
        if any(math.isnan(end) for end in ends):
            return -math.inf, math.inf, lacking + lacking2
        return _tidy(min(ends), max(ends), lacking + lacking2)

    return {"+": add, "-": subtract, "*": multiply, "/": divide}[op]


def counted(runs: tuple[Test, ...]) -> Reckoning:
    """How many are true: at least the certain ones, at most those that are not certainly false."""

    def run(world: World) -> Range:
        low = high = 0
        missing: Missing = ()
        for part in runs:
            truth, lacking = part(world)
            low += truth is Truth.TRUE
            high += truth is not Truth.FALSE
            missing += lacking
        return low, high, missing

    return run


def averaged(parts: tuple[tuple[str, Reckoning], ...], least: int) -> Reckoning:
    """The mean of the parts that apply: known once at least so many are answered, and none that
    is asked is open. What is not asked or could not be tested is left out, never counted as 0.
    """

    def run(world: World) -> Range:
        known: list[float] = []
        lows: list[float] = []
        highs: list[float] = []
        spans: list[tuple[float, float]] = []
        asked: Missing = ()
        openers: Missing = ()
        for name, part in parts:
            out, opens = world.left_out(name)
            low, high, lacking = part(world)
            spans.append((low, high))
            if out and not opens:
                continue  # it could not be tested
            if not out and low == high:
                known.append(low)
                continue
            lows.append(low)
            highs.append(high)
            if out:
                openers += opens
            else:
                asked += lacking
        if len(known) >= least and not asked:
            mean = round(math.fsum(known) / len(known), DECIMALS)
            return mean, mean, ()
        if len(known) + len(lows) < least:  # there will never be enough
            return min(low for low, _ in spans), max(high for _, high in spans), ()
        enough = len(known) + len(asked) >= least
        missing = unique(asked if enough else asked + openers)
        return _furthest(known, lows, least, min), _furthest(known, highs, least, max), missing

    return run


def _furthest(
    known: list[float], still: list[float], least: int, pick: Callable[[float, float], float]
) -> float:
    """The lowest or highest mean of so many parts that those without an answer can bring about."""
    found = list(known)
    for value in sorted(still, reverse=pick is max):
        mean = math.fsum(found) / len(found) if found else value
        if len(found) < least or pick(value, mean) == value:
            found.append(value)
    return round(math.fsum(found) / len(found), DECIMALS)
