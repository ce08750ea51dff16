"""The days of a period as moments, and the periods that a report is asked for."""

from datetime import date, datetime, time, timedelta

from clinic_desk.i18n import _
from clinic_desk.usecases.report_views import Period

CHOICES = {
    "month": _("This month"),
    "last_month": _("Last month"),
    "quarter": _("Last 3 months"),
    "twelve": _("Last 12 months"),
    "year": _("This year"),
    "last_year": _("Last year"),
    "all": _("From the beginning"),
}


def span(period: Period) -> tuple[datetime, datetime]:
    """From the first midnight on until the midnight after the last day, on the local clock."""
    begin = datetime.combine(period.first, time.min).astimezone()
    return begin, datetime.combine(period.last + timedelta(days=1), time.min).astimezone()


def chosen(choice: str, today: date, earliest: date | None = None) -> Period:
    """A period by its name; `earliest` is where the record begins."""
    month = today.replace(day=1)
    match choice:
        case "month":
            return Period(month, today)
        case "last_month":
            last = month - timedelta(days=1)
            return Period(last.replace(day=1), last)
        case "quarter":
            return Period(_back(today, 3), today)
        case "twelve":
            return Period(_back(today, 12), today)
        case "year":
            return Period(date(today.year, 1, 1), today)
        case "last_year":
            return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case "all":
            return Period(min(earliest or today, today), today)
    raise ValueError(choice)


def _back(today: date, months: int) -> date:
    """The day after the same day so many months ago; the last of a shorter month."""
    place = today.year * 12 + today.month - 1 - months
    first = date(place // 12, place % 12 + 1, 1)
    after = date((place + 1) // 12, (place + 1) % 12 + 1, 1)
    return min(first + timedelta(days=today.day - 1), after - timedelta(days=1)) + timedelta(days=1)
