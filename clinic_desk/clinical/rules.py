"""The rules of a protocol as data: red flags, the grade, patterns, tests, paths and advice.

Texts are ids; conditions are parsed. The modules named after each finding apply them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.logic import Amount, Condition


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
    working: bool = False  # this case is a working value, whatever the flag itself is


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag; the most urgent of its true cases is the one that fires."""

    id: str
    group: str
    label: str
    cases: tuple[FlagCase, ...]  # most urgent first
    why: str = ""
    source: str = ""
    working: bool = False  # a working value, not validated
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


@dataclass(frozen=True)
class Scoring:
    """How one value earns points: by bands of a number, or by its choice."""

    value: str
    bands: tuple[Band, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def most(self) -> int:
        return max([band.points for band in self.bands] + list(self.points.values()), default=0)


@dataclass(frozen=True)
class GradeItem:
    scoring: Scoring
    because: str
    or_else: tuple[Scoring, ...] = ()  # read where the value is not answered
    because_none: str = ""  # said instead of a number that is 0 or less

    @cached_property
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
class Report:
    """The grade of an imaging report, where too little is known of the first days."""

    when: Condition
    because: str
    grade: int


@dataclass(frozen=True, slots=True)
class GradeRule:
    """The bedside grade: signs that decide, pictures that withhold, points, and bounds.

    Items that age count for `fresh_days` after the day that the item `injured_on` names.
    """

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
    fresh_days: int | None = None
    injured_on: str = ""
    reports: tuple[Report, ...] = ()
    doubts: tuple[Ground, ...] = ()  # what keeps the confidence low

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
    drill: str = ""  # the exercise after which the length is measured again
    remeasure: str = ""  # text id: how it is measured again, and what that would say
    retest: tuple[str, ...] = ()  # what tells at the next visit whether its treatment helped


@dataclass(frozen=True, slots=True)
class Differential:
    """Something else to consider, scored as patterns are; never named as a diagnosis."""

    id: str
    label: str
    next_step: str  # text id: the test or referral that would tell
    supports: Mapping[str, int]
    contradicts: Mapping[str, int] = field(default_factory=dict)
    when: Condition | None = None  # considered only where this holds
    after: Condition | None = None  # not named before this holds: what must be excluded first
    least: int = 2  # supporting findings that it needs
    source: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence that stands above the patterns while its condition holds."""

    id: str
    when: Condition
    because: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Exercises that wait until easier work is done well, unless a reason is given."""

    id: str
    when: Condition
    until: Condition
    because: str
    stages: tuple[int, ...] = ()
    load_classes: tuple[int, ...] = ()


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
    working: bool = False  # a working value, not validated


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
    waits: bool = False  # not named while red flags lock the exercises


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: plain answers and what must be found."""

    name: str
    request: Mapping[str, object]
    expect: Mapping[str, object]
    line: int = 0
    before: Mapping[str, object] = field(default_factory=dict)  # earlier answers: what changed
