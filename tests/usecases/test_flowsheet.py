"""The session flowsheet: entered once, it is the visit's line, the program and the letter."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.library import treatments
from clinic_desk.usecases import flowsheet, letter_draft, programs, shelf, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Done, VisitContent
from tests.usecases.answers import STRAIN
from tests.usecases.test_programs import evaluated


@pytest.fixture
def done(desk: Desk, strain: UUID) -> tuple[Done, ...]:
    """An exercise of the home program with another dose, and a treatment."""
    lines = programs.from_template(desk, strain, "acute_g2_late").lines
    name = shelf.exercise(desk.library, lines[0].exercise).exercise.name
    first = flowsheet.of_line(replace(lines[0], sets=3, side="left"), name)
    massage = next(one for one in treatments.load() if one.id == "manual_therapy")
    return (replace(first, pain=2), replace(flowsheet.of_treatment(massage), note="hip."))


def test_the_program_the_library_and_the_treatments_are_offered(desk: Desk, strain: UUID) -> None:
    assert flowsheet.offer(desk, strain).lines == ()
    evaluated(desk, strain, STRAIN)
    content = programs.from_template(desk, strain, "acute_g2_late")
    programs.prescribe(desk, strain, content)
    seen = flowsheet.offer(desk, strain)
    assert seen.lines == content.lines
    assert len(seen.treatments) > 5
    assert set(seen.names or {}) == set(seen.library or {})


def test_what_was_done_is_one_line_of_the_note_and_is_kept_when_signed(
    desk: Desk, strain: UUID, done: tuple[Done, ...]
) -> None:
    visit = visits.start(desk, strain)
    view = visits.open_visit(desk, visit)
    content = visits.write_into_note(desk, view, VisitContent(done=done))
    assert content.note.objective.startswith("Done today: heel slide, left leg (3 sets of ")
    assert "pain during 2 of 10)" in content.note.objective
    assert content.note.objective.endswith("manual therapy (10 min; hip).")
    visits.keep(desk, visit, content)
    assert visits.open_visit(desk, visit).content.done == done
    visits.sign(desk, visit, content)
    assert visits.open_visit(desk, visit).content.done == done


def test_the_letter_names_each_thing_once_also_from_an_unsigned_visit(
    desk: Desk, strain: UUID, done: tuple[Done, ...]
) -> None:
    first = visits.start(desk, strain)
    view = visits.open_visit(desk, first)
    visits.sign(desk, first, visits.write_into_note(desk, view, VisitContent(done=done)))
    second = visits.start(desk, strain)
    visits.keep(desk, second, VisitContent(done=done[1:]))
    with desk.store.reading() as session:
        kind = shelf.letter_kind(desk.library, "referral-gp")
        found = letter_draft.source(desk, session, strain, kind)
    part = next(one for one in kind.parts if one.id == "treatment")
    assert "In the clinic: heel slide and manual therapy." in part.fill(found.values)


def test_exercises_done_go_into_the_program_draft_beside_what_is_there(
    desk: Desk, strain: UUID, done: tuple[Done, ...]
) -> None:
    content = programs.from_template(desk, strain, "acute_g2_late")
    programs.keep(desk, strain, content)
    assert flowsheet.use_as_program(desk, strain, done) == 1
    draft = programs.builder(desk, strain).draft
    assert draft is not None
    assert draft.lines[0].sets == 3
    assert draft.lines[1:] == content.lines[1:]
    programs.discard(desk, strain)
    flowsheet.use_as_program(desk, strain, done)
    draft = programs.builder(desk, strain).draft
    assert draft is not None
    assert [line.exercise for line in draft.lines] == [done[0].id]
