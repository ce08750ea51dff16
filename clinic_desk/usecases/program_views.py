"""What the screens see of a home program."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.loads import LoadKind
from clinic_desk.clinical.measures import Side
from clinic_desk.drawing.shapes import Picture


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of a program with its dosage. Seconds, counts, metres.

    Neighbours of one `superset` number are done in turn; alone, the number means nothing.
    """

    exercise: str
    mode: str  # reps | hold | time | distance
    sets: int
    reps: int
    hold_s: int
    duration_s: int
    rest_s: int
    tempo: str  # "2-2-2-0": move-hold-return-pause, seconds
    side: str  # both | left | right | each
    times_per_day: int
    days_per_week: int
    load: str = ""  # "5 kg", "12.5 lb", "red band", or words
    note: str = ""
    override_reason: str = ""
    distance_m: int = 0
    effort: int | None = None  # 0 to 10
    pain_limit: int | None = None  # 0 to 10; None: the program's own
    superset: int = 0


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How the handout is printed. A language is "" for the patient's own, or for none beside it."""

    preset: str = "standard"
    language: str = ""
    second: str = ""
    weeks: int = 2  # of the tick grid; 0 for none
    stop_rules: bool = False  # each exercise's own
    next_time: str = ""  # of the appointment on the review day: "10:30"
    advice: tuple[str, ...] = ()  # ids of cards


@dataclass(frozen=True, slots=True)
class ProgramContent:
    template: str | None = None
    lines: tuple[Line, ...] = ()
    note: str = ""
    pain_limit: int = 3
    review_on: date | None = None
    paper: str = "a4"
    override_reason: str = ""  # why in spite of a locking flag
    sheet: SheetOptions = SheetOptions()


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """One exercise of the library as the builder shows it."""

    id: str
    name: str
    stage: int
    muscles: tuple[str, ...]
    position: str
    equipment: tuple[str, ...]
    minutes: float
    start: Picture
    finish: Picture
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    advised: bool
    held_back: str  # why it isn't advised now, or ""
    suggested_because: str
    easier: str | None
    harder: str | None
    hidden: bool  # stretches while a neural pattern hides them
    regions: tuple[str, ...] = ()
    favourite: bool = False  # of who sits at the desk
    used_at: datetime | None = None  # by them, in whichever program
    origin: str = ""  # own | changed | outdated, where the clinic made something of it
    withdrawn: bool = False  # no longer offered
    not_for: tuple[str, ...] = ()  # whom it isn't for, which the record cannot say
    mine: Line | None = None  # the dose that who sits at the desk prefers


@dataclass(frozen=True, slots=True)
class TemplateRow:
    id: str
    name: str
    stage: int
    minutes: float
    exercises: int
    suggested: bool
    gate: str  # "from day 3 after a grade 2 strain", or ""
    origin: str = ""  # own | changed | outdated, where the clinic made something of it
    withdrawn: bool = False  # no longer offered; shown only where it is suggested


@dataclass(frozen=True, slots=True)
class Gauge:
    """The 12-minute rule, live."""

    seconds: int
    line_seconds: tuple[int, ...]  # within a superset without the rests, which belong to a round
    exercises: int
    equipment: tuple[str, ...]
    count_ok: bool  # 3 to 4
    time_ok: bool  # under 720 s
    equipment_ok: bool
    minutes_per_week: float


@dataclass(frozen=True, slots=True)
class CriterionState:
    """A gate: met, not met or not measured, with what says so."""

    text: str
    state: str  # met | not_met | not_measured
    detail: str  # "12° on 03 Feb 2026"
    source: str = ""
    working: bool = False  # waits for clinical sign-off


@dataclass(frozen=True, slots=True)
class Suggestion:
    template: str | None
    stage: int | None
    blocked: bool
    why: tuple[str, ...]
    criteria: tuple[CriterionState, ...]  # of the next stage


@dataclass(frozen=True, slots=True)
class Builder:
    """All that the builder screen needs for one case."""

    case_id: UUID
    side: Side | None
    cards: tuple[ExerciseCard, ...]
    templates: tuple[TemplateRow, ...]
    suggestion: Suggestion
    draft: ProgramContent | None
    current: ProgramContent | None  # what was prescribed last
    current_at: datetime | None
    draft_kept_at: datetime | None = None
    status_line: str = ""  # "grade 2 (decided), day 13, walks without a limp"
    locked: tuple[str, ...] = ()  # open flags that lock exercises, in words
    sheet: SheetOptions = SheetOptions()  # as this patient's handout was printed last
    languages: tuple[tuple[str, str], ...] = ()  # code, name
    own_language: str = "en"  # the patient's, where the library has it
    weight_unit: LoadKind = LoadKind.KG  # what loads are offered in first
    advice: tuple[tuple[str, str], ...] = ()  # id, title


@dataclass(frozen=True, slots=True)
class ProgramView:
    id: UUID
    case_id: UUID
    content: ProgramContent
    prescribed_at: datetime
    prescribed_by: str
    gauge: Gauge
    warnings: tuple[str, ...] = field(default=())
