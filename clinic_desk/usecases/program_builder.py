"""The builder's data: every exercise and template with whether it is advised for the case now."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from clinic_desk.clinical.exercise import Template
from clinic_desk.clinical.measures import Side
from clinic_desk.library import Library, handout_words
from clinic_desk.library.exercises import Illustrated
from clinic_desk.library.programs import Plans
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, ExerciseMark
from clinic_desk.usecases import (
    advisability,
    charts,
    clinic_library,
    exercise_marks,
    flag_state,
    habits,
    handout_page,
    program_content,
    shelf,
    words,
)
from clinic_desk.usecases.advisability import Measured, Standing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.measured import measured_of
from clinic_desk.usecases.program_content import KIND
from clinic_desk.usecases.program_views import (
    Builder,
    ExerciseCard,
    ProgramContent,
    SheetOptions,
    Suggestion,
    TemplateRow,
)


def builder(desk: Desk, case_id: UUID) -> Builder:
    """The builder's data, with the suggestion from the newest evaluation of the case."""
    clinic_library.refresh(desk)
    with desk.store.reading() as session:
        case = charts.case(session, case_id)
        now, measured = standing_of(desk, session, case)
        draft = chart.draft(session, KIND, case_id)
        programs = chart.programs(session, [case_id])
        side = charts.side_of(case)
        suggested = measured.found.program.template if measured and measured.found.program else None
        known = shelf.exercises(desk.library)
        offered = shelf.offered(desk.library)
        marks = exercise_marks.of(session, desk)
        plans, templates = desk.library.plans(), shelf.templates(desk.library)
        wanted = templates.get(suggested or "")
        return Builder(
            case_id=case_id,
            side=side,
            cards=tuple(
                _card(desk.library, one, side, now, wanted, marks.get(one.exercise.id))
                for one in _in_order(offered)
            ),
            templates=tuple(
                _template_row(one, known, now, suggested, marks, plans)
                for one in templates.values()
                if one.id not in plans.hidden or one.id == suggested
            ),
            suggestion=_suggestion(wanted, now, measured),
            draft=program_content.read(draft.payload) if draft else None,
            current=program_content.read(programs[0].content) if programs else None,
            current_at=programs[0].prescribed_at if programs else None,
            draft_kept_at=draft.kept_at if draft else None,
            status_line=_status_line(now),
            locked=tuple(
                words.sentence(measured.reckoned.protocol.say(one.label))
                for one in now.flags.locking
                if measured
            ),
            sheet=_last_sheet(session, case),
            languages=tuple(
                (code, handout_words.language_name(code, handout_words.SOURCE))
                for code in desk.library.languages()
            ),
            own_language=handout_page.language_of(
                desk.library,
                ProgramContent(),
                charts.patient(session, case.patient_id).language,
            ),
            weight_unit=habits.weight_unit(desk),
            advice=tuple((card.id, card.title) for card in desk.library.advice().values()),
        )


def _last_sheet(session: chart.Reading, case: Case) -> SheetOptions:
    """How the patient's last handout was printed, in whichever case; its day and cards apart."""
    cases = [one.id for one in chart.cases(session, case.patient_id)]
    programs = chart.programs(session, cases)
    if not programs:
        return SheetOptions()
    last = program_content.read(programs[0].content).sheet
    return replace(last, next_time="", advice=())


def _in_order(known: Mapping[str, Illustrated]) -> list[Illustrated]:
    return sorted(known.values(), key=lambda one: (one.exercise.stage, one.exercise.name))


def standing_of(desk: Desk, session: chart.Reading, case: Case) -> tuple[Standing, Measured | None]:
    measured = measured_of(desk, session, case)
    flags = flag_state.of_case(session, case.id)
    now = advisability.standing(measured, flags, case.onset_on, desk.today())
    return now, measured


def _card(
    library: Library,
    one: Illustrated,
    side: Side | None,
    now: Standing,
    wanted: Template | None,
    mark: ExerciseMark | None,
) -> ExerciseCard:
    exercise = one.exercise
    line = program_content.line_from(exercise, side)
    start, finish = shelf.pictures(library, exercise.id, line.side)
    held = advisability.held_back(exercise, now)
    mine = exercise_marks.own_line(exercise, side, mark)
    suggested = wanted is not None and exercise.id in wanted.exercises
    return ExerciseCard(
        id=exercise.id,
        name=exercise.name,
        stage=exercise.stage,
        muscles=exercise.muscles,
        position=exercise.position,
        equipment=exercise.equipment,
        minutes=round(exercise_marks.seconds(exercise, mark) / 60, 1),
        start=start,
        finish=finish,
        steps=exercise.steps,
        cues=exercise.cues,
        advised=not held and not now.locked,
        held_back=held,
        suggested_because=f"Part of the suggested program, {wanted.name}"
        if wanted and suggested
        else "",
        easier=exercise.easier,
        harder=exercise.harder,
        hidden=now.hide_stretch and exercise.stretch,
        regions=exercise.regions,
        favourite=mark is not None and mark.favourite,
        used_at=mark.used_at if mark else None,
        not_for=exercise.contraindications,
        mine=mine,
    )


def _template_row(
    one: Template,
    known: Mapping[str, Illustrated],
    now: Standing,
    suggested: str | None,
    marks: Mapping[str, ExerciseMark],
    plans: Plans,
) -> TemplateRow:
    parts = [known[name].exercise for name in one.exercises if name in known]
    return TemplateRow(
        id=one.id,
        name=one.name,
        stage=one.stage,
        minutes=round(exercise_marks.session_seconds(parts, marks) / 60, 1),
        exercises=len(parts),
        suggested=one.id == suggested,
        gate=advisability.template_text(one, known, now),
        origin=plans.origin(one.id),
        withdrawn=one.id in plans.hidden,
    )


def _suggestion(wanted: Template | None, now: Standing, measured: Measured | None) -> Suggestion:
    program = measured.found.program if measured else None
    if measured is None or program is None:
        why = ("No evaluation is recorded in this case yet.",) if measured is None else ()
        return Suggestion(None, None, now.locked, why, ())
    return Suggestion(
        template=program.template,
        stage=program.stage,
        blocked=program.blocked or now.locked,
        why=advisability.say_all(measured, program.why),
        criteria=advisability.criteria(wanted, measured) if wanted else (),
    )


def _status_line(now: Standing) -> str:
    """ "grade 2 (decided), day 13, walks normally"."""
    parts = []
    if now.grade is not None:
        parts.append(f"grade {now.grade} ({'decided' if now.grade_decided else 'suggested'})")
    if now.day is not None:
        parts.append(f"day {now.day}")
    gait = now.measured.answers.get("gait") if now.measured else None
    if isinstance(gait, str) and gait in _GAIT:
        parts.append(_GAIT[gait])
    return ", ".join(parts)


_GAIT = {"normal": "walks without a limp", "limp": "walks with a limp", "stiff": "walks stiffly"}
