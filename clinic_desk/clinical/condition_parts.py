"""What the names in a condition can stand for, before they are compared or counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.logic import Node, Outcome, Range, Reckoning, World
from clinic_desk.clinical.protocol import Item


class ConditionFault(ValueError):
    """A condition cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a protocol's conditions may use."""

    items: Mapping[str, Item]
    flags: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    grades: int = 0  # the highest grade; 0 where the protocol grades nothing


@dataclass(frozen=True, slots=True)
class Number:
    run: Reckoning
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """Something that can only be compared for equality: an item's choice, the sex, the side."""

    shown: str
    get: Callable[[World], tuple[str | None, logic.Missing]]
    allowed: tuple[str, ...]
    ordered: bool = False
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text, or one of the words yes, no, unsure."""

    text: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An item by its name, before it is known how it is used."""

    item: Item


@dataclass(frozen=True, slots=True)
class Texts:
    texts: tuple[str, ...]


Part = Node | Number | Word | Text | Named | Texts


def equals(get: Callable[[World], tuple[str | None, logic.Missing]], wanted: str) -> logic.Test:
    def run(world: World) -> Outcome:
        value, missing = get(world)
        if value is None:
            return Truth.UNKNOWN, missing
        return logic.TRUE if value == wanted else logic.FALSE

    return run


def place(word: Word) -> Reckoning:
    places = {choice: float(place) for place, choice in enumerate(word.allowed)}
    last = float(len(places) - 1)

    def run(world: World) -> Range:
        value, missing = word.get(world)
        if value is None:
            return 0.0, last, missing
        return places[value], places[value], ()

    return run


def holds(item: str, wanted: str) -> logic.Test:
    def run(world: World) -> Outcome:
        value, missing = world.picked(item)
        if value is None:
            return Truth.UNKNOWN, missing
        if wanted in value:
            return logic.TRUE
        return (Truth.UNKNOWN, missing) if missing else logic.FALSE

    return run


def marks(item: str, wanted: str) -> logic.Test:
    """Whether a body chart has a mark in a region, of one type where that is said."""
    return lambda world: world.marked(item, wanted)
