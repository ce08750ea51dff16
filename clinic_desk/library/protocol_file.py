"""The shape of a protocol file: every table and key that may stand in it, and nothing else."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.protocol import Kind, Purpose

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=80)]
FileId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Carry = Literal["fact", "again", "never"]
_WORD = Field(strict=False)  # a word of a list, or a date also in quotes
Ask = Literal["patient", "exam", "both", "clinician"]


class Table(BaseModel):
    """Numbers are finite and never texts or yes/no words, as TOML tells them apart."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class ChoiceTable(Table):
    id: Words
    label: Words
    also: list[Words] = []


class ItemTable(Table):
    id: Id
    kind: Annotated[Kind, _WORD]
    label: Words
    help: str = ""
    norm: str = ""
    when: str = ""
    implied: dict[str, Words] = {}
    implied_working: bool = False
    at_odds: list[Words] = []
    ask: Ask = "patient"
    source: str = ""
    working: bool = False
    unsure_is_yes: bool = False
    ordered: bool = False
    choice: list[ChoiceTable] = []
    unit: str = ""
    min: float | None = None
    max: float | None = None
    whole: bool = False
    doubt_below: float | None = None
    doubt_above: float | None = None
    worse: Literal["higher", "lower"] | None = None
    show: Literal["absolute", "percent"] = "absolute"
    suggest: list[Words] = []
    measure: str = ""
    ages: bool = False
    stands_in: str = ""
    carry: Carry | None = None
    mdc: Annotated[float, Field(gt=0)] | None = None
    mdc_source: str = ""


class SectionTable(Table):
    id: Id
    title: Words
    hint: str = ""
    when: str = ""
    red_flags: bool = False
    carry: Carry = "again"
    item: list[ItemTable] = []


class StepTable(Table):
    id: Id
    title: Words
    hint: str = ""
    when: str = ""
    section: list[SectionTable] = []


class DerivedTable(Table):
    id: Id
    kind: Literal["number", "yes_no"]
    label: Words
    value: Words
    unit: str = ""
    min: float | None = None
    max: float | None = None
    help: str = ""
    norm: str = ""
    source: str = ""
    working: bool = False


class RecipientTable(Table):
    id: Id
    label: Words


class GroupTable(Table):
    id: Id
    title: Words
    safety_net: str = ""


class FlagCaseTable(Table):
    when: Words
    urgency: Annotated[Urgency, _WORD]
    refer_to: list[Id] = []
    action: Words
    label: str = ""
    target_days: Annotated[int, Field(ge=0, le=60)] | None = None
    because: str = ""
    working: bool = False


class FlagTable(Table):
    id: Id
    group: Id
    label: Words
    why: str = ""
    source: Words
    working: bool = False
    not_strain: bool = False
    case: Annotated[list[FlagCaseTable], Field(min_length=1)]


class BandTable(Table):
    points: Annotated[int, Field(ge=0)]
    below: float | None = None
    upto: float | None = None


class ScoringTable(Table):
    value: Id
    bands: list[BandTable] = []
    points: dict[str, Annotated[int, Field(ge=0)]] = {}


class GradeItemTable(ScoringTable):
    because: Words
    because_none: str = ""
    or_else: list[ScoringTable] = []


class RequiredTable(Table):
    any: Annotated[list[Id], Field(min_length=1)]


class HardTable(Table):
    when: Words
    because: Words
    decisive: bool = True


class GroundTable(Table):
    when: Words
    because: Words


class BoundTable(Table):
    when: Words
    because: Words
    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None


class EitherTable(Table):
    grades: Annotated[list[int], Field(min_length=2)]
    when: Words
    because: Words


class ReportTable(Table):
    grade: Annotated[int, Field(ge=0)]
    when: Words
    because: Words


class GradeTable(Table):
    title: Words
    note: Words
    source: Words
    needed: Annotated[int, Field(ge=1)]
    cuts: Annotated[list[float], Field(min_length=1)]
    names: list[Words]
    zero: str = ""
    required: list[RequiredTable] = []
    item: Annotated[list[GradeItemTable], Field(min_length=1)]
    hard: list[HardTable] = []
    withhold: list[GroundTable] = []
    bound: list[BoundTable] = []
    either: list[EitherTable] = []
    fresh_days: Annotated[int, Field(ge=1, le=60)] | None = None
    injured_on: str = ""
    report: list[ReportTable] = []
    doubt: list[GroundTable] = []


