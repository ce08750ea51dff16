"""A program as JSON and back, its doses checked by their fields."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import get_args

from clinic_desk.clinical.dosage import Dosage, Mode, Tempo
from clinic_desk.clinical.exercise import Exercise, Laterality
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


def read(data: plain.Plain) -> ProgramContent:
    """The content of a kept program or of a draft."""
    return ProgramContent(
        template=plain.maybe(data, "template"),
        lines=tuple(_line(one) for one in plain.tables(data, "lines")),
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


def _line(data: plain.Plain) -> Line:
    values: dict[str, object] = {}
    for one in fields(Line):
        whole = one.type is int or one.type == "int"
        values[one.name] = plain.whole(data, one.name) if whole else plain.text(data, one.name)
    return Line(**values)  # type: ignore[arg-type]  # each field by its own type


def dosage(line: Line, exercise: Exercise) -> Dosage:
    """The dose of a line; what a line does not say (set-up) is the exercise's own.

    Raises InvalidInput by the dose's field names.
    """
    own = exercise.dosage
    timed = line.mode == Mode.TIME
    each = line.side == "each"
    try:
        mode = Mode(line.mode)
    except ValueError:
        raise InvalidInput({"mode": "is reps, hold or time"}) from None
    return Dosage(
        mode=mode,
        sets=line.sets,
        reps=None if timed else line.reps,
        tempo=None if timed else replace(Tempo.parse(line.tempo), hold=_hold(line)),
        duration_s=line.duration_s if timed else None,
        rest_s=line.rest_s,
        sides=2 if each else 1,
        side_change_s=own.side_change_s if each else 0,
        setup_s=own.setup_s,
        times_per_day=line.times_per_day,
        days_per_week=line.days_per_week,
    )


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
