"""The clinic's own exercises: made, changed, hidden, brought back, given away as a file.

Every one passes the checks of those that ship. Nothing is deleted: a program may have it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clinic_desk.documents import photo as photos
from clinic_desk.documents.photo import Photo
from clinic_desk.drawing import shapes
from clinic_desk.drawing.pose import Pose
from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import exercises, own, toml_writer
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import exercise_queries as rows
from clinic_desk.storage.models import ClinicExercise, ExercisePhoto
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk

__all__ = [
    "Edited",
    "Photo",
    "accept",
    "bring_back",
    "edit",
    "export",
    "hide",
    "import_file",
    "keep_mine",
    "photo",
    "pictures",
    "pose",
    "posed",
    "save",
    "take_shipped",
]

Tables = Mapping[str, object]
DRAFT = "exercise"  # the kind of what is half typed; it belongs to the clinician
BLANK: Tables = {
    "name": "",
    "short_name": "",
    "stage": 1,
    "load_class": 1,
    "category": "control",
    "position": "standing",
    "laterality": "affected",
    "muscles": [],
    "start": "",
    "steps": [],
    "pain_limit": 3,
    "source": "The clinic's own",
    "dosage": {"mode": "reps", "sets": 2, "reps": 8, "tempo": "2-1-2-0", "rest_s": 30},
    "gates": {
        "grade_1": {"allow": "clinician", "min_day": 0},
        "grade_2": {"allow": "clinician", "min_day": 0},
        "grade_3": {"allow": "clinician", "min_day": 0},
        "post_repair": {"allow": "clinician", "min_week": 0},
    },
}
"""Where a new one begins: nobody but the clinician says when it is right."""


@dataclass(frozen=True, slots=True)
class Edited:
    """An exercise as it is edited. `version` is 0 where the clinic has made nothing of it yet."""

    id: str
    version: int
    tables: Tables
    photos: tuple[Photo, ...] = ()
    based_on: str = ""
    shipped: Tables | None = None  # as it ships, to compare


def photo(data: bytes) -> Photo:
    """A photo file made safe to keep. Raises InvalidInput, field `photo`."""
    return photos.cleaned(data)


def edit(desk: Desk, exercise: str = "") -> Edited:
    """An exercise to edit, or a new one. Raises NotFound."""
    if not exercise:
        return Edited("", 0, BLANK)
    ships = exercise in desk.library.shipped().exercises
    shipped = desk.library.shipped_tables(exercise) if ships else None
    with desk.store.reading() as session:
        row = rows.clinic_exercise(session, exercise)
        if row is not None and row.content is not None:
            held = tuple(Photo(p.jpeg, p.width, p.height) for p in rows.photos(session, row.id))
            return Edited(exercise, row.version, row.content, held, row.based_on, shipped)
        version = row.version if row is not None else 0
    if shipped is None:
        raise NotFound(f"There is no exercise “{exercise}” in the library.")
    return Edited(exercise, version, shipped, (), exercises.fingerprint(shipped), shipped)


def pose(edited: Edited) -> Pose | None:
    """The figure of what is edited, its muscles marked; none where photos show it."""
    figure, muscles = exercises.pose_of(edited.tables), edited.tables.get("muscles")
    if figure is None or not isinstance(muscles, Sequence):
        return figure
    return replace(figure, muscles=exercises.marked([str(one) for one in muscles]))


def posed(tables: Tables, figure: Pose | None) -> Tables:
    """The tables with another figure, or without one."""
    rest = {key: one for key, one in tables.items() if key != "pose"}
    return rest if figure is None else {**rest, "pose": exercises.pose_tables(figure)}


def pictures(held: Sequence[Photo]) -> tuple[shapes.Picture, ...]:
    """Photos as what the windows draw."""
    return tuple(shapes.photo(one.jpeg, one.width, one.height) for one in held)


def save(desk: Desk, edited: Edited, *, ends_draft: bool = False) -> str:
    """Keep an exercise; the id, which a new one is given here. `ends_draft` for what was typed
    on the page, whose draft it ends.

    Raises InvalidInput by the file's keys (`steps[1]`, `dosage.reps`, `photo`), EditConflict.
    """
    tables = {**edited.tables, "id": edited.id or _new_id(desk, str(edited.tables.get("name")))}
    name = str(tables["id"])
    content = _checked(desk, name, tables, edited.photos)
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, name, edited.version)
        row.content, row.based_on = content, edited.based_on
        _touch(desk, row)
        unit.session.flush()
        _write_photos(unit, row, edited.photos)
        if ends_draft:
            chart.discard_draft(unit.session, DRAFT, desk.actor.id)
        _done(unit, desk, "change" if edited.version else "make", name)
    return name


def hide(desk: Desk, exercise: str) -> None:
    """No longer offer an exercise. Programs that have it still print it. Raises NotFound."""
    desk.library.exercise(exercise)
    _set_hidden(desk, exercise, True)


def bring_back(desk: Desk, exercise: str) -> None:
    """Offer a hidden exercise again."""
    _set_hidden(desk, exercise, False)


def take_shipped(desk: Desk, exercise: str) -> None:
    """Give up the clinic\'s version for what ships. Raises NotFound."""
    before = edit(desk, exercise)
    if before.shipped is None:
        raise NotFound("This exercise does not ship with the program.")
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, exercise, before.version)
        row.content, row.based_on = None, ""
        _touch(desk, row)
        _write_photos(unit, row, ())
        _done(unit, desk, "take_shipped", exercise)


