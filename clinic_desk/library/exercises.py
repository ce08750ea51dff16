"""Exercise files: text, dose and gates as `clinical.exercise` knows them, and the pose.

One TOML file is one exercise. A broken file is refused by name; the others still load. What the
clinic made itself has the same shape and passes the same checks, wherever it is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from clinic_desk.clinical.dosage import Dosage, Mode, Tempo
from clinic_desk.clinical.exercise import Allow, Exercise, GateRule, Laterality
from clinic_desk.drawing import figure, muscles
from clinic_desk.drawing import pose as poses
from clinic_desk.drawing.pose import Arrow, Limb, Pose, Prop, Stance
from clinic_desk.drawing.shapes import NOTHING, Picture
from clinic_desk.errors import InvalidInput, LibraryInvalid
from clinic_desk.library import files
from clinic_desk.library.files import Strict, check, invalid, read

Words = Annotated[str, Field(min_length=1, max_length=600)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{2,60}$")]
Step = Annotated[str, Field(min_length=1, max_length=60)]
Number = Annotated[float, Field(strict=False, allow_inf_nan=False)]


class _Dosage(Strict):
    mode: Literal["reps", "hold", "time", "distance"]
    sets: int = 1
    reps: int = 0
    tempo: str = ""
    duration_s: int = 0
    distance_m: int = 0
    rest_s: int = 0
    sides: int = 1
    side_change_s: int = 0
    setup_s: int = 0
    times_per_day: int = 1
    days_per_week: int = 7


class _GradeGate(Strict):
    allow: Literal["yes", "clinician", "no_before"]
    min_day: Annotated[int, Field(ge=0, le=365)]


class _RepairGate(Strict):
    allow: Literal["yes", "clinician", "no_before"]
    min_week: Annotated[int, Field(ge=0, le=104)]


class _Gates(Strict):
    grade_1: _GradeGate
    grade_2: _GradeGate
    grade_3: _GradeGate
    post_repair: _RepairGate


class _Limb(Strict):
    hip: Number
    knee: Number
    ankle: Number
    shoulder: Number
    elbow: Number
    toes: Number = 0
    wrist: Number = 0
    thigh_scale: Number = 1
    shank_scale: Number = 1
    ua_scale: Number = 1
    fa_scale: Number = 1
    foot: Literal["profile", "front", "hidden"] | None = None

    def built(self) -> Limb:
        return Limb(**self.__dict__)


class _Stance(Strict):
    trunk: Number
    x: Number
    y: Number
    near: _Limb
    far: _Limb
    lumbar: Number = 0
    neck: Number = 0
    contacts: dict[str, str] = Field(default={})

    def built(self) -> Stance:
        return Stance(
            self.trunk, self.x, self.y, self.near.built(), self.far.built(),
            self.lumbar, self.neck, self.contacts,
        )  # fmt: skip


class _Arrow(Strict):
    kind: Literal["move", "swing", "press", "travel", "none"] = "move"
    point: str = ""
    direction: Number = 270


class _Prop(Strict):
    type: str
    at: list[str] = Field(default=[])
    back: Literal["", "left", "right"] = ""
    numbers: dict[str, Number] = Field(default={})


class _Pose(Strict):
    view: Literal["side", "front", "top"]
    surface: Literal["floor", "chair", "bed"] = "floor"
    working: list[Literal["near.leg", "far.leg", "near.arm", "far.arm", "trunk"]]
    ghost: bool = True
    arrow: _Arrow = _Arrow()
    props: list[_Prop] = Field(default=[])
    start: _Stance
    end: _Stance

    def built(self) -> Pose:
        return Pose(
            self.view,
            self.start.built(),
            self.end.built(),
            self.surface,
            tuple(Prop(p.type, p.numbers, tuple(p.at), p.back) for p in self.props),
            tuple(self.working),
            Arrow(self.arrow.kind, self.arrow.point, self.arrow.direction),
            self.ghost,
        )


class _File(Strict):
    id: Id
    name: Name
    short_name: Annotated[str, Field(min_length=1, max_length=24)]
    stage: Annotated[int, Field(ge=1, le=4)]
    load_class: Annotated[int, Field(ge=0, le=5)]
    category: Name
    position: Name
    laterality: Literal["both", "affected", "each"]
    muscles: Annotated[list[Name], Field(min_length=1)]
    equipment: list[Name] = Field(default=[])
    support: list[Name] = Field(default=[])
    stretch: bool = False
    start: Words
    steps: Annotated[list[Step], Field(min_length=1, max_length=3)]
    cues: list[Words] = Field(default=[])
    precautions: Annotated[str, Field(max_length=600)] = ""
    stop: list[Words] = Field(default=[])
    pain_limit: Annotated[int, Field(ge=0, le=10)]
    tags: list[Id] = Field(default=[])
    contraindications: list[Words] = Field(default=[])
    easier: Id | None = None
    harder: Id | None = None
    source: Words
    dosage: _Dosage
    gates: _Gates
    pose: _Pose | None = None  # only the clinic's own may do without, where photos show it


@dataclass(frozen=True, slots=True)
class Illustrated:
    """An exercise with the pose that shows it."""

    exercise: Exercise
    pose: Pose | None
    photos: tuple[Picture, ...] = ()  # of the clinic; they are shown in place of the figure

    def pictures(self, side: str | None = None) -> tuple[Picture, Picture]:
        """Start and finish for a side; a photo that says all alone is the finish."""
        if self.photos:
            return (self.photos[0] if len(self.photos) > 1 else NOTHING, self.photos[-1])
        return figure.pictures(self.pose, side) if self.pose else (NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder held: the exercises by id, and what was wrong with the rest.

    `hidden` ones are no longer offered, yet a program that has them still prints. `own` were
    made here, `changed` were changed here, `outdated` were changed here before what ships was.
    """

    exercises: dict[str, Illustrated]
    problems: tuple[LibraryInvalid, ...] = ()
    hidden: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()

    def offered(self) -> dict[str, Illustrated]:
        """Those that a new program can take."""
        return {key: one for key, one in self.exercises.items() if key not in self.hidden}


