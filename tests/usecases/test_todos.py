"""Tasks and recalls: nothing falls off before a person has done it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from clinic_desk import settings
from clinic_desk.errors import ClinicError, InvalidInput, Locked
from clinic_desk.usecases import appointments, lockbox, taking_back, today, todos, visits
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.today import Need
from clinic_desk.usecases.todos import TodoDetails, TodoRow
from clinic_desk.usecases.visits import Note, VisitContent
from tests.support.desk import Clock

DAY = date(2026, 2, 3)
CALL = TodoDetails("Call the insurer", DAY)


def only(desk: Desk) -> TodoRow:
    (row,) = todos.board(desk).open
    return row


def needs(desk: Desk) -> list[tuple[str, str, str]]:
    kinds = ("todo_late", "todo", "retest")
    return [(one.kind, one.title, one.detail) for one in _needs(desk) if one.kind in kinds]


def _needs(desk: Desk) -> tuple[Need, ...]:
    return today.today(desk).needs


def test_a_task_needs_its_words_and_its_day_and_a_recall_its_patient(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as wrong:
        todos.add(desk, TodoDetails(" ", None, recall=True, every=2))
    assert set(wrong.value.fields) == {"what", "due_on", "patient_id", "every"}


def test_what_is_overdue_climbs_and_stays_until_it_is_done(desk: Desk, clock: Clock) -> None:
    one = todos.add(desk, CALL)
    assert needs(desk) == [("todo", "Call the insurer", "By 03 Feb 2026")]
    clock.move(days=200)
    assert needs(desk) == [
        ("todo_late", "Call the insurer", "By 03 Feb 2026, 200 days overdue"),
    ]
    todos.done(desk, one)
    assert needs(desk) == []
    (done,) = todos.board(desk).done
    assert (done.ended_by, done.ended_at) == ("Dana Demo", clock.at)


def test_a_task_far_ahead_waits_in_the_list_only(desk: Desk) -> None:
    todos.add(desk, replace(CALL, due_on=DAY + timedelta(days=8)))
    assert needs(desk) == []
    settings.save(desk.store.folder, settings.Settings(soon_days=8))  # as the practice wants it
    assert [kind for kind, _title, _detail in needs(desk)] == ["todo"]
    assert only(desk).overdue == 0


def test_putting_off_what_is_not_due_yet_never_brings_it_forward(desk: Desk) -> None:
    ahead = todos.add(desk, replace(CALL, due_on=DAY + timedelta(days=22)))
    late = todos.add(desk, replace(CALL, due_on=DAY - timedelta(days=2)))
    assert todos.later(desk, ahead, 1) == DAY + timedelta(days=23)
    assert todos.later(desk, late, 1) == DAY + timedelta(days=1)


def test_putting_off_keeps_the_day_it_had(desk: Desk) -> None:
    one = todos.add(desk, CALL)
    later = DAY + timedelta(days=3)
    was, undo = taking_back.doing(desk, lambda: todos.snooze(desk, one, later))
    assert was == DAY
    row = only(desk)
    assert (row.due_on, row.first_due_on, row.put_off) == (later, DAY, True)
    assert needs(desk)[0][2] == "By 06 Feb 2026, put off from 03 Feb 2026"
    undo()
    assert not only(desk).put_off
    with pytest.raises(InvalidInput):
        todos.snooze(desk, one, DAY)
    with desk.store.reading() as session:
        held = session.execute(text("SELECT count(*) FROM todo_moves")).scalar()
    assert held == 2


def test_doing_what_repeats_makes_the_next_one_in_its_rhythm(desk: Desk, clock: Clock) -> None:
    one = todos.add(desk, replace(CALL, every=2, unit="week"))
    clock.move(days=20)  # two were missed
    following = todos.done(desk, one)
    row = only(desk)
    assert (row.id, row.due_on, row.repeats) == (following, date(2026, 3, 3), "every 2 weeks")


def test_a_done_repeat_taken_back_leaves_one_open(desk: Desk) -> None:
    one = todos.add(desk, replace(CALL, every=1, unit="month"))
    todos.done(desk, one)
    todos.reopen(desk, one)
    assert only(desk).id == one
    following = todos.done(desk, one)
    assert following is not None
    todos.done(desk, following)
    with pytest.raises(Locked, match="follows"):
        todos.reopen(desk, one)


def test_what_is_done_is_not_done_again(desk: Desk) -> None:
    one = todos.add(desk, CALL)
    todos.done(desk, one)
    for act in (todos.done, todos.withdraw):
        with pytest.raises(Locked):
            act(desk, one)


def test_a_withdrawn_one_is_in_no_list_and_comes_back(desk: Desk) -> None:
    one = todos.add(desk, CALL)
    todos.withdraw(desk, one)
    board = todos.board(desk)
    assert (board.open, board.done) == ((), ())
    todos.reopen(desk, one)
    assert only(desk).id == one


def test_a_closed_part_says_only_that_there_is_something(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    todos.add(desk, TodoDetails("Ask about the private matter", DAY, case_id=strain))
    assert only(desk).case_title == "Left hamstring strain"
    lock = lockbox.close_part(desk, alex, lockbox.CASE, strain)
    row = only(desk)
    assert (row.what, row.case_title, row.patient) == (lockbox.CLOSED_CASE, "", "EXAMPLE, Alex")
    assert "private" not in repr(today.today(desk))
    lockbox.open_part(desk, lock, "The patient asked me to look.")
    assert only(desk).what == "Ask about the private matter"


def test_a_plan_to_retest_is_due_after_four_weeks_unless_it_is_booked(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    visit = visits.start(desk, strain)
    content = VisitContent(Note("s", "o", "a", "p"), retest=("ake", "lag"))
    visits.sign(desk, visit, content)
    clock.move(days=27)
    assert needs(desk) == []
    settings.save(desk.store.folder, settings.Settings(retest_days=27))
    assert [kind for kind, _title, _detail in needs(desk)] == ["retest"]
    settings.save(desk.store.folder, settings.Settings())
    clock.move(days=1)
    assert needs(desk) == [
        (
            "retest",
            "EXAMPLE, Alex",
            "Left hamstring strain: 2 re-tests planned on 03 Feb 2026",
        )
    ]
    lock = lockbox.close_part(desk, alex, lockbox.CASE, strain)
    assert needs(desk) == [("retest", "EXAMPLE, Alex", lockbox.CLOSED_CASE)]
    lockbox.open_part(desk, lock, "The patient asked me to look.")
    booking = Booking(desk.today(), "15:00", alex, "re_evaluation")
    one = appointments.book(desk, booking)
    assert needs(desk) == []
    appointments.cancel(desk, one)
    assert len(needs(desk)) == 1
    visits.start(desk, strain, "re_evaluation")
    assert needs(desk) == []


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, todos.MOST),
    st.sampled_from(sorted(todos.UNITS)),
    st.integers(-400, 400),
)
def test_the_next_day_of_a_series_always_lies_ahead(
    due: date, every: int, unit: str, late: int
) -> None:
    now = due + timedelta(days=late)
    following = todos.next_due(due, every, unit, now)
    assert following > now
    assert following > due


def test_a_monthly_task_of_the_last_day_stays_at_the_end_of_the_month() -> None:
    assert todos.next_due(date(2026, 1, 31), 1, "month", date(2026, 2, 1)) == date(2026, 2, 28)
    assert todos.next_due(date(2026, 1, 31), 1, "month", date(2026, 3, 1)) == date(2026, 3, 31)


def test_the_database_refuses_to_lose_a_task(desk: Desk) -> None:
    one = todos.add(desk, CALL)
    todos.snooze(desk, one, DAY + timedelta(days=1))
    for statement in (
        "DELETE FROM todos",
        "DELETE FROM todo_moves",
        "UPDATE todo_moves SET from_on = to_on",
    ):
        with pytest.raises(ClinicError), desk.store.unit(desk.actor.id) as unit:
            unit.session.execute(text(statement))
