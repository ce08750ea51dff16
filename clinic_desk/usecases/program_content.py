"""A program as JSON and back, its doses checked by their fields."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import get_args

from clinic_desk.clinical.dosage import Dosage, Mode, Tempo
from clinic_desk.clinical.exercise import Exercise, Laterality
from clinic_desk.clinical.loads import Load
from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import Preset
from clinic_desk.errors import InvalidInput
from clinic_desk.library.exercises import Illustrated
from clinic_desk.usecases import plain, typed
from clinic_desk.usecases.program_views import Line, ProgramContent, SheetOptions

KIND = "program"  # of the draft
SIDES = ("both", "left", "right", "each")
PRESETS = get_args(Preset)
WEEKS = range(7)  # of the tick grid; 0 for none
PAIN_LIMITS = range(11)  # 0 to 10
MOST_LINES = 20
USUAL_REPS, USUAL_TEMPO, USUAL_SECONDS, USUAL_METRES = 8, "2-1-2-0", 30, 200


def read(data: plain.Plain) -> ProgramContent:
    """The content of a kept program or of a draft."""
    return ProgramContent(
        template=plain.maybe(data, "template"),
        lines=tuple(line(one) for one in plain.tables(data, "lines")),
        note=plain.text(data, "note"),
        pain_limit=plain.whole(data, "pain_limit", 3),
        review_on=plain.maybe_day(data, "review_on"),
        paper=plain.text(data, "paper") or "a4",
        override_reason=plain.text(data, "override_reason"),
        sheet=_sheet(plain.inner(data, "sheet")),
    )


def _sheet(data: plain.Plain) -> SheetOptions:
    """How it was printed; a program of before has the standard sheet."""
    usual = SheetOptions()
    return SheetOptions(
        preset=plain.text(data, "preset") or usual.preset,
        language=plain.text(data, "language"),
        second=plain.text(data, "second"),
        weeks=plain.whole(data, "weeks", usual.weeks),
        stop_rules=plain.flag(data, "stop_rules"),
        next_time=plain.text(data, "next_time"),
        advice=plain.texts(data, "advice"),
    )


def line(data: plain.Plain) -> Line:
    """One line of kept content; what an older version did not know has its default."""
    values: dict[str, object] = {}
    for one in fields(Line):
        if one.type is int:
            values[one.name] = plain.whole(data, one.name)
        elif one.type is str:
            values[one.name] = plain.text(data, one.name)
        else:
            values[one.name] = plain.maybe_whole(data, one.name)
    return Line(**values)  # type: ignore[arg-type]  # each field by its own type


def dosage(line: Line, exercise: Exercise) -> Dosage:
    """The dose of a line; what a line does not say (set-up) is the exercise's own.

    Raises InvalidInput by the dose's field names.
    """
    own = exercise.dosage
    each = line.side == "each"
    try:
        mode = Mode(line.mode)
    except ValueError:
        raise InvalidInput({"mode": "is reps, hold, time or distance"}) from None
    Load.parse(line.load).check()
    distance = mode is Mode.DISTANCE
    return Dosage(
        mode=mode,
        sets=line.sets,
        reps=line.reps if mode.repeats else None,
        tempo=replace(Tempo.parse(line.tempo), hold=_hold(line)) if mode.repeats else None,
        # a distance without a time of its own is walked
        duration_s=None if mode.repeats or (distance and not line.duration_s) else line.duration_s,
        rest_s=line.rest_s,
        sides=2 if each else 1,
        side_change_s=own.side_change_s if each else 0,
        setup_s=own.setup_s,
        times_per_day=line.times_per_day,
        days_per_week=line.days_per_week,
        distance_m=line.distance_m if distance else None,
        effort=line.effort,
        pain_limit=line.pain_limit,
    )


def in_mode(line: Line, mode: Mode) -> Line:
    """The line counted in another way; what that needs and the line lacks begins as usual."""
    values: dict[str, object] = {"mode": mode.value}
    if mode.repeats:
        values["reps"] = line.reps or USUAL_REPS
        values["tempo"] = line.tempo or USUAL_TEMPO
        hold = line.hold_s if line.tempo else Tempo.parse(USUAL_TEMPO).hold
        values["hold_s"] = max(hold, 1) if mode is Mode.HOLD else hold
    elif mode is Mode.TIME:
        values["duration_s"] = line.duration_s or USUAL_SECONDS
    else:
        values["distance_m"] = line.distance_m or USUAL_METRES
        values["duration_s"] = 0
    return replace(line, **values)  # type: ignore[arg-type]  # each field by its own type


def with_tempo(line: Line, text: str) -> Line:
    """The line at a tempo; its hold is the tempo's. What is half typed waits for its rest."""
    try:
        return replace(line, tempo=text, hold_s=Tempo.parse(text).hold)
    except InvalidInput:
        return replace(line, tempo=text)


