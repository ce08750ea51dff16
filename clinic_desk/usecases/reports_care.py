"""How long it took to come back to running and sport, and how home programs were kept up.

The record holds no day of return as such: what it holds are the days on which the clinician
prescribed the running and the sport program, and on which the case was closed.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from clinic_desk.clinical import adherence
from clinic_desk.clinical.adherence import Sheet
from clinic_desk.i18n import _
from clinic_desk.library import Library
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import report_queries as query
from clinic_desk.usecases import home_kept, report_days, words
from clinic_desk.usecases.long_work import Progress, unwatched
from clinic_desk.usecases.report_views import (
    BarRow,
    Bars,
    Behind,
    Cell,
    Period,
    Report,
    Table,
    count,
    middle,
    share,
)
from clinic_desk.usecases.reports_outcomes import NO_GRADE

_PHASES = ("running", "sport")  # of the programs that begin the return
_EVENTS = (_("Running program"), _("Sport program"), _("End of the case"))


def returning(session: chart.Reading, library: Library, period: Period) -> Report:
    """Days from the injury to each step back, by grade; a step counts when it is in the period."""
    steps = _steps(session, library, period)
    grades = query.decided(session, ("grade",))
    groups: dict[str, list[dict[UUID, int]]] = {}
    for place, taken in enumerate(steps):
        for case_id, days in taken.items():
            said = grades.get(case_id, {}).get("grade")
            name = _("Grade {grade}").format(grade=said) if said else NO_GRADE
            groups.setdefault(name, [{}, {}, {}])[place][case_id] = days
    rows = [(name, groups[name]) for name in sorted(groups)]
    if len(rows) > 1:
        rows.append((_("All"), list(steps)))
    header = [_("Grade")]
    for name in _EVENTS:
        header += [name, _("Days, median (range)")]
    return Report(
        kind="return",
        title=_("Time to return"),
        period=period,
        tables=(
            Table(
                _("Days from the injury"),
                tuple(header),
                tuple(_returned(name, held) for name, held in rows),
            ),
        ),
        bars=Bars(
            _("Cases that took each step"),
            (_("cases"),),
            tuple(BarRow(n, (len(s),)) for n, s in zip(_EVENTS, steps, strict=True) if s),
        ),
        note=_(
            "Counted from the day the complaint began; cases without that day are left out. The "
            "steps are the days on which the running and the sport program were first "
            "prescribed, and on which the case was closed."
        ),
    )


def _steps(
    session: chart.Reading, library: Library, period: Period
) -> tuple[dict[UUID, int], dict[UUID, int], dict[UUID, int]]:
    """By step: each case with its days since the injury."""
    plans = library.plans().templates.values()  # also those that are no longer offered
    phases = {one.id: one.phase for one in plans if one.phase in _PHASES}
    cases = query.case_days(session)
    found: tuple[dict[UUID, int], dict[UUID, int], dict[UUID, int]] = ({}, {}, {})
    first: dict[tuple[UUID, str], date] = {}
    for case_id, template, at in query.first_prescribed(session, tuple(phases)):
        key = (case_id, phases[template])
        first[key] = min(first.get(key, date.max), words.local(at).date())
    for (case_id, phase), on in first.items():
        _take(found[_PHASES.index(phase)], case_id, cases[case_id][0], on, period)
    for case_id, (onset, closed) in cases.items():
        _take(found[2], case_id, onset, closed, period)
    return found


def _take(
    into: dict[UUID, int], case_id: UUID, onset: date | None, on: date | None, period: Period
) -> None:
    if onset is None or on is None or on < onset:
        return
    if period.first <= on <= period.last:
        into[case_id] = (on - onset).days


def _returned(name: str, steps: Sequence[Mapping[UUID, int]]) -> tuple[Cell, ...]:
    cells = [Cell(name)]
    for event, taken in zip(_EVENTS, steps, strict=True):
        cells.append(count(len(taken), Behind("cases.ids", f"{event}, {name}", tuple(taken))))
        cells.append(Cell(middle(list(taken.values()))))
    return tuple(cells)


def kept_up(session: chart.Reading, period: Period, step: Progress = unwatched) -> Report:
    """Of the programs prescribed in the period: which sheets came back, and what they say."""
    begin, end = report_days.span(period)
    sheets: dict[UUID, list[Sheet]] = {}
    read = query.sheets(session, begin, end)
    for done, row in enumerate(read):
        step(done, len(read))
        sheets.setdefault(row.program_id, []).append(home_kept.sheet_of(row))
    groups: dict[str, list[tuple[UUID, UUID]]] = {}
    for program, case_id, _template, name in query.programs(session, begin, end):
        groups.setdefault(name or _("Own program"), []).append((program, case_id))
    rows = []
    for done, name in enumerate(sorted(groups)):
        step(done, len(groups))
        rows.append(_kept(name, groups[name], sheets))
    every = [one for held in groups.values() for one in held]
    if len(groups) > 1:
        rows.append(_kept(_("All"), every, sheets))
    return Report(
        kind="adherence",
        title=_("Adherence"),
        period=period,
        tables=(
            Table(
                _("Home programs"),
                (
                    _("Program"),
                    _("Prescribed"),
                    _("With a sheet"),
                    _("Share with a sheet"),
                    _("Kept up in %, median (range)"),
                    _("Worst pain, median (range)"),
                ),
                tuple(rows),
            ),
        ),
        bars=Bars(
            _("Programs prescribed, and those of which a sheet came back"),
            (_("with a sheet"), _("without")),
            tuple(
                BarRow(name, (back := sum(one in sheets for one, _case in held), len(held) - back))
                for name, held in sorted(groups.items())
            ),
        ),
        note=_(
            "Kept up: sessions ticked of those asked on the days that were filled in. A program "
            "of which no sheet came back is not known; it does not count as not done."
        ),
    )


def _kept(
    name: str, held: Sequence[tuple[UUID, UUID]], sheets: Mapping[UUID, Sequence[Sheet]]
) -> tuple[Cell, ...]:
    back = [(program, case_id) for program, case_id in held if program in sheets]
    sums = [adherence.summed(adherence.by_day(sheets[program])) for program, _case in back]
    percents = [one.percent for one in sums if one is not None and one.percent is not None]
    pains = [one.worst_pain for one in sums if one is not None and one.worst_pain is not None]
    return (
        Cell(name),
        count(
            len(held),
            Behind("cases.ids", _("Prescribed: {name}").format(name=name), _cases(held)),
        ),
        count(
            len(back),
            Behind("cases.ids", _("With a sheet: {name}").format(name=name), _cases(back)),
        ),
        Cell(share(len(back), len(held))),
        Cell(middle(percents)),
        Cell(middle(pains)),
    )


def _cases(held: Sequence[tuple[UUID, UUID]]) -> tuple[UUID, ...]:
    return tuple(case_id for _program, case_id in held)
