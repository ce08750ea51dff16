"""Programs: suggest, edit, check, prescribe."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from clinic_desk.clinical.dosage import (
    Dosage,
    block_seconds,
    low_load,
    minutes_per_week,
    session_seconds,
)
from clinic_desk.clinical.exercise import Exercise
from clinic_desk.errors import InvalidInput, Locked, NotFound
from clinic_desk.library import Library
from clinic_desk.library.exercises import Illustrated
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import visit_acts
from clinic_desk.storage.models import Program
from clinic_desk.usecases import (
    advisability,
    charts,
    exercise_marks,
    lockbox,
    plain,
    program_content,
    shelf,
    supersets,
    words,
)
from clinic_desk.usecases.advisability import Measured, Standing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.program_builder import builder, standing_of
from clinic_desk.usecases.program_content import KIND
from clinic_desk.usecases.program_views import (
    Builder,
    CriterionState,
    ExerciseCard,
    Gauge,
    Line,
    ProgramContent,
    ProgramView,
    SheetOptions,
    Suggestion,
    TemplateRow,
)

__all__ = [
    "Builder",
    "CriterionState",
    "ExerciseCard",
    "Gauge",
    "Line",
    "ProgramContent",
    "ProgramView",
    "SheetOptions",
    "Suggestion",
    "TemplateRow",
    "builder",
    "discard",
    "from_template",
    "gauge",
    "history",
    "keep",
    "line_for",
    "open_program",
    "preferred",
    "prescribe",
]


def from_template(desk: Desk, case_id: UUID, template: str) -> ProgramContent:
    """A template's lines with their dosage, sided for the case. Raises NotFound."""
    found = shelf.template(desk.library, template)
    with desk.store.reading() as session:
        case = charts.case(session, case_id)
        paper = chart.practice(session).paper
        marks = exercise_marks.of(session, desk)
    side = charts.side_of(case)
    lines = []
    for name in found.exercises:
        found_one = shelf.exercise(desk.library, name).exercise
        line = exercise_marks.line_of(found_one, side, marks.get(name))
        # one sheet, one rhythm: the template says how often, not each exercise
        lines.append(
            replace(line, times_per_day=found.times_per_day, days_per_week=found.days_per_week)
        )
    return ProgramContent(
        template=found.id, lines=tuple(lines), pain_limit=found.pain_limit, paper=paper
    )


def line_for(desk: Desk, case_id: UUID, exercise: str) -> Line:
    """The clinician's own or the exercise's dose, sided for the case. Raises NotFound."""
    with desk.store.reading() as session:
        side = charts.side_of(charts.case(session, case_id))
        mark = exercise_marks.of(session, desk).get(exercise)
    return exercise_marks.line_of(shelf.exercise(desk.library, exercise).exercise, side, mark)


def preferred(desk: Desk, case_id: UUID, exercise: str) -> tuple[Line | None, float]:
    """The clinician's own dose for a case, if they have one, and the minutes of the exercise as
    they begin it. Raises NotFound.
    """
    with desk.store.reading() as session:
        side = charts.side_of(charts.case(session, case_id))
        mark = exercise_marks.of(session, desk).get(exercise)
    found = shelf.exercise(desk.library, exercise).exercise
    minutes = round(exercise_marks.seconds(found, mark) / 60, 1)
    return exercise_marks.own_line(found, side, mark), minutes


def gauge(desk: Desk, content: ProgramContent) -> Gauge:
    """Minutes and the low-load check. Pure and quick: called at every key.

    A line whose dose is impossible counts 0 seconds until it is mended.
    """
    return gauge_of(desk.library, content)


def gauge_of(library: Library, content: ProgramContent) -> Gauge:
    """As `gauge`, from the library alone."""
    known = shelf.exercises(library)
    doses: list[Dosage | None] = []
    equipment: list[tuple[str, ...]] = []
    for line in content.lines:
        found = known.get(line.exercise)
        doses.append(_possible(line, found.exercise) if found else None)
        equipment.append(found.exercise.equipment if found else ())
    seconds = [dose.seconds if dose else 0 for dose in doses]
    parts: list[list[Dosage]] = []
    for block in supersets.blocks(content.lines):
        possible = [dose for place in block.places if (dose := doses[place]) is not None]
        parts.append(possible)
        if block.together:
            for place in block.places:
                dose = doses[place]
                seconds[place] = dose.work_seconds if dose else 0
    low = low_load(
        list(zip(seconds, equipment, strict=True)), session_seconds(map(block_seconds, parts))
    )
    return Gauge(
        seconds=low.seconds,
        line_seconds=tuple(seconds),
        exercises=low.exercises,
        equipment=low.equipment,
        count_ok=low.count_ok,
        time_ok=low.time_ok,
        equipment_ok=low.equipment_ok,
        minutes_per_week=minutes_per_week(parts),
    )


def _possible(line: Line, exercise: Exercise) -> Dosage | None:
    """The dose; None while it is half typed: the field shows it, the gauge waits."""
    try:
        return program_content.dosage(line, exercise)
    except InvalidInput:
        return None