class PatternTable(Table):
    id: Id
    label: Words
    direction: Words
    first: bool = False
    hides_stretch: bool = False
    source: str = ""
    drill: str = ""
    remeasure: str = ""
    supports: Annotated[dict[str, Annotated[int, Field(ge=1)]], Field(min_length=1)]
    contradicts: dict[str, Annotated[int, Field(ge=1)]] = {}
    retest: list[Id] = []


class DifferentialTable(Table):
    id: Id
    label: Words
    next: Words
    when: str = ""
    after: str = ""
    least: Annotated[int, Field(ge=1)] = 2
    source: str = ""
    supports: Annotated[dict[str, Annotated[int, Field(ge=1)]], Field(min_length=1)]
    contradicts: dict[str, Annotated[int, Field(ge=1)]] = {}


class BannerTable(Table):
    id: Id
    when: Words
    because: Words


class HoldTable(Table):
    id: Id
    when: Words
    until: Words
    because: Words
    stages: list[Annotated[int, Field(ge=1, le=4)]] = []
    load_classes: list[Annotated[int, Field(ge=0, le=5)]] = []


class ImagingCaseTable(Table):
    when: Words
    urgency: Annotated[Urgency, _WORD]
    because: str = ""


class ImagingTable(Table):
    id: Id
    label: Words
    source: str = ""
    working: bool = False
    safety: list[Id] = []
    case: Annotated[list[ImagingCaseTable], Field(min_length=1)]


class SafetyTable(Table):
    id: Id
    items: Annotated[list[Id], Field(min_length=1)]
    title: str = ""


class PathStepTable(Table):
    template: Id
    stage: Annotated[int, Field(ge=1, le=4)]
    leave: str = ""
    because: str = ""


class PathTable(Table):
    id: Id
    when: Words
    because: Words
    step: Annotated[list[PathStepTable], Field(min_length=1)]


class AdviceTable(Table):
    id: Id
    label: Words
    when: Words
    waits: bool = False


class ScoreTable(Table):
    id: Id
    label: Words
    value: Words
    min: float
    max: float
    better: Literal["lower", "higher"]
    whole: bool = False
    unit: str = ""
    of_change: bool = False
    mcid: Annotated[float, Field(gt=0)] | None = None
    mcid_pct: Annotated[float, Field(gt=0, le=100)] | None = None
    mcid_source: Words
    mdc: Annotated[float, Field(gt=0)] | None = None
    mdc_source: Words
    mdc_single: Annotated[float, Field(gt=0)] | None = None
    mdc_single_source: str = ""
    working: bool = False


class PatientTable(Table):
    birth_date: Annotated[date, _WORD] | None = None
    sex: Literal["female", "male", "other", "unknown"] = "unknown"


class ExampleTable(Table):
    name: Words
    patient: PatientTable = PatientTable()
    date: Annotated[date, _WORD]
    side: Literal["left", "right", "both"] | None = None
    answers: dict[str, object]
    decisions: dict[str, str] = {}
    before: dict[str, object] = {}
    expect: Annotated[dict[str, object], Field(min_length=1)]


class ProtocolTable(Table):
    """A whole file."""

    id: FileId
    version: Annotated[str, Field(pattern=r"^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$")]
    title: Words
    status: str = ""
    purpose: Annotated[Purpose, _WORD] = Purpose.EVALUATION
    items: Literal["full", "score_only"] = "full"
    licence: str = ""
    score: list[ScoreTable] = []
    step: Annotated[list[StepTable], Field(min_length=1)]
    derived: list[DerivedTable] = []
    recipient: list[RecipientTable] = []
    group: list[GroupTable] = []
    flag: list[FlagTable] = []
    grade: GradeTable | None = None
    pattern: list[PatternTable] = []
    differential: list[DifferentialTable] = []
    banner: list[BannerTable] = []
    hold: list[HoldTable] = []
    imaging: list[ImagingTable] = []
    safety: list[SafetyTable] = []
    path: list[PathTable] = []
    advice: list[AdviceTable] = []
    texts: dict[str, dict[str, str]] = {}
    example: list[ExampleTable] = []
