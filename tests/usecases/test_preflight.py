"""Preflight: what each check finds, what a kind needs, and what a reason can set aside."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.library import letters as letter_library
from clinic_desk.usecases import (
    cases,
    contacts,
    flag_state,
    letters,
    patients,
    preflight,
    shelf,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterDraft, Problem
from clinic_desk.usecases.preflight_sides import sides_named
from clinic_desk.usecases.visit_views import FlagAction
from tests.usecases.answers import STRAIN

ORTHO = "referral-orthopaedics"


def signed(desk: Desk, case: UUID, answers: dict[str, object]) -> UUID:
    visit = visits.start(desk, case)
    content = replace(visits.open_visit(desk, visit).content, answers=answers)
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.keep(desk, visit, content)
    visits.sign(desk, visit, content)
    return visit


@pytest.fixture
def draft(desk: Desk, strain: UUID, surgeon: UUID) -> LetterDraft:
    signed(desk, strain, STRAIN)
    return letters.compose(desk, strain, ORTHO, surgeon)


def edited(draft: LetterDraft, name: str, text: str) -> LetterDraft:
    return replace(
        draft,
        parts=tuple(replace(one, text=text) if one.id == name else one for one in draft.parts),
    )


def found(desk: Desk, case: UUID, draft: LetterDraft, check: str) -> list[Problem]:
    problems = letters.preview(desk, case, draft).problems
    return [one for one in problems if one.check.partition(":")[0] == check]


def needing(monkeypatch: pytest.MonkeyPatch, *needs: str) -> None:
    """Every kind asks for these from now on."""
    shipped = shelf.letter_kind
    monkeypatch.setattr(
        shelf, "letter_kind", lambda *which: replace(shipped(*which), needs=tuple(needs))
    )


def test_a_letter_in_order_has_no_problem_but_that_its_two_days_of_injury_differ(
    desk: Desk, strain: UUID, draft: LetterDraft
) -> None:
    (only,) = letters.preview(desk, strain, draft).problems
    assert (only.check, only.blocking) == ("onset:evaluation", False)
    assert "21 Jan 2026" in only.text
    assert "28 Jan 2026" in only.text


def test_every_shipped_kind_needs_only_what_is_checked(desk: Desk) -> None:
    for kind in shelf.letter_kinds(desk.library):
        assert set(kind.needs) <= set(preflight.NEEDS), kind.id


@pytest.mark.parametrize(
    "gap", ["____", "[...]", "[date]", "{{ grade }}", "{grade}", "???", "TBC", "[ … ]"]
)
def test_a_gap_to_fill_in_is_named(
    desk: Desk, strain: UUID, draft: LetterDraft, gap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = edited(draft, "history", f"Seen on {gap} by me.")
    (one,) = found(desk, strain, draft, "gap")
    assert (gap in one.text, one.blocking, one.field) == (True, False, "history")
    needing(monkeypatch, "recipient", "gaps")
    assert found(desk, strain, draft, "gap")[0].blocking


@pytest.mark.parametrize(
    ("address", "said"),
    [("12 Example Street", True), ("12 Example Street, Sampletown", False), ("A\nB", False)],
)
def test_an_address_without_a_place_is_noticed(
    desk: Desk, strain: UUID, draft: LetterDraft, address: str, said: bool
) -> None:
    to = contacts.add(desk, contacts.ContactDetails("Dr X", role="orthopaedics", address=address))
    problems = found(desk, strain, replace(draft, recipient_id=to), "place")
    assert bool(problems) is said


def test_an_addressee_of_another_role_is_noticed(
    desk: Desk, strain: UUID, draft: LetterDraft
) -> None:
    to = contacts.add(desk, contacts.ContactDetails("Dr Y", role="gp", address="A\nB"))
    (one,) = found(desk, strain, replace(draft, recipient_id=to), "role")
    assert one.text == "This kind of letter goes to orthopaedics; Dr Y is noted as a GP."
    assert (one.blocking, one.field) == (False, "recipient")


def test_parts_that_contradict_each_other_are_noticed_where_the_case_has_no_side(
    desk: Desk, alex: UUID, surgeon: UUID
) -> None:
    case = cases.open_case(desk, alex, cases.CaseDetails("hamstring strain", None))
    draft = letters.compose(desk, case, ORTHO, surgeon)
    draft = edited(draft, "question", "Is the left thigh torn?")
    assert found(desk, case, draft, "side") == []
    draft = edited(draft, "history", "Pain in the right thigh.")
    (one,) = found(desk, case, draft, "side")
    assert one.text == "History speaks of the right side, Clinical question of the left."


@pytest.mark.parametrize("words", ["A scan is enclosed.", "Please find attached the report."])
def test_an_enclosure_that_is_spoken_of_but_absent_is_noticed(
    desk: Desk, strain: UUID, draft: LetterDraft, words: str
) -> None:
    draft = edited(draft, "history", words)
    (one,) = found(desk, strain, draft, "enclosure")
    assert (one.text, one.field) == (
        "History speaks of an enclosure, but none is named.",
        "enclosures",
    )
    assert found(desk, strain, replace(draft, enclosures=("MRI report",)), "enclosure") == []


def test_an_enclosure_that_no_part_speaks_of_is_noticed(
    desk: Desk, strain: UUID, draft: LetterDraft
) -> None:
    draft = replace(draft, enclosures=("Home program", "Scan report"))
    draft = edited(draft, "history", "The home program is going well.")
    (one,) = found(desk, strain, draft, "enclosure")
    assert one.text == "“Scan report” goes with the letter, but no part speaks of it."


def test_a_tendon_that_is_attached_to_bone_is_no_enclosure(
    desk: Desk, strain: UUID, draft: LetterDraft
) -> None:
    draft = edited(draft, "history", "The tendon is firmly attached to the sitting bone.")
    assert found(desk, strain, draft, "enclosure") == []


@pytest.mark.parametrize("day", ["31 Feb 2026", "2026-02-30", "29th February 2025", "45 Mar 2026"])
def test_a_day_that_does_not_exist_is_named(
    desk: Desk, strain: UUID, draft: LetterDraft, day: str
) -> None:
    (one,) = found(desk, strain, edited(draft, "history", f"Seen on {day}."), "date")
    assert day in one.text
    assert found(desk, strain, edited(draft, "history", "On 28 Feb 2026."), "date") == []


def test_days_that_cannot_be_are_noticed(
    desk: Desk, strain: UUID, alex: UUID, draft: LetterDraft
) -> None:
    far = replace(draft, see_by=desk.today() + timedelta(days=500))
    assert found(desk, strain, far, "see_by")[0].blocking is False
    assert found(desk, strain, replace(draft, see_by=date(2026, 1, 1)), "see_by")[0].blocking


def test_a_kind_that_needs_consent_stops_without_it_and_takes_a_reason(
    desk: Desk, surgeon: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = patients.register(
        desk, patients.PatientDetails("Sample", "Sam", birth_date=date(1990, 1, 1))
    )
    case = cases.open_case(desk, who, cases.CaseDetails("strain", Side.LEFT))
    signed(desk, case, STRAIN)
    draft = letters.compose(desk, case, ORTHO, surgeon)
    needing(monkeypatch, "recipient")
    (one,) = found(desk, case, draft, "consent")
    assert (one.blocking, one.waivable, one.field) == (False, False, "consent")
    needing(monkeypatch, "recipient", "consent")
    (one,) = found(desk, case, draft, "consent")
    assert (one.blocking, one.waivable) == (True, True)
    with pytest.raises(Locked, match="consent"):
        letters.issue(desk, case, draft)
    with pytest.raises(InvalidInput):
        letters.set_aside(desk, draft, "consent", "x" * 300)
    assert letters.set_aside(desk, draft, "consent", "  ").overrides == ()
    draft = letters.set_aside(desk, draft, "consent", "Agreed on the phone today")
    (one,) = found(desk, case, draft, "consent")
    assert (one.blocking, one.waived) == (False, "Agreed on the phone today")
    letters.keep(desk, case, draft)
    assert letters.kept(desk, case) == draft
    issued = letters.issue(desk, case, draft)
    (kept,) = letters.open_letter(desk, issued.id).draft.overrides
    assert (kept.check, kept.reason, kept.by) == (
        "consent",
        "Agreed on the phone today",
        "Dana Demo",
    )
    with desk.store.reading() as session:
        entries = session.connection().exec_driver_sql("SELECT act, details FROM audit").all()
    assert [details for act, details in entries if act == "set_aside"] == ['{"check": "consent"}']


def test_a_reason_sets_aside_only_what_may_be(
    desk: Desk, strain: UUID, draft: LetterDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    needing(monkeypatch, "recipient", "question")
    draft = edited(replace(draft, recipient_id=None), "question", "")
    for check in ("recipient", "question"):
        draft = letters.set_aside(desk, draft, check, "I want to")
    checks = {one.check for one in letters.preview(desk, strain, draft).problems if one.blocking}
    assert {"recipient", "question"} <= checks
    with pytest.raises(Locked):
        letters.issue(desk, strain, draft)


def test_a_kind_that_needs_no_addressee_goes_without_one(
    desk: Desk, strain: UUID, draft: LetterDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    needing(monkeypatch, "consent")
    draft = replace(draft, recipient_id=None)
    assert [one.blocking for one in found(desk, strain, draft, "recipient")] == [False]
    assert letters.issue(desk, strain, draft).reference == "L-2026-001"


def test_unanswered_safety_questions_stop_a_request_and_name_the_first(
    desk: Desk, strain: UUID, draft: LetterDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = edited(draft, "question", "Please do an MRI of the left thigh.")
    assert found(desk, strain, draft, "safety") == [], "a referral is no request"
    needing(monkeypatch, "recipient", "imaging_safety")
    (one,) = found(desk, strain, draft, "safety")
    assert one.text.startswith(
        "Safety questions before MRI without an answer: pacemaker, defibrillator or leftover wires;"
    )
    assert (one.blocking, one.waivable, one.field) == (True, True, "next_visit")
    assert (
        found(desk, strain, edited(draft, "question", "Ultrasound of the thigh?"), "safety") == []
    )
    protocol = desk.library.protocol("posterior-thigh")
    section = next(
        part for step in protocol.steps for part in step.sections if part.id == "safety_mri"
    )
    told = {name: "no" if "yes" in protocol.item(name).kind.value else 80 for name in section.items}
    signed(desk, strain, STRAIN | told)
    left = found(desk, strain, letters.refresh(desk, strain, draft), "safety")
    assert left == []


def test_a_part_of_a_megabyte_is_refused_in_plain_words_and_nothing_hangs(
    desk: Desk, strain: UUID, draft: LetterDraft
) -> None:
    huge = edited(draft, "history", "pasted words " * 80_000)
    seen = letters.preview(desk, strain, huge)
    assert seen.pdf == b""
    (one,) = [one for one in seen.problems if one.check == "length:history"]
    assert one.text == (
        "History has 1,040,000 characters; at most 50,000 fit in one part. "
        "Shorten it, or enclose it as a document."
    )
    with pytest.raises(Locked, match="at most 50,000"):
        letters.issue(desk, strain, huge)


def test_an_emergency_that_was_phoned_asks_for_no_further_call(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    visit = visits.start(desk, strain)
    content = replace(
        visits.open_visit(desk, visit).content, answers=STRAIN | {"rf_dvt_gate": "yes"}
    )
    visits.keep(desk, visit, content)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    assert found(desk, strain, draft, "emergency")
    with desk.store.reading() as session:
        waiting = flag_state.of_case(session, strain).open
    spoken = tuple(
        FlagAction(one.id, "phoned", "Dr Sample, seen today", desk.actor.name, desk.now())
        for one in waiting
    )
    visits.keep(desk, visit, replace(content, flag_actions=spoken))
    assert found(desk, strain, draft, "emergency") == []


SIDED = [kind.id for kind in letter_library.load() if "side" in kind.needs]


def test_requests_and_referrals_need_left_and_right_to_agree() -> None:
    asking = {kind.id for kind in letter_library.load() if kind.id.startswith("referral-")}
    assert set(SIDED) == {*asking, "imaging-request"}


@pytest.mark.parametrize("kind", SIDED)
def test_the_wrong_side_stops_a_request_until_a_reason_sets_it_aside(
    desk: Desk, strain: UUID, surgeon: UUID, kind: str
) -> None:
    signed(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, kind, surgeon)
    told = next(one for one in draft.parts if one.id not in ("findings", "red_flags", "body_chart"))
    wrong = edited(draft, told.id, f"{told.text} MRI of the right thigh, please.")
    (stopped,) = found(desk, strain, wrong, "side")
    assert (stopped.blocking, stopped.waivable, stopped.field) == (True, True, told.id)
    with pytest.raises(Locked):
        letters.issue(desk, strain, wrong)
    held = letters.set_aside(desk, wrong, stopped.check, "The other side is to be compared")
    (set_aside,) = found(desk, strain, held, "side")
    assert (set_aside.blocking, set_aside.waived) == (False, "The other side is to be compared")


def test_the_wrong_side_in_the_title_of_the_case_stops_a_request(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    signed(desk, strain, STRAIN)
    seen = cases.view(desk, strain)
    cases.correct(desk, strain, seen.version, replace(seen.record, title="right hamstring strain"))
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    assert "side:title" in [one.check for one in found(desk, strain, draft, "side") if one.blocking]


def test_the_wrong_side_is_said_of_a_letter_that_asks_for_nothing(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    signed(desk, strain, STRAIN)
    draft = edited(letters.compose(desk, strain, "letter-free", surgeon), "body", "The right knee.")
    assert [one.blocking for one in found(desk, strain, draft, "side")] == [False]


ON_THE_RIGHT = [
    "R knee",
    "Rt. hip",
    "R) hamstring",
    "the right leg",
    "Right-sided",
    "MRI of the thigh, right.",
    "MRI thigh (right)",
    "MRI thigh right",
    "MRI thigh (R)",
    "thigh, R",
    "Thigh R.",
    "Side: right",
    "MRI of the right mid-thigh",
    "the right medial thigh",
    "right-sided pain",
    "pain on the right",
    "RIGHT LEG",
    "MRI hamstring - right",
]
ON_NEITHER = [
    "Dr. knee",
    "OR hip",
    "turn right at the hip",
    "was left unaddressed",
    "go right away",
    "apply ice to the thigh right away",
    "both sides",
    "weaker than the right leg",
    "weaker than on the right side",
    "compared with the right thigh",
    "compared to the uninjured right thigh",
    "the sound right leg",
    "in right side-lying",
    "right-leg dominant",
    "her dominant right leg",
    "the left and right thighs",
    "left or right thigh",
    "You were right: the thigh",
    "pain in the right place",
    "The leg left the ground",
    "all right; hip fine",
    "L5 knee",
    "He left hospital",
    "at the right time",
    "is left to heal",
    "no pain left, leg strong",
    "foot is right on the line",
    "left/right hip",
    "Dr R Foot",
]


def test_a_side_is_told_from_what_only_looks_like_one() -> None:
    told = {text: sides_named(text) for text in ON_THE_RIGHT}
    assert {text: named for text, named in told.items() if named != {"right"}} == {}
    told = {text: sides_named(text) for text in ON_NEITHER}
    assert {text: named for text, named in told.items() if named} == {}


def test_both_sides_in_one_sentence_are_no_excuse() -> None:
    text = "Left hamstring strain: MRI of the right thigh please"
    assert sides_named(text) == {"left", "right"}
