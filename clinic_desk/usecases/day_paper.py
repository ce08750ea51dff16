"""The day list as a page to print: what stands on the screen, at the person's wish."""

from datetime import date

from clinic_desk.documents import day_sheet
from clinic_desk.storage import chart_queries as chart
from clinic_desk.usecases import appointments, charts, day_list, words
from clinic_desk.usecases.day_list import DayRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letterhead import paper_of

HEADINGS = ("Time", "Patient", "Born", "Visit", "Case and note", "State")


def pdf(desk: Desk, day: date) -> bytes:
    """A day on paper. Closed parts stay closed there too. Raises DocumentFailed."""
    with desk.store.reading() as session:
        rows = day_list.of_day(session, day)
        practice = chart.practice(session)
        content = day_sheet.DaySheetContent(
            title=title(day),
            printed=f"Printed {words.moment(desk.now())}",
            practice=practice.name,
            paper=paper_of(practice.paper),
            language="en",
            headings=HEADINGS,
            rows=tuple(_cells(row) for row in rows),
        )
    return day_sheet.render(content)


def title(day: date) -> str:
    """ "Tuesday 03 Feb 2026"."""
    return f"{words.WEEKDAYS[day.weekday()]} {words.day(day)}"


def _cells(row: DayRow) -> tuple[str, ...]:
    kinds = {**charts.KINDS, **appointments.KINDS}
    about = ". ".join(one for one in (row.case_title, row.note) if one)
    return (
        row.time,
        row.patient,
        words.birth(row.birth_date, row.birth_part),
        kinds.get(row.kind, row.kind),
        about,
        _state(row),
    )


def _state(row: DayRow) -> str:
    if row.state == "signed" and row.signed_at is not None:
        return f"Signed {words.local(row.signed_at):%H:%M}"
    if row.state == "arrived" and row.arrived_at is not None:
        return f"Arrived {words.local(row.arrived_at):%H:%M}"
    return {"draft": "Draft, not signed", "cancelled": "Cancelled"}.get(row.state, "Booked")
