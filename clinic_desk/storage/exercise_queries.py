"""What the use cases read of the clinic's exercises and of a clinician's marks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_exercises import ClinicExercise, ExerciseMark, ExercisePhoto

Stamp = tuple[int, int, datetime | None]


def stamp(session: Session) -> Stamp:
    """Another one when anything of the clinic's exercises changed, at whichever desk."""
    row = session.execute(
        select(
            func.count(ClinicExercise.id),
            func.coalesce(func.sum(ClinicExercise.version), 0),
            func.max(ClinicExercise.changed_at),
        )
    ).one()
    return int(row[0]), int(row[1]), row[2]


def clinic_exercises(session: Session) -> Sequence[ClinicExercise]:
    """All of them, oldest first."""
    return session.scalars(select(ClinicExercise).order_by(ClinicExercise.id)).all()


def clinic_exercise(session: Session, exercise: str) -> ClinicExercise | None:
    """What the clinic made of one exercise."""
    return session.scalars(
        select(ClinicExercise).where(ClinicExercise.exercise == exercise)
    ).one_or_none()


def photos(session: Session, exercise_id: UUID | None = None) -> Sequence[ExercisePhoto]:
    """The photos of one or of all exercises, the start before the finish."""
    wanted = select(ExercisePhoto).order_by(ExercisePhoto.exercise_id, ExercisePhoto.place)
    if exercise_id is not None:
        wanted = wanted.where(ExercisePhoto.exercise_id == exercise_id)
    return session.scalars(wanted).all()


def marks(
    session: Session, clinician: UUID, exercises: Iterable[str] | None = None
) -> Sequence[ExerciseMark]:
    """What a clinician marked, of all exercises or of some."""
    wanted = select(ExerciseMark).where(ExerciseMark.clinician_id == clinician)
    if exercises is not None:
        wanted = wanted.where(ExerciseMark.exercise.in_(list(exercises)))
    return session.scalars(wanted.order_by(ExerciseMark.exercise)).all()
