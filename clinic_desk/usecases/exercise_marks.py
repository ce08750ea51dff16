"""A clinician's own marks: the star, when an exercise was used last, and the dose they prefer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

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
_OWN = ("mode", "sets", "reps", "hold_s", "duration_s", "rest_s", "tempo", "load")
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
    line = program_content.line_from(exercise, side)
    if mark is None or mark.dosage is None:
        return line
    given = {
        name: mark.dosage[name]
        for name in (*_OWN, *_RHYTHM)
        if type(mark.dosage.get(name)) is type(getattr(line, name))
    }
    mine = replace(line, **given)  # type: ignore[arg-type]  # each of its field's own type
    try:
        program_content.dosage(mine, exercise)
    except InvalidInput:  # the exercise is another one by now: its own dose is the safe one
        return line
    return mine


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
