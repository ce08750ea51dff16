"""Contacts through vCard and CSV: whole, in any version and encoding, or refused with the place."""

import time
from dataclasses import replace

import pytest

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import contacts_csv, csv_tables, vcards
from clinic_desk.exchange.contact_entry import Address, Entry, Phone

WHOLE = Entry(
    name="Zoë Łukasiewicz",
    title="Dr",
    role="vascular",
    organisation="Centre; North, and <b>South</b> & Co",
    addresses=(
        Address("postal", "PO Box 4\nBack door", "10115", "Berlin", "Germany"),
        Address("visiting", "Musterweg 1", "10117", "Berlin", "Germany"),
    ),
    phones=(Phone("+49 30 901820"), Phone("0171 555"), Phone("555-0161")),
    fax="+49 30 901821",
    email="zoe@vascular.example",
    preferred="fax",
    note="Answers on Thursdays;\nask for Zoë, please: \\n is no break",
)
HOSTILE = ("=cmd|' /C calc'!A0", "<b>&amp;</b>", "أحمد المثال", "a\u202eb", "{{ 7*7 }}", "'quoted'")


def _card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def _one(data: bytes) -> Entry:
    (read,) = vcards.read(data)
    assert read.entry is not None, read.refused
    return read.entry


@pytest.mark.parametrize("version", vcards.WRITTEN)
def test_a_vcard_that_was_written_is_read_back_whole(version: str) -> None:
    written = vcards.write([replace(WHOLE, salutation="")], version)
    assert f"VERSION:{version}".encode() in written
    assert all(len(line) <= 77 for line in written.split(b"\r\n"))
    labelled = tuple(replace(one, label="") for one in WHOLE.phones)
    assert _one(written) == replace(WHOLE, phones=labelled)


def test_what_of_a_card_has_no_room_is_named() -> None:
    data = _card(
        "FN:Dr Jo Sample",
        "N:Sample;Jo;;Dr;",
        "EMAIL:jo@example.org",
        "item1.EMAIL;TYPE=home:home@example.org",
        "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 70,
        " " + "B" * 70,
        "URL:https://example.org",
        "TEL;TYPE=fax:1",
        "TEL;TYPE=fax:2",
    )
    (read,) = vcards.read(data)
    assert read.told == (
        "not taken: photo, e-mail home@example.org, fax 2, web page https://example.org"
    )
    (plain,) = vcards.read(_card("FN:Jo", "N:Jo;;;;", "EMAIL:jo@example.org", "ROLE:surgeon"))
    assert plain.told == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_goes_through_both_forms_unchanged(name: str) -> None:
    entry = Entry(name, role="other", note=name)
    assert _one(vcards.write([entry])).name == name
    table = csv_tables.read(contacts_csv.write([entry]))
    (read,) = contacts_csv.read(table, contacts_csv.guess(table))
    assert read.entry == entry


def test_half_a_surrogate_pair_cannot_break_an_export() -> None:
    assert b"Dr ?" in vcards.write([Entry("Dr \ud800")])
    assert "Dr ?" in contacts_csv.write([Entry("Dr \ud800")]).decode("utf-8-sig")


def test_a_vcard_of_version_2_1_with_quoted_printable_is_read() -> None:
    entry = _one(
        _card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr;",
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dr J=C3=B6rg M=C3=BC=",
            "ller",
            "TEL;WORK;VOICE:555-0100",
            "TEL;FAX:555-0101",
            "ADR;WORK:;;1 Way;Town;;EX1;Land",
            "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo",
            version="2.1",
        )
    )
    assert (entry.title, entry.name) == ("Dr", "Jörg Müller")
    assert (entry.phones, entry.fax) == ((Phone("555-0100", "work"),), "555-0101")
    assert entry.postal == "1 Way\nTown EX1\nLand"


def test_a_vcard_of_version_4_is_read() -> None:
    entry = _one(
        _card(
            "FN:Prof Ada Sample",
            "N:Sample;Ada;;Prof;",
            "ORG:Sample Hospital;Neurology",
            'TEL;VALUE=uri;PREF=2;TYPE="voice,work":tel:+49-30-123456',
            "TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+49-171-1",
            "item1.EMAIL;PREF=1:ada@hospital.example",
            "ADR;TYPE=work:;;Weg 1;Berlin;;10115;Germany",
            "NOTE:a\\nb\\;c",
            version="4.0",
        )
    )
    assert (entry.name, entry.role) == ("Ada Sample", "neurology")
    assert [one.label for one in entry.phones] == ["mobile", "work"]
    assert (entry.email, entry.note) == ("ada@hospital.example", "a\nb;c")


