"""The exercise library of the clinic as its screen shows it: all cards, and one in full."""

from dataclasses import dataclass

from clinic_desk.clinical.dosage import Mode
from clinic_desk.clinical.exercise import Allow, Exercise, GateRule
from clinic_desk.drawing.pose import Pose
from clinic_desk.drawing.shapes import Picture
from clinic_desk.drawing.timing import Beat
from clinic_desk.errors import NotFound
from clinic_desk.library import handout_words
from clinic_desk.library.exercises import Illustrated, Shelf
from clinic_desk.storage.models import ExerciseMark
from clinic_desk.usecases import clinic_library, exercise_marks, program_content, program_words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.program_views import ExerciseCard


@dataclass(frozen=True, slots=True)
class LibraryView:
    """All exercises, hidden ones too, and what is wrong with those that could not be read."""

    cards: tuple[ExerciseCard, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise in full, in words."""

    card: ExerciseCard
    pose: Pose | None
    beat: Beat
    photos: tuple[Picture, ...]
    position: str  # how to begin
    dosage: str
    own_dosage: bool  # the dose is this clinician's own
    gates: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]  # lead and text: care, stop, not for
    easier: tuple[str, str] | None  # id, name
    harder: tuple[str, str] | None
    source: str
    languages: tuple[tuple[str, str], ...]  # name, state: reviewed | not_reviewed | missing
    compared: tuple[tuple[str, str, str], ...]  # what, here, as it ships


def listing(desk: Desk) -> LibraryView:
    """Every exercise by stage and name, with this clinician's stars and last uses."""
    clinic_library.refresh(desk)
    shelf = desk.library.shelf()
    with desk.store.reading() as session:
        marks = exercise_marks.of(session, desk)
    found = sorted(shelf.exercises.values(), key=_by_stage)
    return LibraryView(
        tuple(_card(desk, shelf, one, marks.get(one.exercise.id)) for one in found),
        tuple(str(one) for one in desk.library.faults()),
    )


def view(desk: Desk, exercise: str) -> ExerciseView:
    """One exercise. Raises NotFound."""
    shelf = desk.library.shelf()
    found = shelf.exercises.get(exercise)
    if found is None:
        raise NotFound(f"There is no exercise “{exercise}” in the library.")
    one = found.exercise
    with desk.store.reading() as session:
        mark = exercise_marks.of(session, desk).get(exercise)
    line = exercise_marks.line_of(one, None, mark)
    english = desk.library.translation(handout_words.SOURCE).words
    usual = program_content.line_from(one, None)
    return ExerciseView(
        card=_card(desk, shelf, found, mark),
        pose=None if found.photos else found.pose,
        beat=_beat(one),
        photos=found.photos,
        position=one.start,
        dosage=program_words.dosage(english, line, True),
        own_dosage=line != usual,
        gates=_gates(one),
        rules=_rules(one),
        easier=_link(shelf, one.easier),
        harder=_link(shelf, one.harder),
        source=one.source,
        languages=_languages(desk, exercise),
        compared=_compared(desk, one) if exercise in shelf.changed else (),
    )


def _by_stage(one: Illustrated) -> tuple[int, str]:
    return one.exercise.stage, one.exercise.name


def _card(desk: Desk, shelf: Shelf, one: Illustrated, mark: ExerciseMark | None) -> ExerciseCard:
    exercise = one.exercise
    key = exercise.id
    start, finish = desk.library.pictures(key)
    origin = next(
        (name for name in ("outdated", "changed", "own") if key in getattr(shelf, name)), ""
    )
    return ExerciseCard(
        id=key,
        name=exercise.name,
        stage=exercise.stage,
        muscles=exercise.muscles,
        position=exercise.position,
        equipment=exercise.equipment,
        minutes=round(exercise.seconds / 60, 1),
        start=start,
        finish=finish,
        steps=exercise.steps,
        cues=exercise.cues,
        advised=True,
        held_back="",
        suggested_because="",
        easier=exercise.easier,
        harder=exercise.harder,
        hidden=False,
        regions=exercise.regions,
        favourite=mark is not None and mark.favourite,
        used_at=mark.used_at if mark else None,
        origin=origin,
        withdrawn=key in shelf.hidden,
        not_for=exercise.contraindications,
    )


def _beat(one: Exercise) -> Beat:
    tempo = one.dosage.tempo
    if tempo is None or one.dosage.mode is Mode.TIME:
        return Beat.of(2, 1, 2, 0)
    return Beat.of(tempo.move, min(tempo.hold, 5), tempo.back, tempo.pause)


def _gates(one: Exercise) -> tuple[tuple[str, str], ...]:
    found = [(f"Grade {grade}", _gate(rule, "day")) for grade, rule in sorted(one.gates.items())]
    return (*found, ("After a repair", _gate(one.post_repair, "week")))


def _gate(rule: GateRule, unit: str) -> str:
    when = f"from {unit} {rule.earliest}" if rule.earliest else "from the start"
    if rule.allow is Allow.NO_BEFORE:
        return f"not before {unit} {rule.earliest}"
    return f"{when}, the clinician decides" if rule.allow is Allow.CLINICIAN else when


def _rules(one: Exercise) -> tuple[tuple[str, str], ...]:
    rules = (
        ("Take care", one.precautions),
        ("Stop if", "; ".join(one.stop)),
        ("Not for", "; ".join(one.contraindications)),
        ("Pain limit", f"{one.pain_limit} of 10"),
    )
    return tuple((lead, text) for lead, text in rules if text)


def _link(shelf: Shelf, key: str | None) -> tuple[str, str] | None:
    found = shelf.exercises.get(key or "")
    return (found.exercise.id, found.exercise.name) if found else None


def _languages(desk: Desk, exercise: str) -> tuple[tuple[str, str], ...]:
    found = []
    for code in desk.library.languages():
        if code == handout_words.SOURCE:
            continue
        text = desk.library.translation(code).exercises.get(exercise)
        state = "missing" if text is None else "reviewed" if text.reviewed else "not_reviewed"
        found.append((handout_words.language_name(code, handout_words.SOURCE), state))
    return tuple(found)


_COMPARED = {
    "name": "Name",
    "stage": "Stage",
    "start": "Start",
    "steps": "Steps",
    "cues": "Cues",
    "precautions": "Take care",
    "stop": "Stop if",
    "pain_limit": "Pain limit",
    "dosage": "Dosage",
    "gates": "Gates",
    "easier": "Easier",
    "harder": "Harder",
    "source": "Source",
}


def _compared(desk: Desk, mine: Exercise) -> tuple[tuple[str, str, str], ...]:
    """What differs from the shipped version, in words."""
    ships = desk.library.shipped().exercises.get(mine.id)
    if ships is None:
        return ()
    english = desk.library.translation(handout_words.SOURCE).words

    def said(one: Exercise, name: str) -> str:
        if name == "dosage":
            return program_words.dosage(english, program_content.line_from(one, None), True)
        if name == "gates":
            return "; ".join(f"{who} {when}" for who, when in _gates(one))
        value = getattr(one, name)
        return "; ".join(value) if isinstance(value, tuple) else str(value or "–")

    pairs = (
        (label, said(mine, key), said(ships.exercise, key)) for key, label in _COMPARED.items()
    )
    found = [(label, here, there) for label, here, there in pairs if here != there]
    return tuple(found) or (("Figure or details", "changed here", "as shipped"),)
