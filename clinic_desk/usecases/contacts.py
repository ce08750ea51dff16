"""Contacts: who letters go to."""

from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.folding import fold
from clinic_desk.storage.models import Contact
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk

ROLES = ("gp", "orthopaedics", "other")
_LIMITS = {"address": typed.BLOCK}


@dataclass(frozen=True, slots=True)
class ContactDetails:
    name: str  # "Dr Robin Sample"
    salutation: str = ""  # "Dr Sample"
    role: str = "gp"  # gp | orthopaedics | other
    organisation: str = ""
    address: str = ""  # lines
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: UUID
    version: int
    details: ContactDetails


def add(desk: Desk, details: ContactDetails) -> UUID:
    """Add a contact. Raises InvalidInput."""
    details = _checked(details)
    with desk.store.unit(desk.actor.id) as unit:
        row = Contact()
        _write(row, details)
        unit.session.add(row)
        unit.session.flush()
        unit.audit("add", "contact", row.id, at=desk.now())
        unit.commit()
        return row.id


def correct(desk: Desk, contact_id: UUID, version: int, details: ContactDetails) -> int:
    """Save changed details; returns the new version."""
    details = _checked(details)
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Contact, contact_id, version)
        _write(row, details)
        unit.audit("correct", "contact", row.id, at=desk.now())
        unit.commit()
        return row.version


def listed(desk: Desk, words: str = "", role: str = "") -> tuple[ContactRow, ...]:
    """Contacts by name or organisation, those of the role first."""
    wanted = fold(words).split()
    with desk.store.reading() as session:
        rows = [view(row) for row in chart.contacts(session)]
    found = [row for row in rows if all(word in _searched(row) for word in wanted)]
    return tuple(sorted(found, key=lambda row: bool(role) and row.details.role != role))


def view(row: Contact) -> ContactRow:
    """A contact as it is shown."""
    return ContactRow(
        row.id,
        row.version,
        ContactDetails(
            name=row.name,
            salutation=row.salutation,
            role=row.role,
            organisation=row.organisation,
            address=row.address,
            phone=row.phone,
            email=row.email,
        ),
    )


def _searched(row: ContactRow) -> str:
    return fold(f"{row.details.name} {row.details.organisation}")


def _checked(details: ContactDetails) -> ContactDetails:
    cleaned = replace(
        details,
        name=typed.line(details.name),
        salutation=typed.line(details.salutation),
        organisation=typed.line(details.organisation),
        address=typed.block(details.address),
        phone=typed.line(details.phone),
        email=typed.line(details.email),
    )
    texts = {name: str(getattr(cleaned, name)) for name in ContactDetails.__slots__}
    problems = typed.over_limit(texts, _LIMITS)
    if not cleaned.name:
        problems["name"] = "A contact needs a name."
    if cleaned.role not in ROLES:
        problems["role"] = f"A role is one of {', '.join(ROLES)}."
    typed.refuse(problems)
    return cleaned


def _write(row: Contact, details: ContactDetails) -> None:
    for name in ContactDetails.__slots__:
        setattr(row, name, getattr(details, name))
    row.search_text = fold(f"{details.name} {details.organisation}")
