"""Set-up, unlocking, cases and contacts."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import AccessDenied, EditConflict, InvalidInput, Locked
from clinic_desk.library import Library
from clinic_desk.usecases import cases, contacts, patients, practice, visits
from clinic_desk.usecases.desk import Desk
from tests.support.records import PASSPHRASE, QUICK


def test_the_unlock_page_needs_neither_sql_nor_reportlab_nor_jinja() -> None:
    heavy = ("sqlalchemy", "pydantic", "reportlab", "jinja2", "alembic", "psycopg", "pypdfium2")
    code = (
        "import sys; import clinic_desk.usecases.practice; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "clinician", "passphrase", "field"),
    [
        ("", "Dana Demo", PASSPHRASE, "name"),
        ("Practice", " ", PASSPHRASE, "clinician"),
        ("Practice", "Dana Demo", "short", "passphrase"),
    ],
)
def test_a_set_up_that_cannot_be_taken_leaves_no_file(
    tmp_path: Path, name: str, clinician: str, passphrase: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        practice.set_up(
            tmp_path / "x",
            Library(),
            practice.PracticeDetails(name),
            practice.ClinicianDetails(clinician),
            passphrase,
            kdf=QUICK,
        )
    assert list(refused.value.fields) == [field]
    assert not practice.is_set_up(tmp_path / "x")


def test_a_practice_opens_with_its_passphrase_and_with_its_recovery_code(tmp_path: Path) -> None:
    folder, library = tmp_path / "p", Library()
    desk, code = practice.set_up(
        folder,
        library,
        practice.PracticeDetails("Example Street Physiotherapy"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        kdf=QUICK,
    )
    desk.store.close()
    assert practice.is_set_up(folder)
    with pytest.raises(AccessDenied):
        practice.unlock(folder, library, "another one")
    again = practice.unlock(folder, library, PASSPHRASE)
    assert again.actor.name == "Dana Demo"
    again.store.close()
    saved = practice.unlock_with_recovery(folder, library, code, "a new passphrase")
    practice.change_passphrase(saved, folder, "a new passphrase", "yet another one")
    saved.store.close()
    last = practice.unlock(folder, library, "yet another one")
    assert last.store.verify_audit() is None
    last.store.close()


def test_the_recovery_sheet_holds_the_code(desk: Desk, tmp_path: Path) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    pdf = practice.recovery_sheet(desk, "ABCD-EFGH", tmp_path)
    assert "ABCD-EFGH" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_a_corrected_letterhead_is_seen_and_needs_the_newest_version(desk: Desk) -> None:
    seen = practice.view(desk)
    changed = replace(seen.practice, paper="letter")
    practice.correct(desk, seen.version, changed, seen.clinician)
    assert practice.view(desk).practice.paper == "letter"
    with pytest.raises(EditConflict):
        practice.correct(desk, seen.version, changed, seen.clinician)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (cases.CaseDetails(" "), "title"),
        (cases.CaseDetails("strain", onset_on=date(2026, 2, 4)), "onset_on"),
        (cases.CaseDetails("strain", onset_on=date(1991, 6, 13)), "onset_on"),
        (cases.CaseDetails("strain", protocol="shoulder"), "protocol"),
        (cases.CaseDetails("x" * 300), "title"),
    ],
)
def test_a_case_that_cannot_be_is_refused_by_field(
    desk: Desk, alex: UUID, details: cases.CaseDetails, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        cases.open_case(desk, alex, details)
    assert list(refused.value.fields) == [field]


def test_a_case_closes_with_an_outcome_once_no_visit_is_open(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    with pytest.raises(Locked):
        cases.close_case(desk, strain, "Recovered")
    visits.discard(desk, visit)
    with pytest.raises(InvalidInput):
        cases.close_case(desk, strain, " ")
    cases.close_case(desk, strain, "Recovered")
    with pytest.raises(Locked):
        visits.start(desk, strain)


def test_a_patient_may_have_several_cases_each_with_its_side(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    ankle = cases.open_case(desk, alex, cases.CaseDetails("ankle sprain", Side.RIGHT))
    seen = patients.open_file(desk, alex, strain)
    assert {row.id: row.side for row in seen.cases} == {strain: Side.LEFT, ankle: Side.RIGHT}
    assert seen.banner.case_id == strain
    assert patients.banner(desk, alex).case_id == ankle


def test_contacts_are_found_by_name_or_place_with_those_of_the_role_first(
    desk: Desk, surgeon: UUID
) -> None:
    gp = contacts.add(desk, contacts.ContactDetails("Dr Pat Sample", "Dr Sample", "gp"))
    assert [row.id for row in contacts.listed(desk, "sample", "orthopaedics")] == [surgeon, gp]
    assert [row.id for row in contacts.listed(desk, "TRAUMA")] == [surgeon]
    with pytest.raises(InvalidInput):
        contacts.add(desk, contacts.ContactDetails("", role="king"))
    row = contacts.listed(desk, "pat")[0]
    contacts.correct(desk, gp, row.version, replace(row.details, phone="555-0160"))
    with pytest.raises(EditConflict):
        contacts.correct(desk, gp, row.version, row.details)
