"""A program in the patient's words and language: doses, days, minutes, the tick grid, the code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal

from clinic_desk.clinical.dosage import Mode
from clinic_desk.clinical.loads import Load, LoadKind, number
from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import TickGrid
from clinic_desk.library.handout_words import SOURCE, HandoutWords
from clinic_desk.usecases import supersets, words
from clinic_desk.usecases.program_views import Line

WEEK = 7  # days
KILOMETRE = 1000  # metres
QR_BYTES = 700  # 400 stand in a code of 28 mm, more in a larger one


def day(says: HandoutWords, when: date | None) -> str:
    """A day as the language writes it: "03 Feb 2026", "3 février 2026"; empty for none."""
    if when is None or says.language == SOURCE:
        return words.day(when)
    return format_date(when, "long", locale=says.language)


def birth(says: HandoutWords, born: date | None, part: str) -> str:
    """A birth date as far as it is known, as the language writes it: "juin 1991", "1991"."""
    year, _dash, month = part.partition("-")
    if born is not None or not month or says.language == SOURCE:
        return day(says, born) or words.birth(None, part)
    return format_date(date(int(year), int(month), 1), "LLLL y", locale=says.language)


def seconds(says: HandoutWords, count: int) -> str:
    """ "20 sec", "1 min", "1 min 30 sec"."""
    minutes, rest = divmod(count, 60)
    parts = [says.counted("dose.minutes", minutes)] if minutes else []
    if rest or not minutes:
        parts.append(says.counted("dose.seconds", rest))
    return " ".join(parts)


def doses(
    says: HandoutWords, line: Line, own_times: bool = False, turn: "Turn | None" = None
) -> tuple[str, ...]:
    """A dose in parts: "2 sets of 8", "hold 2 sec", "rest 20 sec".

    `own_times` adds how often, for a program whose exercises differ in that; `turn` is the
    line's part in a superset.
    """
    each = line.side == "each"
    repeats = line.mode in (Mode.REPS, Mode.HOLD)
    amount = str(line.reps) if repeats else seconds(says, line.duration_s)
    if line.mode == Mode.DISTANCE:
        amount = distance(says, line.distance_m)
    if each:
        amount = says.say("dose.each", amount=amount)
    if line.sets > 1:
        core = says.counted("dose.sets", line.sets, amount=amount)
    elif each or not repeats:
        core = amount
    else:
        core = says.counted("dose.times", line.reps)
    parts = [core]
    if repeats and line.hold_s:
        parts.append(says.say("dose.hold", time=seconds(says, line.hold_s)))
    if turn is not None:
        if turn.others:
            marks = says.say("dose.join").join(turn.others)
            parts.append(says.say("dose.in_turn", marks=marks))
        if turn.rest_s:
            parts.append(says.say("dose.rest_round", time=seconds(says, turn.rest_s)))
    elif line.sets > 1 and line.rest_s:
        parts.append(says.say("dose.rest", time=seconds(says, line.rest_s)))
    if line.load:
        parts.append(says.say("dose.load", load=load(says, line.load)))
    if line.effort is not None:
        parts.append(says.say("dose.effort", effort=line.effort))
    if line.pain_limit is not None:
        parts.append(says.say("dose.pain", limit=line.pain_limit))
    if own_times:
        parts.append(words.lowered(often(says, line.times_per_day, line.days_per_week)))
    return tuple(parts)


def distance(says: HandoutWords, metres: int) -> str:
    """ "200 m", "1.5 km"."""
    if metres < KILOMETRE:
        return says.say("dose.metres", count=metres)
    return says.say("dose.kilometres", count=_decimal(says, metres / KILOMETRE))


def _decimal(says: HandoutWords, amount: float) -> str:
    """ "7.5" in English, "7,5" in French; in the digits of the rest of the page."""
    if says.language == SOURCE:
        return number(amount)
    return str(
        format_decimal(
            round(amount, 2),
            "0.##",
            locale=says.language,
            numbering_system="latn",
            group_separator=False,
        )
    )


def load(says: HandoutWords, text: str) -> str:
    """ "5 kg", "a red band"; the clinician's own words stay as they are."""
    found = Load.parse(text)
    if found.kind is LoadKind.BAND:
        return says.say(f"band.{found.band}")
    if found.kind in (LoadKind.KG, LoadKind.LB):
        return f"{_decimal(says, found.amount)} {found.kind.value}"
    return str(found)


@dataclass(frozen=True, slots=True)
class Turn:
    """A line's part in a superset: the marks of the others, and the rest after a round (it is
    said once, with the last of them)."""

    others: tuple[str, ...] = ()
    rest_s: int = 0


