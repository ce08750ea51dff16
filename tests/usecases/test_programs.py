"""Programs: suggested, gauged, locked, prescribed; handouts kept byte for byte."""

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from clinic_desk import settings
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, Locked, NotFound, StorageDamaged
from clinic_desk.usecases import (
    cases,
    charts,
    papers,
    patients,
    program_content,
    programs,
    today,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import ProgramContent, SheetOptions
from clinic_desk.usecases.visits import Decision, FlagAction, VisitContent
from tests.usecases.answers import STRAIN
from tests.usecases.conftest import Clock

CLOT = STRAIN | {"rf_dvt_gate": "yes"}


def evaluated(desk: Desk, case: UUID, answers: dict[str, object], **more: object) -> UUID:
    visit = visits.start(desk, case)
    content = replace(VisitContent(answers=answers), **more)  # type: ignore[arg-type]
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.keep(desk, visit, content)
    return visit


def grade(desk: Desk, decided: str) -> dict[str, object]:
    return {"decisions": (Decision("grade", "2", decided, "seen", "Dana Demo", desk.now()),)}


@pytest.fixture
def template(desk: Desk, strain: UUID) -> ProgramContent:
    return programs.from_template(desk, strain, "acute_g2_late")


def test_the_suggestion_comes_from_the_newest_evaluation(desk: Desk, strain: UUID) -> None:
    assert programs.builder(desk, strain).suggestion.template is None
    evaluated(desk, strain, STRAIN)
    seen = programs.builder(desk, strain)
    assert seen.suggestion.template == "acute_g2_late"
    assert seen.suggestion.why
    assert seen.status_line == "grade 2 (suggested), day 13, walks without a limp"
    assert [row.id for row in seen.templates if row.suggested] == ["acute_g2_late"]
    assert any(card.suggested_because for card in seen.cards)


def test_criteria_are_met_not_met_or_not_measured_with_value_and_day(
    desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN | {"ake": {"left": 44, "right": 20}})
    states = {one.state: one for one in programs.builder(desk, strain).suggestion.criteria}
    assert states["met"].detail == "normal on 03 Feb 2026"
    assert "44° left, 20° right" in states["not_met"].detail
    assert states["not_measured"].detail == ""


def test_gates_follow_the_decided_grade(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN, **grade(desk, "1"))
    first = programs.builder(desk, strain)
    evaluated(desk, strain, STRAIN, **grade(desk, "2"))
    second = programs.builder(desk, strain)
    assert "(decided)" in second.status_line
    held = {card.id for card in second.cards if card.held_back}
    assert {card.id for card in first.cards if card.held_back} < held
    assert all("suggested" not in card.held_back for card in second.cards)


def test_stretches_hide_while_a_nerve_is_sensitive(desk: Desk, strain: UUID) -> None:
    nerve: dict[str, object] = {
        "complaint": "persistent_tightness",
        "descriptors": ["tingling", "burning"],
        "slump": "familiar_eases",
        "slr_changes_with_ankle_or_neck": "yes",
        "nerve_palpation_tender": "yes",
    }
    evaluated(desk, strain, nerve)
    cards = {card.id: card for card in programs.builder(desk, strain).cards}
    assert cards["s2_extender"].hidden
    assert "nerve" in cards["s2_extender"].held_back
    assert not cards["s1_slider_supine"].hidden


def test_lines_are_sided_for_the_case(desk: Desk, alex: UUID, template: ProgramContent) -> None:
    assert {line.side for line in template.lines} == {"left", "each"}
    right = cases.open_case(desk, alex, cases.CaseDetails("strain", Side.RIGHT))
    assert programs.line_for(desk, right, "s1_heel_dig").side == "right"
    both = cases.open_case(desk, alex, cases.CaseDetails("cramp", Side.BOTH))
    assert programs.line_for(desk, both, "s1_heel_dig").side == "each"
    with pytest.raises(NotFound):
        programs.line_for(desk, both, "s9_fly")


def test_the_gauge_is_the_twelve_minute_rule(desk: Desk, template: ProgramContent) -> None:
    seen = programs.gauge(desk, template)
    assert (seen.exercises, seen.seconds, seen.count_ok, seen.time_ok) == (4, 474, True, True)
    long = replace(template, lines=(*template.lines, replace(template.lines[0], sets=10)))
    more = programs.gauge(desk, long)
    assert (more.count_ok, more.time_ok) == (False, False)
    broken = replace(template, lines=(replace(template.lines[0], sets=0),))
    assert programs.gauge(desk, broken).line_seconds == (0,)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sets": 0}, "lines[0].sets"),
        ({"reps": 999}, "lines[0].reps"),
        ({"hold_s": -1}, "lines[0].hold_s"),
        ({"tempo": "fast"}, "lines[0].tempo"),
        ({"side": "up"}, "lines[0].side"),
        ({"mode": "dance"}, "lines[0].mode"),
        ({"days_per_week": 8}, "lines[0].days_per_week"),
        ({"exercise": "s9_fly"}, "lines[0].exercise"),
        ({"note": "x" * 500}, "lines[0].note"),
    ],
)
def test_an_impossible_dose_is_named_by_its_field(
    desk: Desk, strain: UUID, template: ProgramContent, change: dict[str, object], field: str
) -> None:
    lines = (replace(template.lines[0], **change), *template.lines[1:])  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        programs.prescribe(desk, strain, replace(template, lines=lines))
    assert list(refused.value.fields) == [field]
    with pytest.raises(InvalidInput):
        programs.prescribe(desk, strain, ProgramContent())


