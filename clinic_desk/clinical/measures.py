"""Answers as measured: their state, their sides, and side-to-side deficits.

A deficit is positive when the affected side is worse; which direction is worse is declared
by each pair item (active knee extension is worse when higher, strength when lower).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Worse = Literal["higher", "lower"]

# Differences of decimal readings (22.1 - 12.1) must meet the bands' whole cut-offs exactly.
DECIMALS = 9

NONE_OF = ("none", "nothing")  # ids of a choice that says that none of the others holds


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class State(StrEnum):
    """How an item stands; an item without any answer is *not asked*."""

    GIVEN = "given"
    UNSURE = "unsure"
    NOT_TESTABLE = "not_testable"


@dataclass(frozen=True, slots=True)
class Pair:
    """One reading a side, in the item's unit; None where that side was not tested."""

    left: float | None = None
    right: float | None = None

    def affected(self, side: Side | None) -> float | None:
        """The affected side's reading; None where it is unknown or both sides are affected."""
        if side is Side.LEFT:
            return self.left
        return self.right if side is Side.RIGHT else None

    def other(self, side: Side | None) -> float | None:
        """The reading of the side that is not affected."""
        if side is Side.LEFT:
            return self.right
        return self.left if side is Side.RIGHT else None


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine as it was named, with its classes; none where its class is not known."""

    name: str
    classes: tuple[str, ...] = ()
    dose: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A questionnaire's score, or between what it still lies while too little is answered."""

    low: float
    high: float
    missing: tuple[str, ...] = ()  # the questionnaire's own items that would settle it
    on: date | None = None  # the day it was filled in, where it was not that of the evaluation
    note: str = ""  # version, language
    about: frozenset[str] = frozenset()  # what the patient named to be rated, in small letters
    rated: tuple[tuple[str, float], ...] = ()  # what of it was rated, in the patient's words

    @property
    def score(self) -> float | None:
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the body chart; `side` is None for one on the midline."""

    region: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One complaint on the body chart: a region, or a pen stroke with the regions it covers.

    `places` is None where a stroke was given without the regions that it covers.
    """

    type: str
    intensity: int | None  # 0 to 10; None where it was not asked
    places: tuple[Place, ...] | None
    view: str = ""  # of a stroke
    path: tuple[tuple[float, float], ...] = ()  # 0 to 1 over the view's box


@dataclass(frozen=True, slots=True)
class BodyChart:
    """All marks of one body chart; none of them means asked and nothing to mark."""

    marks: tuple[Mark, ...] = ()


Value = (
    bool
    | str
    | tuple[str, ...]
    | tuple[Medicine, ...]
    | float
    | Pair
    | date
    | Scored
    | BodyChart
    | None
)


class Refused(ValueError):
    """This value cannot be taken; the text says what is allowed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A typed answer: True/False for yes/no, an id, ids, a number in the item's unit, …

    `value` is None unless `state` is GIVEN.
    """

    state: State
    value: Value = None

    @property
    def complete(self) -> bool:
        """Whether nothing of it is still to be answered: a questionnaire may be half done."""
        return not isinstance(self.value, Scored) or self.value.score is not None


Answers = Mapping[str, Answer]


def deficit(affected: float, other: float, worse: Worse) -> float:
    """How much worse the affected side is, in the item's unit; negative when it is better."""
    return round(affected - other if worse == "higher" else other - affected, DECIMALS)


def deficit_percent(affected: float, other: float, worse: Worse) -> float | None:
    """The deficit as a percentage of the other side; None where the other side reads 0."""
    if other == 0:
        return None
    return round(100 * deficit(affected, other, worse) / other, DECIMALS)
