"""Explanations as text that a terminal of 100 columns can show."""

import textwrap
from collections.abc import Iterable, Iterator

from clinic_desk.clinical.explain_card import Card
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.i18n import _
from clinic_desk.usecases.explained import Explained, explained

WIDTH = 100
_MARKS = {Truth.TRUE: "+", Truth.FALSE: "-", Truth.UNKNOWN: "?", None: "-"}


def lines(protocol: Protocol, cards: Iterable[Card], language: str = "en") -> Iterator[str]:
    """Every card, with a legend before them and the protocol's own status."""
    yield f"{protocol.say(protocol.title, language)} {protocol.version}"
    yield from _wrapped(protocol.say(protocol.status, language))
    yield _("Marks: + holds, - does not hold, ? not known yet")
    for card in cards:
        yield ""
        yield from _card(explained(protocol, card, language))


def _card(card: Explained) -> Iterator[str]:
    yield from _wrapped(f"== {card.title}")
    yield from _wrapped(card.result)
    for part in card.parts:
        yield f"{part.title}:"
        for line in part.lines:
            mark = f"{_MARKS[line.mark]} " if line.entry else ""
            yield from _wrapped(f"{mark}{line.text}", 2 + 2 * line.depth)
    for source in card.sources:
        yield from _wrapped(source)
    if card.working:
        yield card.working


def _wrapped(text: str, indent: int = 0) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=before,
        subsequent_indent=before + ("  " if indent else ""),
        break_on_hyphens=False,
    )
