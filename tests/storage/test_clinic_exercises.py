"""The clinic's exercises are kept alike on both databases."""

import pytest
from sqlalchemy.exc import IntegrityError

from clinic_desk.errors import ClinicError
from clinic_desk.storage import Store
from clinic_desk.storage import exercise_queries as rows
from clinic_desk.storage.models import ClinicExercise, ExerciseMark, ExercisePhoto
from tests.support.records import ACTOR, NOW, add_clinician


def _row(exercise: str) -> ClinicExercise:
    return ClinicExercise(
        exercise=exercise,
        content={"id": exercise, "pose": {"x": 0.5, "y": 1}},
        changed_at=NOW,
        changed_by="Dana Demo",
        clinician_id=ACTOR,
    )


@pytest.fixture
def kept(either: Store) -> Store:
    add_clinician(either)
    with either.unit(ACTOR) as unit:
        row = _row("own_one")
        unit.session.add(row)
        unit.session.flush()
        for place in (1, 0):
            unit.session.add(
                ExercisePhoto(
                    exercise_id=row.id, place=place, jpeg=b"\xff" * place, width=4, height=3
                )
            )
        unit.session.add(ExerciseMark(clinician_id=ACTOR, exercise="own_one", favourite=True))
        unit.audit("make", "exercise")
        unit.commit()
    return either


def test_content_photos_and_marks_come_back(kept: Store) -> None:
    with kept.reading() as session:
        row = rows.clinic_exercise(session, "own_one")
        assert row is not None
        assert row.content == {"id": "own_one", "pose": {"x": 0.5, "y": 1}}
        assert [one.place for one in rows.photos(session, row.id)] == [0, 1]
        mark = rows.marks(session, ACTOR)[0]
        assert (mark.favourite, mark.used_at, mark.dosage) == (True, None, None)


def test_the_stamp_is_another_one_after_each_change(kept: Store) -> None:
    with kept.reading() as session:
        before = rows.stamp(session)
        assert rows.stamp(session) == before
    with kept.unit(ACTOR) as unit:
        row = rows.clinic_exercise(unit.session, "own_one")
        assert row is not None
        row.hidden = True
        unit.audit("hide", "exercise")
        unit.commit()
    with kept.reading() as session:
        assert rows.stamp(session) != before


def test_one_exercise_has_one_row(kept: Store) -> None:
    with pytest.raises((ClinicError, IntegrityError)), kept.unit(ACTOR) as unit:
        unit.session.add(_row("own_one"))
        unit.audit("make", "exercise")
        unit.commit()
