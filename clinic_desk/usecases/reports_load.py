"""The case load: what was opened, closed and stood open, by month and by clinician."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import report_queries as query
from clinic_desk.usecases import report_days, words
from clinic_desk.usecases.report_views import (
    BarRow,
    Bars,
    Behind,
    Cell,
    Period,
    Report,
    Table,
    count,
)

MOST_MONTHS = 24  # of a longer period the years are shown
_WHAT = ("cases.new", "cases.closed", "cases.open")
_NAMES = (_("New cases"), _("Closed cases"), _("Open cases"))


def report(session: chart.Reading, period: Period) -> Report:
    """How many cases, and whose."""
    began = query.first_day(session) or period.last
    spans = [one for one in parts(period) if one[1] >= min(began, period.last)]
    conditions = [one for first, last in spans for one in _conditions(first, last)]
    sums = query.sums(session, conditions)
    rows = [tuple(sums[place : place + 3]) for place in range(0, len(sums), 3)]
    named = [_name(first, last) for first, last in spans]
    months = tuple(
        (Cell(name), *_cells(row, name, first, last))
        for name, row, (first, last) in zip(named, rows, spans, strict=True)
    )
    header = (_("New"), _("Closed"), _("Open at the end"))
    return Report(
        kind="load",
        title=_("Case load"),
        period=period,
        tables=(
            Table(_("By month"), (_("Month"), *header), months),
            Table(
                _("By clinician"),
                (_("Clinician"), *header, _("Visits")),
                _by_clinician(session, period),
                _("A case belongs to whoever began its newest visit."),
            ),
        ),
        bars=Bars(
            _("New and closed cases"),
            (_("new"), _("closed")),
            tuple(BarRow(name, row[:2]) for name, row in zip(named, rows, strict=True)),
        ),
    )


def parts(period: Period) -> list[tuple[date, date]]:
    """The months of a period, or its years where it is long, cut to the period."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month
    yearly = months >= MOST_MONTHS
    found = []
    first = period.first
    while first <= period.last:
        if yearly or first.month == 12:
            after = date(first.year + 1, 1, 1)
        else:
            after = date(first.year, first.month + 1, 1)
        found.append((first, min(after - timedelta(days=1), period.last)))
        first = after
    return found


def _name(first: date, last: date) -> str:
    month = f"{words.MONTHS[first.month - 1][:3]} {first.year}"
    return month if (first.year, first.month) == (last.year, last.month) else str(first.year)


def _conditions(first: date, last: date) -> tuple[query.Where, query.Where, query.Where]:
    return query.opened(first, last), query.closed(first, last), query.standing(last)


def _cells(
    numbers: Sequence[int],
    name: str,
    first: date,
    last: date,
    clinician: UUID | None = None,
    nobodys: bool = False,
) -> tuple[Cell, ...]:
    return tuple(
        count(
            number,
            Behind(
                what,
                f"{title}, {name}",
                first=first,
                last=last,
                clinician=clinician,
                nobodys=nobodys,
            ),
        )
        for number, what, title in zip(numbers, _WHAT, _NAMES, strict=True)
    )


def _by_clinician(session: chart.Reading, period: Period) -> tuple[tuple[Cell, ...], ...]:
    first, last = period.first, period.last
    owned = query.sums_by_owner(session, _conditions(first, last))
    visits = query.visit_sums(session, query.cared(*report_days.span(period)), ())
    names = query.names(session)
    rows = []
    for clinician, name in names.items():
        numbers = owned.get(clinician, (0, 0, 0))
        seen = visits.get(clinician, (0,))[0]
        if not any(numbers) and not seen:
            continue
        behind = Behind(
            "visits.all",
            _("Visits, {name}").format(name=name),
            first=first,
            last=last,
            clinician=clinician,
        )
        rows.append(
            (Cell(name), *_cells(numbers, name, first, last, clinician), count(seen, behind))
        )
    if None in owned:
        name = _("No visit yet")
        rows.append((Cell(name), *_cells(owned[None], name, first, last, None, True), Cell("0")))
    whole = [sum(one[place] for one in owned.values()) for place in range(3)]
    all_seen = sum(one[0] for one in visits.values())
    behind = Behind("visits.all", _("Visits, all"), first=first, last=last)
    total = (Cell(_("All")), *_cells(whole or [0, 0, 0], _("all"), first, last))
    return (*rows, (*total, count(all_seen, behind)))