def test_a_same_day_flag_locks_exercises_until_acted_on_or_overridden(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    visit = evaluated(desk, strain, CLOT)
    seen = programs.builder(desk, strain)
    assert seen.suggestion.blocked
    assert not any(card.advised for card in seen.cards)
    with pytest.raises(Locked, match="red flag"):
        programs.prescribe(desk, strain, template)
    programs.prescribe(desk, strain, replace(template, override_reason="Scan was clear today"))
    done = FlagAction("rf_dvt_gate", "phoned", "GP", "Dana Demo", desk.now())
    content = replace(visits.open_visit(desk, visit).content, flag_actions=(done,))
    visits.keep(desk, visit, content)
    programs.prescribe(desk, strain, template)


def test_an_exercise_held_back_needs_its_own_reason(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN, **grade(desk, "2"))
    early = programs.line_for(desk, strain, "s4_sprint")
    content = ProgramContent(lines=(early,))
    with pytest.raises(Locked, match="held back"):
        programs.prescribe(desk, strain, replace(content, override_reason="not this one"))
    reasoned = replace(early, override_reason="Back at training already")
    programs.prescribe(desk, strain, replace(content, lines=(reasoned,)))


def test_prescribing_ends_the_draft_and_joins_the_history(
    desk: Desk, strain: UUID, template: ProgramContent, clock: Clock
) -> None:
    programs.keep(desk, strain, template)
    programs.keep(desk, strain, replace(template, note="slowly"))
    kept = programs.builder(desk, strain).draft
    assert kept == replace(template, note="slowly")
    assert [need.kind for need in today.today(desk).needs] == ["program_draft"]
    first = programs.prescribe(desk, strain, template)
    clock.move(days=1)
    second = programs.prescribe(desk, strain, replace(template, pain_limit=3))
    seen = programs.builder(desk, strain)
    assert (seen.draft, seen.current) == (None, replace(template, pain_limit=3))
    assert [one.id for one in programs.history(desk, strain)] == [second, first]
    with pytest.raises(NotFound):
        programs.open_program(desk, uuid4())


def test_the_handout_says_it_in_the_patients_words(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    content = replace(template, review_on=date(2026, 2, 10))
    document = papers.issue_handout(desk, programs.prescribe(desk, strain, content))
    assert document.reference == "H-2026-001"
    assert hashlib.sha256(document.pdf).hexdigest() == document.sha256
    pages = PdfReader(BytesIO(document.pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Alex Example",
        "Twice a day",
        "About 8 minutes",
        "No equipment",
        "Sore side: LEFT",
        "Gentle heel dig, left leg",
        "2 sets of 5, hold 6 sec, rest 20 sec",
        "6 each side",
        "pain goes above 2 of 10",
        "Bring this sheet on 10 Feb 2026.",
        "H-2026-001",
    ):
        assert words in text, words
    assert "DRAFT" not in text
    again = papers.open_document(desk, document.id)
    assert again.pdf == document.pdf
    picture = papers.page(document.pdf, 0, 0.5)
    assert len(picture.pixels) == picture.stride * picture.height


def test_a_preview_is_marked_draft_and_a_sign_without_font_stops_it(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    seen = papers.preview_handout(desk, strain, template)
    assert "DRAFT" in PdfReader(BytesIO(seen.pdf)).pages[0].extract_text()
    emoji = replace(template, note="Well done 🏃")
    refused = papers.preview_handout(desk, strain, emoji)
    assert [(one.blocking, one.field) for one in refused.problems] == [(True, "note")]
    with pytest.raises(Locked, match="note"):
        papers.issue_handout(desk, programs.prescribe(desk, strain, emoji))
    assert papers.issue_handout(desk, programs.prescribe(desk, strain, template)).reference == (
        "H-2026-001"
    )


def test_notes_of_any_script_are_printed_as_text(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    hostile = "<b>&</b> <img src='x'/> {{ patient }} 左腿"
    pdf = papers.preview_handout(desk, strain, replace(template, note=hostile)).pdf
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    for part in ("<b>&</b>", "{{ patient }}", "左腿"):
        assert part in text


def test_a_document_that_was_changed_is_not_shown(
    desk: Desk, strain: UUID, template: ProgramContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = papers.issue_handout(desk, programs.prescribe(desk, strain, template))
    honest = papers.view
    monkeypatch.setattr(
        papers, "view", lambda row: replace(honest(row), pdf=honest(row).pdf + b"x")
    )
    with pytest.raises(StorageDamaged):
        papers.open_document(desk, document.id)


def test_the_journal_shows_what_was_prescribed_and_issued(
    desk: Desk, alex: UUID, strain: UUID, template: ProgramContent
) -> None:
    papers.issue_handout(desk, programs.prescribe(desk, strain, template))
    assert {one.kind for one in patients.open_file(desk, alex).journal} == {"program", "handout"}


def test_the_handout_is_printed_and_kept_in_the_chosen_languages(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    sheet = SheetOptions(preset="easy-read", language="de", second="en", advice=("cramp_now",))
    content = replace(template, sheet=sheet)
    document = papers.issue_handout(desk, programs.prescribe(desk, strain, content))
    read = " ".join(page.extract_text() for page in PdfReader(BytesIO(document.pdf)).pages)
    text = " ".join(read.split())
    assert "Ihre Übungen für zu Hause" in text
    assert "Your home exercises" in text
    assert "What to do in a cramp" in text
    assert hashlib.sha256(document.pdf).hexdigest() == document.sha256
    assert document.filename.startswith("H-2026-001 ")
    assert document.filename.endswith(".pdf")
    assert programs.history(desk, strain)[0].content.sheet == sheet


def test_the_language_is_remembered_for_the_patients_next_case(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    used = SheetOptions(preset="large-print", language="ar", next_time="10:30", advice=("faq",))
    programs.prescribe(desk, strain, replace(template, sheet=used))
    with desk.store.reading() as session:
        patient = charts.case(session, strain).patient_id
    later = cases.open_case(desk, patient, cases.CaseDetails("Calf cramp"))
    seen = programs.builder(desk, later)
    assert seen.current is None
    assert seen.sheet == SheetOptions(preset="large-print", language="ar")


def test_missing_and_unreviewed_texts_are_problems_of_the_preview_that_do_not_stop_it(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    content = replace(template, sheet=SheetOptions(language="fr"))
    seen = papers.preview_handout(desk, strain, content)
    said = [one.text for one in seen.problems if one.field == "sheet.language"]
    assert any("Translation not yet reviewed by a clinician (French" in text for text in said)
    assert seen.pdf
    assert papers.language_notes(desk, content, "en")[1] is True
    assert papers.language_notes(desk, template, "en") == ((), False)


@pytest.mark.parametrize(
    ("sheet", "field"),
    [(SheetOptions(preset="huge"), "sheet.preset"), (SheetOptions(weeks=7), "sheet.weeks")],
)
def test_an_unknown_sheet_is_refused_by_its_field(
    desk: Desk, strain: UUID, template: ProgramContent, sheet: SheetOptions, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        programs.prescribe(desk, strain, replace(template, sheet=sheet))
    assert list(refused.value.fields) == [field]


def test_a_program_of_before_has_the_standard_sheet() -> None:
    assert program_content.read({"template": None, "lines": []}).sheet == SheetOptions()


def test_the_practice_decides_whether_the_page_says_that_a_translation_is_not_reviewed(
    desk: Desk, strain: UUID, template: ProgramContent
) -> None:
    content = replace(template, sheet=SheetOptions(language="fr"))
    assert desk.store.folder is not None

    def read() -> str:
        pdf = papers.preview_handout(desk, strain, content).pdf
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

    assert "pas encore été relue" not in read()
    settings.save(desk.store.folder, settings.Settings(print_unreviewed=True))
    assert "pas encore été relue" in read()


def test_loads_are_offered_in_the_unit_of_the_practice(desk: Desk, strain: UUID) -> None:
    assert programs.builder(desk, strain).weight_unit == "kg"
    settings.save(desk.store.folder, settings.Settings(weight="lb"))
    assert programs.builder(desk, strain).weight_unit == "lb"
