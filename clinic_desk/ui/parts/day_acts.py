"""What is done with a line of the day list, each with its way back."""

from datetime import date
from functools import partial
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.ui.parts.day_doing import Undo
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import appointments
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Desk

Outcome = tuple[str, Undo | None]


def book(desk: Desk, booking: Booking) -> Outcome:
    made = appointments.book(desk, booking)
    when = written_day(booking.day)
    text = _("Booked on {day} at {time}.").format(day=when, time=booking.time)
    return text, partial(appointments.cancel, desk, made)


def arrive(desk: Desk, one: UUID, *, arrived: bool) -> Outcome:
    appointments.arrive(desk, one, arrived=arrived)
    text = _("Marked as arrived.") if arrived else _("Marked as not arrived.")
    return text, partial(appointments.arrive, desk, one, arrived=not arrived)


def cancel(desk: Desk, one: UUID) -> Outcome:
    appointments.cancel(desk, one)
    return _("Cancelled. It stays on its day."), partial(appointments.restore, desk, one)


def restore(desk: Desk, one: UUID) -> Outcome:
    appointments.restore(desk, one)
    return _("On the day list again."), partial(appointments.cancel, desk, one)


def move(desk: Desk, one: UUID, day: date, time: str) -> Outcome:
    was_day, was_time = appointments.move(desk, one, day, time)
    text = _("Moved from {old} {time} to {new}.").format(
        old=written_day(was_day), time=was_time, new=written_day(day)
    )
    return text, partial(appointments.move, desk, one, was_day, was_time)
