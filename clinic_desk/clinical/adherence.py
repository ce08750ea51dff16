"""How a home program was kept up: returned tick grids as numbers, and what they add up to.

A day that was not filled in is unknown; it is never counted as a day without exercise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic_desk.errors import InvalidInput

MOST_DAYS = 42  # six weeks on one sheet
MOST_TIMES = 12  # a day


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a sheet: how many of the day's sessions were ticked, and the worst pain.

    `done` None: not filled in. `pain` 0 to 10, None: not written.
    """

    done: int | None = None
    pain: int | None = None

    @property
    def empty(self) -> bool:
        return self.done is None and self.pain is None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A returned tick grid: its first day, and how many sessions a day and days a week it asks."""

    first: date
    times_per_day: int
    days_per_week: int
    days: tuple[Day, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.days) - 1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What sheets add up to over a span of days."""

    first: date
    last: date
    days: int  # filled in
    done: int  # sessions ticked
    asked: float  # sessions that the program asks on the filled-in days
    worst_pain: int | None

    @property
    def percent(self) -> int | None:
        """Sessions done of those asked, 0 to 100; None where nothing was filled in.

        More than was asked is 100: doing too much is seen in the sessions, not here.
        """
        if not self.days or self.asked <= 0:
            return None
        return min(100, round(100 * self.done / self.asked))


def checked(sheet: Sheet, today: date, prescribed: date) -> Sheet:
    """The sheet, once it can be one. Raises InvalidInput by field: `first`, `days[i].done`, ….

    Ticks for days to come and before the program was prescribed are refused.
    """
    faults: dict[str, str] = {}
    if all(day.empty for day in sheet.days):
        faults["days"] = "Nothing is filled in."
    elif len(sheet.days) > MOST_DAYS:
        faults["days"] = f"A sheet has at most {MOST_DAYS} days."
    if sheet.first < prescribed:
        faults["first"] = "The sheet begins before the program was prescribed."
    if sheet.first > today:
        faults["first"] = "The sheet begins in the future."
    most = min(sheet.times_per_day, MOST_TIMES)
    for place, day in enumerate(sheet.days):
        on = sheet.first + timedelta(days=place)
        if not day.empty and on > today:
            faults[f"days[{place}].done"] = "This day is still to come."
        if day.done is not None and not 0 <= day.done <= most:
            faults[f"days[{place}].done"] = f"0 to {most} times a day are asked."
        if day.pain is not None and not 0 <= day.pain <= 10:
            faults[f"days[{place}].pain"] = "Pain goes from 0 to 10."
    if faults:
        raise InvalidInput(faults)
    return sheet


def by_day(sheets: Sequence[Sheet]) -> Mapping[date, tuple[Day, float]]:
    """Each filled-in day with the sessions asked on it; a later sheet corrects an earlier one."""
    found: dict[date, tuple[Day, float]] = {}
    for sheet in sheets:
        # Rest days may fall on any day of the week, so a day asks its share of the week.
        asked = sheet.times_per_day * min(sheet.days_per_week, 7) / 7
        for place, day in enumerate(sheet.days):
            if not day.empty:
                found[sheet.first + timedelta(days=place)] = (day, asked)
    return dict(sorted(found.items()))


def summed(days: Mapping[date, tuple[Day, float]]) -> Kept | None:
    """What the days add up to; None where none is filled in."""
    ticked = [(day, asked) for day, asked in days.values() if day.done is not None]
    pains = [day.pain for day, _ in days.values() if day.pain is not None]
    if not days:
        return None
    return Kept(
        first=min(days),
        last=max(days),
        days=len(ticked),
        done=sum(day.done or 0 for day, _ in ticked),
        asked=sum(asked for _, asked in ticked),
        worst_pain=max(pains) if pains else None,
    )


def by_week(sheets: Sequence[Sheet]) -> tuple[Kept, ...]:
    """The same for each week, counted from the first filled-in day; empty weeks are left out."""
    days = by_day(sheets)
    if not days:
        return ()
    first = min(days)
    weeks: dict[int, dict[date, tuple[Day, float]]] = {}
    for on, day in days.items():
        weeks.setdefault((on - first).days // 7, {})[on] = day
    return tuple(kept for week in weeks.values() if (kept := summed(week)) is not None)


def since(days: Mapping[date, tuple[Day, float]], first: date) -> Mapping[date, tuple[Day, float]]:
    """The days from `first` on."""
    return {on: day for on, day in days.items() if on >= first}


def typed(done: Iterable[int | None], pain: Iterable[int | None]) -> tuple[Day, ...]:
    """Two rows of numbers as days; the shorter row is filled up with nothing."""
    dones, pains = list(done), list(pain)
    length = max(len(dones), len(pains))
    dones += [None] * (length - len(dones))
    pains += [None] * (length - len(pains))
    return tuple(Day(one, other) for one, other in zip(dones, pains, strict=True))