def load(path: Path) -> Illustrated:
    """One exercise file. Raises LibraryInvalid with file, key and reason."""
    given = read(path, _File)
    if given.id != path.stem:
        raise invalid(path.name, "id", f"“{given.id}” must be the file's own name")
    return _illustrated(path.name, given, ())


def build(name: str, tables: Mapping[str, object], photos: tuple[Picture, ...] = ()) -> Illustrated:
    """An exercise from its tables, by `name` in errors. Raises LibraryInvalid."""
    return _illustrated(name, check(name, dict(tables), _File), photos)


def _illustrated(name: str, given: _File, photos: tuple[Picture, ...]) -> Illustrated:
    built = None
    if given.pose is not None:
        built = replace(given.pose.built(), muscles=marked(given.muscles))
        wrong = poses.problems(built)
        if wrong:
            raise invalid(name, *wrong[0])
    elif not photos:
        raise invalid(name, "pose", "an exercise needs a figure or a photo")
    return Illustrated(_exercise(name, given), built, photos)


def marked(words: Sequence[str]) -> tuple[str, ...]:
    """The muscles that a figure can mark, of those that an exercise names."""
    shown = (muscles.BY_WORD[word] for word in words if word in muscles.BY_WORD)
    return tuple(dict.fromkeys(shown))


def normal(name: str, tables: Mapping[str, object]) -> dict[str, object]:
    """The tables with everything that they leave to its default. Raises LibraryInvalid."""
    return check(name, dict(tables), _File).model_dump(mode="json", exclude_none=True)


def pose_of(tables: Mapping[str, object]) -> Pose | None:
    """The figure of an exercise's tables, to be posed. Raises LibraryInvalid."""
    given = tables.get("pose")
    if not isinstance(given, Mapping):
        return None
    return check("pose", dict(given), _Pose).built()


def pose_tables(pose: Pose) -> dict[str, object]:
    """A figure in the shape of an exercise file."""

    def stance(one: Stance) -> dict[str, object]:
        table = asdict(one)
        for side in ("near", "far"):
            table[side] = {name: value for name, value in table[side].items() if value is not None}
        table["contacts"] = dict(one.contacts)
        return table

    return {
        "view": pose.view,
        "surface": pose.surface,
        "working": list(pose.working),
        "ghost": pose.ghost,
        "arrow": asdict(pose.arrow),
        "props": [
            {"type": one.type, "at": list(one.at), "back": one.back, "numbers": dict(one.numbers)}
            for one in pose.props
        ],
        "start": stance(pose.start),
        "end": stance(pose.end),
    }


