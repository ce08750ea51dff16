"""The day list: who comes when, and what became of it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import AccessDenied, ClinicError, InvalidInput, Locked
from clinic_desk.usecases import appointments, cases, day_list, lockbox, mergers, patients, today
from clinic_desk.usecases import visits as visit_acts
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.day_list import DayRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from tests.support.desk import Clock

DAY = date(2026, 2, 3)


def book(desk: Desk, who: UUID, time: str = "10:30", **more: object) -> UUID:
    return appointments.book(desk, Booking(DAY, time, who, **more))  # type: ignore[arg-type]


def lines(desk: Desk, day: date = DAY) -> tuple[DayRow, ...]:
    return day_list.day_list(desk, day).rows


@pytest.mark.parametrize(
    ("typed", "time", "rest"),
    [
        ("10:30 exam", "10:30", "exam"),
        ("1030 exam", "10:30", "exam"),
        ("930 al", "09:30", "al"),
        ("9", "09:00", ""),
        ("2pm sam", "14:00", "sam"),
        ("12.15 o'hara", "12:15", "o'hara"),
        ("exam", "", "exam"),
        ("25:00 exam", "", "25:00 exam"),
        ("13pm exam", "", "13pm exam"),
    ],
)
def test_a_time_is_read_from_the_beginning_of_what_is_typed(
    typed: str, time: str, rest: str
) -> None:
    assert appointments.read(typed) == (time, rest)


def test_the_day_stands_in_the_order_of_the_clock(desk: Desk, alex: UUID, strain: UUID) -> None:
    sam = patients.register(desk, PatientDetails("Sample", "Sam"))
    book(desk, sam, "14:15", kind="phone")
    book(desk, alex, "9", note="Bring the report")
    first, second = lines(desk)
    assert (first.time, first.patient, first.note) == ("09:00", "EXAMPLE, Alex", "Bring the report")
    assert first.case_title == "Left hamstring strain"
    assert first.side is Side.LEFT
    assert (second.time, second.kind, second.case_title) == ("14:15", "phone", "")
    assert lines(desk, DAY + timedelta(days=1)) == ()


def test_a_wrong_time_or_kind_is_refused_by_its_field(desk: Desk, alex: UUID) -> None:
    with pytest.raises(InvalidInput) as wrong:
        book(desk, alex, "25:00", kind="party", note="x" * 300)
    assert set(wrong.value.fields) == {"time", "kind", "note"}


def test_starting_begins_the_visit_of_the_open_case_once(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    one = book(desk, alex)
    visit = appointments.start(desk, one)
    assert appointments.start(desk, one) == visit
    (row,) = lines(desk)
    assert (row.state, row.visit_id, row.case_id) == ("draft", visit, strain)
    assert row.arrived_at is not None
    assert row.kind == "follow_up"


def test_a_first_visit_begins_as_a_first_evaluation(desk: Desk, alex: UUID, strain: UUID) -> None:
    appointments.start(desk, book(desk, alex, kind="first_visit"))
    assert lines(desk)[0].kind == "first_evaluation"


def test_a_patient_without_an_open_case_is_not_started(desk: Desk, alex: UUID) -> None:
    with pytest.raises(Locked, match="no open case"):
        appointments.start(desk, book(desk, alex))


def test_a_visit_started_on_the_patients_page_stands_beside_its_line(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    book(desk, alex, "10:30")
    visit = visit_acts.start(desk, strain)
    (row,) = lines(desk)
    assert (row.time, row.visit_id, row.state) == ("10:30", visit, "draft")


def test_a_visit_that_nobody_booked_has_a_line_of_its_own(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    visit_acts.start(desk, strain)
    (row,) = lines(desk)
    assert row.appointment_id is None
    assert row.state == "draft"


def test_discarding_the_visit_gives_the_appointment_back(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    visit_acts.discard(desk, appointments.start(desk, book(desk, alex)))
    (row,) = lines(desk)
    assert (row.state, row.visit_id) == ("arrived", None)


def test_a_cancelled_one_stays_on_its_day_and_comes_back(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    one = book(desk, alex)
    appointments.cancel(desk, one)
    assert [row.state for row in lines(desk)] == ["cancelled"]
    for act in (
        lambda: appointments.start(desk, one),
        lambda: appointments.arrive(desk, one),
        lambda: appointments.move(desk, one, DAY, "12:00"),
    ):
        with pytest.raises(Locked, match="cancelled"):
            act()
    appointments.restore(desk, one)
    assert [row.state for row in lines(desk)] == ["booked"]


def test_moving_to_another_day_says_where_it_was(desk: Desk, alex: UUID) -> None:
    one = book(desk, alex)
    appointments.arrive(desk, one)
    assert appointments.move(desk, one, DAY + timedelta(days=2), "1115") == (DAY, "10:30")
    (row,) = lines(desk, DAY + timedelta(days=2))
    assert (row.time, row.state) == ("11:15", "booked")
    assert lines(desk) == ()


def test_a_started_one_is_neither_moved_nor_cancelled(desk: Desk, alex: UUID, strain: UUID) -> None:
    one = book(desk, alex)
    appointments.start(desk, one)
    with pytest.raises(Locked, match="started"):
        appointments.cancel(desk, one)
    with pytest.raises(Locked, match="started"):
        appointments.move(desk, one, DAY, "12:00")


def test_a_closed_part_shows_only_that_somebody_comes(desk: Desk, alex: UUID, strain: UUID) -> None:
    one = book(desk, alex, note="About the private matter", case_id=strain)
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    (row,) = lines(desk)
    assert (row.case_title, row.side, row.note) == (lockbox.CLOSED_CASE, None, "")
    with pytest.raises(AccessDenied):
        appointments.start(desk, one)
    assert today.today(desk).next_up is None


def test_an_open_case_is_started_rather_than_a_closed_part(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    other = cases.open_case(desk, alex, cases.CaseDetails("calf cramp"))
    lockbox.close_part(desk, alex, lockbox.CASE, other)
    appointments.start(desk, book(desk, alex))
    assert lines(desk)[0].case_id == strain


def test_who_is_here_is_next_then_who_is_in_hand_then_who_is_booked(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    sam = patients.register(desk, PatientDetails("Sample", "Sam"))
    early, late = book(desk, alex, "9:00"), book(desk, sam, "11:00")

    def following() -> tuple[str, str]:
        row = today.today(desk).next_up
        assert row is not None
        return row.patient, row.state

    assert following() == ("EXAMPLE, Alex", "booked")
    appointments.start(desk, early)
    assert following() == ("EXAMPLE, Alex", "draft")
    appointments.arrive(desk, late)
    assert following() == ("SAMPLE, Sam", "arrived")


def test_a_merged_registration_brings_its_appointments(desk: Desk, alex: UUID) -> None:
    twice = patients.register(desk, PatientDetails("Exampel", "Alex"))
    book(desk, twice)
    mergers.merge(desk, alex, twice)
    assert lines(desk)[0].patient_id == alex
    with pytest.raises(Locked, match="merged"):
        book(desk, twice, "12:00")


def test_the_database_refuses_to_delete_an_appointment(desk: Desk, alex: UUID) -> None:
    book(desk, alex)
    with pytest.raises(ClinicError), desk.store.unit(desk.actor.id) as unit:
        unit.session.execute(text("DELETE FROM appointments"))
