"""How a request that waits for an answer is said and marked."""

from clinic_desk.clinical.findings import Urgency
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases.loops import LoopRow

URGENCIES = {
    Urgency.EMERGENCY_NOW: _("Emergency"),
    Urgency.SAME_DAY: _("Same day"),
    Urgency.URGENT_2W: _("Urgent, within 2 weeks"),
    Urgency.ROUTINE_GP: _("Routine, within 6 weeks"),
}


def late(row: LoopRow) -> str:
    """ "3 days overdue"."""
    return ngettext("{n} day overdue", "{n} days overdue", row.overdue).format(n=row.overdue)


def state(row: LoopRow) -> tuple[str, str, str]:
    """The words, kind and icon of a request's chip."""
    if row.state == "overdue":
        return late(row), "flag", "hourglass"
    if row.state == "unread":
        return _("To read"), "caution", "paperclip"
    if row.state == "answered":
        return _("Signed off"), "good", "check"
    if row.state == "no_answer":
        return _("Ended without an answer"), "neutral", "x"
    return _("Due {day}").format(day=written_day(row.due_on)), "outline", "hourglass"
