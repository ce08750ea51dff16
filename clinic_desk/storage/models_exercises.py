"""What the clinic made of the exercise library, and what each clinician marked in it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class ClinicExercise(Base):
    """An exercise that the clinic made, changed or hid. Never deleted: a program may have it.

    `content` has the shape of an exercise file; none where a shipped one is only hidden.
    `based_on` is the fingerprint of the shipped one when it was changed.
    """

    __tablename__ = "clinic_exercises"
    __table_args__ = (UniqueConstraint("exercise"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    exercise: Mapped[str]
    content: Mapped[Mapping[str, object] | None]
    based_on: Mapped[str] = mapped_column(default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ExercisePhoto(Base):
    """A photo in place of the figure, with nothing in it but pixels."""

    __tablename__ = "exercise_photos"
    __table_args__ = (
        UniqueConstraint("exercise_id", "place"),
        CheckConstraint("place IN (0, 1)", name="place_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    exercise_id: Mapped[UUID] = mapped_column(
        ForeignKey("clinic_exercises.id", ondelete="RESTRICT")
    )
    place: Mapped[int]  # 0 start, 1 finish
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]


class ExerciseMark(Base):
    """One clinician's star, last use and own dose of an exercise."""

    __tablename__ = "exercise_marks"
    __table_args__ = (UniqueConstraint("clinician_id", "exercise"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    exercise: Mapped[str]
    favourite: Mapped[bool] = mapped_column(default=False)
    used_at: Mapped[datetime | None]
    dosage: Mapped[Mapping[str, object] | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
