"""What is done with a line of the day list, and how it is said."""

from datetime import date
from functools import partial
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import appointments
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Desk


def book(doing: Doing, desk: Desk, booking: Booking) -> None:
    when = written_day(booking.day)
    text = _("Booked on {day} at {time}.").format(day=when, time=booking.time)
    doing.do(partial(appointments.book, desk, booking), text)


def arrive(doing: Doing, desk: Desk, one: UUID, *, arrived: bool) -> None:
    text = _("Marked as arrived.") if arrived else _("Marked as not arrived.")
    doing.do(partial(appointments.arrive, desk, one, arrived=arrived), text)


def cancel(doing: Doing, desk: Desk, one: UUID) -> None:
    doing.do(partial(appointments.cancel, desk, one), _("Cancelled. It stays on its day."))


def restore(doing: Doing, desk: Desk, one: UUID) -> None:
    doing.do(partial(appointments.restore, desk, one), _("On the day list again."))


def move(doing: Doing, desk: Desk, one: UUID, day: date, time: str) -> None:
    def words(was: tuple[date, str]) -> str:
        return _("Moved from {old} {time} to {new}.").format(
            old=written_day(was[0]), time=was[1], new=written_day(day)
        )

    doing.do(partial(appointments.move, desk, one, day, time), words)