def test_a_bad_card_is_refused_with_its_place_and_costs_only_itself() -> None:
    data = (
        _card("FN:First")
        + _card("FN:Later", version="5.0")
        + _card("NOTE:nobody")
        + _card("FN:Last")
        + b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:cut off"
    )
    read = vcards.read(data)
    assert [one.entry.name if one.entry else one.refused for one in read] == [
        "First",
        "vCard 5.0 is not read; 2.1, 3.0 and 4.0 are",
        "the card has neither a name nor an organisation",
        "Last",
        "the card has no END",
    ]
    assert read[1].place == "card 2, line 5"


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_a_picture_of_ten_megabytes_is_dropped_unread(version: str) -> None:
    base64 = ["A" * 74] * 140_000
    folded = (base64[0], *(" " + line for line in base64[1:]))
    picture = base64 if version == "2.1" else folded
    first = "PHOTO;ENCODING=BASE64;TYPE=JPEG:" if version == "2.1" else "PHOTO;ENCODING=b:"
    data = _card("FN:Before", first + picture[0], *picture[1:], "", "TEL:555-0100", version=version)
    assert len(data) > 10_000_000
    begun = time.perf_counter()
    entry = _one(data)
    assert time.perf_counter() - begun < 5
    assert (entry.name, entry.phones) == ("Before", (Phone("555-0100"),))


def test_what_is_no_file_of_cards_is_refused() -> None:
    with pytest.raises(InvalidInput):
        vcards.read(b"Name,Phone\r\n")
    assert not vcards.looks_like(b"Name,Phone\r\n")
    assert vcards.looks_like("\ufeffbegin:vcard".encode())


def test_a_table_that_was_written_is_read_back_whole() -> None:
    table = csv_tables.read(contacts_csv.write([replace(WHOLE, phones=WHOLE.phones[:1])]))
    (read,) = contacts_csv.read(table, contacts_csv.guess(table))
    assert read.entry == replace(WHOLE, phones=WHOLE.phones[:1])


def test_no_cell_of_an_export_is_a_formula() -> None:
    text = contacts_csv.write([Entry("=1+1", note="@SUM(A1)", organisation="-2")]).decode()
    assert "'=1+1" in text
    assert "'@SUM(A1)" in text
    assert "'-2" in text


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "|")]
)
def test_columns_are_known_by_their_names_in_other_languages(encoding: str, delimiter: str) -> None:
    rows = (
        ("Titel", "Vorname", "Nachname", "Fachgebiet", "Straße", "PLZ", "Ort", "Telefon", "Zimmer"),
        ("Dr", "Jörg", "Müller", "Hausärztin", "Weg 1", "10115", "Köln", "0221 1", "5"),
    )
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    table = csv_tables.read(data)
    mapped = contacts_csv.guess(table)
    assert mapped.left_out(table) == ("Zimmer",)
    (read,) = contacts_csv.read(table, mapped)
    assert read.entry == Entry(
        "Jörg Müller",
        "Dr",
        role="gp",
        addresses=(Address("postal", "Weg 1", "10115", "Köln"),),
        phones=(Phone("0221 1"),),
    )


def test_a_row_without_a_name_and_a_ragged_row_are_refused_with_their_line() -> None:
    table = csv_tables.read(b"Name,Phone\nA,1\n,2\nB,3,4,5\n")
    read = contacts_csv.read(table, contacts_csv.guess(table))
    assert [one.place for one in read if one.entry is None] == ["line 3", "line 4"]
    assert contacts_csv.missing(contacts_csv.guess(csv_tables.read(b"Room,Day\nx,y\n")))


def test_commas_of_an_organisation_and_a_profile_line_are_no_part_of_its_name() -> None:
    lines = ("BEGIN:VCARD", "VERSION:2.1", "PROFILE:VCard", "N:Doe;Jo", "ORG:Firm, The;Ward")
    card = "\r\n".join((*lines, "END:VCARD", "")).encode()
    (one,) = vcards.read(card)
    assert one.entry is not None
    assert (one.entry.name, one.entry.organisation) == ("Jo Doe", "Firm, The, Ward")
