"""A program in the patient's words: doses, days, minutes, the stop box, the tick grid."""

from collections.abc import Sequence
from datetime import date, timedelta

from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import TickGrid
from clinic_desk.usecases import words
from clinic_desk.usecases.program_views import Line

GRID_DAYS = 14
QR_BYTES = 400  # what a code of 28 mm carries legibly


def seconds(count: int) -> str:
    """ "20 sec", "1 min", "1 min 30 sec"."""
    minutes, rest = divmod(count, 60)
    parts = [f"{minutes} min" if minutes else "", f"{rest} sec" if rest or not minutes else ""]
    return " ".join(part for part in parts if part)


def dosage(line: Line, own_times: bool = False) -> str:
    """ "2 sets of 8, hold 2 sec, rest 20 sec", "5 each side, hold 4 sec".

    `own_times` adds how often, for a program whose exercises differ in that.
    """
    each = " each side" if line.side == "each" else ""
    if line.mode == "time":
        amount = seconds(line.duration_s)
        core = f"{line.sets} sets of {amount}{each}" if line.sets > 1 else f"{amount}{each}"
    elif line.sets > 1:
        core = f"{line.sets} sets of {line.reps}{each}"
    elif each:
        core = f"{line.reps}{each}"
    else:
        core = words.counted(line.reps, "time", "times")
    parts = [core]
    if line.mode != "time" and line.hold_s:
        parts.append(f"hold {seconds(line.hold_s)}")
    if line.sets > 1 and line.rest_s:
        parts.append(f"rest {seconds(line.rest_s)}")
    if line.load:
        parts.append(f"with {line.load}")
    if own_times:
        parts.append(words.lowered(often(line.times_per_day, line.days_per_week)))
    return ", ".join(parts)


def often(times_per_day: int, days_per_week: int) -> str:
    """ "Once a day", "Twice a day, 5 days a week"."""
    times = {1: "Once a day", 2: "Twice a day"}.get(times_per_day, f"{times_per_day} times a day")
    if days_per_week == 7:
        return times
    return f"{times}, {words.counted(days_per_week, 'day', 'days')} a week"


def same_times(lines: Sequence[Line]) -> bool:
    """Whether all lines are done equally often."""
    return len({(line.times_per_day, line.days_per_week) for line in lines}) <= 1


def frequency(lines: Sequence[Line]) -> str:
    """How often, for the whole sheet."""
    if not lines:
        return ""
    if same_times(lines):
        return often(lines[0].times_per_day, lines[0].days_per_week)
    return "How often stands at each exercise"


def minutes(total_seconds: int) -> str:
    """ "About 10 minutes"; never under one."""
    return f"About {words.counted(max(1, round(total_seconds / 60)), 'minute', 'minutes')}"


def equipment(names: Sequence[str]) -> str:
    """ "No equipment", "Needs: a towel and a band"."""
    return f"Needs: {words.listed(names)}" if names else "No equipment"


def with_side(name: str, side: str) -> str:
    """ "Heel press, left leg" where one side does it."""
    return f"{name}, {side} leg" if side in (Side.LEFT, Side.RIGHT) else name


def stop_text(pain_limit: int, tingling: bool) -> str:
    """When to stop and phone; follows the bold words "Stop and phone us"."""
    more = "the leg tingles more or " if tingling else ""
    return f"if {more}pain goes above {pain_limit} of 10."


def emergency_lead(number: str) -> str:
    """What to do in an emergency, in bold."""
    return (
        f"Call {number} or go to an emergency department"
        if number
        else "Go to an emergency department"
    )


EMERGENCY_TEXT = (
    "for numbness between the legs, bladder or bowel trouble, a weak or cold foot, "
    "chest pain or breathlessness."
)


def default_note(pain_limit: int) -> str:
    """What the sheet says where the clinician wrote no note."""
    return f"pain up to {pain_limit} of 10 is fine if it has settled by next morning."


def grid(first: date) -> TickGrid:
    """Fourteen days from `first`."""
    days = [first + timedelta(days=step) for step in range(GRID_DAYS)]
    begin, end = days[0], days[-1]
    month = f"{words.MONTHS[begin.month - 1]} {begin.year}"
    if begin.month != end.month:
        year = "" if begin.year == end.year else f" {begin.year}"
        month = f"{words.MONTHS[begin.month - 1][:3]}{year} to {words.MONTHS[end.month - 1][:3]}"
        month += f" {end.year}"
    return TickGrid(month, tuple((words.WEEKDAYS[one.weekday()][0], str(one.day)) for one in days))


def grid_title(review_on: date | None) -> str:
    """What to do with the grid."""
    if review_on is None:
        return "Tick each day. Bring this sheet to your next visit."
    return f"Tick each day. Bring this sheet on {words.day(review_on)}."


def qr_text(head: str, lines: Sequence[tuple[str, str]], tail: str) -> str:
    """The sheet as text for the code: names and doses, then names alone, then nothing.

    What does not fit into QR_BYTES is left out as a whole, never cut in the middle.
    """
    numbered = list(enumerate(lines, start=1))
    full = [f"{number} {name}: {dose}" for number, (name, dose) in numbered]
    short = [f"{number} {name}" for number, (name, _) in numbered]
    for rows in (full, short):
        text = "\n".join((head, *rows, tail))
        if len(text.encode()) <= QR_BYTES:
            return text
    return ""
