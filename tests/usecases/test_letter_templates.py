"""The practice's own templates: edited, tried on a case, kept version by version, taken back."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from clinic_desk.errors import EditConflict, InvalidInput, Locked, NotFound
from clinic_desk.library.letter_fields import FIELDS
from clinic_desk.storage.models import Document, LetterTemplate
from clinic_desk.usecases import (
    letter_draft,
    letter_kinds,
    letter_templates,
    letters,
    shelf,
    template_parts,
    template_preview,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_draft import Source
from clinic_desk.usecases.letter_templates import Edited
from clinic_desk.usecases.visit_views import VisitContent
from tests.usecases.answers import STRAIN

GP = "referral-gp"
FREE = "letter-free"
LEAD = "A changed lead about {{ patient }}."


def changed(desk: Desk, text: str = LEAD, part: str = "lead", kind: str = GP) -> Edited:
    return letter_templates.edit(desk, kind).with_part(part, text=text)


def state(desk: Desk, kind: str) -> str:
    return next(one.state for one in letter_templates.listed(desk) if one.id == kind)


def test_a_change_is_what_letters_are_written_with_from_then_on(desk: Desk, strain: UUID) -> None:
    assert state(desk, GP) == "shipped"
    assert letter_templates.save(desk, changed(desk), "Shorter") == 1
    assert state(desk, GP) == "changed"
    lead = letters.compose(desk, strain, GP).parts[0]
    assert lead.text == "A changed lead about Alex EXAMPLE."


def test_the_kind_keeps_what_the_editor_does_not_show(desk: Desk) -> None:
    before = letter_kinds.in_use(desk, GP)
    letter_templates.save(desk, changed(desk))
    after = letter_kinds.in_use(desk, GP)
    assert replace(after, version=before.version, parts=before.parts) == before
    assert after.parts[1:] == before.parts[1:]
    assert after.version == f"{before.version}+practice.1"


def test_the_log_says_who_when_and_what_and_an_older_version_comes_back(desk: Desk) -> None:
    letter_templates.save(desk, changed(desk, "One."), "First")
    letter_templates.save(desk, changed(desk, "Two."), "Second")
    log = letter_templates.history(desk, GP)
    assert [(one.revision, one.note, one.by) for one in log] == [
        (2, "Second", "Dana Demo"),
        (1, "First", "Dana Demo"),
        (0, "", ""),
    ]
    assert letter_templates.edit(desk, GP, 1).part("lead").text == "One."
    assert letter_templates.restore(desk, GP, 1) == 3
    assert letter_templates.edit(desk, GP).part("lead").text == "One."
    assert letter_templates.edit(desk, GP, 2).part("lead").text == "Two."


def test_the_shipped_template_comes_back_and_the_log_keeps_what_was(desk: Desk) -> None:
    letter_templates.save(desk, changed(desk))
    letter_templates.restore(desk, GP, letter_templates.SHIPPED)
    assert state(desk, GP) == "shipped"
    assert letter_kinds.in_use(desk, GP) == shelf.letter_kind(desk.library, GP)
    assert [one.revision for one in letter_templates.history(desk, GP)] == [2, 1, 0]
    assert letter_templates.edit(desk, GP, 1).part("lead").text == LEAD


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Fine.\n{{ nobody }}", 2, "no field “nobody”"),
        ("{{ patient.__class__ }}", 1, "a dot behind a field is not allowed"),
        ("a\nb\n{% for x in signs %}", 3, "endfor"),
        ("a\n{% while %}", 2, "no tag “while”"),
        ("a\nb \ud800", 2, "cannot be printed"),
        ("x" * 20_001, 1, "longer than"),
    ],
)
def test_a_fault_names_its_part_and_line_and_nothing_is_saved(
    desk: Desk, text: str, line: int, said: str
) -> None:
    edited = changed(desk, text, "history")
    (fault,) = letter_templates.faults(edited)
    assert (fault.part, fault.line) == ("history", line)
    assert said in fault.text
    with pytest.raises(InvalidInput, match="history"):
        letter_templates.save(desk, edited)
    assert letter_templates.history(desk, GP)[0].revision == 0


def test_a_tag_cannot_reach_from_one_paragraph_of_the_closing_into_the_next(desk: Desk) -> None:
    """Each is filled by itself, so what was saved so could never be written again."""
    edited = changed(desk, "Bye.\n\n{% if patient %}a\n\nb{% endif %}", "closing")
    (fault,) = letter_templates.faults(edited)
    assert (fault.part, fault.line) == ("closing", 3)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "x" * 201])
def test_a_name_and_a_heading_are_one_line(desk: Desk, name: str) -> None:
    edited = replace(letter_templates.edit(desk, GP), name=name)
    assert [one.part for one in letter_templates.faults(edited)] == ["name"]
    headed = letter_templates.edit(desk, GP).with_part("history", title=name)
    assert [one.part for one in letter_templates.faults(headed)] == ["history"]


def test_two_people_who_change_the_same_template_do_not_overwrite_each_other(desk: Desk) -> None:
    mine, theirs = changed(desk, "Mine."), changed(desk, "Theirs.")
    letter_templates.save(desk, theirs)
    with pytest.raises(EditConflict):
        letter_templates.save(desk, mine)
    assert letter_templates.edit(desk, GP).part("lead").text == "Theirs."


def test_a_newer_shipped_template_is_told_and_does_not_overwrite(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter_templates.save(desk, changed(desk))
    shipped = tuple(
        replace(one, version="9.0.0") if one.id == GP else one
        for one in shelf.letter_kinds(desk.library)
    )
    monkeypatch.setattr(shelf, "_letters", lambda _root: shipped)
    row = next(one for one in letter_templates.listed(desk) if one.id == GP)
    assert (row.state, row.newer) == ("changed", "9.0.0")
    assert letter_kinds.in_use(desk, GP).part("lead").text == LEAD


def test_a_copy_is_a_kind_of_its_own_that_can_be_withdrawn(desk: Desk, strain: UUID) -> None:
    made = letter_templates.copy(desk, FREE, "Insurance letter")
    assert made == "own-insurance-letter"
    assert letter_templates.copy(desk, FREE, "Insurance letter") == "own-insurance-letter-2"
    assert ("Insurance letter", "other") in [
        (one.name, one.role) for one in letters.kinds(desk) if one.id == made
    ]
    assert letters.compose(desk, strain, made).kind == made
    letter_templates.withdraw(desk, made)
    assert made not in [one.id for one in letters.kinds(desk)]
    assert state(desk, made) == "withdrawn"
    assert letters.compose(desk, strain, made).kind == made  # a draft begun before goes on
    letter_templates.restore(desk, made, 1)
    assert state(desk, made) == "own"


def test_what_ships_cannot_be_withdrawn(desk: Desk) -> None:
    with pytest.raises(NotFound):
        letter_templates.withdraw(desk, GP)


def test_an_issued_letter_names_the_version_it_was_made_with(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    letter_templates.save(desk, changed(desk))
    draft = letters.compose(desk, strain, GP, surgeon)
    asked = tuple(
        replace(one, text="What now?") if one.id == "question" else one for one in draft.parts
    )
    draft = replace(draft, parts=asked)
    for check in ("evaluation", "consent"):
        draft = letters.set_aside(desk, draft, check, "Only a question")
    issued = letters.issue(desk, strain, draft)
    letter_templates.restore(desk, GP, letter_templates.SHIPPED)
    with desk.store.reading() as session:
        row = session.get(Document, issued.id)
        assert row is not None
        assert row.template == GP
        assert row.template_version.endswith("+practice.1")


@pytest.mark.parametrize("act", [update(LetterTemplate).values(note="x"), delete(LetterTemplate)])
def test_a_version_is_closed_for_ever(desk: Desk, act: object) -> None:
    letter_templates.save(desk, changed(desk))
    with pytest.raises(Locked, match="template"), desk.store.unit(desk.actor.id) as unit:
        unit.session.execute(act)  # type: ignore[call-overload]
        unit.audit("change", "letter_template", desk.actor.id, at=desk.now())
        unit.commit()


def test_a_template_is_tried_on_a_case_before_it_is_saved(desk: Desk, strain: UUID) -> None:
    found = template_preview.tried(desk, changed(desk), strain)
    assert found.pdf.startswith(b"%PDF")
    assert found.pages == 1
    assert letter_templates.history(desk, GP)[0].revision == 0
    wrong = template_preview.tried(desk, changed(desk, "{{ nobody }}"), strain)
    assert (wrong.pdf, [one.part for one in wrong.faults]) == (b"", ["lead"])


def _source(desk: Desk, case: UUID, language: str) -> Source:
    """What letters of a language are composed from; all but the question is one for all kinds."""
    with desk.store.reading() as session:
        kind = letter_kinds.in_use(desk, letter_templates.in_language(GP, language))
        return letter_draft.source(desk, session, case, kind)


def _each_field(desk: Desk, source: Source, kind: str) -> dict[str, str]:
    """What every field of the list says in a part of a kind, written as the list writes it."""
    edited, made = template_parts.add(letter_templates.edit(desk, kind), "closing", "All fields")
    texts = [f"{one.name}: <{one.insert}>" for one in template_preview.fields()]
    edited = edited.with_part(made, text="\n\n".join(texts))
    tried = letter_templates.kind_of(edited)
    draft = letter_draft.composed(tried, source, None, "a4", desk.today())
    text = next(one.text for one in draft.parts if one.id == made)
    said = dict(line.split(": ", 1) for line in text.split("\n"))
    assert said.keys() == FIELDS.keys(), kind
    return said


_UNFIT = re.compile(r"None|True|False|[{}()\[\]]{2}|Undefined|datetime")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_field_of_which_nothing_is_known_is_an_open_place_or_nothing(
    language: str, desk: Desk, strain: UUID
) -> None:
    kind = letter_templates.in_language(GP, language)
    said = _each_field(desk, _source(desk, strain, language), kind)
    assert [name for name, text in said.items() if _UNFIT.search(text)] == []
    assert {name for name, text in said.items() if text == "<0>"} == {"visits"}
    assert said["asked"] == said["positive_count"] == said["safety_open"] == "<[…]>"
    assert said["grade"] == said["vitals"] == said["review_on"] == "<>"


def test_every_field_of_the_list_can_be_put_into_every_kind(desk: Desk, strain: UUID) -> None:
    visits.keep(desk, visits.start(desk, strain), VisitContent(answers=STRAIN))
    rows = [(row.id, "en") for row in letter_templates.listed(desk)] + [(f"{GP}@de", "de")]
    sources = {one: _source(desk, strain, one) for one in ("en", "de")}
    for kind, language in rows:
        said = _each_field(desk, sources[language], kind)
        assert [name for name, text in said.items() if _UNFIT.search(text)] == [], kind
        assert said["positive_count"].strip("<>").isdigit(), kind
        assert len([text for text in said.values() if text != "<>"]) > 25, kind


def ids(edited: Edited) -> list[str]:
    return [one.id for one in edited.parts]


def test_a_part_is_added_filled_and_printed_where_it_stands(desk: Desk, strain: UUID) -> None:
    edited, made = template_parts.add(letter_templates.edit(desk, GP), "history", "Our note")
    assert ids(edited)[ids(edited).index("history") + 1] == made
    edited = edited.with_part(made, text="Seen by {{ clinician }}.", required=True, included=True)
    letter_templates.save(desk, edited)
    draft = letters.compose(desk, strain, GP)
    told = next(one for one in draft.parts if one.id == made)
    assert (told.title, told.text, told.required) == ("Our note", "Seen by Dana Demo.", True)
    order = [one.id for one in draft.parts]
    assert order.index(made) == order.index("history") + 1


def test_a_part_that_was_added_is_checked_like_any_other(desk: Desk) -> None:
    edited, made = template_parts.add(letter_templates.edit(desk, GP), "closing", "Our note")
    assert ids(edited)[-2:] == [made, "closing"]
    (wrong,) = letter_templates.faults(edited.with_part(made, text="Fine.\n{{ nobody }}"))
    assert (wrong.part, wrong.line) == (made, 2)
    with pytest.raises(InvalidInput) as refused:
        letter_templates.save(desk, edited.with_part(made, title="a\nb"))
    assert made in refused.value.fields


def test_a_part_taken_out_is_gone_and_comes_back_with_the_older_version(desk: Desk) -> None:
    before = letter_templates.edit(desk, GP)
    letter_templates.save(desk, template_parts.remove(before, "findings"))
    after = letter_kinds.in_use(desk, GP)
    assert "findings" not in [one.id for one in after.parts]
    letter_templates.restore(desk, GP, letter_templates.SHIPPED)
    assert letter_kinds.in_use(desk, GP).part("findings").table


def test_parts_move_between_the_lead_and_the_closing_and_keep_what_they_draw(desk: Desk) -> None:
    edited = letter_templates.edit(desk, GP)
    first = edited.parts[1].id
    assert template_parts.move(edited, first, -1) is edited
    assert template_parts.move(edited, edited.parts[-2].id, 1) is edited
    assert not template_parts.may_move(edited, "lead", 1)
    moved = template_parts.move(edited, "findings", -1)
    letter_templates.save(desk, moved)
    kind = letter_kinds.in_use(desk, GP)
    assert [one.id for one in kind.parts] == [one.id for one in moved.parts[:-1]]
    assert kind.part("findings").table


def test_the_clinical_question_can_be_neither_taken_out_nor_left_open(desk: Desk) -> None:
    edited = letter_templates.edit(desk, GP)
    assert template_parts.remove(edited, "question") is edited
    (wrong,) = letter_templates.faults(edited.with_part("question", required=False))
    assert wrong.part == "question"
    without = replace(edited, parts=tuple(one for one in edited.parts if one.id != "question"))
    assert "clinical question" in letter_templates.faults(without)[0].text


def test_the_last_part_stays(desk: Desk) -> None:
    edited = template_parts.remove(letter_templates.edit(desk, FREE), "subject")
    assert template_parts.remove(edited, "body") is edited


def test_a_part_added_to_a_translation_is_in_its_language(desk: Desk, strain: UUID) -> None:
    edited, made = template_parts.add(letter_templates.edit(desk, f"{FREE}@de"), "body", "Hinweis")
    letter_templates.save(desk, edited.with_part(made, text="{{ complaint }}"))
    part = letter_kinds.in_use(desk, f"{FREE}@de").part(made)
    assert (part.language, bool(part.note)) == ("de", True)
