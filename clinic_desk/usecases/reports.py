"""Reports over the practice: made for a period, with the rows behind each number, as CSV and PDF.

Parts of files that a patient wants closed are counted, and never named.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_out
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries
from clinic_desk.storage import report_queries as query
from clinic_desk.storage.watched import watched
from clinic_desk.usecases import (
    charts,
    report_days,
    reports_care,
    reports_load,
    reports_notes,
    reports_outcomes,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Course, Progress, unwatched
from clinic_desk.usecases.report_views import Behind, Counted, Listed, Period, Report

KINDS = {
    "load": _("Case load"),
    "outcomes": _("Outcomes"),
    "return": _("Time to return"),
    "adherence": _("Adherence"),
    "notes": _("Notes"),
    "referrals": _("Referrals"),
}
MOST = 500  # rows of a list behind a number
ALL = 10_000_000

Where = tuple[query.Where, ...]


def make(desk: Desk, kind: str, period: Period, watch: Progress = unwatched) -> Report:
    """One report. Raises InvalidInput for a period that ends before it begins, Stopped where the
    watch ends it: between two batches, or in the middle of a long reading.
    """
    if period.last < period.first:
        raise InvalidInput({"last": _("The last day is before the first.")})
    course = Course(watch)
    with desk.store.reading() as session, watched(session, course.ask):
        match kind:
            case "load":
                return reports_load.report(session, period)
            case "outcomes":
                return reports_outcomes.report(session, desk.library, period, course.step)
            case "return":
                return reports_care.returning(session, desk.library, period)
            case "adherence":
                return reports_care.kept_up(session, period, course.step)
            case "notes":
                return reports_notes.audit(session, desk.library, period, desk.today(), course.step)
            case "referrals":
                return reports_notes.referrals(session, period, desk.today())
    raise ValueError(kind)


def period(desk: Desk, choice: str) -> Period:
    """A period by its name, on the calendar of today."""
    with desk.store.reading() as session:
        earliest = query.first_day(session) if choice == "all" else None
    return report_days.chosen(choice, desk.today(), earliest)


# The rows behind a number


def listed(desk: Desk, behind: Behind, limit: int = MOST) -> Listed:
    """What a number counts, the newest first. Closed parts are counted, never named."""
    kind, _dot, which = behind.what.partition(".")
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        where = _WHERE[kind](behind, which, desk.today())
        rows = _LINES[kind](session, where, limit + 1)
    shown, times = rows[:limit], Counter(behind.ids)
    return Listed(
        title=behind.title,
        rows=tuple(_counted(one, times[one.case_id]) for one in shown if one.case_id not in hidden),
        closed=sum(one.case_id in hidden for one in shown),
        more=len(rows) > limit,
    )


def _cases(behind: Behind, which: str, _today: date) -> Where:
    if which == "ids":
        return (query.of_cases(behind.ids),)
    span = {
        "new": query.opened(behind.first, behind.last),
        "closed": query.closed(behind.first, behind.last),
        "open": query.standing(behind.last),
    }[which]
    if behind.clinician is None and not behind.nobodys:
        return (span,)
    return (span, query.owned_by(behind.clinician))


def _visits(behind: Behind, which: str, _today: date) -> Where:
    if which == "ids":
        return (query.of_visits(behind.ids),)
    found = [query.cared(*report_days.span(Period(behind.first, behind.last)))]
    if behind.clinician is not None:
        found.append(query.of_clinician(behind.clinician))
    if which == "unsigned":
        found.append(query.unsigned())
    elif which == "no_consent":
        found.append(query.without_consent())
    return tuple(found)


def _loops(behind: Behind, which: str, today: date) -> Where:
    found = [query.ordered(behind.first, behind.last)]
    if behind.clinician is not None:
        found.append(query.asked_by(behind.clinician))
    if behind.recipient is not None:
        found.append(query.of_recipient(behind.recipient))
    match which:
        case "answered" | "no_answer":
            found.append(query.ended(which))
        case "waiting":
            found.append(query.waiting())
        case "overdue":
            found.append(query.overdue(today))
    return tuple(found)


_WHERE: Mapping[str, Callable[[Behind, str, date], Where]] = {
    "cases": _cases,
    "visits": _visits,
    "loops": _loops,
}
_LINES: Mapping[str, Callable[[chart.Reading, Where, int], list[query.Line]]] = {
    "cases": query.case_lines,
    "visits": query.visit_lines,
    "loops": query.loop_lines,
}


def _counted(one: query.Line, times: int = 1) -> Counted:
    on, said = one.opened_on, _("Opened {day}").format(day=words.day(one.opened_on))
    if one.closed_on is not None:
        said = _("{opened}, closed {day}").format(opened=said, day=words.day(one.closed_on))
    if one.care_at is not None and one.visit_number is not None:
        on = words.local(one.care_at).date()
        said = charts.visit_title(one.visit_kind or "", one.visit_number)
        if one.visit_status == "draft":
            said = _("{visit}, not signed").format(visit=said)
    if one.loop_id is not None and one.due_on is not None:
        on = one.due_on
        said = _("{title}, due {day}").format(title=one.loop_title, day=words.day(one.due_on))
    if times > 1:  # a case with two programs, say
        said = _("{what}; counted {n} times").format(what=said, n=times)
    return Counted(
        patient_id=one.patient_id,
        who=words.list_name(one.given_name, one.family_name),
        number=one.number,
        case_id=one.case_id,
        case=words.sided(one.title, Side(one.side) if one.side else None),
        on=on,
        said=said,
        visit_id=one.visit_id,
        loop_id=one.loop_id,
    )


# On their way out


def csv(desk: Desk, report: Report) -> bytes:
    """Every number of a report, one a line, as a spreadsheet can sort and sum them; audited."""
    header = (_("Table"), _("Row"), _("Column"), _("Value"))
    rows = [
        (table.title, row[0].text, column, cell.text)
        for table in report.tables
        for row in table.rows
        for column, cell in zip(table.header[1:], row[1:], strict=True)
    ]
    _said(desk, report.kind, "csv")
    return csv_out.table(header, rows)


def closed_words(number: int) -> str:
    """How many rows are in closed parts."""
    return _("{n} more in closed parts: counted, not named").format(n=number)


def _said(desk: Desk, what: str, form: str) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        unit.audit("export", "report", None, {"kind": what, "form": form}, at=desk.now())
        unit.commit()
