"""What a letter claims is what the record holds: days, sides, counts, and what was asked when."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.library import letters as kinds
from clinic_desk.usecases import cases, letters, loops, patients, programs, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterDraft
from clinic_desk.usecases.visits import Decision, FlagAction
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN

ORTHO = "referral-orthopaedics"
NERVE = "referral-neurology"
IMAGING = "imaging-request"
NEURAL = STRAIN | {"slump": "familiar_eases", "slr_changes_with_ankle_or_neck": "yes"}
KNEE: dict[str, object] = {
    "complaint": "posterior_knee",
    "knee_injury": "yes",
    "injury_date": "2026-01-31",
    "pop": "yes",
    "knee_mechanism": "twist",
    "knee_tender": ["joint_line"],
    "meniscus_test": "yes",
}
AGAIN: dict[str, object] = {"ake": {"left": 24, "right": 20}, "bruising": "none"}


def evaluated(
    desk: Desk, case: UUID, answers: dict[str, object], grade: str = "", sign: bool = True
) -> UUID:
    visit = visits.start(desk, case)
    opened = visits.open_visit(desk, visit)
    made = Decision("grade", "2", grade, "Walks well", desk.actor.name, desk.now())
    content = replace(opened.content, answers=answers, decisions=(made,) if grade else ())
    content = visits.write_into_note(desk, opened, content)
    visits.keep(desk, visit, content)
    if sign:
        visits.sign(desk, visit, content)
    return visit


def said(draft: LetterDraft) -> dict[str, str]:
    return {one.id: " ".join(one.text.split()) for one in draft.parts}


def checks(desk: Desk, case: UUID, draft: LetterDraft) -> dict[str, bool]:
    return {one.check: one.blocking for one in letters.preview(desk, case, draft).problems}


def test_what_a_re_evaluation_does_not_ask_anew_is_told_with_its_day_and_not_as_not_asked(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    first = STRAIN | {"medicines": [], "slump": "familiar_eases"}
    evaluated(desk, strain, first, grade="1")
    programs.prescribe(
        desk,
        strain,
        replace(programs.from_template(desk, strain, "acute_g2_late"), review_on=date(2026, 2, 5)),
    )
    one = letters.compose(desk, strain, ORTHO)
    assert said(one)["treatment"].startswith("One visit on 03 Feb 2026.")
    clock.move(days=9)
    evaluated(desk, strain, AGAIN, sign=False)
    draft = letters.compose(desk, strain, NERVE)
    text = said(draft)
    assert "Medicines: none taken (03 Feb 2026)." in text["history"]
    assert "breathlessness" in text["red_flags"]
    assert "not been asked" not in text["red_flags"]
    found, still_open = text["nerve"].split("Not asked or tested: ")
    assert "(03 Feb 2026)" in found
    assert "slump test" not in still_open
    assert text["treatment"].startswith("Two visits since 03 Feb 2026.")
    page = PdfReader(BytesIO(letters.preview(desk, strain, draft).pdf)).pages[0].extract_text()
    assert "Red-flag screen, 03 Feb 2026: 13 asked, 0 yes, 13 no" in " ".join(page.split())
    german = said(letters.compose(desk, strain, kinds.named(NERVE, "de")))
    assert "(3. Februar 2026)" in german["nerve"]
    grade = said(letters.compose(desk, strain, ORTHO))["grade"]
    assert "(the working rule suggested 2 (moderate); reason: Walks well)" in grade
    assert "The suggestion rests on what was found in the first 7 days: " in grade


def test_a_review_that_has_passed_is_not_promised(desk: Desk, strain: UUID, clock: Clock) -> None:
    content = programs.from_template(desk, strain, "acute_g2_late")
    programs.prescribe(desk, strain, replace(content, review_on=date(2026, 2, 5)))
    visit = evaluated(desk, strain, STRAIN, sign=False)

    def closing() -> str:
        draft = letters.compose(desk, strain, "progress-report")
        return said(draft)["plan"]

    assert "05 Feb 2026" in closing()
    clock.move(days=3)
    assert "05 Feb 2026" not in closing()
    visits.discard(desk, visit)


def test_a_case_on_both_sides_and_one_without_a_side_say_so(desk: Desk, alex: UUID) -> None:
    details = cases.CaseDetails("Hamstring strain", Side.BOTH, onset_on=date(2026, 1, 28))
    both = cases.open_case(desk, alex, details)
    undated = {name: value for name, value in STRAIN.items() if name != "injury_date"}
    evaluated(desk, both, undated, sign=False)
    text = said(letters.compose(desk, both, IMAGING))
    assert "hamstring strain on both sides" in text["lead"]
    assert text["exam"].endswith("both sides.")
    assert "It began on 28 Jan 2026." in text["history"]
    german = said(letters.compose(desk, both, kinds.named(IMAGING, "de")))
    assert "Beginn am 28. Januar 2026." in german["history"]

    none = cases.open_case(desk, alex, cases.CaseDetails("Thigh lump"))
    lump = {"complaint": "persistent_tightness", "gate_tumour": "yes", "rf_lump": "yes"}
    evaluated(desk, none, lump, sign=False)
    draft = letters.compose(desk, none, IMAGING)
    assert said(draft)["exam"] == "Ultrasound thigh."
    assert said(draft)["safety"] == "No safety question stands before ultrasound thigh."
    assert checks(desk, none, draft)["side:none"]
    parts = tuple(
        replace(one, text="Ultrasound left thigh.") if one.id == "exam" else one
        for one in draft.parts
    )
    assert "side:none" not in checks(desk, none, replace(draft, parts=parts))
    for exam, lacks in (("رنين القدم", True), ("تحليل الدم", False), ("IRM de la colonne", False)):
        parts = tuple(replace(one, text=exam) if one.id == "exam" else one for one in draft.parts)
        assert ("side:none" in checks(desk, none, replace(draft, parts=parts))) == lacks, exam


def test_a_request_keeps_in_sight_what_its_letter_went_in_spite_of(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    evaluated(desk, strain, STRAIN, grade="2")
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    parts = tuple(
        replace(one, text="Which leg? The right leg hurts.") if one.id == "question" else one
        for one in draft.parts
    )
    draft = replace(draft, parts=parts)
    assert checks(desk, strain, draft)["side:question"]
    problem = next(
        one for one in letters.preview(desk, strain, draft).problems if one.check == "side:question"
    )
    draft = letters.set_aside(desk, draft, "side:question", "Asked so on purpose", problem.text)
    letters.issue(desk, strain, draft)
    (waiting,) = loops.waiting(desk)
    (kept,) = loops.open_loop(desk, waiting.id).set_aside
    assert (kept.problem, kept.reason) == (problem.text, "Asked so on purpose")


def test_an_emergency_letter_tells_signs_and_not_what_only_this_program_asks(
    desk: Desk, alex: UUID
) -> None:
    details = cases.CaseDetails("Calf strain", Side.RIGHT, protocol="calf-achilles")
    calf = cases.open_case(desk, alex, details)
    asked = {"complaint": "calf_strain", "med_anticoagulant": "no", "rf_dvt_gate": "yes"}
    evaluated(desk, calf, asked, sign=False)
    text = said(letters.compose(desk, calf, "referral-emergency"))
    assert text["reason"] == "Possible clot in a leg vein: same day."
    assert "Blood-thinning medicine: no." in text["medicines"]
    assert "feeling normal" not in text["nerve"]


def test_answers_that_contradict_each_other_are_named_before_the_letter_tells_both(
    desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN | {"medicines": ["warfarin"]}, sign=False)
    draft = letters.compose(desk, strain, ORTHO)
    assert "blood thinners" in said(draft)["red_flags"]  # among those answered no
    assert checks(desk, strain, draft)["at_odds:gate_pressure"] is False


def test_a_chart_of_the_side_on_which_the_case_is_not_is_named_before_the_letter_tells_it(
    desk: Desk, strain: UUID
) -> None:
    pain = {"region": "calf_back", "side": "right", "type": "pain", "intensity": 4}
    evaluated(desk, strain, STRAIN | {"body_chart": {"marks": [pain]}}, sign=False)
    draft = letters.compose(desk, strain, ORTHO)
    assert checks(desk, strain, draft)["at_odds:body_chart"] is False


@pytest.mark.parametrize(
    ("answers", "subject", "suggested", "chosen", "gone"),
    [
        (NEURAL, "pattern:neural", "secondary", "not_this", "neural mechanosensitivity"),
        (KNEE, "imaging:mri_knee", "request", "not_now", "MRI knee"),
    ],
)
def test_a_letter_tells_no_pattern_or_test_that_the_clinician_decided_against(
    desk: Desk, strain: UUID, answers, subject: str, suggested: str, chosen: str, gone: str
) -> None:
    visit = visits.start(desk, strain)
    content = replace(visits.open_visit(desk, visit).content, answers=answers)
    visits.keep(desk, visit, content)
    assert gone in said(letters.compose(desk, strain, "referral-gp"))["grade"]

    def decision(about: str, before: str, now: str) -> Decision:
        return Decision(about, before, now, "Seen anew", desk.actor.name, desk.now())

    made = (
        decision("pattern", "neural", "true_shortness"),
        decision(subject, suggested, chosen),
    )
    visits.keep(desk, visit, replace(content, decisions=made))
    told = said(letters.compose(desk, strain, "referral-gp"))["grade"]
    assert gone not in told
    assert "Pattern found: true short hamstring." in told


def test_an_act_on_a_red_flag_of_the_newest_evaluation_is_told_though_others_asked_the_screen(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN)
    clock.move(days=2)
    ill: dict[str, object] = {"breathing_rate": 30, "pulse_rate": 135, "bp_systolic": 88}
    visit = evaluated(desk, strain, AGAIN | ill, sign=False)
    opened = visits.open_visit(desk, visit)
    (flag,) = letters.compose(desk, strain, "referral-emergency").flags
    done = FlagAction(flag, "phoned", "Hospital on call", desk.actor.name, desk.now())
    visits.keep(desk, visit, replace(opened.content, flag_actions=(done,)))
    text = said(letters.compose(desk, strain, "referral-emergency"))
    assert "Hospital on call" in " ".join(text.values())


def test_no_blood_thinner_is_not_told_where_the_patients_details_name_one(
    desk: Desk, alex: UUID, clock: Clock
) -> None:
    details = cases.CaseDetails("Calf strain", Side.RIGHT, protocol="calf-achilles")
    calf = cases.open_case(desk, alex, details)
    evaluated(desk, calf, {"complaint": "calf_strain", "med_anticoagulant": "no"})

    def thinner(typed: str) -> str:
        file = patients.open_file(desk, alex)
        patients.correct(desk, alex, file.version, replace(file.details, medicines=typed))
        text = said(letters.compose(desk, calf, "referral-emergency"))["medicines"]
        return text.partition("Blood-thinning medicine: ")[2].rstrip(".")

    assert [thinner(one) for one in ("Metformin", "Takes Warfarin (INR 2.5)")] == ["no", "[…]"]
    clock.move(days=2)
    evaluated(desk, calf, {"complaint": "calf_strain", "medicines": []})
    assert [thinner(one) for one in ("", "Apixaban")] == ["none taken", "[…]"]
    clock.move(days=2)
    taken: list[object] = [{"name": "Eliquis"}]
    evaluated(desk, calf, {"complaint": "calf_strain", "medicines": taken})
    clock.move(days=2)
    evaluated(desk, calf, {"pain_now": 2}, sign=False)
    assert thinner("") == "Eliquis (07 Feb 2026)"


def test_what_is_no_longer_known_is_not_told_from_an_earlier_evaluation(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN | {"slump": "familiar_eases"})
    for answers in (AGAIN | {"slump": "not_asked"}, AGAIN):  # taken back, and silent after that
        clock.move(days=2)
        evaluated(desk, strain, answers)
        found, still_open = said(letters.compose(desk, strain, NERVE))["nerve"].split("Not asked")
        assert "slump" not in found.casefold()
        assert "slump test" in still_open


def test_every_act_on_a_red_flag_since_its_screen_is_told_in_its_order(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    for days, answers, way in ((0, STRAIN | {"rf_dvt_gate": "yes"}, "Ward"), (2, AGAIN, "Clinic")):
        clock.move(days=days)
        visit = evaluated(desk, strain, answers, sign=False)
        content = visits.open_visit(desk, visit).content
        done = FlagAction("rf_dvt_gate", "phoned", way, desk.actor.name, desk.now())
        content = replace(content, flag_actions=(done,))
        visits.keep(desk, visit, content)
        visits.sign(desk, visit, content)
    text = " ".join(said(letters.compose(desk, strain, "referral-emergency")).values())
    assert 0 < text.index("Ward") < text.index("Clinic")


def test_a_grade_chosen_where_the_rule_gives_none_keeps_its_reason_on_paper(
    desk: Desk, strain: UUID
) -> None:
    visit = visits.start(desk, strain)
    opened = visits.open_visit(desk, visit)
    blow = STRAIN | {"mechanism": "direct_blow"}
    made = Decision("grade", None, "3", "Gap felt twice", desk.actor.name, desk.now())
    content = replace(opened.content, answers=blow, decisions=(made,))
    content = visits.write_into_note(desk, opened, content)
    note = content.note.assessment
    assert "decided by Dana Demo. Reason: Gap felt twice." in note
    assert "No strain grade is suggested: A direct blow" in note
    done = tuple(
        FlagAction(one.id, "override", "Examined", desk.actor.name, desk.now())
        for one in visits.findings(desk, opened, content).red_flags
    )
    content = replace(content, flag_actions=done)
    visits.keep(desk, visit, content)
    visits.sign(desk, visit, content)
    told = said(letters.compose(desk, strain, ORTHO))["grade"]
    assert "(reason: Gap felt twice). The working rule suggests no grade. A direct blow" in told
    assert "rests on" not in told  # the decision is the clinician's own
