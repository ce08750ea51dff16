"""Notes under supervision: what a student or an assistant signs waits for a co-signature.

A signed note is closed for ever, so a supervisor who does not agree gives it back with a remark;
the author answers by an addendum, and it waits again. Each act is a row that nobody can change.
Any physiotherapist may co-sign what is not their own; it waits on the supervisor's Today.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.errors import AccessDenied, InvalidInput, Locked
from clinic_desk.i18n import _
from clinic_desk.storage.models import ContactEntry, CosignAct, Visit
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import charts, cosign_state, typed
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A signed note: a visit, or a contact outside one."""

    visit_id: UUID | None = None
    contact_id: UUID | None = None


def ask(unit: UnitOfWork, desk: Desk, note: NoteRef, at: datetime) -> None:
    """What was just signed by a student or an assistant waits for a co-signature; part of their
    signature's own transaction. Of anybody else's nothing is asked.
    """
    if desk.actor.supervised:
        _add(unit, desk, note, "asked", at)


def co_sign(desk: Desk, note: NoteRef) -> None:
    """Co-sign a note with its addenda. Raises Locked (nothing waits), AccessDenied (not a
    physiotherapist, one's own, a closed part), NotFound.
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        subject, key = _waiting(unit, desk, note)
        _add(unit, desk, note, "cosigned", now)
        unit.audit("cosign", subject, key, at=now)
        unit.commit()


def give_back(desk: Desk, note: NoteRef, remark: str) -> None:
    """Give a note back with a remark, which is kept. Raises InvalidInput (remark) and as
    `co_sign`.
    """
    remark = typed.block(remark)
    if not remark:
        raise InvalidInput({"remark": _("Say what is to be added or put right.")})
    typed.refuse(typed.over_limit({"remark": remark}, {"remark": typed.BLOCK}))
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        subject, key = _waiting(unit, desk, note)
        _add(unit, desk, note, "returned", now, remark)
        unit.audit("give_back", subject, key, at=now)
        unit.commit()


def _waiting(unit: UnitOfWork, desk: Desk, note: NoteRef) -> tuple[str, UUID]:
    """The note's audit subject and id, if the person at the desk may close it."""
    if desk.actor.supervised:
        raise AccessDenied(_("Only a physiotherapist co-signs."))
    session = unit.session
    if note.visit_id is not None:
        subject, key = "visit", note.visit_id
        case_id = unit.get(Visit, key).case_id
        state = cosign_state.of_visits(session, [key]).get(key)
    elif note.contact_id is not None:
        subject, key = "contact_entry", note.contact_id
        case_id = unit.get(ContactEntry, key).case_id
        state = cosign_state.of_contacts(session, [key]).get(key)
    else:
        raise ValueError("a note is a visit or a contact")
    charts.case(session, case_id)  # refuses a closed part
    if state is None or not state.open:
        raise Locked(_("This note does not wait for a co-signature."), _("Look again."))
    if not state.may_close(desk.actor):
        raise AccessDenied(_("Nobody co-signs what they wrote themselves."))
    return subject, key


def _add(
    unit: UnitOfWork, desk: Desk, note: NoteRef, act: str, at: datetime, remark: str = ""
) -> None:
    unit.session.add(
        CosignAct(
            visit_id=note.visit_id,
            contact_id=note.contact_id,
            act=act,
            clinician_id=desk.actor.id,
            by=desk.actor.name,
            at=at,
            remark=remark,
        )
    )
