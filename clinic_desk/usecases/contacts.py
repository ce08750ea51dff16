"""Contacts as letters need them: one name, one address, one number; found and added in short.

The whole of an entry is kept by `address_book`; what is changed here leaves the rest as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.exchange.contact_entry import POSTAL, ROLES, Address, Entry, Phone
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.folding import fold
from clinic_desk.storage.models import Contact
from clinic_desk.usecases import address_book, case_contacts
from clinic_desk.usecases.desk import Desk

__all__ = ["ROLES", "ContactDetails", "ContactRow", "add", "correct", "listed", "view"]

MOST = 40  # contacts that a letter offers at once, the case's own not counted


@dataclass(frozen=True, slots=True)
class ContactDetails:
    name: str  # "Dr Robin Sample"
    salutation: str = ""  # "Dr Sample"
    role: str = "gp"  # one of ROLES
    organisation: str = ""
    address: str = ""  # lines
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: UUID
    version: int
    details: ContactDetails
    part: str = ""  # the part that they have in the case that was asked for: gp, surgeon


def add(desk: Desk, details: ContactDetails) -> UUID:
    """Add a contact. Raises InvalidInput."""
    return address_book.save(desk, _entry(Entry(""), details)).id


def correct(desk: Desk, contact_id: UUID, version: int, details: ContactDetails) -> int:
    """Save changed details; returns the new version."""
    kept = address_book.open_entry(desk, contact_id).entry
    return address_book.save(desk, _entry(kept, details), contact_id, version).version


def listed(
    desk: Desk,
    words: str = "",
    role: str = "",
    case_id: UUID | None = None,
    also: UUID | None = None,
) -> tuple[ContactRow, ...]:
    """Contacts by name or organisation: those of the case first, then those of the role. `also`
    is one that is always among them, such as who was chosen out of a large book.
    """
    terms = address_book.terms(words)
    if terms is None:
        return ()
    with desk.store.reading() as session:
        own = _of_case(session, case_id, role) if case_id else []
        of_role = book.found(session, terms, role, limit=MOST)[0] if role else ()
        rows = {row.id: row for row in (*of_role, *book.found(session, terms, limit=MOST)[0])}
        ids = {row.id for row in own}
        if also is not None and also not in rows and also not in ids:
            rows |= book.by_ids(session, [also])
        wanted = fold(words).split()
        mine = [row for row in own if all(word in fold(row.details.name) for word in wanted)]
        return (*mine, *(view(row) for row in rows.values() if row.id not in ids))


def named(desk: Desk) -> tuple[tuple[UUID, str], ...]:
    """The book as names to choose from, with what each belongs to."""
    with desk.store.reading() as session:
        return tuple(
            (key, ", ".join(filter(None, (f"{title} {name}".strip(), organisation))))
            for key, title, name, organisation in book.names(session, MOST)
        )


def _of_case(session: Reading, case_id: UUID, role: str) -> list[ContactRow]:
    """The case's own, those first whose part or role is asked for."""
    parts: dict[UUID, str] = {}
    held = case_contacts.read(session, [case_id]).get(case_id, ())
    for one in (row for row in held if not row.archived):
        parts.setdefault(one.contact_id, one.part)
    rows = book.by_ids(session, parts)
    found = [replace(view(rows[one]), part=part) for one, part in parts.items()]
    return sorted(found, key=lambda row: bool(role) and role not in (row.part, row.details.role))


def view(row: Contact) -> ContactRow:
    """A contact as a letter writes it."""
    return ContactRow(
        row.id,
        row.version,
        ContactDetails(
            name=f"{row.title} {row.name}".strip(),
            salutation=row.salutation,
            role=row.role,
            organisation=row.organisation,
            address=row.address,
            phone=row.phone,
            email=row.email,
        ),
    )


def _entry(before: Entry, details: ContactDetails) -> Entry:
    """The entry with what the short form says; what it leaves as it was stays whole."""
    changed = replace(
        before,
        salutation=details.salutation,
        role=details.role,
        organisation=details.organisation,
        email=details.email,
    )
    if details.name != before.written_name:
        changed = replace(changed, name=details.name, title="")
    if details.address != before.postal:
        others = tuple(one for one in before.addresses if one.kind != POSTAL)
        changed = replace(changed, addresses=(Address(POSTAL, details.address), *others))
    first = before.phones[0].number if before.phones else ""
    if details.phone != first:
        numbers: Sequence[Phone] = (Phone(details.phone), *before.phones[1:])
        changed = replace(changed, phones=tuple(numbers))
    return changed
