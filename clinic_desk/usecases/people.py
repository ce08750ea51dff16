"""Who works here: added, corrected, let in by a passphrase of their own, and gone.

Nobody is deleted, for what they signed stays theirs. Every person's passphrase opens the same
data key, so roles are rules that the use cases keep, not a matter of cryptography.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from clinic_desk.errors import AccessDenied, Locked
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import cosign_queries
from clinic_desk.storage.models import Clinician
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import practice, typed, words
from clinic_desk.usecases.desk import PHYSIOTHERAPIST, SUPERVISED, Desk

ROLES = (PHYSIOTHERAPIST, *SUPERVISED)


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is typed of a person."""

    name: str
    profession: str = "physiotherapist"  # the title, as it stands on letters
    registration: str = ""
    role: str = PHYSIOTHERAPIST
    supervisor_id: UUID | None = None  # of a student or an assistant


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    version: int
    details: PersonDetails
    supervisor: str  # their name
    active: bool
    opens: bool  # has a passphrase
    me: bool


def people(desk: Desk) -> tuple[Person, ...]:
    """Everybody in the record: who works here by name, then who left."""

    opens = desk.store.with_passphrases()
    with desk.store.reading() as session:
        rows = chart.clinicians(session)
        names = {one.id: one.name for one in rows}
        found = [
            Person(
                one.id,
                one.version,
                _details(one),
                names.get(one.supervisor_id, "") if one.supervisor_id else "",
                one.active,
                one.id in opens,
                one.id == desk.actor.id,
            )
            for one in rows
        ]
    return tuple(sorted(found, key=lambda one: (not one.active, one.details.name.casefold())))


def add(desk: Desk, details: PersonDetails, own: str, passphrase: str) -> UUID:
    """Add a person who opens the records with a passphrase of their own; `own` is that of who is
    at the desk. Raises InvalidInput, AccessDenied (own is wrong, or not a physiotherapist).
    """

    _refuse_supervised(desk)
    details = _clean(details)
    with desk.store.unit(desk.actor.id) as unit:
        known = chart.clinicians(unit.session)
        weak = {"passphrase": practice.weak(passphrase)}
        typed.refuse(_wrong(details, known) | {key: why for key, why in weak.items() if why})
        row = Clinician(id=uuid4())
        _write(row, details)
        unit.session.add(row)
        unit.session.flush()
        unit.audit("add", "clinician", row.id, {"role": row.role})
        desk.store.give_passphrase(own, row.id, passphrase, _names([*known, row]))
        unit.commit()
    desk.store.shared = True
    return row.id


def correct(desk: Desk, person_id: UUID, version: int, details: PersonDetails) -> None:
    """Change a person. Raises InvalidInput, EditConflict, AccessDenied."""

    _refuse_supervised(desk)
    details = _clean(details)
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Clinician, person_id, version)
        known = chart.clinicians(unit.session)
        problems = _wrong(details, known, person_id)
        if row.role != details.role:
            problems |= _wrong_turn(desk, row, details, known)
        typed.refuse(problems)
        role = {"role": details.role} if row.role != details.role else {}
        _write(row, details)
        unit.audit("correct", "clinician", row.id, role)
        unit.session.flush()
        desk.store.name_people(_names(known))
        unit.commit()


def let_in(desk: Desk, person_id: UUID, own: str, passphrase: str) -> None:
    """Give a colleague a new passphrase; who had left works here again. Raises InvalidInput,
    AccessDenied, Locked (one's own is changed by its own way).
    """

    _refuse_supervised(desk)
    if person_id == desk.actor.id:
        raise Locked("Your own passphrase is changed below, with the one that you have now.")
    weak = practice.weak(passphrase)
    typed.refuse({"passphrase": weak} if weak else {})
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Clinician, person_id)
        known = chart.clinicians(unit.session)
        problems = _wrong(_details(row), known, person_id)
        if problems:
            raise Locked(" ".join(problems.values()), "Correct the person first.")
        row.active = True
        unit.audit("let_in", "clinician", row.id)
        unit.session.flush()
        desk.store.give_passphrase(own, row.id, passphrase, _names(known))
        unit.commit()


