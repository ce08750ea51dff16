"""A desk on a real encrypted file, with a clock that a test can move."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.library import Library
from clinic_desk.storage import Store
from clinic_desk.usecases import cases, clinic_library, contacts, patients, practice
from clinic_desk.usecases.desk import Actor, Desk
from tests.support.records import PASSPHRASE, QUICK


@dataclass
class Clock:
    """The time at the desk."""

    at: datetime = field(default_factory=lambda: datetime(2026, 2, 3, 10, 24, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library()


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory, library: Library) -> tuple[Path, Actor]:
    """A closed practice in which nothing happened yet; every desk sits at a copy of it."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    opened, _ = practice.set_up(
        folder,
        library,
        practice.PracticeDetails(
            name="Example Street Physiotherapy",
            subtitle="Physiotherapy and rehabilitation",
            address="12 Example Street\nSampletown EX1 2MP",
            phone="555-0100",
            email="desk@clinic.example",
        ),
        practice.ClinicianDetails("Dana Demo", "physiotherapist", "PH-EXAMPLE-01"),
        PASSPHRASE,
        kdf=QUICK,
    )
    opened.store.close()
    return folder, opened.actor


@pytest.fixture
def desk(
    tmp_path: Path, clock: Clock, library: Library, made_practice: tuple[Path, Actor]
) -> Iterator[Desk]:
    folder, actor = made_practice
    store = Store.open(copytree(folder, tmp_path / "practice"), PASSPHRASE)
    yield Desk(store, clinic_library.of(store, library), actor, now=clock)
    store.close()


@pytest.fixture
def alex(desk: Desk) -> UUID:
    return patients.register(
        desk,
        patients.PatientDetails(
            "Example",
            "Alex",
            birth_date=date(1991, 6, 14),
            sex=Sex.FEMALE,
            phone="555-0142",
            address="7 Sample Lane\nSampletown EX1 4AB",
            allergies="zinc-oxide tape",
            consent_on=date(2026, 1, 23),
        ),
    )


@pytest.fixture
def strain(desk: Desk, alex: UUID) -> UUID:
    return cases.open_case(
        desk,
        alex,
        cases.CaseDetails(
            "hamstring strain", Side.LEFT, onset_on=date(2026, 1, 21), goal="Parkrun, 25 Apr 2026"
        ),
    )


@pytest.fixture
def surgeon(desk: Desk) -> UUID:
    return contacts.add(
        desk,
        contacts.ContactDetails(
            "Dr Robin Sample",
            "Dr Sample",
            "orthopaedics",
            "Orthopaedic Trauma and Sports Injury Clinic",
            "Sample General Hospital\n1 Hospital Way\nSampletown EX2 3QS",
        ),
    )
