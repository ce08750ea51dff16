"""Whom a letter goes to: a contact of the book as it stands after mergers, or the patient."""

from datetime import date
from uuid import UUID

from clinic_desk.library.letter_kind import PATIENT, LetterKind
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage import recall_queries
from clinic_desk.storage.models import Contact, Patient
from clinic_desk.usecases import charts, contact_rows, contacts
from clinic_desk.usecases.contacts import ContactDetails


def of(
    session: chart.Reading, kind: LetterKind, who: Patient, contact_id: UUID | None, on: date
) -> ContactDetails | None:
    """The addressee of a letter; nobody where none was chosen."""
    if kind.role == PATIENT:
        who = registered(session, who)
        return as_addressee(who, recall_queries.post_address(session, who.id, on))
    row = session.get(Contact, standing(session, contact_id)) if contact_id else None
    return contacts.view(row).details if row else None


def standing(session: chart.Reading, contact_id: UUID | None) -> UUID | None:
    """Who stands for a contact after all mergers."""
    if contact_id is None:
        return None
    return contact_rows.winner_of(contact_id, book.winners(session))


def registered(session: chart.Reading, who: Patient) -> Patient:
    """The registration that is used, where two were one person."""
    seen = {who.id}
    while who.merged_into is not None and who.merged_into not in seen:
        who = charts.patient(session, who.merged_into)
        seen.add(who.id)
    return who


def as_addressee(who: Patient, address: str = "") -> ContactDetails:
    """A patient as somebody who is written to: by the name that they go by, at an address of
    their own for letters where there is one.
    """
    name = " ".join(filter(None, (who.given_name, who.family_name)))
    called = " ".join(filter(None, (who.preferred_name or who.given_name, who.family_name)))
    return ContactDetails(name, called, PATIENT, address=address or who.address)
