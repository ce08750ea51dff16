"""The address book: whole entries, found, archived, told where they are used."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.errors import EditConflict, InvalidInput
from clinic_desk.exchange.contact_entry import Address, Entry, Phone
from clinic_desk.usecases import address_book, contacts
from clinic_desk.usecases.desk import Desk

WHOLE = Entry(
    name="Zoë Łukasiewicz",
    title="Dr",
    salutation="Dr Łukasiewicz",
    role="vascular",
    organisation="Sample Vascular Centre",
    addresses=(
        Address("postal", "PO Box 4", "10115", "Berlin", "Germany"),
        Address("visiting", "Musterweg 1", "10117", "Berlin", "Germany"),
    ),
    phones=(Phone("030 901820", "work"), Phone("ext. 12 only", "inside")),
    fax="+49 30 901821",
    email="zoe@vascular.example",
    preferred="fax",
    note="Answers on Thursdays.",
)


def _found(desk: Desk, words: str, **more: object) -> list[str]:
    return [row.entry.name for row in address_book.find(desk, words, **more).rows]  # type: ignore[arg-type]


def test_an_entry_comes_back_whole_with_its_numbers_understood(desk: Desk) -> None:
    kept = address_book.save(desk, WHOLE)
    seen = address_book.open_entry(desk, kept.id).entry
    assert replace(seen, phones=(), fax="") == replace(WHOLE, phones=(), fax="")
    assert seen.phones == (
        Phone("+49 30 901820", "work", "4930901820"),
        Phone("ext. 12 only", "inside", "12"),
    )
    assert seen.postal == "PO Box 4\n10115 Berlin\nGermany"
    assert address_book.find(desk).total == 1


@pytest.mark.parametrize(
    "words", ["zoe lukasiewicz", "BERLIN zoë", "vascular dr", "030 9018", "+49 30", "lukas cent"]
)
def test_an_entry_is_found_by_words_in_any_order_and_without_accents(
    desk: Desk, words: str
) -> None:
    address_book.save(desk, WHOLE)
    address_book.save(desk, Entry("Somebody Else"))
    assert _found(desk, words) == [WHOLE.name]


def test_words_that_nobody_has_and_signs_that_cannot_be_read_find_nobody(desk: Desk) -> None:
    address_book.save(desk, WHOLE)
    assert _found(desk, "zoe nobody") == []
    assert _found(desk, "%") == []


def test_the_book_is_in_the_order_of_names_without_titles(desk: Desk) -> None:
    for name in ("Dr Beta", "alpha", "Prof Dr Gamma"):
        address_book.save(desk, Entry(name))
    assert _found(desk, "") == ["alpha", "Dr Beta", "Prof Dr Gamma"]


def test_a_role_filters_and_an_archived_entry_is_listed_apart(desk: Desk) -> None:
    one = address_book.save(desk, WHOLE)
    address_book.save(desk, Entry("A GP"))
    assert _found(desk, "", role="vascular") == [WHOLE.name]
    address_book.archive(desk, one.id)
    assert _found(desk, "") == ["A GP"]
    assert _found(desk, "", archived=True) == [WHOLE.name]
    assert [row.details.name for row in contacts.listed(desk)] == ["A GP"]
    address_book.restore(desk, one.id)
    assert _found(desk, "zoe") == [WHOLE.name]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(""), "name"),
        (Entry("x" * 300), "name"),
        (Entry("A", role="king"), "role"),
        (Entry("A", email="no at sign"), "email"),
        (Entry("A", preferred="pigeon"), "preferred"),
        (Entry("A", addresses=(Address("postal", town="t" * 201),)), "postal.town"),
        (Entry("A", phones=(Phone("1" * 201),)), "phones"),
        (Entry("A", phones=(Phone("1"),) * 9), "phones"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(desk: Desk, entry: Entry, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        address_book.save(desk, entry)
    assert list(refused.value.fields) == [field]
    assert address_book.find(desk).total == 0


@pytest.mark.parametrize(
    "name", ["<b>Bold</b> & Co", "=cmd|' /C calc'!A0", "أحمد المثال", "{{ 7*7 }}", "'; DROP TABLE"]
)
def test_hostile_names_stay_text(desk: Desk, name: str) -> None:
    kept = address_book.save(desk, Entry(name))
    assert address_book.open_entry(desk, kept.id).entry.name == name


def test_half_a_surrogate_pair_and_a_turned_name_are_made_safe(desk: Desk) -> None:
    kept = address_book.save(desk, Entry("Dr \ud800Ro\u202ebin"))
    assert kept.entry.name == "Dr Robin"


def test_of_two_who_change_an_entry_the_second_is_told(desk: Desk) -> None:
    kept = address_book.save(desk, WHOLE)
    address_book.save(desk, replace(WHOLE, note="new"), kept.id, kept.version)
    with pytest.raises(EditConflict):
        address_book.save(desk, replace(WHOLE, note="other"), kept.id, kept.version)


def test_the_short_form_of_a_letter_leaves_the_rest_of_an_entry_whole(desk: Desk) -> None:
    kept = address_book.save(desk, WHOLE)
    row = contacts.listed(desk, "zoe")[0]
    assert (row.details.name, row.details.phone) == ("Dr Zoë Łukasiewicz", "+49 30 901820")
    assert row.details.address == kept.entry.postal
    contacts.correct(desk, kept.id, row.version, replace(row.details, email="new@vascular.example"))
    after = address_book.open_entry(desk, kept.id).entry
    assert after == replace(kept.entry, email="new@vascular.example")
    contacts.correct(desk, kept.id, 2, replace(row.details, address="5 New Road"))
    assert address_book.open_entry(desk, kept.id).entry.addresses == (
        Address("postal", "5 New Road"),
        WHOLE.addresses[1],
    )


def test_an_entry_tells_where_it_is_used(desk: Desk, strain: UUID, surgeon: UUID) -> None:
    assert address_book.uses(desk, surgeon).nowhere