def deactivate(desk: Desk, person_id: UUID) -> None:
    """A person no longer works here: their passphrase opens nothing, what they signed stays
    theirs. Raises Locked (oneself, or somebody whom others need), AccessDenied.
    """

    _refuse_supervised(desk)
    if person_id == desk.actor.id:
        raise Locked("You are at the desk yourself.", "A colleague can do this for you.")
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Clinician, person_id)
        known = chart.clinicians(unit.session)
        _refuse_needed(unit, row, known)
        row.active = False
        unit.audit("deactivate", "clinician", row.id)
        unit.session.flush()
        if desk.store.folder is not None and row.id in desk.store.with_passphrases():
            desk.store.take_passphrase(row.id, _names(known))
        unit.commit()


def _refuse_needed(unit: UnitOfWork, row: Clinician, known: Iterable[Clinician]) -> None:
    under = [one.name for one in known if one.active and one.supervisor_id == row.id]
    if under:
        raise Locked(
            f"{row.name} supervises {', '.join(under)}.", "Choose another supervisor for them."
        )
    notes = cosign_queries.open_notes(unit.session, row.id)
    waiting = sum(one.supervisor_id == row.id for one in notes)
    if waiting:
        said = words.counted(waiting, "note waits", "notes wait")
        raise Locked(f"{said} for a co-signature by {row.name}.", "Co-sign them first.")


def _refuse_supervised(desk: Desk) -> None:
    if desk.actor.supervised:
        raise AccessDenied("Only a physiotherapist changes who works here.")


def _wrong(
    details: PersonDetails, known: Iterable[Clinician], person_id: UUID | None = None
) -> dict[str, str]:
    texts = {
        "name": details.name,
        "profession": details.profession,
        "registration": details.registration,
    }
    problems = typed.over_limit(texts, {})
    if not details.name:
        problems["name"] = "A person needs a name."
    others = [one for one in known if one.id != person_id]
    if any(one.active and one.name.casefold() == details.name.casefold() for one in others):
        problems["name"] = "Somebody of this name works here; add what tells them apart."
    if details.role not in ROLES:
        problems["role"] = f"A role is one of {', '.join(ROLES)}."
    may = {one.id for one in others if one.active and one.role == PHYSIOTHERAPIST}
    if details.role in SUPERVISED and details.supervisor_id not in may:
        problems["supervisor_id"] = "Choose the physiotherapist who supervises."
    return problems


def _wrong_turn(
    desk: Desk, row: Clinician, details: PersonDetails, known: Iterable[Clinician]
) -> dict[str, str]:
    """What stands against another role."""
    if details.role == PHYSIOTHERAPIST:
        return {}
    if row.id == desk.actor.id:
        return {"role": "Your own role is changed by a colleague."}
    under = [one.name for one in known if one.active and one.supervisor_id == row.id]
    if under:
        return {"role": f"Supervises {', '.join(under)}: choose another supervisor for them first."}
    return {}


def _clean(details: PersonDetails) -> PersonDetails:
    return replace(
        details,
        name=typed.line(details.name),
        profession=typed.line(details.profession),
        registration=typed.line(details.registration),
        supervisor_id=details.supervisor_id if details.role in SUPERVISED else None,
    )


def _details(row: Clinician) -> PersonDetails:
    return PersonDetails(row.name, row.profession, row.registration, row.role, row.supervisor_id)


def _write(row: Clinician, details: PersonDetails) -> None:
    for name in PersonDetails.__slots__:
        setattr(row, name, getattr(details, name))


def _names(rows: Iterable[Clinician]) -> Mapping[UUID, str]:
    return {one.id: one.name for one in rows}
