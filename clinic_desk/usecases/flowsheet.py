"""The session flowsheet: what was done in the clinic, ticked from the home program, the library
and a short list of treatments. Entered once: it becomes the visit's line, the home program and
the letter's sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.library import treatments
from clinic_desk.library.treatments import Treatment
from clinic_desk.storage import chart_queries as chart
from clinic_desk.usecases import (
    charts,
    plain,
    program_content,
    programs,
    shelf,
    visit_content,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.program_views import Line, ProgramContent
from clinic_desk.usecases.visit_views import Done

EXERCISE, TREATMENT = "exercise", "treatment"
DRAFT = "visit"  # of the draft in which an unsigned visit lives


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be ticked: the home program's lines, and what can be added to them."""

    lines: tuple[Line, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    names: Mapping[str, str] | None = None  # of every exercise, by id
    library: Mapping[str, Line] | None = None  # each exercise with its own dose, sided

    def name(self, exercise: str) -> str:
        return (self.names or {}).get(exercise, exercise)


def offer(desk: Desk, case_id: UUID) -> Offer:
    """What a visit of the case can tick. Raises NotFound."""
    with desk.store.reading() as session:
        side = charts.side_of(charts.case(session, case_id))
        found = chart.programs(session, [case_id])
        lines = program_content.read(found[0].content).lines if found else ()
    known = shelf.exercises(desk.library)
    by_name = sorted(known.values(), key=lambda one: one.exercise.name)
    return Offer(
        lines=tuple(line for line in lines if line.exercise in known),
        treatments=treatments.load(),
        names={one.exercise.id: one.exercise.name for one in by_name},
        library={one.exercise.id: program_content.line_from(one.exercise, side) for one in by_name},
    )


def of_line(line: Line, name: str) -> Done:
    """An exercise done with the dose as it is prescribed."""
    return Done(EXERCISE, line.exercise, name, line=replace(line, override_reason=""))


def of_treatment(one: Treatment) -> Done:
    """A treatment with its usual dose."""
    return Done(TREATMENT, one.id, one.said, dose=one.dose)


def named(session: chart.Reading, case_id: UUID) -> tuple[str, ...]:
    """Everything that was done in the clinic in a case, each once, as a letter says it."""
    return tuple(dict.fromkeys(words.lowered(one.name) for one in all_done(session, case_id)))


def all_done(session: chart.Reading, case_id: UUID) -> tuple[Done, ...]:
    """Everything that was done in the clinic in a case, in the order of time."""
    found: list[Done] = []
    visit = chart.open_visit(session, case_id)
    draft = chart.draft(session, DRAFT, visit.id) if visit else None
    kept = [evaluation.done for _, evaluation in reversed(chart.evaluations(session, [case_id]))]
    if draft is not None:
        kept.append(plain.inner(draft.payload, "content"))
    for data in kept:
        found += visit_content.done(data)
    return tuple(found)


def use_as_program(desk: Desk, case_id: UUID, done: Sequence[Done]) -> int:
    """Put the exercises that were done into the builder's draft, with the dose of today; how
    many. What the draft or the last program holds beside them stays. Raises NotFound.
    """
    with desk.store.reading() as session:
        charts.case(session, case_id)
        draft = chart.draft(session, program_content.KIND, case_id)
        found = chart.programs(session, [case_id])
        held = draft.payload if draft else found[0].content if found else None
        paper = chart.practice(session).paper
    content = program_content.read(held) if held else ProgramContent(paper=paper)
    today = {one.id: one.line for one in done if one.kind == EXERCISE and one.line is not None}
    lines = [
        replace(today.pop(line.exercise), override_reason=line.override_reason)
        if line.exercise in today
        else line
        for line in content.lines
    ]
    count = sum(one.kind == EXERCISE for one in done)
    programs.keep(desk, case_id, replace(content, lines=(*lines, *today.values())))
    return count