def keep(desk: Desk, case_id: UUID, content: ProgramContent) -> datetime:
    """Keep the builder's draft; audited only when it is started."""
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        charts.case(unit.session, case_id)
        started = chart.draft(unit.session, KIND, case_id) is None
        payload = plain.table(content)
        visit_acts.keep_draft(unit.session, KIND, case_id, desk.actor.id, payload, now)
        if started:
            unit.audit("start", "program", case_id, at=now)
        unit.commit(drafts_only=not started)
    return now


def discard(desk: Desk, case_id: UUID) -> None:
    """Discard the builder's draft, if there is one; audited."""
    with desk.store.unit(desk.actor.id) as unit:
        chart.discard_draft(unit.session, KIND, case_id)
        unit.audit("discard", "program", case_id, at=desk.now())
        unit.commit()


def prescribe(desk: Desk, case_id: UUID, content: ProgramContent) -> UUID:
    """Prescribe. Raises InvalidInput (no exercise, impossible dosage by `lines[i].field`),
    Locked (an emergency or same-day flag without action and no override reason; an exercise
    that is held back without its own override reason).
    """
    content = program_content.cleaned(content)
    now = desk.now()
    known = shelf.exercises(desk.library)
    faults = program_content.problems(content, known, desk.today())
    if faults:
        raise InvalidInput(faults)
    with desk.store.unit(desk.actor.id) as unit:
        case = charts.case(unit.session, case_id)
        if case.closed_on is not None:
            raise Locked("This case is closed.", "Open a new case for a new episode of care.")
        standing, measured = standing_of(desk, unit.session, case)
        _refuse_locked(content, standing, measured, known)
        visits = chart.visits(unit.session, [case_id])
        template = shelf.templates(desk.library).get(content.template or "")
        kept = dict(plain.table(content))
        kept["template_name"] = template.name if template else ""
        row = Program(
            case_id=case_id,
            visit_id=visits[0].id if visits and visits[0].status == "signed" else None,
            content=kept,
            prescribed_at=now,
            prescribed_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        exercise_marks.used(unit, desk, [line.exercise for line in content.lines], now)
        chart.discard_draft(unit.session, KIND, case_id)
        unit.session.flush()
        unit.audit("prescribe", "program", row.id, at=now)
        unit.commit()
        return row.id


def _refuse_locked(
    content: ProgramContent,
    standing: Standing,
    measured: Measured | None,
    known: Mapping[str, Illustrated],
) -> None:
    if standing.locked and not content.override_reason:
        say = measured.reckoned.protocol.say if measured else str
        names = words.listed([words.lowered(say(one.label)) for one in standing.flags.locking])
        raise Locked(
            f"A red flag waits for an action: {names}.",
            "Record what was done about it, or give the reason for exercises in spite of it.",
        )
    for line in content.lines:
        exercise: Exercise = known[line.exercise].exercise
        held = advisability.held_back(exercise, standing)
        if held and not line.override_reason:
            raise Locked(
                f"{exercise.name} is held back. {words.sentence(held)}",
                "Take it out, or give your reason beside it.",
            )


def open_program(desk: Desk, program_id: UUID) -> ProgramView:
    """A prescribed program. Raises NotFound."""
    with desk.store.reading() as session:
        return _view(desk, row_of(session, program_id))


def row_of(session: chart.Reading, program_id: UUID) -> Program:
    """A prescribed program's row. Raises NotFound, AccessDenied."""
    row = session.get(Program, program_id)
    if row is None:
        raise NotFound("This program is not in the record.", "Look again.")
    lockbox.refuse_hidden(session, row.case_id)
    return row


def history(desk: Desk, case_id: UUID) -> tuple[ProgramView, ...]:
    """What was prescribed in this case, newest first. Raises NotFound, AccessDenied."""
    with desk.store.reading() as session:
        charts.case(session, case_id)
        return tuple(_view(desk, row) for row in chart.programs(session, [case_id]))


def _view(desk: Desk, row: Program) -> ProgramView:
    content = program_content.read(row.content)
    seen = gauge(desk, content)
    return ProgramView(
        id=row.id,
        case_id=row.case_id,
        content=content,
        prescribed_at=row.prescribed_at,
        prescribed_by=row.prescribed_by,
        gauge=seen,
        warnings=warnings(seen),
    )


def warnings(seen: Gauge) -> tuple[str, ...]:
    """Where a program leaves the gentle default: 3 to 4 exercises, 12 minutes, no equipment."""
    found = []
    if not seen.count_ok:
        found.append(
            f"{words.counted(seen.exercises, 'exercise', 'exercises')}; 3 to 4 are kept up best."
        )
    if not seen.time_ok:
        found.append(f"{round(seen.seconds / 60)} minutes; under 12 are kept up best.")
    if not seen.equipment_ok:
        found.append(f"Needs {words.listed(seen.equipment)}.")
    return tuple(found)
