"""A protocol as the program knows it: steps of items, rules over them, texts by language.

Pure data, built by `library.protocols` from a file; `flow` and `evaluate` interpret it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from clinic_desk.clinical.findings import Reason, Term, Urgency
from clinic_desk.clinical.logic import Amount, Condition
from clinic_desk.clinical.measures import Sex, Side


class Kind(StrEnum):
    """How an item is asked and answered."""

    YES_NO = "yes_no"
    YES_NO_UNSURE = "yes_no_unsure"
    CHOICE = "choice"
    MANY = "many"
    SCALE = "scale"  # whole number 0 to 10
    NUMBER = "number"
    PAIR = "pair"  # one number a side
    DATE = "date"
    DURATION = "duration"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str  # text id
    also: tuple[str, ...] = ()  # other spellings that are read as this choice


@dataclass(frozen=True, slots=True)
class Case:
    """What is known beside the answers: who, when, and which side is affected."""

    on: date
    side: Side | None = None
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN


@dataclass(frozen=True, slots=True)
class Item:
    """One question or test. Texts are ids: label, help, norm."""

    id: str
    kind: Kind
    label: str
    help: str = ""
    norm: str = ""  # text id: normal value or cut-off, shown beside the field
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    worse: Literal["higher", "lower"] | None = None  # pair items
    show: Literal["absolute", "percent"] = "absolute"  # how a pair's deficit is shown
    unsure_is_yes: bool = False
    ask: str = "patient"  # patient | exam | both | clinician | derived
    source: str = ""
    working: bool = False  # a working value, not validated
    when: Condition | None = None

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    items: tuple[str, ...]
    hint: str = ""
    red_flags: bool = False  # offers "all negative, asked"
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    sections: tuple[Section, ...]
    hint: str = ""
    when: Condition | None = None

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from others: exactly one of `amount` and `test` is set."""

    id: str
    amount: Amount | None = None
    test: Condition | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The items and derived values that it is worked out from; empty for patient data only."""
        part = self.amount or self.test
        return part.reads if part else ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of red flags and what a patient is told to watch for."""

    id: str
    title: str
    safety_net: str = ""


@dataclass(frozen=True, slots=True)
class FlagCase:
    when: Condition
    urgency: Urgency
    refer_to: tuple[str, ...]
    action: str
    label: str = ""
    target_days: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag; the most urgent of its true cases is the one that fires."""

    id: str
    group: str
    label: str
    cases: tuple[FlagCase, ...]  # most urgent first
    why: str = ""
    source: str = ""
    not_strain: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Points up to a limit; the last band has neither limit and is open upwards."""

    points: int
    below: float | None = None
    upto: float | None = None

    def holds(self, value: float) -> bool:
        if self.below is not None:
            return value < self.below
        return self.upto is None or value <= self.upto


@dataclass(frozen=True, slots=True)
class Scoring:
    """How one value earns points: by bands of a number, or by its choice."""

    value: str
    bands: tuple[Band, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)

    @property
    def most(self) -> int:
        return max([band.points for band in self.bands] + list(self.points.values()), default=0)


@dataclass(frozen=True, slots=True)
class GradeItem:
    scoring: Scoring
    because: str
    or_else: tuple[Scoring, ...] = ()  # read where the value is not answered

    @property
    def most(self) -> int:
        return max(way.most for way in (self.scoring, *self.or_else))


@dataclass(frozen=True, slots=True)
class Ground:
    """A condition with the text that says why it matters."""

    when: Condition
    because: str


@dataclass(frozen=True, slots=True)
class HardSign:
    when: Condition
    because: str
    decisive: bool = True  # stands even beside a picture that withholds the grade


