"""How much of an exercise: sets, repetitions, tempo and rests, and how long that takes.

All times are whole seconds. The arithmetic is the clinic's time formula; the low-load check
is the rule that a home session stays short, small and free of equipment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from clinic_desk.clinical.findings import Reason
from clinic_desk.errors import InvalidInput

CHANGE_S = 20
"""Seconds to change from one exercise to the next (SPEC section 8)."""

SESSION_GOAL_S = 720
"""A low-load home session stays under twelve minutes (SPEC section 8)."""

FEWEST, MOST = 3, 4
"""How many exercises a low-load home session has (SPEC section 8)."""

PACE_S_PER_100_M = 90
"""Walking at 4 km an hour [W]: the time of a distance where nobody gave one."""

RANGES: Mapping[str, tuple[int, int]] = {
    "sets": (1, 10),
    "reps": (1, 100),
    "duration_s": (1, 3600),
    "distance_m": (1, 42195),
    "rest_s": (0, 600),
    "sides": (1, 2),
    "side_change_s": (0, 120),
    "setup_s": (0, 300),
    "times_per_day": (1, 12),
    "days_per_week": (1, 7),
    "effort": (0, 10),
    "pain_limit": (0, 10),
}
"""What can be asked of a person at home: working bounds that catch slips of the keyboard."""

LONGEST_TEMPO_PART_S = 180


class Mode(StrEnum):
    """What is counted: repetitions, holds, time, or distance."""

    REPS = "reps"
    HOLD = "hold"
    TIME = "time"
    DISTANCE = "distance"

    @property
    def repeats(self) -> bool:
        """Whether repetitions are counted, each with its tempo."""
        return self in (Mode.REPS, Mode.HOLD)


_COUNTED = {
    Mode.REPS: "repetitions are",
    Mode.HOLD: "repetitions are",
    Mode.TIME: "time is",
    Mode.DISTANCE: "distance is",
}


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of one repetition: move, hold, return, pause."""

    move: int
    hold: int
    back: int
    pause: int

    @property
    def seconds(self) -> int:
        """Seconds of the whole repetition."""
        return self.move + self.hold + self.back + self.pause

    def __str__(self) -> str:
        return f"{self.move}-{self.hold}-{self.back}-{self.pause}"

    @classmethod
    def parse(cls, text: str) -> "Tempo":
        """Read "2-1-2-0". Raises InvalidInput by field `tempo`."""
        parts = text.split("-")
        if len(parts) != 4 or not all(part.isascii() and part.isdigit() for part in parts):
            raise InvalidInput(
                {"tempo": f"“{text}” must be four whole numbers, as in 2-1-2-0"},
                "The numbers are seconds for move, hold, return and pause.",
            )
        move, hold, back, pause = (int(part) for part in parts)
        tempo = cls(move, hold, back, pause)
        if max(move, hold, back, pause) > LONGEST_TEMPO_PART_S:
            raise InvalidInput({"tempo": f"each part is at most {LONGEST_TEMPO_PART_S} seconds"})
        if not tempo.seconds:
            raise InvalidInput({"tempo": "a repetition takes at least one second"})
        return tempo


@dataclass(frozen=True, slots=True)
class Dosage:
    """One exercise's dose. Counts and whole seconds; RANGES holds what is possible.

    Repetitions and holds need `reps` and `tempo`, time needs `duration_s`, distance needs
    `distance_m` and may say how long it takes; what the mode does not use stays None. `effort`
    and `pain_limit` (0 to 10) are None where nothing is said. Raises InvalidInput that names
    each impossible field.
    """

    mode: Mode
    sets: int = 1
    reps: int | None = None
    tempo: Tempo | None = None
    duration_s: int | None = None
    rest_s: int = 0
    sides: int = 1
    side_change_s: int = 0
    setup_s: int = 0
    times_per_day: int = 1
    days_per_week: int = 7
    distance_m: int | None = None
    effort: int | None = None
    pain_limit: int | None = None

    def __post_init__(self) -> None:
        problems: dict[str, str] = {}
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                problems[name] = f"{value} is outside {low} to {high}"
        needed = {
            Mode.TIME: ("duration_s",),
            Mode.DISTANCE: ("distance_m",),
        }.get(self.mode, ("reps", "tempo"))
        allowed = (*needed, "duration_s") if self.mode is Mode.DISTANCE else needed
        for name in ("reps", "tempo", "duration_s", "distance_m"):
            given = getattr(self, name) is not None
            if name in needed and not given:
                problems[name] = f"is needed when {_COUNTED[self.mode]} counted"
            elif given and name not in allowed:
                problems[name] = f"has no meaning when {_COUNTED[self.mode]} counted"
        if self.mode is Mode.HOLD and self.tempo is not None and not self.tempo.hold:
            problems["tempo"] = "a hold takes at least one second"
        if problems:
            raise InvalidInput(problems)

    @property
    def hold_s(self) -> int:
        """Seconds that each repetition is held."""
        return self.tempo.hold if self.tempo else 0

    @property
    def rep_seconds(self) -> int:
        """Seconds of one repetition; 0 where time is counted."""
        return self.tempo.seconds if self.tempo else 0

    @property
    def set_seconds(self) -> int:
        """Seconds of one set on one side."""
        if self.mode is Mode.TIME:
            return self.duration_s or 0
        if self.mode is Mode.DISTANCE:
            return self.duration_s or ceil((self.distance_m or 0) * PACE_S_PER_100_M / 100)
        return (self.reps or 0) * self.rep_seconds

    @property
    def work_seconds(self) -> int:
        """Seconds of set-up, work and side changes, without rests."""
        return (
            self.setup_s
            + self.sets * self.sides * self.set_seconds
            + self.sets * (self.sides - 1) * self.side_change_s
        )

    @property
    def seconds(self) -> int:
        """Seconds of the whole exercise once, done alone: its work and the rests between sets."""
        return self.work_seconds + (self.sets - 1) * self.rest_s

    @property
    def sessions_per_week(self) -> int:
        """How often it is done in a week."""
        return self.times_per_day * self.days_per_week


