"""Letters: composed, checked, issued, kept; read back by an independent reader."""

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import Locked
from clinic_desk.library import letters as kinds
from clinic_desk.usecases import (
    cases,
    contacts,
    letters,
    papers,
    patients,
    programs,
    today,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterDraft, Part
from clinic_desk.usecases.visits import Decision, VisitContent
from tests.usecases.answers import STRAIN, TINGLING
from tests.usecases.conftest import Clock

ORTHO = "referral-orthopaedics"
FLAG = "rf_tingle_after_injury"


def evaluated(
    desk: Desk, case: UUID, answers: dict[str, object], sign: bool = True, grade: str = "2"
) -> UUID:
    visit = visits.start(desk, case)
    reason = "" if grade == "2" else "Walks well"
    decision = Decision("grade", "2", grade, reason, desk.actor.name, desk.now())
    content = VisitContent(answers=answers, decisions=(decision,))
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.keep(desk, visit, content)
    if sign:
        visits.sign(desk, visit, content)
    return visit


@pytest.fixture
def history(desk: Desk, strain: UUID, clock: Clock) -> UUID:
    """A case with a signed visit, a program, and an open visit with a red flag."""
    evaluated(desk, strain, STRAIN)
    content = programs.from_template(desk, strain, "acute_g2_late")
    programs.prescribe(desk, strain, replace(content, review_on=date(2026, 2, 24)))
    clock.move(days=7)
    evaluated(desk, strain, TINGLING | {"ake": {"left": 29, "right": 20}}, sign=False)
    return strain


def part(draft: LetterDraft, name: str) -> Part:
    return next(one for one in draft.parts if one.id == name)


def edited(draft: LetterDraft, name: str, text: str) -> LetterDraft:
    return replace(
        draft,
        parts=tuple(replace(one, text=text) if one.id == name else one for one in draft.parts),
    )


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def blocking(desk: Desk, case: UUID, draft: LetterDraft) -> list[str]:
    return [one.field for one in letters.preview(desk, case, draft).problems if one.blocking]


def warnings(desk: Desk, case: UUID, draft: LetterDraft) -> list[str]:
    return [one.field for one in letters.preview(desk, case, draft).problems if not one.blocking]


@pytest.mark.parametrize("lang", ["en", "de", "es", "fr", "pt", "ar"])
def test_allergies_that_nobody_asked_about_are_not_said_to_be_none(
    desk: Desk, history: UUID, alex: UUID, surgeon: UUID, lang: str
) -> None:
    def said(**allergies: object) -> str:
        file = patients.open_file(desk, alex)
        patients.correct(desk, alex, file.version, replace(file.details, **allergies))  # type: ignore[arg-type]
        draft = letters.compose(desk, history, kinds.named(ORTHO, lang), surgeon)
        return part(draft, "history").text

    unasked = said(allergies="", allergy_list=(), no_allergies=False)
    none = said(no_allergies=True)
    assert unasked != none
    asked = {
        "en": "Allergies: not asked.",
        "de": "Allergien: nicht erfragt.",
        "es": "Alergias: no preguntadas.",
        "fr": "Allergies\u00a0: non demandées.",
        "pt": "Alergias: não perguntadas.",
        "ar": "الحساسية: لم يُسأل عنها.",
    }
    assert asked[lang] in unasked
    assert asked[lang] not in none


def test_a_letter_is_composed_from_the_record_in_sentences(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, history, ORTHO, surgeon)
    assert "left hamstring strain" in part(draft, "question").text
    assert "while sprinting" in part(draft, "history").text
    assert "Allergy: zinc-oxide tape." in part(draft, "history").text
    assert part(draft, "red_flags").origin == "13 asked, 1 yes, 12 no"
    flags = part(draft, "red_flags").text
    assert flags.startswith("Yes:")
    assert "tingling in the leg since the injury" in flags.split("No:")[0]
    assert "gap below the sitting bone" in flags.split("No:")[1]
    assert "decided by Dana Demo on 03 Feb 2026" not in flags
    assert "Grade 2 (moderate), decided by Dana Demo" in part(draft, "grade").text
    assert part(draft, "treatment").text.startswith("Two visits since 03 Feb 2026.")
    assert "about 8 minutes" in part(draft, "treatment").text
    assert not part(draft, "goal").included
    assert part(draft, "goal").text == "Parkrun, 25 Apr 2026"
    assert (draft.see_by, draft.flags, draft.side) == (date(2026, 2, 24), (FLAG,), "left")


def test_the_table_sets_now_beside_the_visit_before(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    header, *rows = letters.compose(desk, history, ORTHO, surgeon).table
    assert header == ("Test", "Left", "Right", "Deficit", "Deficit, 03 Feb 2026")
    assert rows[0] == (
        "Active knee extension, short of straight",
        "29°",
        "20°",
        "9° less",
        "14° less",
    )
    assert ("Knee-bend strength at 15°", "182 N", "254 N", "28 % weaker", "28 % weaker") in rows


def test_an_issued_letter_is_read_back_whole_and_kept_byte_for_byte(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = replace(letters.compose(desk, history, ORTHO, surgeon), copies=("Dr Pat Sample (GP)",))
    document = letters.issue(desk, history, draft)
    text = read(document.pdf)
    for words in (
        "Dr Robin Sample",
        "1 Hospital Way",
        "URGENT REFERRAL: please see by 24 Feb 2026 (within 2 weeks)",
        "Alex EXAMPLE",
        "born 14 Jun 1991 (34 years)",
        "LEFT hamstring strain, day 20",
        "Dear Dr Sample,",
        "Red-flag screen, 10 Feb 2026: 13 asked, 1 yes, 12 no",
        "Bedside strain grade",
        "I will review Alex on 24 Feb 2026.",
        "Dana Demo, physiotherapist, registration PH-EXAMPLE-01",
        "Separate copies: Dr Pat Sample (GP).",
        "Fingerprint",
        "L-2026-001",
    ):
        assert words in text, words
    assert "DRAFT" not in text
    assert hashlib.sha256(document.pdf).hexdigest() == document.sha256
    assert papers.open_document(desk, document.id).pdf == document.pdf
    assert letters.open_letter(desk, document.id).draft == draft


def test_issuing_is_the_action_on_the_open_visits_flag(
    desk: Desk, history: UUID, alex: UUID, surgeon: UUID
) -> None:
    visit = visits.start(desk, history)
    assert visits.blockers(desk, visit, visits.open_visit(desk, visit).content)
    draft = letters.compose(desk, history, ORTHO, surgeon)
    letters.keep(desk, history, draft)
    letters.issue(desk, history, draft)
    content = visits.open_visit(desk, visit).content
    assert [(one.flag, one.kind) for one in content.flag_actions] == [(FLAG, "referred")]
    assert visits.blockers(desk, visit, content) == ()
    assert letters.kept(desk, history) is None
    assert patients.banner(desk, alex).red_flag_text == "Red flag, referral sent 10 Feb"
    visits.sign(desk, visit, content)
    assert patients.banner(desk, alex).red_flag == "acted"


def test_a_window_that_was_open_before_the_letter_does_not_undo_the_referral(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    visit = visits.start(desk, history)
    before = visits.open_visit(desk, visit).content
    letters.issue(desk, history, letters.compose(desk, history, ORTHO, surgeon))
    assert visits.blockers(desk, visit, before) == ()
    visits.keep(desk, visit, before)
    visits.sign(desk, visit, before)
    assert [one.kind for one in visits.open_visit(desk, visit).content.flag_actions] == ["referred"]


def test_a_letter_about_a_signed_visit_keeps_its_flags_acted(
    desk: Desk, strain: UUID, alex: UUID, surgeon: UUID, clock: Clock
) -> None:
    visit = visits.start(desk, strain)
    reason = visits.FlagAction(FLAG, "override", "Known for years", "Dana Demo", desk.now())
    content = VisitContent(answers=TINGLING, flag_actions=(reason,))
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.sign(desk, visit, content)
    assert patients.banner(desk, alex).red_flag_text == "Red flag, set aside with a reason 03 Feb"
    clock.move(hours=1)
    letters.issue(desk, strain, letters.compose(desk, strain, ORTHO, surgeon))
    assert patients.banner(desk, alex).red_flag_text == "Red flag, referral sent 03 Feb"


def test_drafts_are_kept_refreshed_and_listed_first(
    desk: Desk, history: UUID, surgeon: UUID, clock: Clock
) -> None:
    draft = edited(letters.compose(desk, history, ORTHO, surgeon), "question", "My own words?")
    letters.keep(desk, history, draft)
    assert letters.kept(desk, history) == draft
    assert [need.kind for need in today.today(desk).needs][-1] == "letter_draft"
    visit = visits.start(desk, history)
    changed = VisitContent(answers=TINGLING | {"ake": {"left": 25, "right": 20}})
    visits.keep(desk, visit, changed)
    fresh = letters.refresh(desk, history, draft)
    assert part(fresh, "question").text == "My own words?"
    assert part(fresh, "question").edited
    assert fresh.table[1][3] == "5° less"
    letters.issue(desk, history, fresh)
    clock.move(hours=1)
    letters.keep(desk, history, draft)
    assert [row.state for row in letters.recent(desk)] == ["draft", "issued"]
    letters.discard(desk, history)
    assert letters.kept(desk, history) is None


def test_preflight_names_what_stops_a_letter(desk: Desk, history: UUID, surgeon: UUID) -> None:
    good = letters.compose(desk, history, ORTHO, surgeon)
    homeless = contacts.add(desk, contacts.ContactDetails("Dr No Address"))
    assert blocking(desk, history, good) == []
    for draft, field in (
        (replace(good, recipient_id=None), "recipient"),
        (replace(good, recipient_id=homeless), "recipient"),
        (edited(good, "question", "  "), "question"),
        (edited(good, "history", "x" * 60_000), "history"),
        (edited(good, "history", "a runner 🏃"), "history"),
        (replace(good, see_by=date(2026, 2, 9)), "see_by"),
        (replace(good, side="right"), "record"),
        (replace(good, flags=()), "visit"),
    ):
        assert field in blocking(desk, history, draft), field
        with pytest.raises(Locked):
            letters.issue(desk, history, draft)
    assert letters.recent(desk) == ()


def test_an_unsigned_visit_only_warns_while_its_flag_waits_for_the_letter(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, history, ORTHO, surgeon)
    assert "visit" in warnings(desk, history, draft)


@pytest.mark.parametrize("kind", ["certificate-work", "cover-sheet", "letter-free", "recall"])
def test_a_letter_that_tells_of_no_red_flag_is_no_action_on_one(
    desk: Desk, history: UUID, surgeon: UUID, kind: str
) -> None:
    draft = letters.compose(desk, history, kind, surgeon)
    assert draft.flags == (FLAG,)
    found = letters.preview(desk, history, draft).problems
    (flag,) = [one for one in found if one.check == "flag"]
    assert "without action is not part of this letter" in flag.text
    assert flag.blocking is (kind == "certificate-work"), "who is fit is no question with it open"


def test_the_wrong_side_in_an_edited_part_is_noticed(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, history, ORTHO, surgeon)
    assert "question" not in blocking(desk, history, draft)
    wrong = edited(draft, "question", "Please image the right posterior thigh.")
    assert "question" in blocking(desk, history, wrong)
    fine = edited(draft, "question", "You were right: the left thigh tingles.")
    assert "question" not in blocking(desk, history, fine)


def test_a_title_that_names_the_other_side_and_a_gap_are_noticed(
    desk: Desk, alex: UUID, surgeon: UUID
) -> None:
    case = cases.open_case(desk, alex, cases.CaseDetails("right hamstring strain", Side.LEFT))
    evaluated(desk, case, STRAIN)
    draft = edited(letters.compose(desk, case, ORTHO, surgeon), "goal", "Run [...] km")
    draft = replace(draft, parts=tuple(replace(one, included=True) for one in draft.parts))
    assert "side" in blocking(desk, case, draft)
    assert "goal" in warnings(desk, case, draft)


def test_missing_consent_and_an_uncovered_flag_are_noticed(desk: Desk, surgeon: UUID) -> None:
    who = patients.register(desk, patients.PatientDetails("Sample", "Sam"))
    case = cases.open_case(desk, who, cases.CaseDetails("strain", Side.LEFT))
    evaluated(desk, case, TINGLING, sign=False)
    draft = replace(letters.compose(desk, case, ORTHO, surgeon), flags=())
    found = {*warnings(desk, case, draft), *blocking(desk, case, draft)}
    assert {"consent", "patient", "red_flags"} <= found


def test_an_emergency_warns_that_a_letter_is_too_slow_and_is_seen_today(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    evaluated(desk, strain, STRAIN | {"rf_dvt_gate": "yes"}, sign=False)
    draft = letters.compose(desk, strain, "referral-gp", surgeon)
    assert draft.see_by == desk.today()
    assert any("Phone" in one.text for one in letters.preview(desk, strain, draft).problems)
    assert "please see today" in read(letters.preview(desk, strain, draft).pdf)


def test_a_case_without_evaluation_still_makes_an_honest_letter(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    assert part(draft, "question").text == ""
    assert "has not been asked" in part(draft, "red_flags").text
    assert draft.table == ()
    draft = edited(draft, "question", "Please see.")
    draft = letters.set_aside(desk, draft, "evaluation", "Sent on what was told on the phone")
    text = read(letters.issue(desk, strain, draft).pdf)
    assert "no yes" not in text.lower()
    assert "URGENT" not in text


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>bold</b> & <img src='file:///etc/passwd'/>",
        "{{ patient }} {% for x in y %} {# c #}",
        "<font color=\"__import__('os')\">x</font>",
        "ألم في الفخذ",
        "左侧大腿后方疼痛",
        "=SUM(A1) @x +1 -1",
    ],
)
def test_hostile_text_in_any_field_is_printed_as_text_or_composed_as_text(
    desk: Desk, surgeon: UUID, hostile: str
) -> None:
    who = patients.register(
        desk,
        patients.PatientDetails(
            hostile,
            hostile,
            birth_date=date(1991, 6, 14),
            allergies=hostile,
            medicines=hostile,
            consent_on=date(2026, 1, 23),
        ),
    )
    case = cases.open_case(desk, who, cases.CaseDetails(hostile, Side.LEFT, goal=hostile))
    evaluated(desk, case, STRAIN)
    draft = edited(letters.compose(desk, case, ORTHO, surgeon), "question", "Please see.")
    assert hostile in part(draft, "history").text
    text = read(letters.issue(desk, case, draft).pdf)
    if hostile.isascii() or "左" in hostile:
        assert hostile.split(" ")[0] in text
    else:
        assert any("\u0600" <= sign <= "\u06ff" for sign in text)


def test_a_paste_of_twenty_thousand_signs_fills_pages_that_all_name_the_patient(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = edited(letters.compose(desk, history, ORTHO, surgeon), "history", "word " * 4_000)
    pages = PdfReader(BytesIO(letters.issue(desk, history, draft).pdf)).pages
    assert len(pages) > 4
    assert all("Alex EXAMPLE" in page.extract_text() for page in pages)


def test_the_same_letter_has_the_same_bytes_and_another_text_another_fingerprint(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, history, ORTHO, surgeon)
    assert letters.preview(desk, history, draft).pdf == letters.preview(desk, history, draft).pdf
    first = read(letters.issue(desk, history, draft).pdf)
    second = read(letters.issue(desk, history, edited(draft, "question", "Another?")).pdf)
    assert first[first.index("Fingerprint") :][:21] != second[second.index("Fingerprint") :][:21]


MEDICINES: list[tuple[str, list[object] | None, str]] = [
    ("", None, "Medicines: not asked."),
    ("", [], "Medicines: none taken."),
    ("", ["warfarin", {"name": "Newdrug"}], "Medicines: warfarin and Newdrug (class not known)."),
    ("Apixaban 5 mg", None, "Medicines: Apixaban 5 mg."),
    ("Warfarin", ["warfarin"], "Medicines: Warfarin."),
    ("Apixaban", [], "Medicines: Apixaban (patient details); none taken (evaluation)."),
]


def test_medicines_are_told_once_and_by_where_they_are_from(
    desk: Desk, strain: UUID, alex: UUID, surgeon: UUID
) -> None:
    for typed, taken, told in MEDICINES:
        file = patients.open_file(desk, alex)
        patients.correct(desk, alex, file.version, replace(file.details, medicines=typed))
        given = {} if taken is None else {"medicines": taken}
        visit = evaluated(desk, strain, STRAIN | given, sign=False)
        preview = letters.preview(desk, strain, letters.compose(desk, strain, ORTHO, surgeon))
        text = " ".join(read(preview.pdf).split())
        assert told in text
        assert text.casefold().count("medicine") == 1, told
        assert text.count("none taken") == told.count("none taken"), told
        differ = [one for one in preview.problems if one.check == "medicines"]
        assert bool(differ) == (taken == [] and bool(typed)), told
        visits.discard(desk, visit)


def test_an_emergency_letter_names_the_blood_thinner_or_leaves_a_gap(
    desk: Desk, strain: UUID
) -> None:
    def said(taken: list[object]) -> str:
        evaluated(desk, strain, STRAIN | {"medicines": taken}, sign=False)
        return part(letters.compose(desk, strain, "referral-emergency"), "medicines").text

    assert "Blood-thinning medicine: Eliquis." in said([{"name": "Eliquis", "dose": "5 mg"}])
    assert "Blood-thinning medicine: none taken." in said([])
    assert "Blood-thinning medicine: […]." in said([{"name": "Newdrug"}])


OTHERS = {
    "en": "other questions were asked and answered no.",
    "de": "weitere Fragen wurden mit Nein beantwortet.",
    "es": "preguntas se respondió que no.",
    "fr": "autres questions posées ont reçu la réponse non.",
    "pt": "perguntas a resposta foi não.",
    "ar": "أسئلة أخرى كان جوابها لا: ",
}


def test_a_letter_counts_the_negatives_that_it_does_not_name(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    def flags(lang: str, answers: dict[str, object]) -> str:
        visit = evaluated(desk, strain, STRAIN | answers, sign=False)
        draft = letters.compose(desk, strain, kinds.named(ORTHO, lang), surgeon)
        visits.discard(desk, visit)
        return part(draft, "red_flags").text

    named = {"rf_pe": "no", "rf_dvt_gate": "no"}
    unnamed = {"rf_post_op_travel": "no", "gate_cramp": "no", "gate_behind_knee": "no"}
    for lang, rest in OTHERS.items():
        assert rest in flags(lang, named | unnamed), lang
        assert rest not in flags(lang, named | dict.fromkeys(unnamed, "unsure")), lang