@dataclass(frozen=True, slots=True)
class Bound:
    when: Condition
    because: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Either:
    when: Condition
    because: str
    grades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GradeRule:
    """The bedside grade: signs that decide, pictures that withhold, points, and bounds."""

    title: str
    note: str
    source: str
    needed: int
    cuts: tuple[float, ...]
    names: tuple[str, ...]  # text ids, by grade from 0
    zero: Condition | None
    required: tuple[tuple[str, ...], ...]
    items: tuple[GradeItem, ...]
    hard: tuple[HardSign, ...] = ()
    withhold: tuple[Ground, ...] = ()
    bounds: tuple[Bound, ...] = ()
    either: tuple[Either, ...] = ()

    @property
    def highest(self) -> int:
        return len(self.cuts)


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    label: str
    direction: str
    supports: Mapping[str, int]
    contradicts: Mapping[str, int] = field(default_factory=dict)
    first: bool = False
    hides_stretch: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class ImagingCase:
    when: Condition
    urgency: Urgency
    because: str = ""


@dataclass(frozen=True, slots=True)
class Imaging:
    id: str
    label: str
    cases: tuple[ImagingCase, ...]  # most urgent first
    safety: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PathStep:
    template: str
    stage: int
    leave: Condition | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    id: str
    when: Condition
    because: str
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    id: str
    label: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: plain answers and what must be found."""

    name: str
    request: Mapping[str, object]
    expect: Mapping[str, object]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by language; a text missing in a language falls back to English."""

    by_language: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, text_id: str, language: str = "en") -> str:
        for table in (self.by_language.get(language, {}), self.by_language.get("en", {})):
            if text_id in table:
                return table[text_id]
        raise KeyError(text_id)


@dataclass(frozen=True)
class Protocol:
    """One version of a protocol, checked and ready to be played."""

    id: str
    version: str
    title: str
    status: str
    steps: tuple[Step, ...]
    items: Mapping[str, Item]  # asked and derived ones
    derived: Mapping[str, Derived]
    texts: Texts
    recipients: tuple[str, ...] = ()
    groups: Mapping[str, Group] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)
    grade: GradeRule | None = None
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    imaging: tuple[Imaging, ...] = ()
    safety: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    advice: tuple[Advice, ...] = ()
    examples: tuple[Example, ...] = ()

    def item(self, item_id: str) -> Item:
        """The item or derived value of this id; KeyError where there is none."""
        return self.items[item_id]

    @cached_property
    def places(self) -> Mapping[str, tuple[Step, Section]]:
        """Where each asked item stands."""
        return {
            item: (step, section)
            for step in self.steps
            for section in step.sections
            for item in section.items
        }

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Each item's place in the order of the file."""
        return {item: place for place, item in enumerate(self.items)}

    @cached_property
    def _under(self) -> dict[str, tuple[str, ...]]:
        return {}

    def under(self, item_id: str) -> tuple[str, ...]:
        """All items and derived values that a derived value is worked out from."""
        if item_id not in self.derived:
            return ()
        if item_id not in self._under:
            reads = self.derived[item_id].reads
            deeper = (name for part in reads for name in (part, *self.under(part)))
            self._under[item_id] = tuple(dict.fromkeys(deeper))
        return self._under[item_id]

    def say(self, text: str | Reason | Term, language: str = "en") -> str:
        """The words of a text id or of a reason, with its values filled in."""
        if isinstance(text, str):
            return self.texts.get(text, language)
        if isinstance(text, Term):
            return self.texts.get(text.text, language)
        words = self.texts.get(text.text, language)

        def fill(match: re.Match[str]) -> str:
            if match[1] not in text.params:
                return match[0]
            return self._shown(text.params[match[1]], language)

        return _PLACE.sub(fill, words)

    def _shown(self, value: object, language: str) -> str:
        if isinstance(value, Term | Reason):
            return self.say(value, language)
        if isinstance(value, float):
            return f"{round(value, 2):g}"
        if isinstance(value, tuple | list):
            return ", ".join(self._shown(part, language) for part in value)
        if isinstance(value, date):
            return value.strftime("%d %b %Y")
        return str(value)


_PLACE = re.compile(r"\{(\w+)\}")