def session_seconds(exercises: Iterable[int]) -> int:
    """Seconds of a session from its exercises' seconds, with the changes between them."""
    seconds = list(exercises)
    return sum(seconds) + CHANGE_S * max(0, len(seconds) - 1)


def block_seconds(doses: Sequence[Dosage]) -> int:
    """Seconds of one exercise, or of a superset: its exercises in turn, round by round.

    A superset rests once after each round but the last, for the longest rest of its exercises;
    between two of them there is the time of a change. One with fewer sets leaves the later rounds.
    """
    if len(doses) < 2:
        return sum(dose.seconds for dose in doses)
    rounds = max(dose.sets for dose in doses)
    changes = sum(sum(dose.sets > place for dose in doses) - 1 for place in range(rounds))
    rest = max(dose.rest_s for dose in doses)
    work = sum(dose.work_seconds for dose in doses)
    return work + changes * CHANGE_S + (rounds - 1) * rest


def minutes_per_week(blocks: Sequence[Sequence[Dosage]]) -> float:
    """Minutes in a week of exercises and supersets, each by its own days and times.

    Whatever is done less often is done in a session of what is done more often, so that a
    session has as many changes as it has exercises then. The exercises of a superset are done in
    turn as often as all of them are done, and alone for what one of them is done more often.
    """
    total, often = 0, []
    for doses in blocks:
        if not doses:
            continue
        together = min(dose.sessions_per_week for dose in doses)
        total += block_seconds(doses) * together
        total += sum(dose.seconds * (dose.sessions_per_week - together) for dose in doses)
        often.append(max(dose.sessions_per_week for dose in doses))
    changes = sum(often) - max(often, default=0)
    return (total + changes * CHANGE_S) / 60


@dataclass(frozen=True, slots=True)
class LowLoad:
    """The short-session check, with a reason for each part that fails."""

    exercises: int
    seconds: int
    equipment: tuple[str, ...]
    count_ok: bool
    time_ok: bool
    equipment_ok: bool
    reasons: tuple[Reason, ...]

    @property
    def ok(self) -> bool:
        """All three parts hold."""
        return self.count_ok and self.time_ok and self.equipment_ok


def low_load(lines: Sequence[tuple[int, Sequence[str]]], seconds: int | None = None) -> LowLoad:
    """Check a session given as (seconds, equipment) of each exercise; `seconds` is how long the
    whole takes where supersets make that differ from its exercises one by one.
    """
    if seconds is None:
        seconds = session_seconds(line[0] for line in lines)
    equipment = tuple(dict.fromkeys(item for line in lines for item in line[1]))
    count_ok = FEWEST <= len(lines) <= MOST
    time_ok = seconds < SESSION_GOAL_S
    reasons: list[Reason] = []
    if not count_ok:
        text = "low_load.too_few" if len(lines) < FEWEST else "low_load.too_many"
        reasons.append(Reason(text, {"count": len(lines), "fewest": FEWEST, "most": MOST}))
    if not time_ok:
        over = seconds - SESSION_GOAL_S
        reasons.append(
            Reason("low_load.too_long", {"seconds": seconds, "goal": SESSION_GOAL_S, "over": over})
        )
    if equipment:
        reasons.append(Reason("low_load.equipment", {"items": ", ".join(equipment)}))
    return LowLoad(len(lines), seconds, equipment, count_ok, time_ok, not equipment, tuple(reasons))
