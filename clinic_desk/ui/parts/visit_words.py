"""What the visit's screens say about the visit itself."""

from datetime import datetime

from clinic_desk.i18n import _
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases.visit_views import VisitView

KINDS = {
    "first_evaluation": _("First evaluation"),
    "re_evaluation": _("Re-evaluation"),
    "follow_up": _("Follow-up"),
}


def heading(view: VisitView) -> tuple[str, str]:
    """Title and the quiet line beside it: "Visit 4, care from 10:31"."""
    care = view.care_at.astimezone()
    when = f"{care:%H:%M}"
    if view.late or view.signed_at is not None:
        when = f"{written_day(care.date())} {when}"
    title = KINDS.get(view.kind, view.kind)
    return title, _("Visit {n}, care from {when}").format(n=view.number, when=when)


def kept_words(view: VisitView, when: object = None) -> str:
    """What the status bar says of the draft; empty for a signed visit."""
    moment = when if isinstance(when, datetime) else view.draft_kept_at
    if view.signed_at is not None or moment is None:
        return ""
    return _("Draft kept {time} on this computer").format(time=f"{moment.astimezone():%H:%M:%S}")


def late_words(view: VisitView) -> str:
    """That a note was written on a later day than its care, with both times."""
    if not view.late:
        return ""
    care = view.care_at.astimezone()
    cared = f"{written_day(care.date())} {care:%H:%M}"
    if view.signed_at is None:
        return _("Late entry: care on {care}, not signed yet").format(care=cared)
    signed = view.signed_at.astimezone()
    entered = f"{written_day(signed.date())} {signed:%H:%M}"
    return _("Late entry: care on {care}, signed {entered}").format(care=cared, entered=entered)
