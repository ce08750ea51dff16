"""The day list: who comes when. Book, move, cancel, mark as arrived, start the visit.

An appointment is never deleted; one that is cancelled stays on its day and can be taken back.
"""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.errors import AccessDenied, Locked, NotFound
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import day_queries as rows
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Appointment, Case, Patient
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import charts, lockbox, typed, visits
from clinic_desk.usecases.desk import Desk

FIRST = "first_visit"
FOLLOW_UP = "follow_up"
KINDS = {
    FIRST: _("First visit"),
    FOLLOW_UP: _("Follow-up"),
    "re_evaluation": _("Re-evaluation"),
    "phone": _("Phone"),
}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|(?<=\d\d)(\d{2})|(?<=\d)(\d{2}))?\s*([ap]m)?(?!\S)")


@dataclass(frozen=True, slots=True)
class Booking:
    """What the person types: when, who, what for."""

    day: date
    time: str  # "10:30"
    patient_id: UUID
    kind: str = FOLLOW_UP
    note: str = ""
    case_id: UUID | None = None  # None: the patient's newest open one, when it is started


def read(text: str) -> tuple[str, str]:
    """The time that a text begins with, as "10:30", and the words after it.

    A time is 10:30, 10.30, 1030, 9 or 2pm. Without one, the time is empty.
    """
    text = typed.line(text)
    found = _CLOCK.match(text.lower())
    if found is None:
        return "", text
    hour, minute = int(found[1]), int(found[2] or found[3] or found[4] or 0)
    if found[5]:
        if not 1 <= hour <= 12:
            return "", text
        hour = hour % 12 + (12 if found[5] == "pm" else 0)
    if hour > 23 or minute > 59:
        return "", text
    return f"{hour:02}:{minute:02}", text[found.end() :].strip()


