"""Contacts outside a visit: kept, signed for ever, added to, and hidden with a closed part."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.errors import AccessDenied, ClinicError, InvalidInput
from clinic_desk.usecases import (
    charts,
    contact_entries,
    lockbox,
    note_layouts,
    patients,
    record_words,
    today,
    visits,
)
from clinic_desk.usecases.contact_entries import EntryContent
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note, VisitContent


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


def test_an_unsigned_contact_stands_on_today(desk: Desk, alex: UUID, strain: UUID) -> None:
    contact_entries.keep(desk, strain, call(desk))
    (need,) = [one for one in today.today(desk).needs if one.kind == "contact_draft"]
    assert (need.case_id, need.detail) == (
        strain,
        "Call or message not signed: Left hamstring strain",
    )
    lockbox.close_part(desk, alex, lockbox.CASE, strain, "Asked for")
    (need,) = [one for one in today.today(desk).needs if one.kind == "contact_draft"]
    assert need.detail == f"Call or message not signed: {lockbox.CLOSED_CASE}"


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


def test_the_printed_record_has_contacts_addenda_and_a_note_under_its_own_headings(
    desk: Desk, alex: UUID, strain: UUID, clock
) -> None:
    layout = note_layouts.made("Short", (("How it went", "subjective"), ("Next", "plan")))
    layout = note_layouts.filled(layout, {"subjective": "Better.", "plan": "Go on."})
    visit = visits.start(desk, strain, "follow_up")
    visits.sign(desk, visit, VisitContent(layout=layout))
    visits.add_addendum(desk, visit, "Left, not right.")
    content = call(desk)
    clock.move(days=1)
    entry = contact_entries.sign(desk, strain, content)
    contact_entries.add_addendum(desk, entry, "Sent today.")
    visits.keep(desk, visits.start(desk, strain, "follow_up"), VisitContent(Note("Half typed.")))
    with desk.store.reading() as session:
        sections = record_words.whole(session, desk.library, charts.patient(session, alex))
    said = "\n".join(
        f"{lead} {text}" for one in sections for lead, text in one.paragraphs
    )  # fmt: skip
    for words in (
        "How it went: Better.", "Next: Go on.", "Left, not right.", "Asks for the report.",
        "(late entry)", "Sent today.", "Half typed.",
    ):  # fmt: skip
        assert words in said
