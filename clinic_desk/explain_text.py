"""Explanations as text that a terminal of 100 columns can show."""

import textwrap
from collections.abc import Iterable, Iterator

from clinic_desk.clinical.explain_card import Card
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rule_words import Clause, Words
from clinic_desk.clinical.turning import Turn
from clinic_desk.i18n import _

WIDTH = 100
_MARKS = {Truth.TRUE: "+", Truth.FALSE: "-", Truth.UNKNOWN: "?"}
_MOST_TURNS = 12


def lines(protocol: Protocol, cards: Iterable[Card], language: str = "en") -> Iterator[str]:
    """Every card, with a legend before them and the protocol's own status."""
    yield f"{protocol.say(protocol.title, language)} {protocol.version}"
    yield from _wrapped(protocol.say(protocol.status, language))
    yield _("Marks: + holds, - does not hold, ? not known yet")
    for card in cards:
        yield ""
        yield from _card(protocol, card, language)


def _card(protocol: Protocol, card: Card, language: str) -> Iterator[str]:
    def say(words: Words) -> str:
        return protocol.say(words, language)

    yield from _wrapped(f"== {_KINDS[card.kind]()}: {say(card.title)}")
    yield from _wrapped(_("Result: {result}").format(result=say(card.outcome)))
    if card.fired_by:
        yield _("Fired by:")
        for reason in card.fired_by:
            points = _points(reason.points, reason.of)
            yield from _wrapped(f"- {say(reason)}{points}", 2)
    if card.rule:
        yield _("Rule:")
        for clause in card.rule:
            yield from _clause(protocol, clause, language, 2)
    yield _("What would change it:")
    for turn in card.turns[:_MOST_TURNS]:
        yield from _wrapped(f"- {_turn(protocol, turn, language)}", 2)
    more = len(card.turns) - _MOST_TURNS
    if more > 0:
        yield "  " + _("and {count} more").format(count=more)
    if not card.turns:
        yield "  " + _("No single answer would.")
    for source in card.sources:
        yield from _wrapped(_("Source: {source}").format(source=source))
    if card.working:
        yield _("Working value, not validated.")


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


def _points(points: int | None, most: int | None) -> str:
    if points is None:
        return ""
    if most is None:
        return f" ({points:+d})"
    return " " + _("({points} of {most} points)").format(points=points, most=most)


def _clause(protocol: Protocol, clause: Clause, language: str, indent: int) -> Iterator[str]:
    said = protocol.say(clause.words, language)
    if clause.now is not None:
        now = protocol.shown(clause.now, language)
        said += " " + _("[now: {value}]").format(value=now)
    yield from _wrapped(f"{_MARKS[clause.truth]} {said}{':' if clause.parts else ''}", indent)
    for part in clause.parts:
        yield from _clause(protocol, part, language, indent + 2)


def _turn(protocol: Protocol, turn: Turn, language: str) -> str:
    now = _("not recorded") if turn.now is None else protocol.shown(turn.now, language)
    said = _("{what}: {becomes} (now: {now}) → {result}")
    return said.format(
        what=protocol.say(turn.what, language),
        becomes=protocol.say(turn.becomes, language),
        now=now,
        result=protocol.say(turn.result, language),
    )


def _wrapped(text: str, indent: int = 0) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=before,
        subsequent_indent=before + ("  " if indent else ""),
        break_on_hyphens=False,
    )
