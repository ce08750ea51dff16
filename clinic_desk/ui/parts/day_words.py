"""How a line of the day list is shown: kinds, states, the case with its side."""

from clinic_desk.i18n import _
from clinic_desk.ui.lists.rows import Cell, Chipped, Column, Marked
from clinic_desk.ui.widgets.part_dates import written_birth
from clinic_desk.usecases import appointments
from clinic_desk.usecases.day_list import DayRow

KINDS = {
    **appointments.KINDS,
    "first_evaluation": _("First evaluation"),
    "re_evaluation": _("Re-evaluation"),
    "follow_up": _("Follow-up"),
}


def kind(row: DayRow) -> str:
    return KINDS.get(row.kind, row.kind)


def state(row: DayRow) -> Chipped:
    """Icon and words of where a line stands."""
    if row.state == "signed" and row.signed_at is not None:
        when = f"{row.signed_at.astimezone():%H:%M}"
        return Chipped(_("Signed {time}").format(time=when), "good", "check")
    if row.state == "draft":
        return Chipped(_("Draft, not signed"), "caution", "pen-line")
    if row.state == "arrived" and row.arrived_at is not None:
        when = f"{row.arrived_at.astimezone():%H:%M}"
        return Chipped(_("Arrived {time}").format(time=when), "outline", "user-check")
    if row.state == "cancelled":
        return Chipped(_("Cancelled"), "outline", "x")
    return Chipped(_("Booked"), "outline", "calendar")


def _case(row: DayRow) -> Cell:
    words = f"{row.case_title}. {row.note}" if row.case_title and row.note else ""
    words = words or row.case_title or row.note
    return Marked(words, f"side-{row.side}") if row.side else words


COLUMNS = (
    Column(_("Time"), lambda row: row.time, width=64, type="strong"),
    Column(_("Patient"), lambda row: row.patient, type="strong"),
    Column(
        _("Born"),
        lambda row: written_birth(row.birth_date, row.birth_part),
        width=110,
        spare=2,
        plain=lambda row: row.birth_date or row.birth_part,
    ),
    Column(_("Visit"), kind, width=120, spare=1),
    Column(_("Case and note"), _case),
    Column(_("State"), state, width=160),
)
