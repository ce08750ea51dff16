"""Closed loops: nothing that was asked falls off before a person signed it off."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import ClinicError, EditConflict, InvalidInput, Locked, NotFound
from clinic_desk.usecases import (
    charts,
    files,
    imaging_results,
    letters,
    loops,
    patients,
    sendings,
    today,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.imaging_results import ImagingDetails
from clinic_desk.usecases.loops import LoopRow, OrderDetails
from tests.usecases.answers import STRAIN
from tests.usecases.conftest import Clock
from tests.usecases.test_files import PDF
from tests.usecases.test_letters import ORTHO, evaluated, history

__all__ = ["history"]


def answer(desk: Desk, alex: UUID, loop: UUID, tmp_path: Path, name: str = "reply.pdf") -> UUID:
    path = tmp_path / name
    path.write_bytes(PDF + name.encode())
    return files.add(desk, alex, files.examine(path), loop_id=loop).id


def only(desk: Desk) -> LoopRow:
    (row,) = loops.waiting(desk)
    return row


def needs(desk: Desk) -> list[tuple[str, str]]:
    kinds = ("overdue", "unread", "waiting")
    return [(one.kind, one.detail) for one in today.today(desk).needs if one.kind in kinds]


@pytest.fixture
def mri(desk: Desk, strain: UUID) -> UUID:
    """An MRI that was ordered without a letter of ours, within two weeks."""
    details = OrderDetails("imaging", "MRI left thigh", "Sample Imaging", Urgency.URGENT_2W)
    return loops.order(desk, strain, details)


def test_a_referral_waits_from_its_issue_by_its_urgency(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, history, ORTHO, surgeon)
    issued = letters.issue(desk, history, draft)
    row = only(desk)
    assert row.document_id == issued.id
    assert (row.kind, row.recipient) == ("referral", "Dr Robin Sample")
    assert (row.urgency, row.due_on) == (Urgency.URGENT_2W, draft.see_by)
    assert row.state == "waiting"


def corrected(desk: Desk, case: UUID, letter: UUID) -> UUID:
    sendings.correction(desk, letter)
    draft = letters.kept(desk, case)
    assert draft is not None
    return letters.issue(desk, case, draft).id


def test_a_correction_takes_the_place_of_the_request_that_it_corrects(
    desk: Desk, history: UUID, surgeon: UUID
) -> None:
    old = letters.issue(desk, history, letters.compose(desk, history, ORTHO, surgeon))
    new = corrected(desk, history, old.id)
    assert only(desk).document_id == new


def test_a_corrected_letter_whose_answer_came_keeps_it_to_be_read(
    desk: Desk, alex: UUID, history: UUID, surgeon: UUID, tmp_path: Path
) -> None:
    old = letters.issue(desk, history, letters.compose(desk, history, ORTHO, surgeon))
    answer(desk, alex, only(desk).id, tmp_path)
    new = corrected(desk, history, old.id)
    assert {(one.document_id, one.state) for one in loops.waiting(desk)} == {
        (old.id, "unread"),
        (new, "waiting"),
    }


@pytest.mark.parametrize(
    ("kind", "urgency", "due"),
    [
        ("referral-gp", Urgency.ROUTINE_GP, date(2026, 3, 17)),
        ("referral-emergency", Urgency.EMERGENCY_NOW, date(2026, 2, 3)),
    ],
)
def test_a_referral_without_a_flag_is_due_by_its_kind(
    desk: Desk, strain: UUID, surgeon: UUID, kind: str, urgency: Urgency, due: date
) -> None:
    evaluated(desk, strain, STRAIN)
    draft = replace(letters.compose(desk, strain, kind, surgeon), see_by=None)
    draft = replace(
        draft,
        parts=tuple(
            replace(one, text=one.text.replace("[…]", "now") or "Please advise.")
            if one.required
            else one
            for one in draft.parts
        ),
    )
    letters.issue(desk, strain, draft)
    assert (only(desk).urgency, only(desk).due_on) == (urgency, due)


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.EMERGENCY_NOW, date(2026, 2, 3)),
        (Urgency.SAME_DAY, date(2026, 2, 3)),
        (Urgency.URGENT_2W, date(2026, 2, 17)),
        (Urgency.ROUTINE_GP, date(2026, 3, 17)),
    ],
)
def test_an_order_without_a_letter_is_due_by_its_urgency(
    desk: Desk, strain: UUID, urgency: Urgency, due: date
) -> None:
    loops.order(desk, strain, OrderDetails("test", "Blood count", urgency=urgency))
    assert only(desk).due_on == due


def test_an_order_that_cannot_be_is_refused_by_field(desk: Desk, strain: UUID) -> None:
    wrong = OrderDetails("film", " ", ordered_on=date(2026, 2, 4), due_on=date(2026, 2, 1))
    with pytest.raises(InvalidInput) as refused:
        loops.order(desk, strain, wrong)
    assert set(refused.value.fields) == {"kind", "title", "ordered_on", "due_on"}


def test_the_longest_overdue_stands_first_with_its_days(
    desk: Desk, strain: UUID, mri: UUID, clock: Clock
) -> None:
    loops.order(desk, strain, OrderDetails("test", "Blood count", urgency=Urgency.SAME_DAY))
    loops.order(desk, strain, OrderDetails("referral", "GP review"))
    clock.move(days=15)
    assert needs(desk) == [
        ("overdue", "Blood count: due 03 Feb 2026, 15 days overdue"),
        ("overdue", "MRI left thigh, Sample Imaging: due 17 Feb 2026, 1 day overdue"),
        ("waiting", "GP review: due 17 Mar 2026"),
    ]


def test_chasing_is_recorded_and_the_request_stays(desk: Desk, mri: UUID, clock: Clock) -> None:
    clock.move(days=20)
    loops.chase(desk, mri, "phone", "Report is being typed.")
    assert only(desk).state == "overdue"
    assert needs(desk)[0][1].endswith("6 days overdue. Chased 23 Feb 2026 by phone")
    (chased,) = loops.open_loop(desk, mri).chases
    assert (chased.text, chased.by) == ("Report is being typed.", "Dana Demo")
    with pytest.raises(InvalidInput):
        loops.chase(desk, mri, "pigeon", "")


def test_a_filed_answer_waits_to_be_read_and_signing_off_closes_it(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path, clock: Clock
) -> None:
    with pytest.raises(Locked, match="No answer is filed"):
        loops.sign_off(desk, mri, 1, "Seen")
    answer(desk, alex, mri, tmp_path)
    clock.move(days=30)
    row = only(desk)
    assert row.state == "unread"
    assert needs(desk) == [
        ("unread", "MRI left thigh, Sample Imaging: answer filed, not signed off")
    ]
    with pytest.raises(InvalidInput, match="one line"):
        loops.sign_off(desk, mri, row.version, "  ")
    loops.sign_off(desk, mri, row.version, "No tear.\nOedema only.")
    assert needs(desk) == []
    (closed,) = loops.of_patient(desk, alex)
    assert (closed.state, closed.summary) == ("answered", "No tear. Oedema only.")
    assert (closed.closed_by, closed.overdue) == ("Dana Demo", 0)


def test_a_request_can_end_without_an_answer_but_never_without_a_reason(
    desk: Desk, alex: UUID, mri: UUID
) -> None:
    with pytest.raises(InvalidInput):
        loops.end(desk, mri, 1, "")
    loops.end(desk, mri, 1, "The patient declined the scan.")
    assert loops.waiting(desk) == ()
    (row,) = loops.of_patient(desk, alex)
    assert (row.state, row.summary) == ("no_answer", "The patient declined the scan.")


def test_what_is_closed_takes_nothing_more(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path
) -> None:
    found = answer(desk, alex, mri, tmp_path)
    loops.sign_off(desk, mri, 1, "No tear.")
    loose = tmp_path / "late.pdf"
    loose.write_bytes(PDF)
    for act in (
        lambda: loops.chase(desk, mri, "phone", ""),
        lambda: loops.end(desk, mri, 2, "Again"),
        lambda: loops.keep(desk, mri, {"summary": "x"}),
        lambda: files.add(desk, alex, files.examine(loose), loop_id=mri),
    ):
        with pytest.raises(Locked):
            act()
    files.archive(desk, found)
    assert [one.id for one in loops.open_loop(desk, mri).files] == [found]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE loops SET summary = 'altered'",
        "DELETE FROM loops",
        "UPDATE files SET loop_id = NULL",
        "DELETE FROM files",
        "UPDATE file_pieces SET bytes = x'00'",
        "DELETE FROM file_contents",
        "UPDATE imaging_results SET conclusion = 'normal'",
        "DELETE FROM imaging_results",
        "DELETE FROM loop_chases",
    ],
)
def test_the_database_itself_keeps_what_is_signed_off(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path, statement: str
) -> None:
    answer(desk, alex, mri, tmp_path)
    loops.chase(desk, mri, "phone", "")
    loops.sign_off(desk, mri, 1, "Partial tear.", REPORT)
    with pytest.raises(Locked), desk.store.unit(desk.actor.id) as unit:
        unit.session.execute(text(statement))


def test_two_windows_cannot_close_the_same_request_twice(desk: Desk, mri: UUID) -> None:
    loops.end(desk, mri, 1, "Done elsewhere.")
    with pytest.raises((EditConflict, Locked)):
        loops.end(desk, mri, 1, "Also.")


def test_archiving_the_answer_makes_the_request_wait_again_and_undo_brings_it_back(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path
) -> None:
    found = answer(desk, alex, mri, tmp_path)
    was = files.archive(desk, found)
    assert (was, only(desk).state) == (mri, "waiting")
    files.restore(desk, found, was)
    assert only(desk).state == "unread"


def test_a_file_that_is_there_already_can_be_the_answer(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "reply.pdf"
    path.write_bytes(PDF)
    found = files.add(desk, alex, files.examine(path)).id
    loops.attach(desk, mri, found)
    assert only(desk).state == "unread"
    sam = patients.register(desk, patients.PatientDetails("Sample", "Sam"))
    other = files.add(desk, sam, files.examine(path)).id
    with pytest.raises(NotFound):
        loops.attach(desk, mri, other)


def test_dropping_a_known_file_onto_a_request_makes_it_the_answer(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "reply.pdf"
    path.write_bytes(PDF)
    before = files.add(desk, alex, files.examine(path))
    again = files.add(desk, alex, files.examine(path), loop_id=mri)
    assert (again.id, again.before) == (before.id, True)
    assert only(desk).state == "unread"


def test_what_is_typed_about_an_answer_survives(desk: Desk, mri: UUID) -> None:
    loops.keep(desk, mri, {"summary": "Half a sent"})
    assert loops.open_loop(desk, mri).draft == {"summary": "Half a sent"}
    loops.end(desk, mri, 1, "Cancelled.")
    assert loops.open_loop(desk, mri).draft == {}


# What imaging showed

REPORT = ImagingDetails(
    "mri",
    date(2026, 2, 3),
    Side.LEFT,
    "posterior thigh",
    conclusion="partial_tear",
    bamic="2b",
    munich="3b",
    tendon="none",
    length_mm=72,
)


def reported(desk: Desk, alex: UUID, mri: UUID, tmp_path: Path, **more: object) -> None:
    answer(desk, alex, mri, tmp_path)
    row = only(desk)
    details = replace(REPORT, **more)  # type: ignore[arg-type]
    loops.sign_off(desk, mri, row.version, "Partial tear 2b.", details)


def test_a_report_comes_into_the_next_evaluation_with_its_source(
    desk: Desk, alex: UUID, strain: UUID, mri: UUID, tmp_path: Path, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN)
    clock.move(days=1)
    reported(desk, alex, mri, tmp_path)
    clock.move(days=6)
    view = visits.open_visit(desk, visits.start(desk, strain))
    held = view.content.carried
    source = "report of 03 Feb 2026"
    for item, value in (
        ("imaging_report", "partial_tear"),
        ("mri_bamic", "2b"),
        ("munich_class", "3b"),
        ("mri_date", "2026-02-03"),
    ):
        assert (held[item].value, held[item].fact, held[item].source) == (value, True, source)
    assert "us_grade" not in held
    assert not {"imaging_report", "mri_bamic"} & set(view.content.answers)
    content = visits.write_into_note(desk, view, view.content)
    assert "From the report of 03 Feb 2026, not asked again" in "\n".join(
        (content.note.subjective, content.note.objective, content.note.assessment)
    )


def test_a_report_that_comes_during_a_visit_stands_in_it_too(
    desk: Desk, alex: UUID, strain: UUID, mri: UUID, tmp_path: Path
) -> None:
    visit = visits.start(desk, strain)
    mine = {"mri_bamic": "1a", "imaging_report": "partial_tear"}
    visits.keep(desk, visit, visits.VisitContent(answers=mine))
    reported(desk, alex, mri, tmp_path)
    content = visits.open_visit(desk, visit).content
    assert dict(content.answers) == mine
    assert content.carried["munich_class"].value == "3b"
    assert content.standing["mri_bamic"] == "1a"


def test_what_was_signed_after_the_report_came_stands(
    desk: Desk, alex: UUID, strain: UUID, mri: UUID, tmp_path: Path, clock: Clock
) -> None:
    reported(desk, alex, mri, tmp_path)
    clock.move(days=1)
    evaluated(desk, strain, STRAIN | {"imaging_report": "partial_tear", "mri_bamic": "3a"})
    clock.move(days=7)
    held = visits.open_visit(desk, visits.start(desk, strain)).content.carried
    assert (held["mri_bamic"].value, held["mri_bamic"].source) == ("3a", "")
    assert held["munich_class"].source == "report of 03 Feb 2026"


def test_a_report_about_the_other_side_is_kept_and_never_used(
    desk: Desk, alex: UUID, strain: UUID, mri: UUID, tmp_path: Path
) -> None:
    reported(desk, alex, mri, tmp_path, side=Side.RIGHT)
    (result,) = loops.open_loop(desk, mri).results
    assert result.other_side
    assert visits.open_visit(desk, visits.start(desk, strain)).content.carried == {}


def test_the_newest_study_answers_and_older_ones_fill_what_it_leaves(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    imaging_results.record(
        desk,
        strain,
        ImagingDetails(
            "ultrasound", date(2026, 1, 28), Side.LEFT, conclusion="normal", peetrons="0"
        ),
    )
    imaging_results.record(desk, strain, REPORT)
    held = visits.open_visit(desk, visits.start(desk, strain)).content.carried
    assert held["imaging_report"].value == "partial_tear"
    assert (held["us_grade"].value, held["us_grade"].source) == ("0", "report of 28 Jan 2026")
    assert held["us_date"].value == "2026-01-28"


def test_a_correction_counts_instead_of_what_it_corrects(desk: Desk, strain: UUID) -> None:
    first = imaging_results.record(desk, strain, REPORT)
    imaging_results.record(desk, strain, replace(REPORT, bamic="2c"), corrects=first)
    held = visits.open_visit(desk, visits.start(desk, strain)).content.carried
    assert held["mri_bamic"].value == "2c"
    with pytest.raises(ClinicError):
        imaging_results.record(desk, strain, REPORT, corrects=first)


def test_a_report_is_said_in_one_line(desk: Desk, strain: UUID) -> None:
    imaging_results.record(desk, strain, replace(REPORT, retraction_mm=5))
    with desk.store.reading() as session:
        (view,) = imaging_results.of_case(desk, session, charts.case(session, strain))
    assert view.line.startswith("MRI of 03 Feb 2026, left, posterior thigh: Partial tear; ")
    assert view.line.endswith("tendon: not involved; 7.2 cm long; retracted by 0.5 cm")


def test_a_report_that_cannot_be_is_refused_by_field(desk: Desk, strain: UUID) -> None:
    wrong = ImagingDetails("ultrasound", None, None, bamic="2b", peetrons="9", length_mm=900)
    with pytest.raises(InvalidInput) as refused:
        imaging_results.record(desk, strain, wrong)
    assert set(refused.value.fields) == {"studied_on", "side", "bamic", "peetrons", "length_mm"}
    with pytest.raises(InvalidInput, match="what the report says"):
        imaging_results.record(
            desk, strain, ImagingDetails("mri", date(2026, 2, 3), Side.LEFT, tendon="none")
        )


def test_a_refused_report_signs_nothing_off(
    desk: Desk, alex: UUID, mri: UUID, tmp_path: Path
) -> None:
    answer(desk, alex, mri, tmp_path)
    with pytest.raises(InvalidInput):
        loops.sign_off(desk, mri, 1, "Seen", replace(REPORT, studied_on=None))
    assert only(desk).state == "unread"
