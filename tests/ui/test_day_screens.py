"""The day list on Today and the tasks page, by the keyboard, with the way back of each act."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from clinic_desk.ui.parts.todo_snooze import SnoozeButton
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.tasks import TasksScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import (
    appointments,
    cases,
    day_list,
    lockbox,
    patients,
    today,
    todos,
    visits,
)
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.todos import TodoDetails
from clinic_desk.usecases.visits import VisitContent
from tests.ui.desk_stage import Stage, press
from tests.usecases.answers import STRAIN

DAY = date(2026, 2, 3)


class Acts:
    """What the message bar offers to take back."""

    def __init__(self, at: Stage) -> None:
        self.at = at
        self.offered: list[tuple[str, object]] = []
        at.screen.undoable.connect(lambda text, undo: self.offered.append((text, undo)))

    @property
    def text(self) -> str:
        return self.offered[-1][0]

    def undo(self) -> None:
        self.offered[-1][1]()  # type: ignore[operator]
        self.at.settle()


@pytest.fixture
def day(stage, desk: Desk, alex: UUID, strain: UUID) -> Stage:
    appointments.book(desk, Booking(DAY, "10:30", alex))
    shown = stage(TodayScreen)
    shown.open(Place.TODAY)
    return shown


def states(desk: Desk, day: date = DAY) -> list[tuple[str, str]]:
    return [(row.time, row.state) for row in day_list.day_list(desk, day).rows]


def key(at: Stage, pressed: Qt.Key) -> None:
    QTest.keyClick(at.screen.day.rows, pressed)
    at.settle()


def test_typing_time_and_name_books_and_asks_for_the_next(day: Stage, desk: Desk) -> None:
    patients.register(desk, PatientDetails("Sample", "Sam"))
    acts = Acts(day)
    key(day, Qt.Key.Key_B)
    form = day.screen.day.booking
    QTest.keyClicks(form.who.words, "1115 sam")
    QTest.keyClick(form.who.words, Qt.Key.Key_Return)  # before the list has come
    day.until(lambda: len(states(desk)) == 2)
    assert states(desk) == [("10:30", "booked"), ("11:15", "booked")]
    assert form.isVisible()
    assert form.who.words.text() == ""
    acts.undo()
    assert ("11:15", "cancelled") in states(desk)


def test_work_begins_in_the_day_list_though_it_is_read_after_the_screen_is_opened(
    day: Stage,
) -> None:
    assert day.screen.focusWidget() is day.screen.day.rows


def test_a_recall_that_asks_keeps_its_question_mark_alone(
    day: Stage, desk: Desk, alex: UUID
) -> None:
    todos.add(desk, TodoDetails("does the tendon bear it?", DAY, True, alex))
    (need,) = [one for one in today.today(desk).needs if "tendon" in one.detail]
    assert need.detail.startswith("Recall: does the tendon bear it? By 03 Feb 2026")


def test_a_patient_with_several_cases_is_asked_which_and_that_visit_is_started(
    day: Stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    newer = cases.open_case(desk, alex, cases.CaseDetails("Right ankle sprain"))
    secret = cases.open_case(desk, alex, cases.CaseDetails("Private matter"))
    lockbox.close_part(desk, alex, lockbox.CASE, secret)
    key(day, Qt.Key.Key_B)
    form = day.screen.day.booking
    assert form.of_case.isHidden()
    QTest.keyClicks(form.who.words, "1115 exam")
    QTest.keyClick(form.who.words, Qt.Key.Key_Return)
    day.until(lambda: not form.of_case.isHidden())
    assert len(states(desk)) == 1  # nothing is presumed
    assert [form.case.itemData(place) for place in range(form.case.count())] == [newer, strain]
    form.case.set_value(strain)
    QTest.keyClick(form.case, Qt.Key.Key_Return)
    day.until(lambda: len(states(desk)) == 2)
    booked = next(row for row in day_list.day_list(desk, DAY).rows if row.time == "11:15")
    assert booked.case_id == strain
    visit = appointments.start(desk, booked.appointment_id)
    assert visits.open_visit(desk, visit).case_id == strain


def test_a_booking_without_a_time_or_a_name_says_what_is_missing(day: Stage, desk: Desk) -> None:
    key(day, Qt.Key.Key_B)
    form = day.screen.day.booking
    for typed, said in (("exam", "Begin with the time"), ("11:15 nobody", "Choose who comes")):
        form.who.words.clear()
        QTest.keyClicks(form.who.words, typed)
        day.until(form.who.settled)
        QTest.keyClick(form.who.words, Qt.Key.Key_Return)
        day.settle()
        assert said in form.form.problems()["patient_id"]
    assert len(states(desk)) == 1
    QTest.keyClick(form.who.words, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_one_key_marks_arrived_and_undo_takes_it_back(day: Stage, desk: Desk) -> None:
    acts = Acts(day)
    key(day, Qt.Key.Key_A)
    assert states(desk) == [("10:30", "arrived")]
    assert day.screen.next_card.when.text().startswith("Next, arrived")
    acts.undo()
    assert states(desk) == [("10:30", "booked")]


def test_a_cancelled_line_stays_and_the_same_key_brings_it_back(day: Stage, desk: Desk) -> None:
    acts = Acts(day)
    key(day, Qt.Key.Key_C)
    assert states(desk) == [("10:30", "cancelled")]
    assert not day.screen.day.start.isEnabled()
    key(day, Qt.Key.Key_A)  # a cancelled one does not arrive
    assert states(desk) == [("10:30", "cancelled")]
    key(day, Qt.Key.Key_C)
    assert states(desk) == [("10:30", "booked")]
    acts.undo()
    assert states(desk) == [("10:30", "cancelled")]


def test_a_line_moves_to_another_day_and_back(day: Stage, desk: Desk) -> None:
    acts = Acts(day)
    key(day, Qt.Key.Key_M)
    form = day.screen.day.moving
    form.day.set_day(DAY + timedelta(days=1))
    form.time.setText("25:99")
    press(form.act)
    day.settle()
    assert "10:30" in form.form.problems()["time"]
    form.time.setText("9:15")
    press(form.act)
    day.settle()
    assert form.isHidden()
    assert states(desk, DAY + timedelta(days=1)) == [("09:15", "booked")]
    assert acts.text == "Moved from 03 Feb 2026 10:30 to 04 Feb 2026."
    key(day, Qt.Key.Key_Right)
    assert [row.time for row in day.screen.day.model.rows()] == ["09:15"]
    acts.undo()
    assert states(desk) == [("10:30", "booked")]


def test_ctrl_enter_starts_the_visit_of_who_is_next(day: Stage, desk: Desk) -> None:
    assert day.screen.primary().text() == "Start visit"
    press(day.screen.primary())
    day.settle()
    (row,) = day_list.day_list(desk, DAY).rows
    assert day.asked == [Ref(Place.VISIT, row.visit_id)]


def test_ctrl_enter_books_what_is_typed_and_starts_nobodys_visit(day: Stage, desk: Desk) -> None:
    patients.register(desk, PatientDetails("Sample", "Sam"))
    key(day, Qt.Key.Key_B)
    form = day.screen.day.booking
    QTest.keyClicks(form.who.words, "1115 sam")
    assert day.screen.primary() is form.act
    day.screen.primary().click()
    day.until(lambda: len(states(desk)) == 2)
    assert states(desk) == [("10:30", "booked"), ("11:15", "booked")]
    assert day.asked == []
    assert day.screen.next_card.proceed.kind == "plain"
    QTest.keyClick(form.who.words, Qt.Key.Key_Escape)
    assert day.screen.primary() is day.screen.next_card.proceed
    assert day.screen.primary().kind == "primary"


def test_who_was_never_seen_is_offered_a_first_visit_until_the_person_says_another(
    day: Stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    key(day, Qt.Key.Key_B)
    form = day.screen.day.booking
    QTest.keyClicks(form.who.words, "1115 exam")
    day.until(lambda: form.kind.value() == "first_visit")
    QTest.keyClick(form.kind, Qt.Key.Key_Down)
    QTest.keyClicks(form.who.words, "p")
    day.settle()
    assert form.kind.value() == "follow_up"
    visits.start(desk, strain)
    assert appointments.usual_kind(desk, alex) == "follow_up"


def test_a_start_without_an_open_case_says_what_to_do(stage, desk: Desk) -> None:
    sam = patients.register(desk, PatientDetails("Sample", "Sam"))
    appointments.book(desk, Booking(DAY, "10:30", sam))
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    key(at, Qt.Key.Key_S)
    assert "no open case" in at.said[-1][0]
    assert at.asked == []
    key(at, Qt.Key.Key_Return)
    assert at.asked == [Ref(Place.PATIENT, sam)]


def test_a_closed_part_is_never_read_on_today(stage, desk: Desk, alex: UUID, strain: UUID) -> None:
    appointments.book(desk, Booking(DAY, "10:30", alex, note="private", case_id=strain))
    todos.add(desk, TodoDetails("private", DAY, case_id=strain))
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    model = at.screen.day.model
    cells = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert lockbox.CLOSED_CASE in cells
    assert "private" not in " ".join(cells)
    texts = [held.text() for held in at.screen.needs.findChildren(QAbstractButton)]
    assert "private" not in " ".join(texts)


def test_a_red_flag_of_who_is_next_leads_to_its_visit(day: Stage, desk: Desk, strain: UUID) -> None:
    flag = day.screen.next_card.flag
    assert flag.isHidden()
    visit = visits.start(desk, strain)
    content = VisitContent(answers=STRAIN | {"rf_dvt_gate": "yes"})
    visits.keep(desk, visit, visits.write_into_note(desk, visits.open_visit(desk, visit), content))
    day.open(Place.TODAY)
    assert (flag.text(), "open the visit" in flag.accessibleName()) == ("Red flag open", True)
    press(flag)
    assert day.asked[-1] == Ref(Place.VISIT, visit)


def test_the_day_list_is_saved_as_one_page(day: Stage, tmp_path: Path) -> None:
    target = tmp_path / "day.pdf"
    day.screen.out.save_to(DAY, target)
    day.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert day.said[-1] == ("Saved as day.pdf.", "done")


def todo_button(at: Stage, text: str) -> QAbstractButton:
    held = [
        button
        for widget in at.screen.needs._widgets
        for button in widget.findChildren(QAbstractButton)
    ]
    return next(button for button in held if button.text() == text)


def test_a_task_on_today_is_done_with_one_press_and_taken_back(stage, desk: Desk) -> None:
    todos.add(desk, TodoDetails("Call the insurer", DAY - timedelta(days=2)))
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    acts = Acts(at)
    press(todo_button(at, "Done"))
    at.settle()
    assert todos.board(desk).open == ()
    acts.undo()
    assert len(todos.board(desk).open) == 1


def test_a_task_on_today_is_put_off_and_says_from_which_day(stage, desk: Desk) -> None:
    todos.add(desk, TodoDetails("Call the insurer", DAY))
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    acts = Acts(at)
    (later,) = [b for w in at.screen.needs._widgets for b in w.findChildren(SnoozeButton)]
    later.lengths.actions()[1].trigger()
    at.settle()
    assert acts.text == "Put off from 03 Feb 2026 to 10 Feb 2026."
    (row,) = todos.board(desk).open
    assert (row.due_on, row.first_due_on) == (DAY + timedelta(days=7), DAY)


def test_a_recall_is_noted_with_its_patient_and_repeat(stage, desk: Desk, alex: UUID) -> None:
    at = stage(TasksScreen)
    at.open(Place.TASKS)
    press(at.screen.empty.button)
    form = at.screen.form
    form.kind.set_value("recall")
    QTest.keyClicks(form.what, "Tendon after the season")
    press(form.note)
    at.settle()
    assert "Choose who" in form.form.problems()["patient_id"]
    QTest.keyClicks(form.who.words, "exam")
    at.until(lambda: form.who.settled() and form.who.value() is not None)
    QTest.keyClicks(form.every, "3")
    form.unit.set_value("month")
    press(form.note)
    at.settle()
    (row,) = todos.board(desk).open
    assert (row.recall, row.patient_id, row.repeats) == (True, alex, "every 3 months")
    assert at.screen.pages.currentWidget() is at.screen.card


def test_the_tasks_page_works_by_letters(stage, desk: Desk, alex: UUID) -> None:
    todos.add(desk, TodoDetails("Call", DAY, patient_id=alex, every=1, unit="week"))
    at = stage(TasksScreen)
    at.open(Place.TASKS)
    acts = Acts(at)
    rows = at.screen.rows
    QTest.keyClick(rows, Qt.Key.Key_D)
    at.settle()
    assert acts.text == "Task done. The next one is noted."
    assert [row.due_on for row in at.screen.model.rows()] == [DAY + timedelta(days=7)]
    QTest.keyClick(rows, Qt.Key.Key_W)
    at.settle()
    assert at.screen.model.rows() == ()
    at.screen.shown.set_value("done")
    at.screen._filter()
    assert len(at.screen.model.rows()) == 1
    QTest.keyClick(rows, Qt.Key.Key_R)
    at.settle()
    assert [row.due_on for row in todos.board(desk).open] == [DAY]
