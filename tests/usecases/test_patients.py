"""Registering, finding and opening patients."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from clinic_desk.errors import EditConflict, InvalidInput, NotFound
from clinic_desk.usecases import patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails


def test_patients_are_numbered_in_order(desk: Desk) -> None:
    for family in ("One", "Two"):
        patients.register(desk, PatientDetails(family, ""))
    assert [row.number for row in patients.find(desk, "")] == ["CD-00002", "CD-00001"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PatientDetails("  \u200e\u0000", "Alex"), "family_name"),
        (PatientDetails("Example", "Alex", birth_date=date(2026, 2, 4)), "birth_date"),
        (PatientDetails("Example", "Alex", birth_date=date(1890, 1, 1)), "birth_date"),
        (PatientDetails("x" * 201, "Alex"), "family_name"),
        (PatientDetails("Example", "Alex", alerts="x" * 20_000), "alerts"),
        (PatientDetails("Example", "Alex", consent_on=date(2027, 1, 1)), "consent_on"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_field(
    desk: Desk, details: PatientDetails, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        patients.register(desk, details)
    assert list(refused.value.fields) == [field]
    assert patients.find(desk, "") == ()


def test_an_unknown_birth_date_and_any_script_are_taken(desk: Desk) -> None:
    who = patients.register(desk, PatientDetails("المثال", "نور <b>&{{ x }}"))
    seen = patients.open_file(desk, who)
    assert (seen.details.family_name, seen.details.given_name) == ("المثال", "نور <b>&{{ x }}")
    assert seen.banner.age is None


def test_a_correction_needs_the_newest_version(desk: Desk, alex: UUID) -> None:
    seen = patients.open_file(desk, alex)
    changed = replace(seen.details, phone="555-0199")
    version = patients.correct(desk, alex, seen.version, changed)
    assert version > seen.version
    with pytest.raises(EditConflict):
        patients.correct(desk, alex, seen.version, seen.details)
    assert patients.open_file(desk, alex).details.phone == "555-0199"


def test_the_same_person_is_noticed_before_a_second_registration(desk: Desk, alex: UUID) -> None:
    twin = PatientDetails("EXÁMPLE", "A.", birth_date=date(1991, 6, 14))
    assert [row.id for row in patients.alike(desk, twin)] == [alex]
    assert patients.alike(desk, replace(twin, birth_date=date(1990, 1, 1))) == ()


@pytest.mark.parametrize("words", ["alex exa", "14.06.1991", "CD-00001", "555-0142"])
def test_a_patient_is_found_by_any_of_the_usual_ways(desk: Desk, strain: UUID, words: str) -> None:
    (row,) = patients.find(desk, words)
    assert (row.family_name, row.open_case) == ("Example", "Left hamstring strain")


def test_the_banner_shows_identity_side_day_and_allergy(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    seen = patients.banner(desk, alex)
    assert (seen.age, seen.case_title, seen.day) == (34, "Left hamstring strain", 13)
    assert (seen.allergies, seen.red_flag, seen.red_flag_text) == ("zinc-oxide tape", "", "")


def test_an_unknown_patient_is_not_found(desk: Desk, strain: UUID) -> None:
    with pytest.raises(NotFound):
        patients.open_file(desk, uuid4())


def test_every_write_is_in_the_audit_trail_and_its_chain_holds(desk: Desk, strain: UUID) -> None:
    assert desk.store.verify_audit() is None
