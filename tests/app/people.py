"""A closed practice with one invented patient, as the next start of the program finds it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.library import Library
from clinic_desk.usecases import cases, patients, practice, visits
from tests.support.records import PASSPHRASE, QUICK

FAMILY = "Quillfeather"  # a name that stands nowhere else
ALLERGY = "zinc-oxide tape"


def make_practice(folder: Path, library: Library) -> Path:
    desk, _code = practice.set_up(
        folder,
        library,
        practice.PracticeDetails(name="Example Street Physiotherapy"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        kdf=QUICK,
    )
    desk.store.close()
    return folder


def make_visit(folder: Path, library: Library) -> UUID:
    desk = practice.unlock(folder, library, PASSPHRASE)
    patient = patients.register(
        desk,
        patients.PatientDetails(
            FAMILY, "Alex", birth_date=date(1991, 6, 14), sex=Sex.FEMALE, allergies=ALLERGY
        ),
    )
    onset = (datetime.now(UTC) - timedelta(days=9)).date()
    case = cases.open_case(
        desk, patient, cases.CaseDetails("hamstring strain", Side.LEFT, onset_on=onset)
    )
    visit = visits.start(desk, case)
    visits.keep(desk, visit, visits.VisitContent(answers={"complaint": "sudden_injury"}))
    desk.store.close()
    return visit
