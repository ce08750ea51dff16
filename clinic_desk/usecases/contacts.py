"""Contacts: who letters go to."""

from dataclasses import dataclass
from uuid import UUID

from clinic_desk.usecases.desk import Desk


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
    raise NotImplementedError


def correct(desk: Desk, contact_id: UUID, version: int, details: ContactDetails) -> int:
    """Save changed details; returns the new version."""
    raise NotImplementedError


def listed(desk: Desk, words: str = "", role: str = "") -> tuple[ContactRow, ...]:
    """Contacts by name or organisation, those of the role first."""
    raise NotImplementedError