def keep_mine(desk: Desk, exercise: str) -> None:
    """Keep the clinic's version beside what ships now; it is no longer called outdated."""
    shipped = desk.library.shipped_tables(exercise)
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, exercise, None)
        row.based_on = exercises.fingerprint(shipped)
        _touch(desk, row)
        _done(unit, desk, "keep_own", exercise)


def accept(desk: Desk, name: str, data: bytes) -> Edited:
    """An author's file, ready to be looked at and saved as a new one. Raises LibraryInvalid."""
    try:
        tables: dict[str, object] = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise LibraryInvalid(f"{name}: {problem}", "Nothing was taken.") from None
    given = str(tables.get("id") or tables.get("name") or "")
    tables["id"] = _new_id(desk, given.removeprefix(own.PREFIX))
    return Edited("", 0, exercises.normal(name, tables))


def import_file(desk: Desk, name: str, data: bytes, beside: Sequence[bytes] = ()) -> str:
    """Take an author's file, with the photos beside it, as an exercise of the clinic's own.

    Raises LibraryInvalid that names file, key and reason; InvalidInput, field `photo`.
    """
    taken = accept(desk, name, data)
    held = tuple(photo(one) for one in beside)
    exercises.build(name, taken.tables, pictures(held))
    return save(desk, Edited("", 0, taken.tables, held))


def export(desk: Desk, exercise: str) -> tuple[str, tuple[Photo, ...]]:
    """An exercise as a TOML file, and its photos to lie beside it. Raises NotFound."""
    found = edit(desk, exercise)
    return toml_writer.document(found.tables), found.photos


def _checked(
    desk: Desk, name: str, tables: Mapping[str, object], held: tuple[Photo, ...]
) -> dict[str, object]:
    tables = _tidy(tables)
    wrong = exercises.faults(tables)
    if not wrong:
        try:
            built = exercises.build(name, tables, pictures(held)).exercise
        except LibraryInvalid as problem:
            where, reason = str(problem).split(": ", 2)[1:]
            wrong = {where: reason[:1].upper() + reason[1:]}
        else:
            for link in ("easier", "harder"):
                to = getattr(built, link)
                if to == name:
                    wrong[link] = "An exercise cannot lead to itself."
                elif to is not None and to not in desk.library.shelf().exercises:
                    wrong[link] = f"There is no exercise “{to}” in the library."
    typed.refuse(wrong)
    return exercises.normal(name, tables)


def _tidy(value: Mapping[str, object]) -> dict[str, object]:
    """Typed text in its normal form, empty lines of lists left out."""

    def tidy(one: object) -> object:
        if isinstance(one, str):
            return typed.line(one)
        if isinstance(one, Mapping):
            return {str(key): tidy(inner) for key, inner in one.items()}
        if isinstance(one, Sequence):
            return [kept for kept in map(tidy, one) if kept != ""]
        return one

    return {key: tidy(one) for key, one in value.items() if one is not None}


def _new_id(desk: Desk, name: str) -> str:
    """A free id that begins as all of the clinic's own do."""
    words = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40] or "exercise"
    known = desk.library.shelf().exercises
    with desk.store.reading() as session:  # a broken one has its id too
        taken = {*known, *(row.exercise for row in rows.clinic_exercises(session))}
    found, number = f"{own.PREFIX}{words}", 2
    while found in taken:
        found, number = f"{own.PREFIX}{words}_{number}", number + 1
    return found


def _row(unit: UnitOfWork, desk: Desk, exercise: str, version: int | None) -> ClinicExercise:
    """The clinic's row, made where there is none. Raises EditConflict."""
    row = rows.clinic_exercise(unit.session, exercise)
    if row is None:
        row = ClinicExercise(exercise=exercise, content=None)
        _touch(desk, row)
        unit.session.add(row)
        return row
    return unit.get(ClinicExercise, row.id, version)


def _touch(desk: Desk, row: ClinicExercise) -> None:
    row.changed_at, row.changed_by = desk.now(), desk.actor.name
    row.clinician_id = desk.actor.id


def _write_photos(unit: UnitOfWork, row: ClinicExercise, held: tuple[Photo, ...]) -> None:
    for old in rows.photos(unit.session, row.id):
        unit.session.delete(old)
    unit.session.flush()
    for place, one in enumerate(held[:2]):
        unit.session.add(
            ExercisePhoto(
                exercise_id=row.id,
                place=place,
                jpeg=one.jpeg,
                width=one.width,
                height=one.height,
            )
        )


def _set_hidden(desk: Desk, exercise: str, hidden: bool) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, exercise, None)
        row.hidden = hidden
        _touch(desk, row)
        _done(unit, desk, "hide" if hidden else "bring_back", exercise)


def _done(unit: UnitOfWork, desk: Desk, act: str, exercise: str) -> None:
    unit.audit(act, "exercise", None, {"exercise": exercise}, at=desk.now())
    unit.commit()
    desk.library.renew()
