"""What came back about a home program, read from the record: for pages, notes, letters, gates."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from clinic_desk.clinical import adherence
from clinic_desk.clinical.adherence import Day, Kept, Sheet
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import ReturnedSheet
from clinic_desk.usecases import words
from clinic_desk.usecases.visit_views import Carried

PAINS = 10
PERCENT, PAIN = "adherence_pct", "home_pain_worst"  # items of a protocol that a sheet answers


@dataclass(frozen=True, slots=True)
class Summary:
    """How the home program of a case was kept up."""

    whole: Kept
    weeks: tuple[Kept, ...]
    lately: Kept  # the last seven filled-in days or fewer
    line: str  # one sentence for the note and the letter

    @property
    def percent(self) -> int | None:
        return self.whole.percent


def summary_of(session: chart.Reading, case_id: UUID) -> Summary | None:
    """As `summary`, within an open reading."""
    sheets = [sheet_of(one) for one in chart.returned_sheets(session, case_id)]
    days = adherence.by_day(sheets)
    whole = adherence.summed(days)
    if whole is None:
        return None
    lately = adherence.summed(adherence.since(days, whole.last - timedelta(days=6)))
    return Summary(whole, adherence.by_week(sheets), lately or whole, line_of(whole))


def line_of(kept: Kept) -> str:
    """ "Home program 03 Feb to 16 Feb 2026: 22 of 28 sessions (79 %), worst pain 4 of 10." """
    span = words.day(kept.first)
    if kept.last != kept.first:
        span = f"{kept.first:%d %b} to {words.day(kept.last)}"
    parts = []
    if kept.percent is not None:
        parts.append(f"{kept.done} of {round(kept.asked)} sessions ({kept.percent} %)")
    if kept.worst_pain is not None:
        parts.append(f"worst pain {kept.worst_pain} of {PAINS}")
    return f"Home program {span}: {', '.join(parts)}."


def line_since(session: chart.Reading, case_id: UUID, since: datetime | None) -> str:
    """The sentence about the sheets that came back after `since`; empty where none did."""
    rows = chart.returned_sheets(session, case_id)
    new = [sheet_of(row) for row in rows if since is None or row.entered_at > since]
    kept = adherence.summed(adherence.by_day(new))
    return line_of(kept) if kept else ""


def answered(session: chart.Reading, case_id: UUID, protocol: Protocol) -> dict[str, Carried]:
    """The protocol's items that the returned sheets answer, from their last seven filled-in days,
    with the last of them. They are facts of the record: nobody is asked for them again.
    """
    if PERCENT not in protocol.items and PAIN not in protocol.items:
        return {}
    seen = summary_of(session, case_id)
    if seen is None:
        return {}
    lately = seen.lately
    values = {PERCENT: lately.percent, PAIN: lately.worst_pain}
    return {
        name: Carried(value, lately.last, fact=True)
        for name, value in values.items()
        if value is not None and name in protocol.items
    }


def sheet_of(row: ReturnedSheet) -> Sheet:
    held = row.days.get("days")
    pairs = held if isinstance(held, list) else []
    days = tuple(Day(*pair) for pair in pairs)
    return Sheet(row.first_on, row.times_per_day, row.days_per_week, days)
