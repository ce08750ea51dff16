"""What is done with a task, each with its way back; the same on Today and on the tasks page."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.ui.parts.day_doing import Undo
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import todos
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.todos import TodoDetails

Outcome = tuple[str, Undo | None]
Act = Callable[[Desk, UUID], Outcome]


def add(desk: Desk, details: TodoDetails) -> Outcome:
    made = todos.add(desk, details)
    text = _("Recall noted.") if details.recall else _("Task noted.")
    return text, partial(todos.withdraw, desk, made)


def done(desk: Desk, todo: UUID) -> Outcome:
    following = todos.done(desk, todo)
    text = _("Done. The next one is noted.") if following is not None else _("Done.")
    return text, partial(todos.reopen, desk, todo)


def snooze(desk: Desk, todo: UUID, days: int) -> Outcome:
    until = desk.today() + timedelta(days=days)
    was = todos.snooze(desk, todo, until)
    text = _("Put off from {old} to {new}.").format(old=written_day(was), new=written_day(until))
    return text, partial(todos.bring_back, desk, todo, was)


def withdraw(desk: Desk, todo: UUID) -> Outcome:
    todos.withdraw(desk, todo)
    return _("Withdrawn. It stays in the record."), partial(todos.reopen, desk, todo)


def reopen(desk: Desk, todo: UUID) -> Outcome:
    todos.reopen(desk, todo)
    return _("Open again."), None
