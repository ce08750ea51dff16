"""What would turn a finding: each answer that alone would change it, the nearest first.

Found by supposing, not by reading the rule backwards: every item that the rule looks at is given
the values around each of its limits, and the finding is worked out anew.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from clinic_desk.clinical import births, rule_words, wording
from clinic_desk.clinical.findings import Reason, Term
from clinic_desk.clinical.logic import unique
from clinic_desk.clinical.measures import Answer, Medicine, Pair, Side, State
from clinic_desk.clinical.protocol import Item, Kind, Protocol
from clinic_desk.clinical.reading import Reading

Words = Reason | Term
Outcome = Callable[[Reading], Words]
Limits = Mapping[str, frozenset[float]]  # by item, or by `pair.side`

_NUMBERS = (Kind.NUMBER, Kind.SCALE, Kind.DURATION, Kind.OUTCOME)
_YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)
_ENDS = ("left", "right")
_STEP = 0.1  # just beyond a limit, for what is not counted in whole numbers


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer that alone would change a finding."""

    what: Words
    now: object | None  # the recorded answer; None where there is none
    becomes: Words
    result: Words
    item: str = ""  # empty for what the clinician decides


@dataclass(frozen=True, slots=True)
class _Try:
    """A supposed value of one item: as a word, or as a place on a line of numbers."""

    answer: Answer
    word: Words | None = None
    number: float = 0.0
    limit: bool = False  # a number that some rule compares with


def turns(
    reading: Reading, items: Iterable[str], limits: Limits, outcome: Outcome
) -> tuple[Turn, ...]:
    """What alone would change the outcome: recorded answers first, then what is still open."""
    found: list[Turn] = []
    now = outcome(reading)
    for name in items:
        found.extend(_of_item(reading, reading.protocol.item(name), limits, outcome, now))
    return tuple(sorted(found, key=lambda turn: turn.now is None))


def varied(protocol: Protocol, reads: Iterable[str]) -> tuple[str, ...]:
    """The items to vary: a derived value itself where it is measured, else what it rests on."""
    found: list[str] = []
    for name in reads:
        derived = protocol.derived.get(name)
        below = derived.reads if derived else ()
        if derived and not below:
            continue  # the patient's own data settle it, and no answer changes them
        measured = protocol.item(name).kind is Kind.NUMBER and all(
            protocol.item(part).kind not in _YES_NO for part in below
        )
        found.extend((name,) if measured or not below else varied(protocol, below))
    return unique(found)


def limits_in(texts: Iterable[str]) -> dict[str, frozenset[float]]:
    """The numbers that each item, or side of a pair, is compared with in conditions."""
    found: dict[str, set[float]] = {}
    for text in texts:
        for node in ast.walk(rule_words.tree_of(text)):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            for left, right in pairwise(sides):
                for one, other in ((left, right), (right, left)):
                    number, name = rule_words.number_of(other), _measured(one)
                    if number is not None and name:
                        found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _measured(tree: ast.expr) -> str:
    match tree:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=name), attr=part):
            return f"{name}.{part}"
        case ast.Call(func=ast.Name(id="days_since"), args=[ast.Name(id=name)]):
            return name
    return ""


def _of_item(
    reading: Reading, item: Item, limits: Limits, outcome: Outcome, now: Words
) -> Iterator[Turn]:
    recorded = wording.answer_words(reading.protocol, reading, item.id)
    for part, line in _lines(reading, item, limits):
        results = [outcome(reading.supposing(**{item.id: one.answer})) for one in line]
        what: Words = Term(item.label)
        if part:
            what = Reason(f"rule.side.{part}", {"item": what})
        for becomes, result in _grouped(reading, item, part, line, results, now):
            yield Turn(what, recorded, becomes, result, item.id)