def with_hold(line: Line, hold_s: int) -> Line:
    """The line with another hold, in its tempo too."""
    try:
        tempo = str(replace(Tempo.parse(line.tempo), hold=hold_s))
    except InvalidInput:
        tempo = line.tempo
    return replace(line, hold_s=hold_s, tempo=tempo)


def _hold(line: Line) -> int:
    if not 0 <= line.hold_s <= 180:
        raise InvalidInput({"hold_s": f"{line.hold_s} is outside 0 to 180"})
    return line.hold_s


def line_from(exercise: Exercise, side: Side | None) -> Line:
    """The exercise's default dose, sided for the case."""
    dose = exercise.dosage
    return Line(
        exercise=exercise.id,
        mode=dose.mode.value,
        sets=dose.sets,
        reps=dose.reps or 0,
        hold_s=dose.hold_s,
        duration_s=dose.duration_s or 0,
        distance_m=dose.distance_m or 0,
        rest_s=dose.rest_s,
        tempo=str(dose.tempo) if dose.tempo else "",
        side=side_for(exercise.laterality, side),
        times_per_day=dose.times_per_day,
        days_per_week=dose.days_per_week,
    )


def side_for(laterality: Laterality, side: Side | None) -> str:
    """Which side does it: an exercise for the affected side goes to the case's side; where that
    is both or not known, each side does it.
    """
    if laterality is not Laterality.AFFECTED:
        return laterality.value
    return side.value if side in (Side.LEFT, Side.RIGHT) else "each"


def cleaned(content: ProgramContent) -> ProgramContent:
    """The content with its texts in their normal form. Raises InvalidInput over the limits."""
    sheet = content.sheet
    texts = {
        "note": content.note,
        "override_reason": content.override_reason,
        "sheet.next_time": sheet.next_time,
    }
    limits = {"note": typed.BLOCK, "override_reason": typed.BLOCK}
    for place, line in enumerate(content.lines):
        for name in ("load", "note", "override_reason"):
            texts[f"lines[{place}].{name}"] = getattr(line, name)
    typed.refuse(typed.over_limit(texts, limits))
    return replace(
        content,
        note=typed.block(content.note),
        override_reason=typed.block(content.override_reason),
        sheet=replace(sheet, next_time=typed.line(sheet.next_time)),
        lines=tuple(
            replace(
                line,
                load=typed.line(line.load),
                note=typed.line(line.note),
                override_reason=typed.line(line.override_reason),
            )
            for line in content.lines
        ),
    )


def problems(
    content: ProgramContent, known: Mapping[str, Illustrated], today: date
) -> dict[str, str]:
    """What cannot be prescribed, by field: `lines[0].sets`."""
    found: dict[str, str] = {}
    if not content.lines:
        found["lines"] = "A program needs at least one exercise."
    if len(content.lines) > MOST_LINES:
        found["lines"] = f"At most {MOST_LINES} exercises."
    for place, line in enumerate(content.lines):
        path = f"lines[{place}]"
        if line.exercise not in known:
            found[f"{path}.exercise"] = f"There is no exercise “{line.exercise}”."
            continue
        if line.side not in SIDES:
            found[f"{path}.side"] = f"A side is one of {', '.join(SIDES)}."
        try:
            dosage(line, known[line.exercise].exercise)
        except InvalidInput as fault:
            found |= {f"{path}.{name}": text for name, text in fault.fields.items()}
    if content.pain_limit not in PAIN_LIMITS:
        found["pain_limit"] = "The pain limit is a whole number from 0 to 10."
    if content.review_on is not None and content.review_on < today:
        found["review_on"] = "The review lies in the past."
    if content.paper not in ("a4", "letter"):
        found["paper"] = "Paper is a4 or letter."
    if content.sheet.preset not in PRESETS:
        found["sheet.preset"] = f"A preset is one of {', '.join(PRESETS)}."
    if content.sheet.weeks not in WEEKS:
        found["sheet.weeks"] = "The tick grid has 0 to 6 weeks."
    return found
