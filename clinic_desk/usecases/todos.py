"""Tasks and recalls: what is to be done, by when, by whom, how often.

Nothing falls off: what is due stays until a person has done it or withdrawn it, what is put off
keeps the day it had, and doing what repeats makes the next one.
"""

import calendar
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clinic_desk.errors import Locked
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import day_queries as rows
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Case, Clinician, Patient, Todo, TodoMove
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import charts, lockbox, typed, words
from clinic_desk.usecases.desk import Desk

UNITS = {"day": _("days"), "week": _("weeks"), "month": _("months")}
MOST = 120  # of a unit between two
DONE_SHOWN = 200
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class TodoDetails:
    """What the person types. A recall is about a patient; `what` is its reason."""

    what: str
    due_on: date | None
    recall: bool = False
    patient_id: UUID | None = None
    case_id: UUID | None = None
    owner_id: UUID | None = None  # None: who makes it
    every: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TodoRow:
    id: UUID
    version: int
    recall: bool
    what: str
    patient_id: UUID | None
    patient: str  # "EXAMPLE, Alex"
    case_id: UUID | None
    case_title: str
    due_on: date
    first_due_on: date
    overdue: int  # days
    owner_id: UUID
    owner: str
    every: int
    unit: str
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def put_off(self) -> bool:
        return self.due_on != self.first_due_on

    @property
    def repeats(self) -> str:
        """ "every 2 weeks"; empty for once."""
        if not self.every:
            return ""
        if self.every == 1:
            return f"every {self.unit}"
        return f"every {self.every} {self.unit}s"


@dataclass(frozen=True, slots=True)
class Board:
    """The tasks page: what is open by the day due, what was done the newest first."""

    open: tuple[TodoRow, ...]
    done: tuple[TodoRow, ...]
    owners: tuple[tuple[UUID, str], ...]
    me: UUID


def board(desk: Desk) -> Board:
    """All tasks and recalls of the practice."""
    today = desk.today()
    with desk.store.reading() as session:
        waiting = open_rows(session, today)
        busy = {one.owner_id for one in waiting}
        return Board(
            waiting,
            _rows(session, rows.done_todos(session, DONE_SHOWN), today),
            tuple(
                (one.id, one.name)
                for one in chart.clinicians(session)
                if one.active or one.id in busy
            ),
            desk.actor.id,
        )


def all_done(desk: Desk) -> tuple[TodoRow, ...]:
    """All that was done, in the order of the board."""
    with desk.store.reading() as session:
        return _rows(session, rows.done_todos(session, ALL), desk.today())


def open_rows(
    session: chart.Reading, today: date, until: date | None = None
) -> tuple[TodoRow, ...]:
    """What is still to be done, the longest overdue first; until a day, or all of it."""
    return _rows(session, rows.open_todos(session, until), today)


