"""A template is seen, edited, tried, logged and restored in each language that its kind has."""

import re
from uuid import UUID

import pytest

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library.letter_kind import SILENT
from clinic_desk.storage.models import LetterTemplate
from clinic_desk.usecases import (
    letter_draft,
    letter_kinds,
    letter_page,
    letter_templates,
    letter_tongue,
    letters,
    practice,
    template_drafts,
    template_parts,
    template_preview,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.plain import plain
from clinic_desk.usecases.template_versions import NewVersion, append
from clinic_desk.usecases.visit_views import VisitContent
from tests.usecases.answers import STRAIN

GP = "referral-gp"
GERMAN = f"{GP}@de"
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def said(text: str) -> str:
    """What stands between the fields of a template."""
    return "".join(filter(str.isalpha, _TAG.sub("", text)))


def put(desk: Desk, part: str, text: str, kind: str = GERMAN) -> None:
    letter_templates.save(desk, letter_templates.edit(desk, kind).with_part(part, text=text))


@pytest.fixture
def case(desk: Desk, strain: UUID) -> UUID:
    """A case with an evaluation to tell of."""
    visits.keep(desk, visits.start(desk, strain), VisitContent(answers=STRAIN))
    return strain


def test_the_editor_shows_each_language_in_its_own_words_and_changes_nothing_by_itself(
    desk: Desk,
) -> None:
    for language, _name in letter_templates.languages(desk):
        for row in letter_templates.listed(desk, language):
            shown = letter_templates.edit(desk, row.id)
            assert letter_templates.faults(shown) == (), row.id
            assert letter_templates.kind_of(shown) == letter_kinds.in_use(desk, row.id)
            if language == "en":
                continue
            english = letter_templates.edit(desk, letter_templates.in_language(row.id, "en"))
            before = {one.id: one.text for one in english.parts}
            same = [one.id for one in shown.parts if said(one.text) and one.text == before[one.id]]
            assert same == [], row.id


def test_a_letter_in_a_language_is_written_with_what_was_edited_in_it(
    desk: Desk, case: UUID
) -> None:
    english = letters.compose(desk, case, GP)
    before = letters.compose(desk, case, GERMAN)
    put(desk, "history", "Kurz gesagt: {{ complaint }}.")
    put(desk, "lead", "Zu {{ patient }}, {{ complaint }}.")
    put(desk, "closing", "Betrifft {{ complaint }}.")
    draft = letters.compose(desk, case, GERMAN)
    parts = {one.id: one for one in draft.parts}
    assert parts["history"].text.startswith("Kurz gesagt: ")
    assert "linke Seite" in parts["history"].text  # the record too, in the letter's language
    assert parts["lead"].text.startswith("Zu Alex EXAMPLE, ")
    assert {one.language for one in draft.parts if one.text} == {"de"}
    others = [one for one in before.parts if one.id not in ("lead", "history")]
    assert [one for one in draft.parts if one.id not in ("lead", "history")] == others
    assert letters.compose(desk, case, GP).parts == english.parts
    tried = template_preview.tried(desk, letter_templates.edit(desk, GERMAN), case)
    assert tried.pdf.startswith(b"%PDF")


def test_each_language_has_its_own_log_and_its_own_shipped_one(desk: Desk, case: UUID) -> None:
    put(desk, "history", "Kurz gesagt: {{ complaint }}.")
    put(desk, "history", "Briefly: {{ complaint }}.", GP)
    assert [one.revision for one in letter_templates.history(desk, GERMAN)] == [1, 0]
    assert [one.revision for one in letter_templates.history(desk, f"{GP}@fr")] == [0]
    shipped = letter_templates.edit(desk, GERMAN, letter_templates.SHIPPED)
    letter_templates.restore(desk, GERMAN, letter_templates.SHIPPED)
    assert letter_templates.edit(desk, GERMAN).part("history") == shipped.part("history")
    assert letter_templates.edit(desk, GP).part("history").text == "Briefly: {{ complaint }}."
    letter_templates.restore(desk, GERMAN, 1)
    assert letters.compose(desk, case, GERMAN).parts[2].text.startswith("Kurz gesagt")


def test_what_the_language_cannot_say_keeps_the_records_english_and_says_so(
    desk: Desk, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, "findings", "Kurz: {{ signs|sentences }}")
    edited = letter_templates.edit(desk, GERMAN)
    edited, made = template_parts.add(edited, "history", "Verlauf")
    letter_templates.save(desk, edited.with_part(made, text="Kurz: {{ signs|sentences }}"))
    monkeypatch.setattr(letter_tongue, "spoken_book", lambda *_: None)
    draft = letters.compose(desk, case, GERMAN)
    parts = {one.id: one for one in draft.parts}
    assert {parts[one].language for one in ("findings", made)} == {"en"}
    with desk.store.reading() as session:
        kind = letter_kinds.in_use(desk, GERMAN)
        found = letter_draft.source(desk, session, case, kind)
    page = letter_page.page(kind, draft, found, practice.view(desk), None, desk.now())
    heads = [one.heading for one in page.parts if one.heading.startswith(("Befund", "Verlauf"))]
    assert heads
    assert all(kind.english in one for one in heads)


def test_a_part_can_be_left_without_a_word_and_still_draws_its_table(
    desk: Desk, case: UUID
) -> None:
    put(desk, "findings", "")
    shown = letter_templates.edit(desk, GERMAN)
    assert shown.part("findings").text == ""
    assert shown.kind.part("findings").spoken == SILENT
    draft = letters.compose(desk, case, GERMAN)
    part = next(one for one in draft.parts if one.id == "findings")
    assert (part.text, part.has_table) == ("", True)


def test_a_version_from_before_the_languages_were_apart_stays_what_it_was(desk: Desk) -> None:
    """Such a version holds the English text beside the German headings, and nothing else."""
    kind = letter_kinds.in_use(desk, GERMAN)
    content = dict(letter_templates._tables(letter_templates.edit(desk, GERMAN)))
    content.pop("lead_spoken", None)
    content["part"] = [
        {key: value for key, value in one.items() if key != "spoken"}
        | ({"text": "Ours: {{ complaint }}."} if one["id"] == "history" else {})
        for one in content["part"]  # type: ignore[attr-defined]
    ]
    with desk.store.unit(desk.actor.id) as unit:
        row = LetterTemplate(
            kind=GERMAN,
            revision=1,
            content=plain(content),
            based_on=kind.version,
            changed_at=desk.now(),
            changed_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        unit.audit("change", "letter_template", row.id, at=desk.now())
        unit.commit()
    now = letter_kinds.in_use(desk, GERMAN)
    assert now.part("findings") == kind.part("findings")
    assert (now.part("history").text, now.part("history").spoken) == ("Ours: {{ complaint }}.", "")
    assert now.part("history").note == kind.english


def test_what_is_half_typed_comes_back_sign_by_sign_in_every_language(desk: Desk) -> None:
    typed = "Halb {{ und \ud800 \0 {% if"
    for kind in (GERMAN, GP):
        edited = letter_templates.edit(desk, kind).with_part("history", text=typed)
        template_drafts.keep(desk, edited)
        template_drafts.keep(desk, edited)  # again and again while typing
        assert template_drafts.kept(desk)[kind].typed == edited
    template_drafts.discard(desk, GERMAN)
    template_drafts.discard(desk, GERMAN)
    assert list(template_drafts.kept(desk)) == [GP]


def test_a_copy_is_there_in_each_language_and_is_withdrawn_and_restored_as_a_whole(
    desk: Desk, case: UUID
) -> None:
    put(desk, "history", "Kurz gesagt: {{ complaint }}.")
    own = letter_templates.copy(desk, GP, "Our letter")
    german = f"{own}@de"
    (offered,) = [one for one in letters.kinds(desk) if one.id == own]
    shipped = [one for one in letters.kinds(desk) if one.id == GP]
    assert offered.languages == shipped[0].languages
    for language, _name in offered.languages:
        name = letter_templates.in_language(own, language)
        draft = letters.compose(desk, case, name)
        before = letters.compose(desk, case, letter_templates.in_language(GP, language))
        assert (draft.parts, draft.table) == (before.parts, before.table), language
        listed = letter_templates.listed(desk, language)
        assert [(one.name, one.state) for one in listed if one.id == name] == [
            ("Our letter", "own")
        ]
    put(desk, "history", "Ganz kurz: {{ complaint }}.", german)
    again = letter_templates.copy(desk, german, "Our other letter")
    assert again == "own-our-other-letter@de"
    assert letters.compose(desk, case, again).parts[2].text.startswith("Ganz kurz: ")
    letter_templates.withdraw(desk, german)
    assert own not in [one.id for one in letters.kinds(desk)]
    assert letters.compose(desk, case, german).kind == german  # a draft begun before goes on
    letter_templates.restore(desk, own, 1)
    (back,) = [one for one in letters.kinds(desk) if one.id == own]
    assert back.languages == offered.languages
    assert letter_kinds.in_use(desk, german).part("history").spoken == "Ganz kurz: {{ complaint }}."


def test_a_copy_whose_english_can_no_longer_be_used_is_not_copied_and_says_why(desk: Desk) -> None:
    own = letter_templates.copy(desk, GP, "Our letter")
    append(desk, "", NewVersion(own, 1, {"part": []}, "referral-gp 1.0.0"))
    with pytest.raises(LibraryInvalid):
        letter_templates.copy(desk, f"{own}@de", "Our other letter")
