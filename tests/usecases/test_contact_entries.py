"""Contacts outside a visit: kept, signed for ever, added to, and hidden with a closed part."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.errors import AccessDenied, ClinicError, InvalidInput
from clinic_desk.usecases import contact_entries, lockbox, patients
from clinic_desk.usecases.contact_entries import EntryContent
from clinic_desk.usecases.desk import Desk


def call(desk: Desk) -> EntryContent:
    return EntryContent("phone", "the GP", desk.now(), "Asks for the report.")


def test_a_draft_is_found_again_and_gone_once_it_is_signed(desk: Desk, strain: UUID) -> None:
    contact_entries.keep(desk, strain, replace(call(desk), text="Asks"))
    assert contact_entries.begin(desk, strain).content.text == "Asks"
    entry = contact_entries.sign(desk, strain, call(desk))
    view = contact_entries.open_entry(desk, entry)
    assert view.content == call(desk)
    assert (view.signed_by, view.late) == ("Dana Demo", False)
    assert contact_entries.begin(desk, strain).content.text == ""


def test_contacts_and_their_addenda_stand_in_the_journal(
    desk: Desk, alex: UUID, strain: UUID, clock
) -> None:
    content = call(desk)
    clock.move(days=1)
    entry = contact_entries.sign(desk, strain, content)
    clock.move(hours=1)
    contact_entries.add_addendum(desk, entry, "Sent today.")
    contact_entries.keep(desk, strain, call(desk))
    lines = [one for one in patients.open_file(desk, alex).journal if one.kind == "contact"]
    assert sorted((one.title, one.state) for one in lines) == [
        ("Addendum to: Phone call with the GP", "signed"),
        ("Contact being written", "draft"),
        ("Phone call with the GP", "signed"),
    ]
    assert any(one.summary.startswith("Late entry, signed") for one in lines)
    assert contact_entries.open_entry(desk, entry).late
    assert [one.text for one in contact_entries.open_entry(desk, entry).addenda] == ["Sent today."]


def test_what_cannot_be_signed_is_refused_by_field(desk: Desk, strain: UUID) -> None:
    for changes, field in (
        ({"kind": "smoke"}, "kind"),
        ({"with_whom": " "}, "with_whom"),
        ({"text": ""}, "text"),
        ({"text": "x" * 50_001}, "text"),
        ({"at": None}, "at"),
        ({"at": desk.now() + timedelta(minutes=1)}, "at"),
    ):
        with pytest.raises(InvalidInput) as refused:
            contact_entries.sign(desk, strain, replace(call(desk), **changes))
        assert list(refused.value.fields) == [field]


def test_a_signed_contact_cannot_be_changed_by_anybody(desk: Desk, strain: UUID) -> None:
    entry = contact_entries.sign(desk, strain, call(desk))
    contact_entries.add_addendum(desk, entry, "More.")
    for statement in (
        "UPDATE contact_entries SET text = 'x'",
        "DELETE FROM contact_addenda",
        "DELETE FROM contact_entries",
    ):
        with pytest.raises(ClinicError), desk.store.unit(desk.actor.id) as unit:
            unit.session.execute(text(statement))
            unit.audit("correct", "contact_entry")
            unit.commit()


def test_a_closed_part_hides_its_contacts(desk: Desk, alex: UUID, strain: UUID) -> None:
    entry = contact_entries.sign(desk, strain, call(desk))
    contact_entries.keep(desk, strain, call(desk))
    lockbox.close_part(desk, alex, "case", strain)
    with pytest.raises(AccessDenied):
        contact_entries.open_entry(desk, entry)
    with pytest.raises(AccessDenied):
        contact_entries.begin(desk, strain)
    assert all(one.kind != "contact" for one in patients.open_file(desk, alex).journal)


def test_a_discarded_draft_is_gone(desk: Desk, strain: UUID) -> None:
    contact_entries.keep(desk, strain, call(desk))
    contact_entries.discard(desk, strain)
    assert contact_entries.begin(desk, strain).kept_at is None
