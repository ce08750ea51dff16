"""The clinic's own exercises: made, changed, hidden, kept through an update, never lost."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from clinic_desk.clinical.dosage import Mode
from clinic_desk.errors import EditConflict, InvalidInput, LibraryInvalid
from clinic_desk.storage.models import ClinicExercise
from clinic_desk.usecases import (
    clinic_exercises,
    clinic_library,
    exercise_library,
    exercise_marks,
    program_content,
    programs,
    shelf,
    taking_back,
)
from clinic_desk.usecases.clinic_exercises import Edited
from clinic_desk.usecases.desk import Desk

SHIPPED = "s2_bridge"


def jpeg(width: int = 40, height: int = 30, colour: str = "red") -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 0.0, 0.0)}  # where it was taken
    Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def filled(desk: Desk, **other: object) -> Edited:
    """A new exercise as a clinician fills it in, with one photo."""
    blank = clinic_exercises.edit(desk)
    tables = {
        **blank.tables,
        "name": "Towel slide",
        "short_name": "Towel slide",
        "muscles": ["hamstrings"],
        "start": "Sit on a chair with one foot on a towel.",
        "steps": ["Slide your foot forward.", "Draw it back slowly."],
        **other,
    }
    return replace(blank, tables=tables, photos=(clinic_exercises.photo(jpeg()),))


def changed(desk: Desk, **other: object) -> Edited:
    found = clinic_exercises.edit(desk, SHIPPED)
    return replace(found, tables={**found.tables, **other})


def card(desk: Desk, exercise: str) -> exercise_library.ExerciseCard:
    return next(one for one in exercise_library.listing(desk).cards if one.id == exercise)


def test_an_own_exercise_is_offered_wherever_exercises_are(desk: Desk, strain: UUID) -> None:
    made = clinic_exercises.save(desk, filled(desk))
    assert made == "own_towel_slide"
    assert made in {one.id for one in programs.builder(desk, strain).cards}
    assert made in {one.exercise.id for one in desk.library.exercises()}
    assert card(desk, made).origin == "own"


def test_two_of_the_same_name_have_ids_of_their_own(desk: Desk) -> None:
    clinic_exercises.save(desk, filled(desk))
    assert clinic_exercises.save(desk, filled(desk)) == "own_towel_slide_2"


def test_a_photo_keeps_nothing_of_where_it_was_taken(desk: Desk) -> None:
    made = clinic_exercises.save(desk, filled(desk))
    kept = clinic_exercises.edit(desk, made).photos[0]
    assert not dict(Image.open(BytesIO(kept.jpeg)).getexif())


@pytest.mark.parametrize(
    ("other", "key"),
    [
        ({"name": ""}, "name"),
        ({"name": "n" * 300}, "name"),
        ({"steps": []}, "steps"),
        ({"steps": ["s" * 61]}, "steps[0]"),
        ({"pain_limit": 11}, "pain_limit"),
        ({"easier": "own_nothing"}, "easier"),
        ({"dosage": {"mode": "reps", "sets": 99, "reps": 8, "tempo": "2-1-2-0"}}, "dosage.sets"),
        ({"dosage": {"mode": "reps", "sets": 2, "reps": 8, "tempo": "fast"}}, "dosage.tempo"),
    ],
)
def test_what_no_shipped_one_may_be_is_refused_by_its_key(
    desk: Desk, other: dict[str, object], key: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        clinic_exercises.save(desk, filled(desk, **other))
    assert key in refused.value.fields


def test_an_exercise_without_figure_and_photo_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        clinic_exercises.save(desk, replace(filled(desk), photos=()))
    assert "pose" in refused.value.fields


def test_a_joint_beyond_its_limit_is_refused(desk: Desk) -> None:
    found = clinic_exercises.edit(desk, SHIPPED)
    pose = dict(found.tables["pose"])  # type: ignore[call-overload]
    end = dict(pose["end"])
    end["near"] = {**end["near"], "knee": 300}
    with pytest.raises(InvalidInput) as refused:
        clinic_exercises.save(
            desk, replace(found, tables={**found.tables, "pose": {**pose, "end": end}})
        )
    assert next(iter(refused.value.fields)).startswith("pose")


def test_a_changed_one_stands_in_for_what_ships_and_can_be_given_up(desk: Desk) -> None:
    clinic_exercises.save(desk, changed(desk, steps=["Lift your hips a little."]))
    assert shelf.exercise(desk.library, SHIPPED).exercise.steps == ("Lift your hips a little.",)
    _none, undo = taking_back.doing(desk, lambda: clinic_exercises.take_shipped(desk, SHIPPED))
    assert len(shelf.exercise(desk.library, SHIPPED).exercise.steps) > 1
    undo()
    assert shelf.exercise(desk.library, SHIPPED).exercise.steps == ("Lift your hips a little.",)


def test_a_changed_text_has_no_translation_of_the_old_one(desk: Desk) -> None:
    assert SHIPPED in desk.library.translation("fr").exercises
    clinic_exercises.save(desk, changed(desk, steps=["Lift your hips a little."]))
    assert SHIPPED not in desk.library.translation("fr").exercises
    assert ("French", "missing") in exercise_library.view(desk, SHIPPED).languages


def test_another_dose_alone_keeps_the_translations(desk: Desk) -> None:
    clinic_exercises.save(desk, changed(desk, pain_limit=1))
    assert SHIPPED in desk.library.translation("fr").exercises


def test_the_clinics_version_stays_when_what_ships_has_changed(desk: Desk) -> None:
    mine = replace(changed(desk, pain_limit=1), based_on="another fingerprint")
    clinic_exercises.save(desk, mine)
    assert shelf.exercise(desk.library, SHIPPED).exercise.pain_limit == 1
    assert card(desk, SHIPPED).origin == "outdated"
    assert ("Pain limit", "1", "3") in exercise_library.view(desk, SHIPPED).compared
    clinic_exercises.keep_mine(desk, SHIPPED)
    assert card(desk, SHIPPED).origin == "changed"


def test_a_hidden_one_is_no_longer_offered_but_still_prints(desk: Desk, strain: UUID) -> None:
    line = programs.line_for(desk, strain, SHIPPED)
    clinic_exercises.hide(desk, SHIPPED)
    assert SHIPPED not in {one.id for one in programs.builder(desk, strain).cards}
    assert card(desk, SHIPPED).withdrawn
    assert shelf.exercise(desk.library, line.exercise).exercise.id == SHIPPED
    clinic_exercises.bring_back(desk, SHIPPED)
    assert SHIPPED in {one.id for one in programs.builder(desk, strain).cards}


def test_a_broken_entry_is_named_and_the_rest_loads(desk: Desk) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        for exercise in ("own_broken", SHIPPED):
            unit.session.add(
                ClinicExercise(
                    exercise=exercise,
                    content={"id": exercise, "name": 7},
                    changed_at=desk.now(),
                    changed_by="x",
                    clinician_id=desk.actor.id,
                )
            )
        unit.audit("make", "exercise")
        unit.commit()
    desk.library.renew()
    seen = exercise_library.listing(desk)
    assert any(one.startswith("own_broken.toml: name:") for one in seen.faults)
    assert SHIPPED in {one.id for one in seen.cards}  # as it ships


def test_what_another_desk_saved_is_seen_when_the_list_is_opened(desk: Desk) -> None:
    exercise_library.listing(desk)
    other = replace(desk, library=clinic_library.of(desk.store, desk.library))
    made = clinic_exercises.save(other, filled(other))
    assert made not in desk.library.shelf().exercises
    assert made in {one.id for one in exercise_library.listing(desk).cards}


def test_an_older_version_overwrites_nothing(desk: Desk) -> None:
    made = clinic_exercises.save(desk, filled(desk))
    old = clinic_exercises.edit(desk, made)
    clinic_exercises.save(desk, replace(old, tables={**old.tables, "pain_limit": 1}))
    with pytest.raises(EditConflict):
        clinic_exercises.save(desk, replace(old, tables={**old.tables, "pain_limit": 2}))


def test_an_exported_exercise_comes_back_the_same(desk: Desk) -> None:
    made = clinic_exercises.save(desk, filled(desk, start='Say "go", then \\ begin.'))
    text, photos = clinic_exercises.export(desk, made)
    again = clinic_exercises.import_file(desk, "x.toml", text.encode(), [photos[0].jpeg])
    one, two = clinic_exercises.edit(desk, made), clinic_exercises.edit(desk, again)
    assert {**one.tables, "id": ""} == {**two.tables, "id": ""}


def test_every_shipped_exercise_can_be_given_away_as_a_file(desk: Desk) -> None:
    for one in desk.library.exercises():
        text, _ = clinic_exercises.export(desk, one.exercise.id)
        taken = clinic_exercises.accept(desk, "x.toml", text.encode())
        shipped = desk.library.shipped_tables(one.exercise.id)
        assert {**taken.tables, "id": ""} == {**shipped, "id": ""}


def test_a_faulty_file_names_file_key_and_reason(desk: Desk) -> None:
    with pytest.raises(LibraryInvalid, match=r"mine\.toml"):
        clinic_exercises.import_file(desk, "mine.toml", b"name = ")
    with pytest.raises(LibraryInvalid, match=r"mine\.toml: \w+:"):
        clinic_exercises.import_file(desk, "mine.toml", b'name = "A"\n')
    assert not exercise_library.listing(desk).faults


def test_a_star_is_ones_own_and_a_prescription_notes_the_use(desk: Desk, strain: UUID) -> None:
    exercise_marks.star(desk, SHIPPED, True)
    assert card(desk, SHIPPED).favourite
    assert card(desk, SHIPPED).used_at is None
    content = programs.ProgramContent(lines=(programs.line_for(desk, strain, SHIPPED),))
    content = replace(
        content, lines=(replace(content.lines[0], override_reason="Tolerated well."),)
    )
    programs.prescribe(desk, strain, content)
    assert card(desk, SHIPPED).used_at == desk.now()


def test_a_preferred_dose_is_where_the_next_line_begins(desk: Desk, strain: UUID) -> None:
    line = programs.line_for(desk, strain, SHIPPED)
    exercise_marks.save_default(desk, replace(line, sets=5, note="Only for Alex"))
    again = programs.line_for(desk, strain, SHIPPED)
    assert (again.sets, again.note, again.side) == (5, "", line.side)
    with pytest.raises(InvalidInput):
        exercise_marks.save_default(desk, replace(line, sets=99))
    exercise_marks.forget_default(desk, SHIPPED)
    assert programs.line_for(desk, strain, SHIPPED) == line


def test_a_preferred_dose_comes_with_a_template_which_says_how_often(
    desk: Desk, strain: UUID
) -> None:
    before = programs.from_template(desk, strain, "subacute")
    line = before.lines[0]
    exercise_marks.save_default(desk, replace(line, sets=5, effort=4, times_per_day=7))
    after = programs.from_template(desk, strain, "subacute").lines[0]
    assert (after.sets, after.effort, after.times_per_day) == (5, 4, line.times_per_day)
    seen = programs.builder(desk, strain)
    card = next(one for one in seen.cards if one.id == line.exercise)
    assert card.mine is not None
    assert exercise_marks.is_own(after, card.mine)
    assert not exercise_marks.is_kept(after, card.mine)  # its rhythm is the template's


def test_a_template_takes_as_long_as_with_ones_own_doses(desk: Desk, strain: UUID) -> None:
    def minutes() -> float:
        rows = programs.builder(desk, strain).templates
        return next(row.minutes for row in rows if row.id == "subacute")

    before = minutes()
    line = programs.from_template(desk, strain, "subacute").lines[0]
    exercise_marks.save_default(desk, replace(line, sets=9))
    assert minutes() > before


def test_a_preferred_distance_is_kept(desk: Desk, strain: UUID) -> None:
    line = replace(
        program_content.in_mode(programs.line_for(desk, strain, SHIPPED), Mode.DISTANCE),
        distance_m=450,
    )
    exercise_marks.save_default(desk, line)
    assert programs.line_for(desk, strain, SHIPPED).distance_m == 450
