"""The contacts of a case: set once, first in its letters, taken out without a trace in the book."""

from uuid import UUID

import pytest

from clinic_desk.errors import InvalidInput, NotFound
from clinic_desk.usecases import address_book, case_contacts, cases, contacts
from clinic_desk.usecases.address_book import Entry
from clinic_desk.usecases.desk import Desk


@pytest.fixture
def doctor(desk: Desk) -> UUID:
    return address_book.save(desk, Entry("Pat Zample", "Dr", role="gp")).id


def test_a_cases_own_contacts_come_first_when_a_recipient_is_chosen(
    desk: Desk, strain: UUID, surgeon: UUID, doctor: UUID
) -> None:
    address_book.save(desk, Entry("Aa Early", role="gp"))
    case_contacts.put(desk, strain, surgeon, "surgeon")
    case_contacts.put(desk, strain, doctor, "gp")
    rows = contacts.listed(desk, role="gp", case_id=strain)
    assert [(row.details.name, row.part) for row in rows] == [
        ("Dr Pat Zample", "gp"),
        ("Dr Robin Sample", "surgeon"),
        ("Aa Early", ""),
    ]
    assert next(row.details.name for row in contacts.listed(desk, role="gp")) == "Aa Early"


def test_a_part_is_given_once_and_taken_out_again(desk: Desk, strain: UUID, doctor: UUID) -> None:
    case_contacts.put(desk, strain, doctor, "gp")
    case_contacts.put(desk, strain, doctor, "gp")
    (row,) = case_contacts.of_case(desk, strain)
    assert (row.name, row.part) == ("Dr Pat Zample", "gp")
    assert [one.part for one in address_book.uses(desk, doctor).cases] == ["gp"]
    case_contacts.take_out(desk, row.link_id)
    assert case_contacts.of_case(desk, strain) == ()
    assert address_book.uses(desk, doctor).nowhere
    with pytest.raises(NotFound):
        case_contacts.take_out(desk, row.link_id)


def test_a_part_that_is_none_and_a_contact_that_is_gone_are_refused(
    desk: Desk, strain: UUID, doctor: UUID
) -> None:
    with pytest.raises(InvalidInput):
        case_contacts.put(desk, strain, doctor, "king")
    with pytest.raises(NotFound):
        case_contacts.put(desk, strain, strain, "gp")


def test_who_sent_the_patient_is_among_the_contacts_of_the_case(
    desk: Desk, alex: UUID, doctor: UUID
) -> None:
    case = cases.open_case(desk, alex, cases.CaseDetails("calf strain", referrer_id=doctor))
    (row,) = case_contacts.of_case(desk, case)
    assert (row.part, row.role, row.link_id) == ("referrer", "gp", None)
    assert contacts.listed(desk, case_id=case)[0].part == "referrer"
