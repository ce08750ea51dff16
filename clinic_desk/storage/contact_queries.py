"""What the use cases read of the address book."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_contacts import CaseContact, Contact, ContactMerge, ContactsApart
from clinic_desk.storage.models_papers import Document
from clinic_desk.storage.models_patients import Case, Patient

Terms = Sequence[Sequence[str]]  # each term: spellings, of which one must be found


def found(
    session: Session, terms: Terms, role: str = "", archived: bool = False, limit: int = 200
) -> tuple[Sequence[Contact], int]:
    """Contacts in which every term is found, by name, and how many there are in all."""
    wanted = _wanted(terms, role, archived)
    order = (Contact.name_key, Contact.id)
    rows = session.scalars(select(Contact).where(wanted).order_by(*order).limit(limit)).all()
    if len(rows) < limit:
        return rows, len(rows)
    return rows, session.scalar(select(func.count()).select_from(Contact).where(wanted)) or 0


def names(session: Session, limit: int) -> Sequence[tuple[UUID, str, str, str]]:
    """Id, title, name and organisation of those in the book, by name, for a list to choose from."""
    query = select(Contact.id, Contact.title, Contact.name, Contact.organisation)
    query = query.where(_wanted((), "", False)).order_by(Contact.name_key, Contact.id)
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query.limit(limit))]


def every(session: Session, archived: bool = False) -> Sequence[Contact]:
    """The whole book in its order, for export and for comparing."""
    wanted = _wanted((), "", archived)
    return session.scalars(
        select(Contact).where(wanted).order_by(Contact.name_key, Contact.id)
    ).all()


def _wanted(terms: Terms, role: str, archived: bool) -> ColumnElement[bool]:
    gone = Contact.archived_at.is_not(None)
    return and_(
        gone if archived else ~gone,
        *((Contact.role == role,) if role else ()),
        *(
            or_(*(Contact.search_text.contains(spelling, autoescape=True) for spelling in one))
            for one in terms
        ),
    )


def by_ids(session: Session, ids: Iterable[UUID]) -> dict[UUID, Contact]:
    """Contacts by their id."""
    rows = session.scalars(select(Contact).where(Contact.id.in_(tuple(ids))))
    return {row.id: row for row in rows}


def winners(session: Session) -> dict[UUID, UUID]:
    """Who stands for whom, by the merges that stand."""
    query = select(ContactMerge.loser_id, ContactMerge.winner_id)
    query = query.where(ContactMerge.undone_at.is_(None))
    return {row[0]: row[1] for row in session.execute(query)}


def standing_merges(session: Session, contact_id: UUID) -> Sequence[ContactMerge]:
    """The merges that stand in which a contact won or lost, the newest first."""
    query = select(ContactMerge).where(
        or_(ContactMerge.winner_id == contact_id, ContactMerge.loser_id == contact_id),
        ContactMerge.undone_at.is_(None),
    )
    order = (ContactMerge.merged_at.desc(), ContactMerge.id.desc())
    return session.scalars(query.order_by(*order)).all()


def case_contacts(session: Session, case_ids: Iterable[UUID]) -> Sequence[CaseContact]:
    """The contacts of cases, in the order in which they were set."""
    query = select(CaseContact).where(CaseContact.case_id.in_(tuple(case_ids)))
    return session.scalars(query.order_by(CaseContact.id)).all()


def referrers(session: Session, case_ids: Iterable[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """Who sent the patient, by case."""
    query = select(Case.id, Case.referrer_id).where(
        Case.id.in_(tuple(case_ids)), Case.referrer_id.is_not(None)
    )
    return [(case, sender) for case, sender in session.execute(query) if sender is not None]


def letters_to(session: Session, ids: Sequence[UUID]) -> int:
    """How many issued letters went to any of these contacts."""
    query = select(func.count()).select_from(Document).where(Document.recipient_id.in_(ids))
    return session.scalar(query) or 0


def cases_of(session: Session, ids: Sequence[UUID]) -> Sequence[tuple[Case, Patient, str]]:
    """The cases that have any of these contacts, with their patient and the contact's part."""
    held = (
        select(Case, Patient, CaseContact.role)
        .join(CaseContact, CaseContact.case_id == Case.id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(CaseContact.contact_id.in_(ids))
        .order_by(Patient.family_key, Case.id)
    )
    sent = (
        select(Case, Patient)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Case.referrer_id.in_(ids))
        .order_by(Patient.family_key, Case.id)
    )
    return [
        *((case, who, role) for case, who, role in session.execute(held)),
        *((case, who, "referrer") for case, who in session.execute(sent)),
    ]


def add_many(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Add many contacts at once, each with its id and version."""
    session.execute(insert(Contact), list(rows))


def apart(session: Session) -> set[frozenset[UUID]]:
    """The pairs that somebody held to be two."""
    query = select(ContactsApart.one_id, ContactsApart.other_id)
    return {frozenset(row) for row in session.execute(query)}
