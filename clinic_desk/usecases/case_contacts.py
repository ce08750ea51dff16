"""The contacts of a case: who is GP, surgeon or coach in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange.contact_entry import ROLES
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage.audit import Detail
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import Case, CaseContact, Contact
from clinic_desk.usecases import contact_rows
from clinic_desk.usecases.desk import Desk

PARTS = (*ROLES, "surgeon", "coach")
REFERRER = "referrer"


@dataclass(frozen=True, slots=True)
class CaseContactRow:
    case_id: UUID
    contact_id: UUID  # who stands for them now, after merges
    part: str
    role: str  # their own in the book
    name: str
    organisation: str
    phone: str
    archived: bool = False  # no longer offered, but told
    link_id: UUID | None = None  # none for who sent the patient: that stands with the case


def of_case(desk: Desk, case_id: UUID) -> tuple[CaseContactRow, ...]:
    """The contacts of a case, in the order of the parts."""
    with desk.store.reading() as session:
        return read(session, [case_id]).get(case_id, ())


def read(session: Reading, case_ids: Sequence[UUID]) -> dict[UUID, tuple[CaseContactRow, ...]]:
    """The contacts of several cases, by case; who sent the patient comes last."""
    links = [
        *((one.case_id, one.contact_id, one.role, one.id)
          for one in book.case_contacts(session, case_ids)),
        *((case, sender, REFERRER, None) for case, sender in book.referrers(session, case_ids)),
    ]  # fmt: skip
    winners = book.winners(session)
    standing = {one: contact_rows.winner_of(one, winners) for _case, one, _part, _id in links}
    rows = book.by_ids(session, set(standing.values()))
    found: dict[UUID, list[CaseContactRow]] = {}
    told_once: set[tuple[UUID, UUID, str]] = set()
    for case, contact, part, link in links:
        row = rows[standing[contact]]
        if (case, row.id, part) in told_once:
            continue  # two that were merged had the same part
        told_once.add((case, row.id, part))
        name = f"{row.title} {row.name}".strip()
        told = (row.role, name, row.organisation, row.phone, row.archived_at is not None)
        found.setdefault(case, []).append(CaseContactRow(case, row.id, part, *told, link))
    return {case: tuple(sorted(held, key=_place)) for case, held in found.items()}


def _place(row: CaseContactRow) -> int:
    return PARTS.index(row.part) if row.part in PARTS else len(PARTS)


def put(desk: Desk, case_id: UUID, contact_id: UUID, part: str) -> None:
    """Give a contact a part in a case. Twice the same is once. Raises InvalidInput."""
    if part not in PARTS:
        raise InvalidInput({"part": f"A part is one of {', '.join(PARTS)}."})
    with desk.store.unit(desk.actor.id) as unit:
        unit.get(Case, case_id)
        unit.get(Contact, contact_id)
        held = book.case_contacts(unit.session, [case_id])
        if any((one.contact_id, one.role) == (contact_id, part) for one in held):
            return
        unit.session.add(CaseContact(case_id=case_id, contact_id=contact_id, role=part))
        details: dict[str, Detail] = {"contact": str(contact_id), "part": part}
        unit.audit("add_contact", "case", case_id, details, at=desk.now())
        unit.commit()


def take_out(desk: Desk, link_id: UUID) -> None:
    """Take a contact out of a case; the entry itself stays in the book."""
    with desk.store.unit(desk.actor.id) as unit:
        link = unit.get(CaseContact, link_id)
        details: dict[str, Detail] = {"contact": str(link.contact_id), "part": link.role}
        unit.session.delete(link)
        unit.audit("drop_contact", "case", link.case_id, details, at=desk.now())
        unit.commit()


def of_role(rows: Sequence[CaseContactRow], role: str) -> CaseContactRow | None:
    """Whom a letter to a role goes to: who has that part in the case, else who is that."""
    offered = [one for one in rows if not one.archived]
    by_part = (one for one in offered if one.part == role)
    return next(by_part, None) or next((one for one in offered if one.role == role), None)
