"""What an evaluation found: every result with its reasons, its inputs and what is missing.

Findings carry text ids with parameters, never sentences: the texts stand in the protocol
file, by language, and `Protocol.say` turns a `Reason` into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


class Urgency(StrEnum):
    """How soon a red flag or a test must be acted on."""

    EMERGENCY_NOW = "emergency_now"
    SAME_DAY = "same_day"
    URGENT_2W = "urgent_2w"
    ROUTINE_GP = "routine_gp"

    @property
    def rank(self) -> int:
        """4 for an emergency down to 1 for routine."""
        return _RANKS[self]

    @property
    def locks_exercises(self) -> bool:
        """Only an emergency and a same-day flag lock new exercises."""
        return self.rank >= 3

    @property
    def blocks_signing(self) -> bool:
        """All but the routine ones wait for an action or a reasoned override."""
        return self.rank >= 2


_RANKS = {
    Urgency.EMERGENCY_NOW: 4,
    Urgency.SAME_DAY: 3,
    Urgency.URGENT_2W: 2,
    Urgency.ROUTINE_GP: 1,
}


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Truth(IntEnum):
    """Kleene's three values; `min` is and, `max` is or."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A text id standing inside a reason's values: the label of a choice, of an item."""

    text: str
    inside: bool = False  # said within a sentence, so it opens with a small letter


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a text id of the protocol with the values that go into it."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    points: int | None = None  # grade points or pattern weight, where it has any
    of: int | None = None  # the most points that this item can give


@dataclass(frozen=True, slots=True)
class FlagFinding:
    """A red flag that fired."""

    id: str
    label: str  # text id
    urgency: Urgency
    refer_to: tuple[str, ...]  # recipient ids; their names are texts `recipient.<id>`
    action: str  # text id
    reasons: tuple[Reason, ...]
    safety_net: str = ""  # text id of what the patient is told
    why: str = ""  # text id
    source: str = ""
    group: str = ""
    target_days: int | None = None
    presumed: bool = False  # fired because "unsure" counts as yes until examined


@dataclass(frozen=True, slots=True)
class GradeFinding:
    """The bedside strain grade that is suggested, or why none is."""

    suggested: int | None
    withheld: Reason | None
    confidence: Confidence
    provisional: bool
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    alternatives: tuple[int, ...] = ()  # both grades where the sum lies near a cut
    ratio: float | None = None
    answered: int = 0
    countable: int = 0
    notes: tuple[Reason, ...] = ()  # floor, ceiling, cap, recheck
    no_strain: bool = False  # withheld because the picture is another one
    source: str = ""


@dataclass(frozen=True, slots=True)
class PatternFinding:
    id: str
    label: str
    score: float  # 0 to 1
    reasons: tuple[Reason, ...]
    direction: str = ""  # text id: what the exercises aim at
    missing: tuple[str, ...] = ()
    drill: str = ""  # the exercise after which the length is measured again
    retest: str = ""  # text id


@dataclass(frozen=True, slots=True)
class DifferentialFinding:
    """Something else to consider; it names what would tell, and is no diagnosis."""

    id: str
    label: str
    score: float  # 0 to 1
    reasons: tuple[Reason, ...]
    next_step: str  # text id
    missing: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class BannerFinding:
    id: str
    text: Reason


@dataclass(frozen=True, slots=True)
class HoldFinding:
    """Stages and load classes that wait, with what is not reached yet."""

    id: str
    because: Reason
    stages: tuple[int, ...]
    load_classes: tuple[int, ...]
    open: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImagingFinding:
    id: str
    label: str
    urgency: Urgency
    reasons: tuple[Reason, ...]
    safety_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramFinding:
    """The home program that is suggested; `blocked` while a red flag locks exercises."""

    stage: int | None
    template: str | None
    blocked: bool
    why: tuple[Reason, ...]
    hide_stretch: bool = False


@dataclass(frozen=True, slots=True)
class AdviceFinding:
    id: str
    label: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeFinding:
    """The score of an outcome measure; None while too little of it is answered."""

    id: str  # the item, or the score of a questionnaire that is played by itself
    label: str  # text id
    measure: str  # the questionnaire
    score: float | None
    low: float
    high: float
    missing: tuple[str, ...] = ()  # the questionnaire's own items
    on: date | None = None
    error: float | None = None  # the smallest change that is more than measurement error
    rated: tuple[tuple[str, float], ...] = ()  # what the patient named, with its own rating
    single_error: float | None = None  # as `error`, of one rating alone


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that counts, but is asked about: unusual, unknown, or at odds with another."""

    item: str
    value: float | str
    why: Reason


@dataclass(frozen=True, slots=True)
class Findings:
    """All results of one pass over a protocol."""

    protocol: str
    version: str
    red_flags: tuple[FlagFinding, ...]
    urgency: Urgency | None
    grade: GradeFinding | None
    patterns: tuple[PatternFinding, ...]
    imaging: tuple[ImagingFinding, ...]
    program: ProgramFinding | None
    advice: tuple[AdviceFinding, ...]
    missing: tuple[str, ...]
    differentials: tuple[DifferentialFinding, ...] = ()
    banners: tuple[BannerFinding, ...] = ()
    holds: tuple[HoldFinding, ...] = ()
    outcomes: tuple[OutcomeFinding, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
