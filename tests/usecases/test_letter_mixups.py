"""Letters never tell of another patient, of an older record unnoticed, or act on what they omit."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import Locked, StorageUnavailable
from clinic_desk.usecases import cases, letters, patients, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterDraft
from clinic_desk.usecases.visits import VisitContent
from tests.usecases.answers import STRAIN, TINGLING

ORTHO = "referral-orthopaedics"
FLAG = "rf_tingle_after_injury"


def evaluated(desk: Desk, case: UUID, answers: dict[str, object]) -> UUID:
    visit = visits.start(desk, case)
    view = visits.open_visit(desk, visit)
    content = replace(view.content, answers=answers)
    visits.keep(desk, visit, visits.write_into_note(desk, view, content))
    return visit


def signed(desk: Desk, case: UUID, answers: dict[str, object]) -> UUID:
    visit = evaluated(desk, case, answers)
    visits.sign(desk, visit, visits.open_visit(desk, visit).content)
    return visit


def without(draft: LetterDraft, name: str) -> LetterDraft:
    return replace(
        draft,
        parts=tuple(replace(one, included=False) if one.id == name else one for one in draft.parts),
    )


def fields(desk: Desk, case: UUID, draft: LetterDraft, blocking: bool) -> set[str]:
    problems = letters.preview(desk, case, draft).problems
    return {one.field for one in problems if one.blocking is blocking}


@pytest.fixture
def other(desk: Desk) -> UUID:
    who = patients.register(desk, patients.PatientDetails("Stranger", "Robin"))
    return cases.open_case(desk, who, cases.CaseDetails("calf cramp", Side.RIGHT))


@pytest.mark.parametrize("knows_its_case", [True, False])
def test_a_letter_written_for_one_patient_is_refused_in_anothers_case(
    desk: Desk, strain: UUID, other: UUID, surgeon: UUID, knows_its_case: bool
) -> None:
    signed(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    assert draft.case_id == strain
    if not knows_its_case:
        draft = replace(draft, case_id=None)  # as drafts from before hold it
    for act in (letters.keep, letters.preview, letters.issue):
        with pytest.raises(Locked, match="another case"):
            act(desk, other, draft)
    assert letters.kept(desk, other) is None
    assert letters.recent(desk) == ()


def test_parts_that_tell_an_older_record_are_named(
    desk: Desk, strain: UUID, alex: UUID, surgeon: UUID
) -> None:
    signed(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    question = replace(draft.parts[0], text="Is it torn?")
    draft = replace(draft, parts=(question, *draft.parts[1:]))
    before = fields(desk, strain, draft, blocking=False)
    assert not before & {"history", "findings"}
    file = patients.open_file(desk, alex)
    patients.correct(desk, alex, file.version, replace(file.details, allergies="latex"))
    assert fields(desk, strain, draft, blocking=False) - before == {"history"}
    evaluated(desk, strain, STRAIN | {"ake": {"left": 25, "right": 20}})
    assert "findings" in fields(desk, strain, draft, blocking=False)
    fresh = letters.refresh(desk, strain, draft)
    assert not fields(desk, strain, fresh, blocking=False) & {"history", "findings"}


def test_a_letter_without_its_red_flag_part_is_no_action_on_the_flag(
    desk: Desk, strain: UUID, alex: UUID, surgeon: UUID
) -> None:
    visit = evaluated(desk, strain, TINGLING)
    silent = without(letters.compose(desk, strain, ORTHO, surgeon), "red_flags")
    assert silent.flags == (FLAG,)
    assert "visit" in fields(desk, strain, silent, blocking=True)
    assert "red_flags" in fields(desk, strain, silent, blocking=True)
    with pytest.raises(Locked, match="not signed"):
        letters.issue(desk, strain, silent)
    assert visits.open_visit(desk, visit).content.flag_actions == ()
    assert patients.banner(desk, alex).red_flag == "open"


def test_a_flag_that_no_longer_fires_lets_no_unsigned_letter_go(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    evaluated(desk, strain, TINGLING)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    evaluated(desk, strain, STRAIN)
    assert "visit" in fields(desk, strain, draft, blocking=True)
    with pytest.raises(Locked, match="not signed"):
        letters.issue(desk, strain, draft)


def test_a_referral_by_letter_is_not_taken_back_and_covers_only_what_it_told(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    visit = evaluated(desk, strain, TINGLING)
    before = visits.open_visit(desk, visit).content
    letters.issue(desk, strain, letters.compose(desk, strain, ORTHO, surgeon))
    (sent,) = visits.open_visit(desk, visit).content.flag_actions
    assert (sent.letter, sent.urgency, sent.because) == ("L-2026-001", "urgent_2w", (FLAG,))
    visits.keep(desk, visit, replace(before, flag_actions=()))
    assert visits.open_visit(desk, visit).content.flag_actions == (sent,)
    assert visits.blockers(desk, visit, VisitContent(note=before.note, answers=TINGLING)) == ()


def test_the_tables_deficits_take_their_sign_from_the_side_of_the_case(
    desk: Desk, other: UUID, surgeon: UUID
) -> None:
    signed(desk, other, STRAIN)
    draft = letters.compose(desk, other, ORTHO, surgeon)
    row = next(one for one in draft.table if one[0].startswith("Knee-bend strength"))
    assert row[1:] == ("182 N", "254 N", "40 % stronger")
    extension = next(one for one in draft.table if one[0].startswith("Active knee"))
    assert extension[1:] == ("34°", "20°", "14° more")
    assert draft.side == "right"


@pytest.mark.parametrize(
    "words",
    [
        "Pain in the right thigh.",
        "A right-sided strain.",
        "A tear of the biceps femoris on the right.",
        "Both right hamstrings.",
    ],
)
def test_each_way_of_naming_the_other_side_is_noticed(
    desk: Desk, strain: UUID, surgeon: UUID, words: str
) -> None:
    signed(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    assert "question" not in fields(desk, strain, draft, blocking=False)
    question = replace(draft.parts[0], text=words, composed=words)
    named = [
        one.text
        for one in letters.preview(
            desk, strain, replace(draft, parts=(question, *draft.parts[1:]))
        ).problems
        if "the right side" in one.text
    ]
    assert len(named) == 1


def test_the_other_side_as_a_comparison_is_no_contradiction(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    signed(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    question = replace(draft.parts[0], text="You were right: the left thigh is 14° stiffer.")
    problems = letters.preview(
        desk, strain, replace(draft, parts=(question, *draft.parts[1:]))
    ).problems
    assert not [one for one in problems if "the right side" in one.text]


def test_a_full_disk_keeps_the_letter_and_issues_nothing(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    visit = evaluated(desk, strain, TINGLING)
    draft = letters.compose(desk, strain, ORTHO, surgeon)
    letters.keep(desk, strain, draft)
    with desk.store.unit(desk.actor.id) as unit:
        connection = unit.session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageUnavailable, match="full"):
        letters.issue(desk, strain, draft)
    assert letters.kept(desk, strain) == draft
    assert [row.state for row in letters.recent(desk)] == ["draft"]
    assert visits.open_visit(desk, visit).content.flag_actions == ()
    with desk.store.unit(desk.actor.id) as unit:
        unit.session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert letters.issue(desk, strain, draft).reference == "L-2026-001"
    assert desk.store.verify_audit() is None
