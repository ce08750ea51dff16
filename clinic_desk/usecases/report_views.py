"""What a report shows: tables whose numbers lead to the rows behind them, and a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.usecases import words

FEW = 5  # of fewer nothing is said but their number
TOO_FEW = _("too few to say")


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both within it."""

    first: date
    last: date

    @property
    def said(self) -> str:
        return _("{first} to {last}").format(first=words.day(self.first), last=words.day(self.last))


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number counts: which rows, and of them those of a clinician, month, …"""

    what: str
    title: str  # "New cases, Dana Demo"
    ids: tuple[UUID, ...] = ()
    first: date = date.min
    last: date = date.max
    clinician: UUID | None = None
    nobodys: bool = False  # cases that had no visit yet
    recipient: str | None = None  # None: of all


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; with `behind` it is a number that opens its list."""

    text: str
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first of each is its name."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers as bars; `parts` names what each bar is made of."""

    title: str
    parts: tuple[str, ...]
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report over a period."""

    kind: str
    title: str
    period: Period
    tables: tuple[Table, ...]
    bars: Bars | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a number."""

    patient_id: UUID
    who: str
    number: str
    case_id: UUID
    case: str
    on: date | None
    said: str
    visit_id: UUID | None = None
    loop_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows behind a number; those of closed parts are counted and not named."""

    title: str
    rows: tuple[Counted, ...]
    closed: int
    more: bool


def count(number: int, behind: Behind | None = None) -> Cell:
    """A number; none of them opens nothing."""
    return Cell(str(number), behind if number else None)


def share(part: int, of: int) -> str:
    """ "60 % (6 of 10)"; of a few only how many: a percentage would say more than is known."""
    if of < FEW:
        return _("{n} of {of}, {few}").format(n=part, of=of, few=TOO_FEW) if of else ""
    return _("{percent} % ({n} of {of})").format(percent=round(100 * part / of), n=part, of=of)


def middle(values: Sequence[float], unit: str = "") -> str:
    """ "34 (20 to 61) days": the median with the range; of a few nothing."""
    if not values:
        return ""
    if len(values) < FEW:
        return TOO_FEW
    said = f"{_short(median(values))} ({_short(min(values))} to {_short(max(values))})"
    return f"{said} {unit}".strip()


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
