"""Who may be registered already is named with what speaks for it; strangers are not."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clinic_desk.usecases import likeness, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import Identifier, OtherName, OtherPhone, PatientDetails

ANNA = PatientDetails(
    "Kowalska",
    "Anna Maria",
    preferred_name="Ania",
    birth_date=date(1986, 3, 4),
    phone="+48 600 100 200",
    names=(OtherName("Nowak", "Anna"),),
    identifiers=(Identifier("Insurer", "H-22 31"),),
    phones=(OtherPhone("555-0999"),),
)


@pytest.fixture
def anna(desk: Desk) -> UUID:
    for family, given in (("Kowalski", "Jan"), ("Adamska", "Anna"), ("Kowal", "Piotr")):
        patients.register(desk, PatientDetails(family, given, birth_date=date(1986, 7, 9)))
    return patients.register(desk, ANNA)


@pytest.mark.parametrize(
    ("typed", "same", "near"),
    [
        (PatientDetails("Kowalska", "Anna Maria"), ("family name", "given name"), ()),
        (PatientDetails("KOWALSKA", "Maria Anna"), ("family name",), ("given name",)),
        (PatientDetails("Kowalska", "Ania"), ("family name", "given name"), ()),
        (
            PatientDetails("Kowalksa", "Ana Maria", birth_date=date(1986, 3, 4)),
            ("birth date",),
            ("family name", "given name"),
        ),
        (
            PatientDetails("Kowalska", "Anna Maria", birth_date=date(1986, 4, 3)),
            ("family name", "given name"),
            ("birth date",),
        ),
        (
            PatientDetails("Kowalska", "Anna Maria", birth_date=date(1968, 3, 4)),
            ("family name", "given name"),
            ("birth date",),
        ),
        (PatientDetails("Anna Maria", "Kowalska"), (), ("names the other way round",)),
        (
            PatientDetails("Nowak", "Anna", birth_part="1986"),
            ("family name", "given name"),
            ("birth date",),
        ),
        (
            PatientDetails("Married", "Anna Maria", birth_date=date(1986, 3, 4)),
            ("given name", "birth date"),
            (),
        ),
        (PatientDetails("Kowalska", "", phone="555-0999"), ("family name", "phone"), ()),
        (PatientDetails("X", "", identifiers=(Identifier("Other", "h2231"),)), ("number",), ()),
    ],
)
def test_what_matches_is_named(
    desk: Desk, anna: UUID, typed: PatientDetails, same: tuple[str, ...], near: tuple[str, ...]
) -> None:
    found = likeness.alike(desk, typed)
    assert [(one.row.id, one.same, one.near) for one in found] == [(anna, same, near)]


@pytest.mark.parametrize(
    "typed",
    [
        PatientDetails("Kowalska", "Barbara"),
        PatientDetails("Kowalska", "Barbara", phone="+48 600 100 200"),  # a sister, one phone
        PatientDetails("Kowalska", "Anna Maria", birth_date=date(1950, 12, 30)),
        PatientDetails("Someone", "Else", birth_date=date(1986, 3, 4)),
        PatientDetails("Someone", "Else", phone="+48 600 100 200"),
        PatientDetails("", "Anna"),
        PatientDetails("\ud800\0", "🙂" * 50),
        PatientDetails("'; DROP TABLE patients --", "%_"),
    ],
)
def test_a_stranger_is_not_shown(desk: Desk, anna: UUID, typed: PatientDetails) -> None:
    assert likeness.alike(desk, typed) == ()


def test_a_twin_is_shown_because_only_the_person_can_tell(desk: Desk, anna: UUID) -> None:
    twin = replace(ANNA, given_name="Barbara", preferred_name="", identifiers=(), names=())
    (one,) = likeness.alike(desk, twin)
    assert one.same == ("family name", "birth date", "phone")
