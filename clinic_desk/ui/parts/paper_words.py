"""Small phrases that the paper screens share."""

from datetime import date, datetime

from clinic_desk.i18n import _
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases.letter_views import Override

PAPERS = (("a4", "A4"), ("letter", "US Letter"))


def kept_at(moment: datetime) -> str:
    """What the status bar says after a draft was kept."""
    return _("Draft kept {time} on this computer").format(
        time=moment.astimezone().strftime("%H:%M:%S")
    )


def not_kept() -> str:
    """The same while it could not be kept: an older time would say what is no longer true."""
    return _("What you typed last is not kept yet")


def kept_short(moment: datetime) -> str:
    """The same for a chip."""
    return _("Draft kept {time}").format(time=moment.astimezone().strftime("%H:%M"))


def day_and_time(moment: datetime) -> str:
    """03 Feb 2026, 10:49."""
    local = moment.astimezone()
    return f"{written_day(local.date())}, {local:%H:%M}"


def as_day(value: object) -> date | None:
    """A held value as a day."""
    return value if isinstance(value, date) else None


def set_aside(one: Override) -> str:
    """Which check did not stop it, why, who said so and when."""
    when = day_and_time(one.at) if one.at else ""
    who = ", ".join(filter(None, (one.by, when)))
    said = f"{one.problem}\n{one.reason}" if one.problem else one.reason
    return f"{said}\n{who}" if who else said