def _lines(reading: Reading, item: Item, limits: Limits) -> Iterator[tuple[str, list[_Try]]]:
    """The values to suppose, in their order; a pair's sides stand apart."""
    if item.kind in _YES_NO or item.kind is Kind.CHOICE:
        yield (
            "",
            [
                _Try(
                    answer,
                    Term(f"answer.{word}")
                    if item.kind in _YES_NO
                    else wording.choice_text(item, word),
                )
                for word, answer in reading.protocol.words.get(item.id, {}).items()
            ],
        )
    elif item.kind is Kind.MANY:
        yield "", list(_many(reading, item))
    elif item.kind is Kind.MEDICINES:
        yield "", list(_medicines(reading, item))
    elif item.kind is Kind.PAIR:
        for part in _parts_of(reading):
            near = _side_limits(reading, item, part, limits)
            yield (
                part,
                [
                    _Try(_with_side(reading, item, part, one), None, one, one in near)
                    for one in _points(item, near)
                ],
            )
    elif item.kind in _NUMBERS:
        near = limits.get(item.id, frozenset())
        yield (
            "",
            [_Try(Answer(State.GIVEN, one), None, one, one in near) for one in _points(item, near)],
        )
    elif item.kind is Kind.DATE:
        on = reading.case.on
        born = births.between(reading.case.birth_date, reading.case.birth_part)
        days = sorted(
            {day for limit in limits.get(item.id, ()) for day in (limit - 1, limit, limit + 1)}
        )
        tried = [(day, on - timedelta(days=day)) for day in days if day >= 0]
        yield (
            "",
            [
                _Try(Answer(State.GIVEN, then), None, day, day in limits.get(item.id, ()))
                for day, then in tried
                if born is None or then >= born[0]
            ],
        )


def _many(reading: Reading, item: Item) -> Iterator[_Try]:
    answer = reading.answer(item.id)
    chosen = answer.value if answer and isinstance(answer.value, tuple) else ()
    for choice in item.choices:
        has = choice.id in chosen
        ids = tuple(
            one.id for one in item.choices if (one.id in chosen) is not (one.id == choice.id)
        )
        word = Reason(
            "rule.lacks" if has else "rule.holds",
            {"value": wording.choice_text(item, choice.id)},
        )
        yield _Try(Answer(State.GIVEN, ids), word)


def _medicines(reading: Reading, item: Item) -> Iterator[_Try]:
    """Each class taken or no longer taken; and none at all, where nobody asked yet."""
    answer = reading.answer(item.id)
    taken = answer.value if answer and isinstance(answer.value, tuple) else ()
    medicines = tuple(one for one in taken if isinstance(one, Medicine))
    if not medicines:
        yield _Try(Answer(State.GIVEN, ()), Term("answer.none_taken"))
    for choice in item.choices:
        without = tuple(one for one in medicines if choice.id not in one.classes)
        has = without != medicines
        label = wording.choice_text(item, choice.id)
        after = without if has else (*medicines, Medicine(choice.id, (choice.id,)))
        words = Reason("rule.lacks" if has else "rule.holds", {"value": label})
        yield _Try(Answer(State.GIVEN, after), words)


def _parts_of(reading: Reading) -> tuple[str, ...]:
    side = reading.case.side
    if side in (Side.LEFT, Side.RIGHT):
        return ("affected", "other")
    return _ENDS if side is Side.BOTH else ()


def _named_side(reading: Reading, part: str) -> str:
    if part in _ENDS:
        return part
    affected = "left" if reading.case.side is Side.LEFT else "right"
    return affected if part == "affected" else _ENDS[affected == "left"]


def _side_limits(reading: Reading, item: Item, part: str, limits: Limits) -> frozenset[float]:
    side = _named_side(reading, part)
    found = set(limits.get(f"{item.id}.{part}", ())) | set(limits.get(f"{item.id}.{side}", ()))
    if part == "affected":
        low, high, _ = reading.side_amount(item.id, "other")
        if low == high:
            sign = 1 if item.worse == "higher" else -1
            found |= {low + sign * loss for loss in limits.get(f"{item.id}.deficit", ())}
            shares = limits.get(f"{item.id}.deficit_pct", ())
            found |= {low * (1 + sign * share / 100) for share in shares}
    return frozenset(round(one, 9) for one in found)


