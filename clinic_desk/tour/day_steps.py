"""The desk's part of the tour: a patient is booked, a task is noted and done."""

from datetime import timedelta

from clinic_desk.tour import story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.batch import BatchScreen
from clinic_desk.ui.screens.importing import COLUMNS, ImportingScreen
from clinic_desk.ui.screens.tasks import TasksScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import day_list, todos


def book_and_remember(guide: Guide) -> None:
    """Fill a line of the day by the keyboard, and a task that waits for its day."""
    hands = guide.hands
    with guide.step("booked", "booked a patient by typing the time and a part of the name"):
        day = guide.at(Place.TODAY, TodayScreen).day
        hands.keys("B", day.rows)
        words = day.booking.who
        hands.type(words.words, f"{story.BOOKED_AT} {story.SEEN_BEFORE.lower()}")
        hands.until(words.settled, "the patient")
        hands.keys("Return", words.words)
        booked = day_list.day_list(guide.nav.desk, guide.nav.desk.today()).rows
        if not any(row.time == story.BOOKED_AT and row.state == "booked" for row in booked):
            raise StepFailed("the patient is not on the day list")
        hands.keys("Escape", words.words)
    with guide.step("task", "noted a task on the tasks page"):
        hands.press(guide.at(Place.TODAY, TodayScreen).needs.all_tasks)
        tasks = guide.at(Place.TASKS, TasksScreen)
        hands.press(tasks.new)
        hands.type(tasks.form.what, story.TASK)
        hands.press(tasks.form.note)
        if story.TASK not in [row.what for row in todos.board(guide.nav.desk).open]:
            raise StepFailed("the task is not noted")


def take_a_day_in(guide: Guide) -> None:
    """A list of another program, on its way onto the day list."""
    with guide.step("day-list-in", "looked at what the columns of a day list mean"):
        path = guide.out / "day-list.csv"
        path.write_text(f"Time,Patient,Type\n15:00,{story.SEEN_BEFORE},Follow-up\n", "utf-8")
        screen = guide.at(Place.IMPORT, ImportingScreen)
        screen.take(path)
        guide.hands.until(lambda: screen.pages.currentIndex() == COLUMNS, "the columns")
        path.unlink()


def write_recalls(guide: Guide, many: BatchScreen) -> None:
    """The letters to the patients who are due within a week."""
    hands = guide.hands
    with guide.step("letters-for-recalls", "looked at the letters to patients who are due"):
        many.choice.until.set_day(guide.nav.desk.today() + timedelta(days=7))
        hands.pick(many.choice.whom, "recalls")
        hands.until(lambda: bool(many.model.rows()), "the recalls that are due")
        hands.until(lambda: not many.work.working, "the check of each letter")
