"""Notes under the practice's own headings, notes without an evaluation, and what is carried."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from clinic_desk.errors import EditConflict, InvalidInput
from clinic_desk.storage import chart_queries as chart
from clinic_desk.usecases import note_layouts, note_templates, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.note_templates import Heading, NoteTemplate
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.usecases.answers import STRAIN, TINGLING

OWN = NoteTemplate(
    "Short",
    (Heading("How it went", "subjective"), Heading("Hands on", "objective"),
     Heading("Exercises", "objective")),
    ("follow_up",),
)  # fmt: skip


def use(desk: Desk, *templates: NoteTemplate) -> None:
    note_templates.save(desk, note_templates.listed(desk), templates)


def signed(desk: Desk, case: UUID, kind: str, content: VisitContent) -> UUID:
    visit = visits.start(desk, case, kind)
    visits.sign(desk, visit, content)
    return visit


def test_a_template_is_taken_by_the_kind_that_it_is_chosen_for(desk: Desk, strain: UUID) -> None:
    use(desk, OWN)
    first = visits.open_visit(desk, visits.start(desk, strain)).content
    assert first.layout.sections == ()
    visits.discard(desk, visits.start(desk, strain))
    note = visits.open_visit(desk, visits.start(desk, strain, "follow_up")).content
    assert [one.title for one in note.layout.sections] == ["How it went", "Hands on", "Exercises"]
    assert [one.id for one in note.layout.sections] == ["subjective", "objective", "objective.2"]


def test_a_signed_note_keeps_its_headings_and_is_read_as_four_parts(
    desk: Desk, strain: UUID
) -> None:
    use(desk, OWN)
    texts = {"subjective": "Better.", "objective": "Soft tissue.", "objective.2": "Bridges."}
    layout = note_layouts.filled(OWN.layout(), texts)
    visit = signed(desk, strain, "follow_up", VisitContent(layout=layout))
    use(desk)
    view = visits.open_visit(desk, visit)
    assert view.content.layout == layout
    assert view.content.note.subjective == "Better."
    assert view.content.note.objective == "Hands on\nSoft tissue.\n\nExercises\nBridges."


def test_words_that_have_no_place_in_another_layout_are_kept() -> None:
    before = note_layouts.filled(OWN.layout(), {"objective.2": "Bridges.", "plan": "Go on."})
    other = NoteTemplate("Free", (Heading("Note", "subjective"),)).layout()
    after = note_layouts.turned(other, before)
    assert [one.title for one in after.sections] == ["Note", "Exercises", "Plan"]
    back = note_layouts.turned(note_layouts.SOAP, before)
    assert back.sections[-1].text == "Bridges."


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (NoteTemplate("", (Heading("A", "plan"),)), "name"),
        (NoteTemplate("short", (Heading("A", "plan"),)), "name"),
        (NoteTemplate("New", ()), "sections"),
        (NoteTemplate("New", (Heading("A", "plan"), Heading("a", "plan"))), "sections"),
        (NoteTemplate("New", (Heading("A", "elsewhere"),)), "sections"),
        (NoteTemplate("New", (Heading("A", "plan"),), ("follow_up",)), "kinds"),
    ],
)
def test_a_template_that_makes_no_sense_is_refused(
    desk: Desk, made: NoteTemplate, field: str
) -> None:
    use(desk, OWN)
    with pytest.raises(InvalidInput) as refused:
        use(desk, OWN, made)
    assert field in refused.value.fields
    assert note_templates.listed(desk) == (OWN,)


def test_templates_that_changed_meanwhile_are_not_overwritten(desk: Desk) -> None:
    before = note_templates.listed(desk)
    use(desk, OWN)
    with pytest.raises(EditConflict):
        note_templates.save(desk, before, ())


def test_a_note_without_an_evaluation_has_none(desk: Desk, strain: UUID) -> None:
    visit = signed(desk, strain, "follow_up", VisitContent(note=Note(subjective="Went well.")))
    with desk.store.reading() as session:
        assert chart.evaluation(session, visit) is None
    assert visits.open_visit(desk, visit).content.note.subjective == "Went well."


def test_a_note_between_two_evaluations_hides_neither_answers_nor_their_day(
    desk: Desk, strain: UUID, clock
) -> None:
    visits.start(desk, strain)
    first = signed(desk, strain, "", VisitContent(note=Note("First."), answers=STRAIN))
    on = visits.open_visit(desk, first).care_at
    clock.move(days=3)
    note = signed(desk, strain, "follow_up", VisitContent(note=Note(subjective="Went well.")))
    last = visits.last_signed(desk, strain)
    assert last is not None
    assert (last.id, last.note.subjective) == (note, "Went well.")
    assert last.answers
    assert last.evaluated_at == on
    assert last.care_at - last.evaluated_at == timedelta(days=3)
    again = visits.open_visit(desk, visits.start(desk, strain))
    assert again.kind == "re_evaluation"
    assert again.content.carried


def test_a_note_leaves_the_flags_of_the_evaluation_before_it_as_they_are(
    desk: Desk, strain: UUID
) -> None:
    visit = visits.start(desk, strain)
    content = VisitContent(note=Note("Numb."), answers={**STRAIN, **TINGLING})
    visits.keep(desk, visit, content)
    before = visits.open_visit(desk, visit).banner.red_flag
    assert before
    acted = content
    for waiting in visits.blockers(desk, visit, content):
        action = visits.FlagAction(waiting.flag, "referred", "Sent", "Dana Demo", desk.now())
        acted = replace(acted, flag_actions=(*acted.flag_actions, action))
    visits.sign(desk, visit, acted)
    then = visits.open_visit(desk, visit).banner
    visits.start(desk, strain, "follow_up")
    view = visits.open_visit(desk, visit)
    assert (view.banner.red_flag, view.banner.red_flag_text) == (
        then.red_flag,
        then.red_flag_text,
    )


def test_what_was_carried_forward_is_kept_with_the_draft(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain, "follow_up")
    visits.keep(desk, visit, VisitContent(note=Note(plan="Go on."), brought={"plan": "Go on."}))
    assert visits.open_visit(desk, visit).content.brought == {"plan": "Go on."}
