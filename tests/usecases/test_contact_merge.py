"""Duplicates: offered, merged field by field, parted again; issued letters never change."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.errors import EditConflict, Locked
from clinic_desk.usecases import address_book, case_contacts, contact_merge, contacts
from clinic_desk.usecases.address_book import Address, Entry, Phone
from clinic_desk.usecases.desk import Desk

ONE = Entry(
    "Jörg Müller",
    "Dr",
    role="gp",
    addresses=(Address("postal", "Weg 1", "10115", "Berlin"),),
    phones=(Phone("+49 30 901820", "work"),),
    note="first",
)
OTHER = Entry(
    "Joerg Mueller",
    role="orthopaedics",
    organisation="Klinik",
    addresses=(Address("visiting", "Platz 2"),),
    phones=(Phone("+49 30 901820"), Phone("+49 30 901821")),
    email="j@klinik.example",
    note="second",
)


@pytest.fixture
def pair(desk: Desk) -> contact_merge.Pair:
    address_book.save(desk, ONE)
    address_book.save(desk, Entry("Somebody Else", phones=(Phone("1"),)))
    address_book.save(desk, OTHER)
    (found,) = contact_merge.pairs(desk)
    return found


def test_entries_that_may_be_one_are_offered_once(pair: contact_merge.Pair) -> None:
    assert (pair.one.entry.name, pair.other.entry.name) == (ONE.name, OTHER.name)
    assert pair.why == "name"


def test_two_that_are_held_apart_are_not_offered_again(
    desk: Desk, pair: contact_merge.Pair
) -> None:
    contact_merge.keep_apart(desk, pair)
    contact_merge.keep_apart(desk, pair)
    assert contact_merge.pairs(desk) == ()


def test_the_fields_are_chosen_one_by_one(pair: contact_merge.Pair) -> None:
    choices = contact_merge.proposed(pair)
    assert choices == {
        "title": "one",
        "name": "one",
        "role": "one",
        "organisation": "other",
        "postal": "one",
        "visiting": "other",
        "phones": "both",
        "email": "other",
        "note": "both",
    }
    made = contact_merge.combined(pair, choices | {"role": "other"})
    assert made == replace(
        ONE,
        role="orthopaedics",
        organisation="Klinik",
        addresses=(*ONE.addresses, *OTHER.addresses),
        phones=(*pair.one.entry.phones, pair.other.entry.phones[1]),
        email="j@klinik.example",
        note="first\nsecond",
    )


def test_a_merge_leads_cases_to_the_winner_and_can_be_taken_back(
    desk: Desk, pair: contact_merge.Pair, strain: UUID
) -> None:
    case_contacts.put(desk, strain, pair.other.id, "gp")
    case_contacts.put(desk, strain, pair.one.id, "gp")
    merged = contact_merge.merge(desk, pair, contact_merge.proposed(pair))
    assert [row.contact_id for row in case_contacts.of_case(desk, strain)] == [pair.one.id]
    assert [row.id for row in contacts.listed(desk, "muller")] == [pair.one.id]
    assert contact_merge.pairs(desk) == ()
    uses = address_book.uses(desk, pair.one.id)
    assert [(one.name, one.won) for one in uses.merges] == [("Joerg Mueller", True)]
    assert len(uses.cases) == 2
    with pytest.raises(Locked, match="merged"):
        address_book.restore(desk, pair.other.id)
    assert contact_merge.part(desk, merged) is True
    assert address_book.open_entry(desk, pair.one.id).entry == pair.one.entry
    assert address_book.open_entry(desk, pair.other.id).archived_at is None
    assert len(case_contacts.of_case(desk, strain)) == 2
    with pytest.raises(Locked):
        contact_merge.part(desk, merged)
    contact_merge.merge(desk, contact_merge.pairs(desk)[0], {})  # and once more


def test_a_winner_that_was_changed_since_stays_as_it_is(
    desk: Desk, pair: contact_merge.Pair
) -> None:
    merged = contact_merge.merge(desk, pair, {})
    row = address_book.open_entry(desk, pair.one.id)
    address_book.save(desk, replace(row.entry, note="newer"), row.id, row.version)
    assert contact_merge.part(desk, merged) is False
    assert address_book.open_entry(desk, pair.one.id).entry.note == "newer"
    assert address_book.open_entry(desk, pair.other.id).archived_at is None


def test_nothing_is_merged_over_somebody_elses_change(desk: Desk, pair: contact_merge.Pair) -> None:
    address_book.save(desk, replace(OTHER, note="x"), pair.other.id, pair.other.version)
    with pytest.raises(EditConflict):
        contact_merge.merge(desk, pair, {})
    assert address_book.open_entry(desk, pair.one.id).entry == pair.one.entry
