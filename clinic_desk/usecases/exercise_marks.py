"""A clinician's own marks: the star, when an exercise was used last, and the dose they prefer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from clinic_desk.clinical import dosage
from clinic_desk.clinical.exercise import Exercise
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput
from clinic_desk.storage import exercise_queries as rows
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import ExerciseMark
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import plain, program_content, shelf
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.program_views import Line

# Of a dose; the side, the note and the reason belong to a patient, not to a preference.
_OWN = (
    "mode",
    "sets",
    "reps",
    "hold_s",
    "duration_s",
    "distance_m",
    "rest_s",
    "tempo",
    "load",
    "effort",
)
_RHYTHM = ("times_per_day", "days_per_week")


def of(session: Reading, desk: Desk) -> Mapping[str, ExerciseMark]:
    """The marks of who sits at the desk, by exercise."""
    return {row.exercise: row for row in rows.marks(session, desk.actor.id)}


def star(desk: Desk, exercise: str, favourite: bool) -> None:
    """Make an exercise a favourite of who sits at the desk, or no longer. Raises NotFound."""
    shelf.exercise(desk.library, exercise)
    with desk.store.unit(desk.actor.id) as unit:
        _mark(unit, desk, exercise).favourite = favourite
        _audited(unit, desk, "star" if favourite else "unstar", exercise)


def used(unit: UnitOfWork, desk: Desk, exercises: Iterable[str], at: datetime) -> None:
    """Note, within the act that prescribes them, when exercises were used last."""
    for exercise in dict.fromkeys(exercises):
        _mark(unit, desk, exercise).used_at = at


def save_default(desk: Desk, line: Line) -> None:
    """Keep a line's dose as one's own for its exercise. Raises InvalidInput, NotFound."""
    exercise = shelf.exercise(desk.library, line.exercise).exercise
    program_content.dosage(line, exercise)  # an impossible one is refused by its fields
    with desk.store.unit(desk.actor.id) as unit:
        kept = {name: getattr(line, name) for name in (*_OWN, *_RHYTHM)}
        _mark(unit, desk, exercise.id).dosage = plain.table(kept)
        _audited(unit, desk, "prefer", exercise.id)


def forget_default(desk: Desk, exercise: str) -> None:
    """Go back to the exercise's own dose."""
    with desk.store.unit(desk.actor.id) as unit:
        _mark(unit, desk, exercise).dosage = None
        _audited(unit, desk, "forget_preference", exercise)


def line_of(exercise: Exercise, side: Side | None, mark: ExerciseMark | None) -> Line:
    """The dose that a new line of this clinician begins with, sided for the case."""
    return own_line(exercise, side, mark) or program_content.line_from(exercise, side)


def own_line(exercise: Exercise, side: Side | None, mark: ExerciseMark | None) -> Line | None:
    """The dose that this clinician prefers; None where they prefer none, or one that the
    exercise as it is now cannot have: its own dose is the safe one then.
    """
    if mark is None or mark.dosage is None:
        return None
    line = program_content.line_from(exercise, side)
    given = {
        name: mark.dosage[name]
        for name in (*_OWN, *_RHYTHM)
        if type(mark.dosage.get(name)) is type(getattr(line, name))
    }
    effort = mark.dosage.get("effort")
    given["effort"] = effort if type(effort) is int else None
    mine = replace(line, **given)  # type: ignore[arg-type]  # each of its field's own type
    try:
        program_content.dosage(mine, exercise)
    except InvalidInput:
        return None
    return mine


def seconds(exercise: Exercise, mark: ExerciseMark | None) -> int:
    """Seconds of an exercise as this clinician begins it."""
    mine = own_line(exercise, None, mark)
    if mine is None:
        return exercise.seconds
    own_sides = replace(mine, side="each" if exercise.dosage.sides > 1 else "both")
    return program_content.dosage(own_sides, exercise).seconds


def session_seconds(exercises: Sequence[Exercise], marks: Mapping[str, ExerciseMark]) -> int:
    """Seconds of a session as this clinician begins its exercises."""
    return dosage.session_seconds(seconds(one, marks.get(one.id)) for one in exercises)


def is_own(line: Line, mine: Line | None) -> bool:
    """Whether a line has the preferred dose; how often belongs to the sheet, not to the dose."""
    return mine is not None and all(getattr(line, one) == getattr(mine, one) for one in _OWN)


def is_kept(line: Line, mine: Line | None) -> bool:
    """Whether keeping a line's dose as one's own would change nothing."""
    return is_own(line, mine) and all(getattr(line, one) == getattr(mine, one) for one in _RHYTHM)


def _mark(unit: UnitOfWork, desk: Desk, exercise: str) -> ExerciseMark:
    found = rows.marks(unit.session, desk.actor.id, [exercise])
    if found:
        return found[0]
    row = ExerciseMark(clinician_id=desk.actor.id, exercise=exercise)
    unit.session.add(row)
    unit.session.flush()
    return row


def _audited(unit: UnitOfWork, desk: Desk, act: str, exercise: str) -> None:
    unit.audit(act, "exercise_mark", None, {"exercise": exercise}, at=desk.now())
    unit.commit()