def turns(lines: Sequence[Line]) -> tuple[Turn | None, ...]:
    """Each line's turn; None where it is done alone."""
    marks = supersets.marks(lines)
    found: list[Turn | None] = [None] * len(lines)
    for block in supersets.blocks(lines):
        if not block.together:
            continue
        held = [lines[place] for place in block.places]
        rounds = max(line.sets for line in held)
        rest = max(line.rest_s for line in held) if rounds > 1 else 0
        for place in block.places:
            others = tuple(marks[other] for other in block.places if other != place)
            found[place] = Turn(others, rest if place == block.places[-1] else 0)
    return tuple(found)


def dosage(
    says: HandoutWords, line: Line, own_times: bool = False, turn: Turn | None = None
) -> str:
    """ "2 sets of 8, hold 2 sec, rest 20 sec", "5 each side, hold 4 sec"."""
    return says.say("dose.join").join(doses(says, line, own_times, turn))


def often(says: HandoutWords, times_per_day: int, days_per_week: int) -> str:
    """ "Once a day", "Twice a day, 5 days a week"."""
    times = says.counted("often.day", times_per_day)
    if days_per_week == WEEK:
        return times
    return says.say("often.join", day=times, week=says.counted("often.week", days_per_week))


def same_times(lines: Sequence[Line]) -> bool:
    """Whether all lines are done equally often."""
    return len({(line.times_per_day, line.days_per_week) for line in lines}) <= 1


def frequency(says: HandoutWords, lines: Sequence[Line]) -> str:
    """How often, for the whole sheet."""
    if not lines:
        return ""
    if same_times(lines):
        return often(says, lines[0].times_per_day, lines[0].days_per_week)
    return says.say("often.own")


def minutes(says: HandoutWords, total_seconds: int) -> str:
    """ "About 10 minutes"; never under one."""
    return says.counted("session.minutes", max(1, round(total_seconds / 60)))


def equipment(says: HandoutWords, names: Sequence[str]) -> str:
    """ "No equipment", "Needs: a towel and a band"."""
    if not names:
        return says.say("session.no_equipment")
    *first, last = [says.thing(name) for name in names]
    comma = says.say("dose.join")
    listed = says.say("session.and", first=comma.join(first), last=last) if first else last
    return says.say("session.needs", things=listed)


def with_side(says: HandoutWords, name: str, side: str) -> str:
    """ "Heel press, left leg" where one side does it."""
    return says.say(f"side.{side}_leg", name=name) if side in (Side.LEFT, Side.RIGHT) else name


def sore_side(says: HandoutWords, side: Side | None) -> str:
    """ "LEFT", "BOTH SIDES"; empty for none."""
    return says.say(f"side.{side.value.upper()}") if side else ""


def emergency_lead(says: HandoutWords, number: str) -> str:
    """What to do in an emergency, in bold."""
    if number:
        return says.say("stop.emergency_call", number=number)
    return says.say("stop.emergency")


def grids(says: HandoutWords, first: date, weeks: int, most_days: int) -> tuple[TickGrid, ...]:
    """The days of some weeks from `first`, at most `most_days` in one table."""
    left = weeks * WEEK
    found = []
    while left > 0:
        days = [first + timedelta(days=step) for step in range(min(left, most_days))]
        letters = says.each("frame.weekdays")
        shown = tuple((letters[one.weekday()], str(one.day)) for one in days)
        found.append(TickGrid(_months(says, days[0], days[-1]), shown, says.say("grid.pain")))
        first, left = days[-1] + timedelta(days=1), left - len(days)
    return tuple(found)


def _months(says: HandoutWords, begin: date, end: date) -> str:
    same_year = begin.year == end.year
    if begin.month == end.month and same_year:
        return _month(says, begin, short=False, year=True)
    return says.say(
        "grid.months",
        first=_month(says, begin, short=True, year=not same_year),
        last=_month(says, end, short=True, year=True),
    )


def _month(says: HandoutWords, when: date, *, short: bool, year: bool) -> str:
    name = words.MONTHS[when.month - 1]
    if says.language == SOURCE:
        name = name[:3] if short else name
    else:
        name = format_date(when, "LLL" if short else "LLLL", locale=says.language)
    return f"{name} {when.year}" if year else name


def grid_title(says: HandoutWords, review_on: date | None) -> str:
    """What to do with the grid."""
    if review_on is None:
        return says.say("grid.title")
    return says.say("grid.title_on", date=day(says, review_on))


def qr_text(head: str, lines: Sequence[tuple[str, str, str]], tail: str) -> str:
    """The sheet as text for the code: whole where a code of 28 mm or a larger one carries it,
    else with names alone, else nothing. What does not fit is left out as a whole, never cut.
    """
    full = [f"{mark} {name}: {dose}" for mark, name, dose in lines]
    short = [f"{mark} {name}" for mark, name, _ in lines]
    for rows in (full, short):
        text = "\n".join((head, *rows, tail))
        if len(text.encode()) <= QR_BYTES:
            return text
    return ""