def case_choices(desk: Desk, patient_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The cases that a visit of a patient can be booked for, the newest first: id and title.

    A closed part of the file is not offered; who has no case is booked without one.
    """
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        found = rows.open_cases(session, [patient_id]).get(patient_id, ())
        return tuple((one.id, one.title) for one in found if one.id not in hidden)


def usual_kind(desk: Desk, patient_id: UUID) -> str:
    """What the next visit of a patient is, going by the case it would be started in: the first
    one, as long as that case has none. Whoever has no open case comes for a first one too.
    """
    with desk.store.reading() as session:
        standing = rows.open_cases(session, [patient_id]).get(patient_id, [])
        hidden = lock_queries.hidden_cases(session)
        seen = [one.id for one in standing if one.id not in hidden]
        return FOLLOW_UP if seen and chart.highest_number(session, seen[0]) else FIRST


def book(desk: Desk, booking: Booking) -> UUID:
    """Put a patient on the day list. Raises InvalidInput (by the fields of Booking), NotFound."""
    time, note = _checked(booking.time, booking.note, booking.kind)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        who = unit.get(Patient, booking.patient_id)
        if who.merged_into is not None:
            raise Locked("This registration is merged into another.", "Choose the one in use.")
        if booking.case_id is not None:
            if unit.get(Case, booking.case_id).patient_id != who.id:
                raise Locked("This case is another patient's.")
            lockbox.refuse_hidden(unit.session, booking.case_id)
        row = Appointment(
            day=booking.day,
            time=time,
            patient_id=who.id,
            case_id=booking.case_id,
            kind=booking.kind,
            note=note,
            made_at=now,
            made_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        unit.audit("book", "appointment", row.id, at=now)
        unit.commit()
        return row.id


def move(desk: Desk, appointment_id: UUID, day: date, time: str) -> tuple[date, str]:
    """Move to another day or time; gives where it was. Raises InvalidInput, Locked."""
    clock, _note = _checked(time)
    with desk.store.unit(desk.actor.id) as unit:
        row = _open(unit, appointment_id)
        if row.visit_id is not None:
            raise Locked("The visit of this appointment was started.", "It stays where it is.")
        was = (row.day, row.time)
        row.day, row.time = day, clock
        if was[0] != day:
            row.arrived_at = None  # they came, or did not come, on the other day
        unit.audit("move", "appointment", row.id, {"from": f"{was[0]}T{was[1]}"}, at=desk.now())
        unit.commit()
        return was


def arrive(desk: Desk, appointment_id: UUID, *, arrived: bool = True) -> None:
    """Mark that the patient is here, or take the mark back. Raises Locked (cancelled)."""
    with desk.store.unit(desk.actor.id) as unit:
        row = _open(unit, appointment_id)
        row.arrived_at = desk.now() if arrived else None
        unit.audit("arrive" if arrived else "not_arrived", "appointment", row.id, at=desk.now())
        unit.commit()


def cancel(desk: Desk, appointment_id: UUID) -> None:
    """Cancel; it stays on its day as cancelled. Raises Locked (started or cancelled)."""
    with desk.store.unit(desk.actor.id) as unit:
        row = _open(unit, appointment_id)
        if row.visit_id is not None:
            raise Locked("The visit of this appointment was started.", "Discard the visit first.")
        row.cancelled_at, row.cancelled_by = desk.now(), desk.actor.name
        unit.audit("cancel", "appointment", row.id, at=desk.now())
        unit.commit()


def restore(desk: Desk, appointment_id: UUID) -> None:
    """Take a cancellation back."""
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Appointment, appointment_id)
        row.cancelled_at, row.cancelled_by = None, ""
        unit.audit("restore", "appointment", row.id, at=desk.now())
        unit.commit()


def start(desk: Desk, appointment_id: UUID) -> UUID:
    """Start the visit of an appointment, or open it again; gives the visit.

    It is one of the appointment's case, else of the patient's newest open one. Raises Locked
    (cancelled; no open case), AccessDenied (all open cases are closed at the patient's wish).
    """
    with desk.store.reading() as session:
        found = rows.appointment(session, appointment_id)
        if found is None:
            raise NotFound("This is no longer in the record.", "Look again.")
        row, who, _case = found
        if row.visit_id is not None:
            lockbox.refuse_hidden(session, rows.visits(session, [row.visit_id])[row.visit_id][1].id)
            return row.visit_id
        if row.cancelled_at is not None:
            raise Locked("This appointment is cancelled.", "Take the cancellation back first.")
        case_id = row.case_id
        if case_id is None:
            standing = rows.open_cases(session, [who.id]).get(who.id, [])
            if not standing:
                raise Locked("This patient has no open case.", "Open one on the patient's page.")
            hidden = lock_queries.hidden_cases(session)
            case_id = next((one.id for one in standing if one.id not in hidden), None)
            if case_id is None:
                raise AccessDenied(
                    "The patient wants this part of their file closed.",
                    "It opens on the patient's page, after a reason.",
                )
        lockbox.refuse_hidden(session, case_id)
        kind = row.kind
    visit_id = visits.start(desk, case_id, visit_kind(kind))
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Appointment, appointment_id)
        row.visit_id, row.case_id = visit_id, case_id
        row.arrived_at = row.arrived_at or desk.now()
        unit.audit("start", "appointment", row.id, {"visit": visit_id}, at=desk.now())
        unit.commit()
    return visit_id


def visit_kind(kind: str) -> str:
    """The kind of visit that an appointment becomes; empty where the case's course says."""
    if kind == FIRST:
        return ""  # the first of a case is a first evaluation, whatever was booked
    return kind if kind in charts.KINDS else FOLLOW_UP


def _open(unit: UnitOfWork, appointment_id: UUID) -> Appointment:
    row = unit.get(Appointment, appointment_id)
    if row.cancelled_at is not None:
        raise Locked("This appointment is cancelled.", "Take the cancellation back first.")
    return row


def _checked(time: str, note: str = "", kind: str = FIRST) -> tuple[str, str]:
    clock, rest = read(time)
    note = typed.line(note)
    problems = typed.over_limit({"note": note}, {})
    if not clock or rest:
        problems["time"] = "Type the time as 10:30."
    if kind not in KINDS:
        problems["kind"] = f"An appointment is one of {', '.join(KINDS)}."
    typed.refuse(problems)
    return clock, note
