"""A contact between the database and what is shown: checked, written and read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from clinic_desk.exchange.contact_entry import (
    ADDRESS_KINDS,
    ROLES,
    WAYS,
    Address,
    Entry,
    Phone,
)
from clinic_desk.storage.base import new_id
from clinic_desk.storage.folding import fold, phone_digits
from clinic_desk.storage.models import Contact
from clinic_desk.usecases import phones, plain, typed

MOST = 8  # addresses or phones of one contact
# half a word before @ is enough to tell an address from a name; the mail program knows the rest
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_TITLES = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|miss|mx|sir|dame)\s+)+(?=\S)")
_TEXTS = ("name", "title", "salutation", "organisation", "fax", "email")


def checked(entry: Entry, region: str = "") -> Entry:
    """The entry as it can be kept. `region`: where a phone number without a prefix belongs.
    Raises InvalidInput.
    """
    cleaned = replace(
        entry,
        **{name: typed.line(getattr(entry, name)) for name in _TEXTS},
        note=typed.block(entry.note),
        addresses=tuple(a for a in map(_address, entry.addresses) if a.filled),
        phones=tuple(p for p in entry.phones if typed.line(p.number)),
    )
    abroad = next((a.country for a in cleaned.addresses if a.country), "")
    region = phones.region_of_country(abroad) or region
    cleaned = replace(cleaned, phones=tuple(_phone(one, region) for one in cleaned.phones))
    if cleaned.fax:
        cleaned = replace(cleaned, fax=phones.understood(cleaned.fax, region)[0])
    typed.refuse(_problems(cleaned))
    return cleaned


def _address(one: Address) -> Address:
    return Address(
        one.kind,
        typed.block(one.lines),
        *(typed.line(text) for text in (one.postcode, one.town, one.country)),
    )


def _phone(one: Phone, region: str) -> Phone:
    number = typed.line(one.number)
    shown, key = phones.understood(number, region)
    return Phone(shown, typed.line(one.label), key)


def _problems(entry: Entry) -> dict[str, str]:
    texts = {name: getattr(entry, name) for name in _TEXTS} | {"note": entry.note}
    limits = {"note": typed.BLOCK}
    for address in entry.addresses:
        for part in ("lines", "postcode", "town", "country"):
            field = f"{address.kind}.{part}"
            texts[field] = max(texts.get(field, ""), getattr(address, part), key=len)
        limits[f"{address.kind}.lines"] = typed.BLOCK
    for one in entry.phones:
        texts["phones"] = max(texts.get("phones", ""), one.number, one.label, key=len)
    problems = typed.over_limit(texts, limits)
    if not entry.name:
        problems["name"] = "A contact needs a name."
    if entry.role not in ROLES:
        problems["role"] = f"A role is one of {', '.join(ROLES)}."
    if entry.preferred and entry.preferred not in WAYS:
        problems["preferred"] = f"A way to send is one of {', '.join(WAYS)}."
    if entry.email and not _EMAIL.fullmatch(entry.email):
        problems["email"] = "An e-mail address has an @ and no space."
    if any(one.kind not in ADDRESS_KINDS for one in entry.addresses):
        problems["addresses"] = f"An address is one of {', '.join(ADDRESS_KINDS)}."
    for field, held in (("addresses", entry.addresses), ("phones", entry.phones)):
        if len(held) > MOST:
            problems[field] = f"There are {len(held)}; at most {MOST} fit here."
    return problems


def columns(entry: Entry) -> dict[str, Any]:
    """What a row holds of an entry."""
    return {
        **{name: getattr(entry, name) for name in (*_TEXTS, "role", "preferred", "note")},
        "address": entry.postal,
        "phone": entry.phones[0].number if entry.phones else "",
        "addresses": {"all": plain.plain(entry.addresses)},
        "phones": {"all": plain.plain(entry.phones)},
        "name_key": name_key(entry.name),
        "search_text": search_text(entry),
    }


def write(row: Contact, entry: Entry) -> None:
    """Put an entry into its row."""
    for name, value in columns(entry).items():
        setattr(row, name, value)


def new_columns(entry: Entry, archived_at: datetime | None = None) -> dict[str, Any]:
    """A whole new row, where many are added at once."""
    return {**columns(entry), "id": new_id(), "version": 1, "archived_at": archived_at}


def find_by(row: Contact) -> None:
    """Say anew what a row is found by."""
    entry = entry_of(row)
    row.name_key, row.search_text = name_key(entry.name), search_text(entry)


def name_key(name: str) -> str:
    """A name folded, without the titles before it: the order of the book."""
    return _TITLES.sub("", fold(name))


def search_text(entry: Entry) -> str:
    """All that a contact is found by."""
    numbers = (digits for one in entry.phones for digits in (one.key, phone_digits(one.number)))
    words = (
        fold(entry.written_name),
        fold(entry.organisation),
        *(fold(one.written) for one in entry.addresses),
        *dict.fromkeys(numbers),
        phone_digits(entry.fax),
        fold(entry.email),
    )
    return " ".join(word for word in words if word)


def entry_of(row: Contact) -> Entry:
    """The entry that a row holds."""
    return read_entry(
        {
            **{name: getattr(row, name) for name in (*_TEXTS, "role", "preferred", "note")},
            "addresses": plain.tables(row.addresses, "all"),
            "phones": plain.tables(row.phones, "all"),
        }
    )


def read_entry(data: Mapping[str, object]) -> Entry:
    """An entry of JSON values."""
    return Entry(
        **{name: plain.text(data, name) for name in (*_TEXTS, "role", "preferred", "note")},
        addresses=tuple(
            Address(*(plain.text(one, key) for key in Address.__slots__))
            for one in _tables(data.get("addresses"))
        ),
        phones=tuple(
            Phone(*(plain.text(one, key) for key in Phone.__slots__))
            for one in _tables(data.get("phones"))
        ),
    )


def _tables(value: object) -> tuple[Mapping[str, object], ...]:
    held = value if isinstance(value, list | tuple) else ()
    return tuple(one for one in held if isinstance(one, Mapping))


def winner_of(contact_id: UUID, winners: Mapping[UUID, UUID]) -> UUID:
    """Who stands for a contact, after all merges that stand."""
    seen = {contact_id}
    while contact_id in winners and winners[contact_id] not in seen:
        contact_id = winners[contact_id]
        seen.add(contact_id)
    return contact_id
