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
from clinic_desk.clinical.measures import NONE_OF, Answer, Answers, Sex, Side, State
from clinic_desk.clinical.reach import Reach
from clinic_desk.clinical.rules import (
    Advice,
    Banner,
    Derived,
    Differential,
    Example,
    Flag,
    GradeRule,
    Group,
    Hold,
    Imaging,
    Path,
    Pattern,
)

BLANK = re.compile(r"\{(\w+)\}")


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
    MEDICINES = "medicines"  # a list; its choices are the classes, `also` the names
    BODY_CHART = "body_chart"  # marks on the outlines of a body
    OUTCOME = "outcome"  # a questionnaire: item by item, or its dated score


class Purpose(StrEnum):
    """What a protocol is played for."""

    EVALUATION = "evaluation"
    QUESTIONNAIRE = "questionnaire"


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str  # text id
    also: tuple[str, ...] = ()  # other spellings that are read as this choice
    help: str = ""  # text id: why it matters


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered on an earlier day of the case."""

    on: date
    answers: Answers


@dataclass(frozen=True, slots=True)
class Case:
    """What is known beside the answers: who, when, which side, and earlier visits, newest first."""

    on: date
    side: Side | None = None
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    birth_part: str = ""  # "1991" or "1991-06", where the day is not known
    earlier: tuple[Earlier, ...] = field(default=(), hash=False)


@dataclass(frozen=True, slots=True)
class Score:
    """A number that a questionnaire ends in, and which change of it means something.

    What is None is not established; the source then says so.
    """

    id: str
    label: str  # text id
    value: Amount
    minimum: float
    maximum: float
    better: Literal["lower", "higher"]
    whole: bool = False
    unit: str = ""
    of_change: bool = False  # the score itself says how much has changed since the start
    mcid: float | None = None  # the least change that matters to patients
    mcid_pct: float | None = None  # the same as a percentage of the first score; either is enough
    mcid_source: str = ""
    mdc: float | None = None  # what a change must reach to be more than the error of measuring
    mdc_source: str = ""
    mdc_single: float | None = None  # the same for one rating alone of those it is the mean of
    mdc_single_source: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A questionnaire with the one of its scores that an item stands for."""

    questionnaire: "Protocol" = field(repr=False, compare=False)
    score: Score


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
    suggest: tuple[str, ...] = ()  # text ids of words that a text item offers
    measure: Measure | None = None  # the outcome measure that this item is, or is a part of
    implied: tuple[tuple[str, Condition], ...] = ()  # answers that other answers hold already
    implied_working: bool = False  # that they do is a working rule
    at_odds: tuple[Condition, ...] = ()  # under which its answer and others cannot both be right
    doubt_below: float | None = None  # possible, but so unusual that it is asked about
    doubt_above: float | None = None
    ages: bool = False  # recovers: it grades an injury only while that is fresh
    mdc: float | None = None  # the smallest change that is more than measurement error
    mdc_source: str = ""
    carry: Literal["fact", "again", "never"] = "again"  # what a re-evaluation makes of it
    stands_in: str = ""  # what is known of the first days, for the item that has aged

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
    differentials: Mapping[str, Differential] = field(default_factory=dict)
    banners: tuple[Banner, ...] = ()
    holds: tuple[Hold, ...] = ()
    examples: tuple[Example, ...] = ()
    purpose: Purpose = Purpose.EVALUATION
    scores: Mapping[str, Score] = field(default_factory=dict)
    score_only: bool = False  # its items are licensed: only the score is recorded
    licence: str = ""  # text id

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
    def measured(self) -> tuple[Item, ...]:
        """The items that are outcome measures, in the order of the file."""
        return tuple(item for item in self.items.values() if item.measure is not None)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Each item's place in the order of the file."""
        return {item: place for place, item in enumerate(self.items)}

    @cached_property
    def emergencies(self) -> frozenset[str]:
        """The yes/no questions of which one "yes" is an emergency, whatever else is known."""
        return frozenset(
            part.reads[0]
            for flag in self.flags.values()
            for case in flag.cases
            if case.urgency is Urgency.EMERGENCY_NOW
            for part in (case.when.node.parts if case.when.node.op == "or" else (case.when.node,))
            if part.op == "leaf" and part.reads == (flag.id,) and flag.id in self.places
        )

    @cached_property
    def aging(self) -> frozenset[str]:
        """The items that recover, with all derived values that are worked out from them."""
        return frozenset().union(*(self.above(one.id) for one in self.items.values() if one.ages))

    @cached_property
    def instead(self) -> Mapping[str, str]:
        """For each item that ages, and what lies under it, the question about the first days."""
        found: dict[str, str] = {}
        for item in (one for one in self.items.values() if one.stands_in):
            for name in (item.stands_in, *self.under(item.stands_in)):
                found.setdefault(name, item.id)
        return found

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, Answer]]:
        """For each item that is answered with a word, its typed answers by their words."""
        return {item.id: words for item in self.items.values() if (words := _words(item))}

    @cached_property
    def doubtable(self) -> tuple[Item, ...]:
        """The items of which an answer may be asked about, in the order of the file."""
        return tuple(
            item
            for item in self.items.values()
            if any((item.implied, item.at_odds))
            or item.kind in (Kind.MEDICINES, Kind.PAIR, Kind.BODY_CHART)
            or any(item.choice(none) for none in NONE_OF)
            or (item.doubt_below, item.doubt_above) != (None, None)
        )

    @cached_property
    def implied(self) -> tuple[Item, ...]:
        """The items whose answer other answers may hold already."""
        return tuple(item for item in self.items.values() if item.implied)

    @cached_property
    def implied_by(self) -> Mapping[str, frozenset[str]]:
        """For each item, those whose answer it may hold already."""
        found: dict[str, set[str]] = {}
        for item in self.implied:
            for _word, when in item.implied:
                for read in when.reads:
                    for name in (read, *self.under(read)):
                        found.setdefault(name, set()).add(item.id)
        return {name: frozenset(items) for name, items in found.items()}

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

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        above: dict[str, set[str]] = {}
        for derived in self.derived:
            below = self.under(derived)
            for item in (*below, *self._gates_of(derived, below)):
                above.setdefault(item, set()).add(derived)
        return {item: frozenset(names) for item, names in above.items()}

    def _gates_of(self, derived: str, below: tuple[str, ...]) -> tuple[str, ...]:
        """What opens the items of a mean: one that is not asked is left out of it."""
        amount = self.derived[derived].amount
        if amount is None or "mean(" not in amount.text:
            return ()
        gates = (self.items[name].when for name in below)
        return tuple(name for gate in gates if gate is not None for name in gate.reads)

    def above(self, item_id: str) -> frozenset[str]:
        """An item with all derived values that are worked out from it."""
        return self._above.get(item_id, frozenset()) | {item_id}

    @cached_property
    def reach(self) -> Reach:
        """Which rules an answer reaches."""
        return Reach(self)

    @cached_property
    def _blanks(self) -> dict[str, tuple[str, ...]]:
        return {}

    def blanks(self, text_id: str) -> tuple[str, ...]:
        """The names in braces that a text leaves to be filled in."""
        if text_id not in self._blanks:
            self._blanks[text_id] = tuple(BLANK.findall(self.texts.get(text_id)))
        return self._blanks[text_id]

    def say(self, text: str | Reason | Term, language: str = "en") -> str:
        """The words of a text id or of a reason, with its values filled in."""
        if isinstance(text, str):
            return self.texts.get(text, language)
        if isinstance(text, Term):
            words = self.texts.get(text.text, language)
            # Only English is known to write nouns small, and "MRI" stays as it is.
            small = text.inside and language == "en" and not words[1:2].isupper()
            return words[:1].lower() + words[1:] if small else words
        words = self.texts.get(text.text, language)

        def fill(match: re.Match[str]) -> str:
            if match[1] not in text.params:
                return match[0]
            return self.shown(text.params[match[1]], language)

        return BLANK.sub(fill, words)

    def shown(self, value: object, language: str = "en") -> str:
        """The words of a value that stands inside a reason."""
        if isinstance(value, Term | Reason):
            return self.say(value, language)
        if isinstance(value, float):
            return f"{round(value, 2):g}"
        if isinstance(value, tuple | list):
            return ", ".join(self.shown(part, language) for part in value)
        if isinstance(value, date):
            return value.strftime("%d %b %Y")
        return str(value)


def _words(item: Item) -> dict[str, Answer]:
    words = {choice.id: Answer(State.GIVEN, choice.id) for choice in item.choices}
    if item.kind in (Kind.MANY, Kind.MEDICINES, Kind.BODY_CHART):
        return {}
    if item.kind in (Kind.YES_NO, Kind.YES_NO_UNSURE):
        words = {"yes": Answer(State.GIVEN, True), "no": Answer(State.GIVEN, False)}
    if item.kind is Kind.YES_NO_UNSURE:
        words["unsure"] = Answer(State.UNSURE)
    return words
