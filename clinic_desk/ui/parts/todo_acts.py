"""What is done with a task and how it is said; the same on Today and on the tasks page."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.ui.parts.doing import Doing, Then
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import todos
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.todos import TodoDetails

Act = Callable[[Doing, Desk, UUID], None]


def add(doing: Doing, desk: Desk, details: TodoDetails, then: Then | None = None) -> None:
    text = _("Recall noted.") if details.recall else _("Task noted.")
    doing.do(partial(todos.add, desk, details), text, then)


def done(doing: Doing, desk: Desk, todo: UUID) -> None:
    def words(following: UUID | None) -> str:
        return _("Task done. The next one is noted.") if following else _("Task done.")

    doing.do(partial(todos.done, desk, todo), words)


def snooze(doing: Doing, desk: Desk, todo: UUID, days: int) -> None:
    def act() -> tuple[date, date]:
        until = todos.later(desk, todo, days)
        return todos.snooze(desk, todo, until), until

    def words(moved: tuple[date, date]) -> str:
        was, until = map(written_day, moved)
        return _("Put off from {old} to {new}.").format(old=was, new=until)

    doing.do(act, words)


def withdraw(doing: Doing, desk: Desk, todo: UUID) -> None:
    doing.do(partial(todos.withdraw, desk, todo), _("Withdrawn. It stays in the record."))


def reopen(doing: Doing, desk: Desk, todo: UUID) -> None:
    doing.do(partial(todos.reopen, desk, todo), _("Open again."))
