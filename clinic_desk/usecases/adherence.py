"""The round trip of a home program: the tick grid that comes back, and what it adds up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clinic_desk.clinical import adherence
from clinic_desk.clinical.adherence import Day, Sheet
from clinic_desk.errors import Locked
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Program, ReturnedSheet
from clinic_desk.usecases import charts, home_kept, plain, program_content, programs, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.home_kept import Summary, line_of

__all__ = [
    "Blank",
    "HomeProgram",
    "Summary",
    "blank",
    "home_program",
    "line_of",
    "record",
    "summary",
]

GRID = 14  # days on the sheet that is handed out


@dataclass(frozen=True, slots=True)
class HomeProgram:
    """The newest program of a case on the patient's page."""

    title: str
    prescribed_at: datetime
    exercises: int
    minutes: float
    blank: "Blank | None"
    summary: "Summary | None"


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty sheet to fill in: which program it belongs to, and its days until today."""

    program_id: UUID
    title: str
    first: date
    days: int
    times_per_day: int
    days_per_week: int
    prescribed_at: datetime


def home_program(desk: Desk, case_id: UUID) -> HomeProgram | None:
    """The newest program with what came back about it; None before one is prescribed."""
    with desk.store.reading() as session:
        rows = chart.programs(session, [case_id])
    if not rows:
        return None
    content = program_content.read(rows[0].content)
    return HomeProgram(
        title=_title(rows[0]),
        prescribed_at=rows[0].prescribed_at,
        exercises=len(content.lines),
        minutes=programs.gauge(desk, content).seconds / 60,
        blank=blank(desk, case_id),
        summary=summary(desk, case_id),
    )


def blank(desk: Desk, case_id: UUID) -> Blank | None:
    """The sheet of the newest program, from the day after the last one entered; None without
    a program, or where every day until today is entered.
    """
    with desk.store.reading() as session:
        rows = chart.programs(session, [case_id])
        if not rows:
            return None
        row = rows[0]
        sheets = chart.returned_sheets(session, case_id)
        rhythm = _rhythm(row)
    first = words.local(row.prescribed_at).date()
    ends = [home_kept.sheet_of(one).last for one in sheets if one.program_id == row.id]
    if ends:
        first = max(ends) + timedelta(days=1)
    today = desk.today()
    if first > today:
        return None
    return Blank(
        program_id=row.id,
        title=_title(row),
        first=first,
        days=min((today - first).days + 1, adherence.MOST_DAYS),
        times_per_day=rhythm[0],
        days_per_week=rhythm[1],
        prescribed_at=row.prescribed_at,
    )


def record(desk: Desk, program_id: UUID, first: date, days: Sequence[Day]) -> UUID:
    """Keep a returned sheet; audited. Raises NotFound, InvalidInput by field, Locked."""
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = programs.row_of(unit.session, program_id)
        case = charts.case(unit.session, row.case_id)
        if case.closed_on is not None:
            raise Locked("This case is closed.", "Open a new case for a new episode of care.")
        times, week = _rhythm(row)
        filled = _without_end(days)
        sheet = adherence.checked(
            Sheet(first, times, week, filled),
            desk.today(),
            words.local(row.prescribed_at).date(),
        )
        kept = ReturnedSheet(
            case_id=row.case_id,
            program_id=row.id,
            first_on=sheet.first,
            times_per_day=times,
            days_per_week=week,
            days={"days": [[one.done, one.pain] for one in sheet.days]},
            entered_at=now,
            entered_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(kept)
        unit.session.flush()
        unit.audit("enter", "returned_sheet", kept.id, at=now)
        unit.commit()
        return kept.id


def summary(desk: Desk, case_id: UUID) -> Summary | None:
    """What the returned sheets of a case add up to; None where none came back."""
    with desk.store.reading() as session:
        return home_kept.summary_of(session, case_id)


def _without_end(days: Sequence[Day]) -> tuple[Day, ...]:
    """The days without the empty ones at the end, which were never filled in."""
    end = max((place + 1 for place, day in enumerate(days) if not day.empty), default=0)
    return tuple(days[:end])


def _title(row: Program) -> str:
    return plain.text(row.content, "template_name") or "Home program"


def _rhythm(row: Program) -> tuple[int, int]:
    """Sessions a day and days a week: what its most frequent exercise asks."""
    lines = program_content.read(row.content).lines
    times = max((line.times_per_day for line in lines), default=1)
    week = max((line.days_per_week for line in lines), default=7)
    return times, week
