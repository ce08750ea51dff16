"""What the patient wants closed is hidden until it is opened with a reason, which is kept."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.errors import AccessDenied, InvalidInput, Locked
from clinic_desk.storage import lock_queries
from clinic_desk.usecases import (
    address_book,
    case_contacts,
    cases,
    exporting,
    files,
    letters,
    lockbox,
    papers,
    patients,
    programs,
    record_print,
    sendings,
    template_preview,
    today,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.program_content import ProgramContent


@pytest.fixture
def closed(desk: Desk, alex: UUID, strain: UUID) -> UUID:
    visits.start(desk, strain)
    letters.keep(desk, strain, letters.compose(desk, strain, "referral-gp"))
    return lockbox.close_part(desk, alex, lockbox.CASE, strain, "asked on 3 Feb")


def test_a_closed_case_is_in_no_list_no_preview_and_no_letter(
    desk: Desk, alex: UUID, strain: UUID, closed: UUID
) -> None:
    (row,) = patients.find(desk, "example")
    assert (row.open_case, row.last_visit) == ("", None)
    seen = patients.open_file(desk, alex, strain)
    assert [(case.title, case.goal, case.hidden) for case in seen.cases] == [
        (lockbox.CLOSED_CASE, "", True)
    ]
    assert (seen.journal, seen.banner.case_title, seen.banner.closed_parts) == ((), "", 1)
    assert letters.recent(desk) == ()
    on_today = today.today(desk)
    assert "hamstring" not in repr(on_today)
    assert [need.detail for need in on_today.needs if need.kind == "unsigned"] == [
        "A visit in a closed part, not signed"
    ]


def test_what_is_closed_refuses_every_way_in(desk: Desk, strain: UUID, closed: UUID) -> None:
    with desk.store.reading() as session:
        (visit,) = session.execute(text("SELECT id FROM visits")).scalars()
    for way_in in (
        lambda: visits.open_visit(desk, UUID(visit)),
        lambda: letters.compose(desk, strain, "referral-gp"),
        lambda: patients.case_banner(desk, strain),
    ):
        with pytest.raises(AccessDenied):
            way_in()


def test_neither_a_contact_nor_a_letter_template_names_a_closed_case(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    visits.start(desk, strain)
    case_contacts.put(desk, strain, surgeon, "surgeon")
    assert [one.case for one in address_book.uses(desk, surgeon).cases] == ["Left hamstring strain"]
    assert [one.id for one in template_preview.cases(desk)] == [strain]
    with desk.store.reading() as session:
        patient = session.execute(text("SELECT patient_id FROM cases")).scalar_one()
    lockbox.close_part(desk, UUID(patient), lockbox.CASE, strain, "")
    assert [one.case for one in address_book.uses(desk, surgeon).cases] == [lockbox.CLOSED_CASE]
    assert template_preview.cases(desk) == ()


def test_a_paper_a_program_and_a_draft_of_a_closed_case_are_refused_by_their_ids(
    desk: Desk, alex: UUID, strain: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, strain, "letter-free", surgeon)
    parts = tuple(replace(one, text="Words.") if one.required else one for one in draft.parts)
    paper = letters.issue(desk, strain, replace(draft, parts=parts)).id
    letters.keep(desk, strain, letters.compose(desk, strain, "referral-gp"))
    program = programs.prescribe(
        desk, strain, ProgramContent(lines=(programs.line_for(desk, strain, "s1_breath_brace"),))
    )
    ways_in: tuple[Callable[[], object], ...] = (
        lambda: letters.kept(desk, strain),
        lambda: visits.last_signed(desk, strain),
        lambda: programs.open_program(desk, program),
        lambda: programs.history(desk, strain),
        lambda: papers.open_document(desk, paper),
        lambda: sendings.story(desk, paper),
    )
    for way_in in ways_in:
        way_in()
    lockbox.close_part(desk, alex, lockbox.CASE, strain, "")
    for way_in in ways_in:
        with pytest.raises(AccessDenied):
            way_in()


def test_a_reason_opens_it_for_this_session_and_is_kept(
    desk: Desk, alex: UUID, strain: UUID, closed: UUID
) -> None:
    with pytest.raises(InvalidInput):
        lockbox.open_part(desk, closed, " \u200b ")
    lockbox.open_part(desk, closed, "Asked for a copy by the patient")
    assert patients.open_file(desk, alex, strain).cases[0].title == "hamstring strain"
    assert patients.find(desk, "example")[0].open_case == "Left hamstring strain"
    (kept,) = lockbox.openings(desk, alex)
    assert (kept.part, kept.by, kept.reason) == (
        "case", "Dana Demo", "Asked for a copy by the patient"
    )  # fmt: skip
    lockbox.shut_part(desk, closed)
    assert patients.open_file(desk, alex).cases[0].hidden
    assert desk.store.verify_audit() is None


def test_a_record_with_a_closed_part_is_handed_out_only_once_it_was_opened(
    desk: Desk, alex: UUID, closed: UUID, tmp_path: Path
) -> None:
    for kind in ("archive", "fhir"):
        with pytest.raises(AccessDenied):
            exporting.export(desk, tmp_path, alex, kind)
    with pytest.raises(AccessDenied):
        exporting.paper_out(desk, alex, record_print.summary, tmp_path / "summary.pdf")
    assert list(tmp_path.glob("clinic-desk*")) == []
    lockbox.open_part(desk, closed, "Asked for a copy by the patient")
    assert exporting.export(desk, tmp_path, alex).with_closed == 1


def test_the_practices_own_copy_holds_closed_parts_and_says_so(
    desk: Desk, closed: UUID, tmp_path: Path
) -> None:
    assert exporting.export(desk, tmp_path).plain()["with_closed_parts"] == 1


def test_who_looked_in_cannot_be_changed(desk: Desk, closed: UUID) -> None:
    lockbox.open_part(desk, closed, "Asked")
    with pytest.raises(Locked), desk.store.unit(desk.actor.id) as unit:
        unit.session.execute(text("UPDATE lock_openings SET reason = ''"))
        unit.audit("tamper", "patient")
        unit.commit()


def test_a_closed_history_is_not_seen_and_not_overwritten(desk: Desk, alex: UUID) -> None:
    seen = patients.open_file(desk, alex)
    version = patients.correct(desk, alex, seen.version, replace(seen.details, history="Private"))
    lock = lockbox.close_part(desk, alex, lockbox.HISTORY)
    hidden = patients.open_file(desk, alex).details
    assert (hidden.history, hidden.allergies) == ("", "zinc-oxide tape")
    patients.correct(desk, alex, version, replace(hidden, phone="555-0200"))
    lockbox.open_part(desk, lock, "Operation planned")
    assert patients.open_file(desk, alex).details.history == "Private"


def test_only_whoever_opened_it_lifts_it_and_then_all_see_it(
    desk: Desk, alex: UUID, strain: UUID, closed: UUID
) -> None:
    with pytest.raises(AccessDenied):
        lockbox.lift(desk, closed)
    lockbox.open_part(desk, closed, "The patient asked for it")
    lockbox.lift(desk, closed)
    lockbox.shut_part(desk, closed)
    assert not patients.open_file(desk, alex).cases[0].hidden
    assert patients.open_file(desk, alex).closed == ()


def test_closed_files_are_listed_and_opened_only_after_a_reason(
    desk: Desk, alex: UUID, strain: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(b"an old report")
    filed = files.add(desk, alex, files.examine(path)).id
    lock = lockbox.close_part(desk, alex, lockbox.FILES)
    assert files.listed(desk, alex) == ()
    with pytest.raises(AccessDenied):
        files.content(desk, filed)
    lockbox.open_part(desk, lock, "Compared with the new report")
    assert [one.id for one in files.listed(desk, alex)] == [filed]
    assert files.content(desk, filed) == b"an old report"


def test_a_part_is_closed_once_and_is_the_patients_own(
    desk: Desk, alex: UUID, strain: UUID, closed: UUID
) -> None:
    with pytest.raises(Locked):
        lockbox.close_part(desk, alex, lockbox.CASE, strain)
    with pytest.raises(InvalidInput):
        lockbox.close_part(desk, alex, lockbox.CASE)
    with pytest.raises(InvalidInput):
        lockbox.close_part(desk, alex, "everything")
    other = patients.register(desk, patients.PatientDetails("Other", ""))
    theirs = cases.open_case(desk, other, cases.CaseDetails("calf strain"))
    with pytest.raises(Locked):
        lockbox.close_part(desk, alex, lockbox.CASE, theirs)
    with desk.store.reading() as session:
        assert not lock_queries.is_hidden(session, alex, lockbox.FILES)