def _with_side(reading: Reading, item: Item, part: str, value: float) -> Answer:
    answer = reading.answer(item.id)
    pair = answer.value if answer and isinstance(answer.value, Pair) else Pair()
    if _named_side(reading, part) == "left":
        return Answer(State.GIVEN, Pair(value, pair.right))
    return Answer(State.GIVEN, Pair(pair.left, value))


def _points(item: Item, limits: Iterable[float]) -> list[float]:
    """Each limit with the values on both sides of it, between the ends of what is possible."""
    step = 1.0 if item.whole or item.kind is Kind.SCALE else _STEP
    low, high = _span(item)
    around = {round(value, 9) for limit in limits for value in (limit - step, limit, limit + step)}
    around |= {end for end in (low, high) if end is not None}
    kept = (
        value
        for value in around
        if (low is None or value >= low) and (high is None or value <= high)
    )
    return sorted(value for value in kept if not item.whole or value == int(value))


def _span(item: Item) -> tuple[float | None, float | None]:
    if item.kind is Kind.SCALE:
        return 0.0, 10.0
    return item.minimum, item.maximum


# --- saying it --------------------------------------------------------------------------


def _grouped(
    reading: Reading,
    item: Item,
    part: str,
    line: list[_Try],
    results: list[Words],
    now: Words,
) -> Iterator[tuple[Words, Words]]:
    if any(one.word is not None for one in line):
        yield from _words_grouped(line, results, now)
        return
    stretches: list[tuple[int, int]] = []  # first and last place with the same other result
    for place, result in enumerate(results):
        if result == now:
            continue
        if stretches and stretches[-1][1] == place - 1 and results[place - 1] == result:
            stretches[-1] = (stretches[-1][0], place)
        else:
            stretches.append((place, place))
    for first, last in _nearest(reading, item, part, line, stretches):
        yield _stretch(item, line, first, last), results[first]


def _words_grouped(
    line: list[_Try], results: list[Words], now: Words
) -> Iterator[tuple[Words, Words]]:
    groups: list[tuple[Words, list[Words]]] = []
    for one, result in zip(line, results, strict=True):
        if result == now or one.word is None:
            continue
        same = next((words for other, words in groups if other == result), None)
        if same is None:
            groups.append((result, [one.word]))
        else:
            same.append(one.word)
    for result, words in groups:
        yield (
            (words[0] if len(words) == 1 else Reason("rule.either", {"values": tuple(words)})),
            result,
        )


def _nearest(
    reading: Reading, item: Item, part: str, line: list[_Try], stretches: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Of a recorded number the next stretch on each side; of an open one all."""
    here = _recorded(reading, item, part)
    if here is None:
        return stretches
    below = [one for one in stretches if line[one[1]].number <= here]
    above = [one for one in stretches if line[one[0]].number >= here]
    return [*below[-1:], *above[:1]]


def _recorded(reading: Reading, item: Item, part: str) -> float | None:
    if part:
        low, high, _ = reading.side_amount(item.id, part)
    elif item.kind is Kind.DATE:
        low, high, _ = reading.days_since(item.id)
    else:
        low, high, _ = reading.amount(item.id)
    return low if low == high else None


def _stretch(item: Item, line: list[_Try], first: int, last: int) -> Words:
    """The values from one place of a line to another, in words: up to a limit, or from one on."""
    days = item.kind is Kind.DATE

    def said(place: int) -> dict[str, object]:
        value = line[place].number
        return {"value": value if days else wording.quantity(item, value)}

    # Only a limit is worth saying: "less than 20°", never "19.9° or less".
    low = (
        Reason("rule.at_least", said(first))
        if line[first].limit or first == 0
        else Reason("rule.more", said(first - 1))
    )
    high = (
        Reason("rule.at_most", said(last))
        if line[last].limit or last == len(line) - 1
        else Reason("rule.less", said(last + 1))
    )
    words: Words
    if first == last and line[first].limit:
        words = Reason("rule.exactly", said(first))
    elif last == len(line) - 1 and (first or days):
        words = low
    elif first == 0:
        words = high
    else:
        words = Reason("why.between", {"low": low, "high": high})
    return Reason("why.days_before", {"days": words}) if days else words
