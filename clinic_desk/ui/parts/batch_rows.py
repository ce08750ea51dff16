"""The letters of a batch as a list: to whom, whether it can be issued, and why not."""

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui.lists.rows import Chipped, Column
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases.batch_views import Planned


def _chip(row: Planned) -> Chipped:
    if row.state == "issued":
        return Chipped(row.reference, "good")
    if not row.included:
        return Chipped(_("Left out"), "outline", "minus")
    match row.state:
        case "ready":
            return Chipped(_("Can be issued"), "good")
        case "warned":
            words = ngettext("{n} to look at", "{n} to look at", len(row.why))
            return Chipped(words.format(n=len(row.why)), "caution")
        case "failed":
            return Chipped(_("Cannot be issued"), "flag", "circle-x")
    return Chipped(_("Not checked yet"), "outline", "circle-dashed")


def _seen(row: Planned) -> str:
    return written_day(row.seen.astimezone().date()) if row.seen else _("not yet")


def _to(row: Planned) -> str:
    """Who gets it, and in which language a patient reads it."""
    to = row.recipient or _("nobody")
    if not row.language:
        return to
    return _("{who}, in {language}").format(who=to, language=row.language)


COLUMNS = (
    Column(_("Patient"), lambda row: row.patient, type="strong", width=170),
    Column(_("Case"), lambda row: row.case, spare=1),
    Column(
        _("Last seen"),
        _seen,
        width=110,
        spare=2,
        plain=lambda row: row.seen.astimezone().date() if row.seen else None,
    ),
    Column(_("To"), _to, width=190),
    Column(_("Letter"), _chip, width=170),
    Column(_("What the check says"), lambda row: " ".join(row.why)),
)


def counted(rows: tuple[Planned, ...]) -> str:
    """How many can be issued and how many cannot."""
    held = [row for row in rows if row.included]
    failed = sum(row.state == "failed" for row in held)
    issued = sum(row.state == "issued" for row in held)
    told = [ngettext("{n} letter", "{n} letters", len(held)).format(n=len(held))]
    if issued:
        told.append(_("{n} issued").format(n=issued))
    if failed:
        told.append(_("{n} cannot be issued").format(n=failed))
    if len(held) < len(rows):
        told.append(_("{n} left out").format(n=len(rows) - len(held)))
    return ", ".join(told)
