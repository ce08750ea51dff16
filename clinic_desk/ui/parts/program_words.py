"""A program's lines in short words for the screen: "2 × 8, hold 2 s, rest 20 s"."""

from clinic_desk.clinical.dosage import Mode
from clinic_desk.clinical.loads import number
from clinic_desk.i18n import _, ngettext
from clinic_desk.usecases.program_words import KILOMETRE
from clinic_desk.usecases.programs import Line

SIDES = (
    ("both", _("Both sides together")),
    ("left", _("Left")),
    ("right", _("Right")),
    ("each", _("Each side in turn")),
)
_SIDE = {
    "both": _("Both sides together"),
    "left": _("Left side"),
    "right": _("Right side"),
    "each": _("Each side in turn"),
}


def dose(line: Line) -> str:
    """The dose, as short as a clinician writes it."""
    repeats = line.mode in (Mode.REPS, Mode.HOLD)
    amount = str(line.reps) if repeats else duration(line.duration_s)
    if line.mode == Mode.DISTANCE:
        amount = distance(line.distance_m)
    parts = [f"{line.sets} × {amount}"]
    if line.hold_s and repeats:
        parts.append(_("hold {n} s").format(n=line.hold_s))
    if line.rest_s and line.sets > 1:
        parts.append(_("rest {n} s").format(n=line.rest_s))
    if line.load:
        parts.append(line.load)
    if line.effort is not None:
        parts.append(_("effort {n}/10").format(n=line.effort))
    if line.pain_limit is not None:
        parts.append(_("pain to {n}/10").format(n=line.pain_limit))
    return ", ".join(parts)


def distance(metres: int) -> str:
    """200 m, 1.5 km."""
    if metres < KILOMETRE:
        return _("{n} m").format(n=metres)
    return _("{n} km").format(n=number(metres / KILOMETRE))


def often(line: Line) -> str:
    """Which side and how often: "Left side, once a day"."""
    times = {1: _("once a day"), 2: _("twice a day")}.get(line.times_per_day) or _(
        "{n} times a day"
    ).format(n=line.times_per_day)
    parts = [_SIDE.get(line.side, line.side), times]
    if line.days_per_week != 7:
        days = ngettext("{n} day a week", "{n} days a week", line.days_per_week)
        parts.append(days.format(n=line.days_per_week))
    return ", ".join(parts)


def duration(seconds: int) -> str:
    """45 s, 2 min, 1 min 30 s."""
    minutes, rest = divmod(seconds, 60)
    parts = [_("{n} min").format(n=minutes) if minutes else ""]
    parts.append(_("{n} s").format(n=rest) if rest or not minutes else "")
    return " ".join(part for part in parts if part)


def upper_first(text: str) -> str:
    """A sentence's first letter large, the rest as it stands."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A phrase within a sentence: its first letter small."""
    return text[:1].lower() + text[1:]
