"""A finding explained in words: one text for the screen and for the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic_desk.clinical import explain
from clinic_desk.clinical.explain_card import Card
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import Clause, Words
from clinic_desk.clinical.turning import Turn
from clinic_desk.i18n import _

MOST_TURNS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part; `mark` says how a clause of the rule stands now."""

    text: str
    depth: int = 0
    mark: Truth | None = None
    entry: bool = True  # one of a list; else a remark on the list


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a title: `fired`, `rule`, `turns`."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A card in words, in the order in which it is read."""

    title: str
    result: str
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    working: str


@dataclass(frozen=True, slots=True)
class Settling:
    """The open question that alone would change a finding, and how."""

    item: str
    label: str
    how: str


_KINDS = {
    "flag": lambda: _("Red flag"),
    "grade": lambda: _("Grade"),
    "pattern": lambda: _("Pattern"),
    "differential": lambda: _("To consider"),
    "banner": lambda: _("Note"),
    "hold": lambda: _("Exercises that wait"),
    "imaging": lambda: _("Imaging or test"),
    "program": lambda: _("Program"),
    "advice": lambda: _("Advice"),
}


def explained(protocol: Protocol, card: Card, language: str = "en") -> Explained:
    """All words of a card."""

    def say(words: Words) -> str:
        return protocol.say(words, language)

    parts = []
    if card.fired_by:
        fired = tuple(
            Line(say(reason) + _points(reason.points, reason.of)) for reason in card.fired_by
        )
        parts.append(Part("fired", _("Because of"), fired))
    if card.rule:
        rule = tuple(
            line for clause in card.rule for line in _clause(protocol, clause, language, 0)
        )
        parts.append(Part("rule", _("Rule"), rule))
    turns = [Line(_turn(protocol, turn, language)) for turn in card.turns[:MOST_TURNS]]
    more = len(card.turns) - MOST_TURNS
    if more > 0:
        turns.append(Line(_("and {count} more").format(count=more), entry=False))
    if not card.turns:
        turns.append(Line(_("No single answer would."), entry=False))
    parts.append(Part("turns", _("What would change it"), tuple(turns)))
    return Explained(
        title=f"{_KINDS[card.kind]()}: {say(card.title)}",
        result=_("Result: {result}").format(result=say(card.outcome)),
        parts=tuple(parts),
        sources=tuple(_("Source: {source}").format(source=one) for one in card.sources),
        working=_("Working value, not validated.") if card.working else "",
    )


def of(reading: Reading, kind: str, finding: str, language: str = "en") -> Explained | None:
    """One finding explained; none where the answers no longer lead to it."""
    card = explain.card_of(reading, kind, finding)
    return None if card is None else explained(reading.protocol, card, language)


def settling(
    reading: Reading, kind: str, finding: str, asked: Sequence[str], language: str = "en"
) -> Settling | None:
    """The first open question, the weightiest first, that alone would change it: of those that
    the finding itself lacks, then of these.
    """
    asked = tuple(dict.fromkeys((*_own(reading, kind, finding), *asked)))
    card = explain.card_of(reading, kind, finding, asked)
    protocol, order = reading.protocol, {item: place for place, item in enumerate(asked)}
    turns = card.turns if card is not None else ()
    for turn in sorted(turns, key=lambda one: order.get(one.item, len(order))):
        if turn.now is None and turn.item in order:
            how = _("{becomes} → {result}").format(
                becomes=protocol.say(turn.becomes, language),
                result=protocol.say(turn.result, language),
            )
            return Settling(turn.item, protocol.say(protocol.item(turn.item).label, language), how)
    return None


def _own(reading: Reading, kind: str, finding: str) -> tuple[str, ...]:
    """What the finding itself lacks and is asked now. However much else is open, it is tried."""
    found = explain.finding_of(reading, kind, finding)
    flow = Flow(reading.protocol, reading, reading.injury.recorded)
    lacking = flow.reachable(found.missing if found is not None else ())
    return tuple(one for one in lacking if reading.answer(one) is None and flow.visible(one))


def _points(points: int | None, most: int | None) -> str:
    if points is None:
        return ""
    if most is None:
        return f" ({points:+d})"
    return " " + _("({points} of {most} points)").format(points=points, most=most)


def _clause(protocol: Protocol, clause: Clause, language: str, depth: int) -> Iterator[Line]:
    said = protocol.say(clause.words, language)
    if clause.now is not None:
        said += " " + _("[now: {value}]").format(value=protocol.shown(clause.now, language))
    yield Line(f"{said}{':' if clause.parts else ''}", depth, clause.truth)
    for part in clause.parts:
        yield from _clause(protocol, part, language, depth + 1)


def _turn(protocol: Protocol, turn: Turn, language: str) -> str:
    now = _("not recorded") if turn.now is None else protocol.shown(turn.now, language)
    said = _("{what}: {becomes} (now: {now}) → {result}")
    return said.format(
        what=protocol.say(turn.what, language),
        becomes=protocol.say(turn.becomes, language),
        now=now,
        result=protocol.say(turn.result, language),
    )