def faults(tables: Mapping[str, object]) -> dict[str, str]:
    """All that breaks the format, by key, in the words of who types it; empty when it fits."""
    return files.faults(tables, _File)


def fingerprint(tables: Mapping[str, object]) -> str:
    """What two files have in common that mean the same exercise, however they are written."""
    return files.fingerprint(normal("", tables))


def _exercise(file: str, given: _File) -> Exercise:
    gates = given.gates
    return Exercise(
        id=given.id,
        name=given.name,
        short_name=given.short_name,
        stage=given.stage,
        load_class=given.load_class,
        category=given.category,
        position=given.position,
        laterality=Laterality(given.laterality),
        muscles=tuple(given.muscles),
        equipment=tuple(given.equipment),
        support=tuple(given.support),
        stretch=given.stretch,
        start=given.start,
        steps=tuple(given.steps),
        cues=tuple(given.cues),
        precautions=given.precautions,
        stop=tuple(given.stop),
        pain_limit=given.pain_limit,
        tags=tuple(given.tags),
        contraindications=tuple(given.contraindications),
        easier=given.easier,
        harder=given.harder,
        source=given.source,
        dosage=_dosage(file, given),
        gates={
            1: GateRule(Allow(gates.grade_1.allow), gates.grade_1.min_day),
            2: GateRule(Allow(gates.grade_2.allow), gates.grade_2.min_day),
            3: GateRule(Allow(gates.grade_3.allow), gates.grade_3.min_day),
        },
        post_repair=GateRule(Allow(gates.post_repair.allow), gates.post_repair.min_week),
    )


def _dosage(file: str, given: _File) -> Dosage:
    """The dose; 0 and "" stand for what its mode doesn't use."""
    dose = given.dosage
    try:
        built = Dosage(
            mode=Mode(dose.mode),
            sets=dose.sets,
            reps=dose.reps or None,
            tempo=Tempo.parse(dose.tempo) if dose.tempo else None,
            duration_s=dose.duration_s or None,
            distance_m=dose.distance_m or None,
            rest_s=dose.rest_s,
            sides=dose.sides,
            side_change_s=dose.side_change_s,
            setup_s=dose.setup_s,
            times_per_day=dose.times_per_day,
            days_per_week=dose.days_per_week,
        )
    except InvalidInput as problem:
        field, reason = next(iter(problem.fields.items()))
        raise invalid(file, f"dosage.{field}", reason) from None
    if (built.sides == 2) != (given.laterality == "each"):
        reason = f"{built.sides} does not fit laterality “{given.laterality}”"
        raise invalid(file, "dosage.sides", reason)
    return built


def load_folder(folder: Path) -> Shelf:
    """All exercises of a folder. A broken file, or a link into nothing, leaves only that out."""
    found: dict[str, Illustrated] = {}
    problems: list[LibraryInvalid] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = load(path)
        except LibraryInvalid as problem:
            problems.append(problem)
    broken = {str(one).split(":")[0].removesuffix(".toml") for one in problems}
    links = unlinked(found, broken)
    return Shelf(in_order(found), (*problems, *links))


def in_order(found: Mapping[str, Illustrated]) -> dict[str, Illustrated]:
    """By stage, then id."""
    return dict(sorted(found.items(), key=lambda item: (item[1].exercise.stage, item[0])))


def unlinked(found: Mapping[str, Illustrated], broken: set[str]) -> list[LibraryInvalid]:
    """Links into nothing. What could not be read is named already, and so is no such fault."""
    problems = []
    for held, each in in_order(found).items():
        for name in ("easier", "harder"):
            link = getattr(each.exercise, name)
            if link is not None and link not in found and link not in broken:
                reason = f"“{link}” is no exercise of the library"
                problems.append(invalid(f"{held}.toml", name, reason))
    return problems