def add(desk: Desk, details: TodoDetails) -> UUID:
    """Note a task or a recall. Raises InvalidInput by the fields of the details."""
    what = typed.line(details.what)
    problems = typed.over_limit({"what": what}, {})
    if not what:
        problems["what"] = "Say what is to be done." if not details.recall else "Say why."
    if details.due_on is None:
        problems["due_on"] = "Say by when."
    if details.recall and details.patient_id is None:
        problems["patient_id"] = "A recall is about a patient. Choose who."
    if details.every and details.unit not in UNITS:
        problems["every"] = "Say how often: days, weeks or months."
    if not 0 <= details.every <= MOST:
        problems["every"] = f"From 1 to {MOST}."
    typed.refuse(problems)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        patient_id = details.patient_id
        if details.case_id is not None:
            lockbox.refuse_hidden(unit.session, details.case_id)
            case = unit.get(Case, details.case_id)
            if patient_id not in (None, case.patient_id):
                raise Locked("This case is another patient's.")
            patient_id = case.patient_id
        elif patient_id is not None:
            unit.get(Patient, patient_id)
        owner = unit.get(Clinician, details.owner_id or desk.actor.id)
        typed.refuse({} if owner.active else {"owner_id": f"{owner.name} no longer works here."})
        due = details.due_on or desk.today()  # given, or refused above
        row = Todo(
            recall=details.recall,
            what=what,
            patient_id=patient_id,
            case_id=details.case_id,
            due_on=due,
            first_due_on=due,
            owner_id=owner.id,
            every=details.every,
            unit=details.unit if details.every else "",
            made_at=now,
            made_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        unit.audit("add", "recall" if row.recall else "task", row.id, at=now)
        unit.commit()
        return row.id


def later(desk: Desk, todo_id: UUID, days: int) -> date:
    """The day to which so many days put something off: what is not due yet never comes earlier."""
    with desk.store.reading() as session:
        row = session.get(Todo, todo_id)
        due = row.due_on if row is not None else desk.today()
    return max(due, desk.today()) + timedelta(days=days)


def snooze(desk: Desk, todo_id: UUID, until: date) -> date:
    """Put off to a later day; the day it had stays with it. Gives that day. Raises InvalidInput,
    Locked (done already).
    """
    if until <= desk.today():
        typed.refuse({"until": "Put it off to a day that lies ahead."})
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = _open(unit, todo_id)
        was = row.due_on
        row.due_on = until
        unit.session.add(
            TodoMove(
                todo_id=row.id,
                from_on=was,
                to_on=until,
                at=now,
                by=desk.actor.name,
                clinician_id=desk.actor.id,
            )
        )
        unit.audit("snooze", _subject(row), row.id, at=now)
        unit.commit()
        return was


def done(desk: Desk, todo_id: UUID) -> UUID | None:
    """Done, now and by who acts. What repeats has its next one made; gives its id."""
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = _open(unit, todo_id)
        row.outcome, row.ended_at, row.ended_by = "done", now, desk.actor.name
        following = None
        if row.every:
            due = next_due(row.first_due_on, row.every, row.unit, desk.today())
            following = Todo(
                recall=row.recall,
                what=row.what,
                patient_id=row.patient_id,
                case_id=row.case_id,
                due_on=due,
                first_due_on=due,
                owner_id=row.owner_id,
                every=row.every,
                unit=row.unit,
                follows_id=row.id,
                made_at=now,
                made_by=desk.actor.name,
                clinician_id=desk.actor.id,
            )
            unit.session.add(following)
            unit.session.flush()
        details = {"next": following.id} if following is not None else {}
        unit.audit("done", _subject(row), row.id, dict(details), at=now)
        unit.commit()
        return following.id if following is not None else None


def withdraw(desk: Desk, todo_id: UUID) -> None:
    """It need not be done; it stays in the record as withdrawn."""
    with desk.store.unit(desk.actor.id) as unit:
        row = _open(unit, todo_id)
        row.outcome, row.ended_at, row.ended_by = "withdrawn", desk.now(), desk.actor.name
        unit.audit("withdraw", _subject(row), row.id, at=desk.now())
        unit.commit()


def reopen(desk: Desk, todo_id: UUID) -> None:
    """Take "done" or "withdrawn" back; the next one that the doing made is withdrawn.

    Raises Locked where that next one was done already.
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Todo, todo_id)
        if row.ended_at is None:
            return
        following = rows.followers(unit.session, row.id)
        if any(one.outcome == "done" for one in following):
            raise Locked("The one that follows was done already.", "This one stays done.")
        for one in (one for one in following if one.ended_at is None):
            one.outcome, one.ended_at, one.ended_by = "withdrawn", now, desk.actor.name
        row.outcome, row.ended_at, row.ended_by = "", None, ""
        unit.audit("reopen", _subject(row), row.id, at=now)
        unit.commit()


def next_due(due: date, every: int, unit: str, today: date) -> date:
    """The next day of a series after today; the series keeps its rhythm when one was late.

    A month's series keeps its day; where a month is too short, its last day stands in.
    """
    step = 0
    day = due
    while day <= today or day <= due:
        step += every
        if unit == "month":
            months = due.year * 12 + due.month - 1 + step
            year, month = divmod(months, 12)
            day = date(year, month + 1, min(due.day, calendar.monthrange(year, month + 1)[1]))
        else:
            day = due + timedelta(days=step * (7 if unit == "week" else 1))
    return day


def _open(unit: UnitOfWork, todo_id: UUID) -> Todo:
    row = unit.get(Todo, todo_id)
    if row.ended_at is not None:
        raise Locked("This was done or withdrawn already.", "Look again.")
    return row


def _subject(row: Todo) -> str:
    return "recall" if row.recall else "task"


def _rows(session: chart.Reading, found: Sequence[rows.Asked], today: date) -> tuple[TodoRow, ...]:
    hidden = lock_queries.hidden_cases(session)
    owners = {one.id: one.name for one in chart.clinicians(session)}
    return tuple(_row(row, who, case, owners, hidden, today) for row, who, case in found)


def _row(
    row: Todo,
    who: Patient | None,
    case: Case | None,
    owners: dict[UUID, str],
    hidden: Container[UUID],
    today: date,
) -> TodoRow:
    """A line of the list; of a closed part only that there is something to do."""
    closed = case is not None and case.id in hidden
    title = words.sided(case.title, charts.side_of(case)) if case and not closed else ""
    return TodoRow(
        id=row.id,
        version=row.version,
        recall=row.recall,
        what=lockbox.CLOSED_CASE if closed else row.what,
        patient_id=row.patient_id,
        patient=words.list_name(who.given_name, who.family_name) if who else "",
        case_id=row.case_id,
        case_title=title,
        due_on=row.due_on,
        first_due_on=row.first_due_on,
        overdue=max(0, (today - row.due_on).days),
        owner_id=row.owner_id,
        owner=owners[row.owner_id],
        every=row.every,
        unit=row.unit,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
