"""The retention clock: which files have been kept as long as the country's rule asks.

It reports; nothing is deleted by it. A file under legal hold is never due. Where the birth date
is not known, the person counts as young as can be.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from clinic_desk.clinical import births
from clinic_desk.errors import NotFound
from clinic_desk.library import retention as rules
from clinic_desk.library.retention import Rule
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import retention_queries
from clinic_desk.storage.models import Practice
from clinic_desk.storage.retention_queries import Quiet
from clinic_desk.usecases import typed, words
from clinic_desk.usecases.desk import Desk

__all__ = ["DueRow", "RetentionList", "Rule", "choose_country", "chosen_country", "countries",
           "kept_until", "listed"]  # fmt: skip

MOST = 1_000  # lines of one list
ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class DueRow:
    """One file whose time is over, or would be without its hold."""

    patient_id: UUID
    number: str
    name: str  # "EXAMPLE, Alex"
    born: str
    born_on: date | None
    born_part: str
    last_contact: date
    kept_until: date
    hold_reason: str
    archived: bool


@dataclass(frozen=True, slots=True)
class RetentionList:
    """What the practice's rule says today."""

    rule: Rule | None  # none while no country is chosen
    due: tuple[DueRow, ...]
    held: tuple[DueRow, ...]  # they would be due
    more: bool  # there are more than fit into one list


def countries() -> tuple[Rule, ...]:
    """All rules that can be chosen."""
    return rules.load()


def chosen_country(desk: Desk) -> str:
    """The practice's country; empty while none is chosen."""
    with desk.store.reading() as session:
        return chart.practice(session).country


def choose_country(desk: Desk, country: str) -> str:
    """Choose the practice's country ("" for none); gives the one before.

    Phone numbers are read by its numbering plan from then on. Raises NotFound.
    """
    country = typed.line(country).upper()
    if country and country not in {rule.country for rule in countries()}:
        raise NotFound("There is no retention rule for this country.")
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Practice, chart.practice(unit.session).id)
        before, row.country = row.country, country
        unit.audit("choose_country", "practice", row.id, at=desk.now())
        unit.commit()
        return before


def listed(desk: Desk, limit: int = MOST) -> RetentionList:
    """The files whose time is over, the longest over first."""
    today = desk.today()
    with desk.store.reading() as session:
        country = chart.practice(session).country
        rule = next((one for one in countries() if one.country == country), None)
        if rule is None:
            return RetentionList(None, (), (), more=False)
        moment = datetime.combine(_years(today, -rule.years), time.max).astimezone()
        found = retention_queries.quiet_since(session, moment, limit + 1)
    rows = [_row(one, rule) for one in found[:limit]]
    over = sorted((row for row in rows if row.kept_until <= today), key=_longest)
    return RetentionList(
        rule,
        tuple(row for row in over if not row.hold_reason),
        tuple(row for row in over if row.hold_reason),
        more=len(found) > limit,
    )


def kept_until(rule: Rule, last: date, born: tuple[date, date] | None) -> date:
    """The day until which a file is kept. `born` is the first and last possible birthday."""
    until = _years(last, rule.years)
    if not rule.until_age:
        return until
    youngest = born[1] if born else last
    if births.years(youngest, last) < rule.minor_under:
        until = max(until, _years(youngest, rule.until_age))
    return until


def _row(one: Quiet, rule: Rule) -> DueRow:
    last = words.local(one.last_contact).date()
    return DueRow(
        patient_id=one.id,
        number=one.number,
        name=words.list_name(one.given_name, one.family_name),
        born=words.birth(one.birth_date, one.birth_part),
        born_on=one.birth_date,
        born_part=one.birth_part,
        last_contact=last,
        kept_until=kept_until(rule, last, births.between(one.birth_date, one.birth_part)),
        hold_reason=one.hold_reason,
        archived=one.archived_on is not None,
    )


def _longest(row: DueRow) -> tuple[date, str]:
    return row.kept_until, row.number


def _years(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
