"""How the outcome measures changed: the newest score of each case against its first, judged by
the measure's own MCID, by grade and by pattern.

A change of a measure whose MCID is not established is "not known", never "the same".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.clinical import outcomes as scoring
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import Scored
from clinic_desk.clinical.outcomes import Change
from clinic_desk.clinical.protocol import Item, Measure, Protocol, Score
from clinic_desk.i18n import _
from clinic_desk.library import Library
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import report_queries as query
from clinic_desk.usecases import (
    decision_words,
    outcome_words,
    report_days,
    report_versions,
    words,
)
from clinic_desk.usecases.long_work import Progress, unwatched
from clinic_desk.usecases.reckoning import protocol_of
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

BETTER, SAME, WORSE, UNKNOWN = WAYS = ("better", "same", "worse", "unknown")
WAY_NAMES = {
    BETTER: _("Better"),
    SAME: _("Same"),
    WORSE: _("Worse"),
    UNKNOWN: _("Not known"),
}
NO_GRADE, NO_PATTERN = _("No grade decided"), _("No pattern decided")


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one measure in one case."""

    case_id: UUID
    measure: str
    way: str
    amount: float  # above 0: for the better
    grade: str
    pattern: str


def report(
    session: chart.Reading, library: Library, period: Period, step: Progress = unwatched
) -> Report:
    """Change against the MCID, with how many it was measured in."""
    found, left_out = changes(session, library, period, step)
    header = (
        _("Measure"),
        _("Cases"),
        *WAY_NAMES.values(),
        _("Share better"),
        _("Change, median (range)"),
    )
    measures = _grouped(found, lambda one: (one.measure,))
    return Report(
        kind="outcomes",
        title=_("Outcomes"),
        period=period,
        tables=(
            Table(_("By measure"), header, _rows(measures)),
            Table(
                _("By strain grade"),
                (_("Grade"), *header),
                _rows(_grouped(found, lambda one: (one.grade, one.measure))),
            ),
            Table(
                _("By pattern"),
                (_("Pattern"), *header),
                _rows(_grouped(found, lambda one: (one.pattern, one.measure))),
            ),
        ),
        bars=Bars(
            _("Change against the MCID, by measure"),
            tuple(words.lowered(name) for name in WAY_NAMES.values()),
            tuple(
                BarRow(
                    measure,
                    tuple(sum(one.way == way for one in held) for way in WAYS),
                )
                for (measure,), held in measures
            ),
        ),
        note=_(
            "Cases with a signed visit in this period and two scores that can be compared: the "
            "newest against the first. Better and worse are changes from the MCID on; what is "
            "smaller is the same; without an established MCID it is not known."
        )
        + (f" {left_out}" if left_out else ""),
    )


def changes(
    session: chart.Reading, library: Library, period: Period, step: Progress = unwatched
) -> tuple[list[Changed], str]:
    """Each measure of each case that was scored twice, the last time within the period; and what
    is said of evaluations that cannot be read here.
    """
    begin, end = report_days.span(period)
    decided = query.decided(session, ("grade", "pattern"))
    by_case: dict[UUID, list[query.Answered]] = {}
    held = query.answered(session, query.cases_cared(begin, end), step)
    readable, left_out = report_versions.readable(library, held)
    for row in readable:
        by_case.setdefault(row.case_id, []).append(row)
    found = []
    for done, (case_id, rows) in enumerate(by_case.items()):
        step(done, len(by_case))
        protocol = protocol_of(library, rows[-1].protocol, rows[-1].version)
        said = decided.get(case_id, {})
        groups = (
            _said(protocol, "grade", said) or NO_GRADE,
            _said(protocol, "pattern", said) or NO_PATTERN,
        )
        for name, change in _of_case(library, rows):
            found.append(Changed(case_id, name, _way(change), change.amount, *groups))
    return found, left_out


def _of_case(library: Library, rows: Sequence[query.Answered]) -> Iterable[tuple[str, Change]]:
    """What became of each measure over the evaluations of a case, the oldest first."""
    held: dict[str, tuple[Measure, list[tuple[date, Scored]]]] = {}
    for row in rows:
        day = words.local(row.care_at).date()
        for item, score in scores(library, row):
            if item.measure is None:
                continue
            points = held.setdefault(item.id, (item.measure, []))[1]
            if (score.on or day, score) not in points:  # a paper's score is carried on
                points.append((score.on or day, score))
    for measure, points in held.values():
        points.sort(key=lambda one: one[0])
        change = _change(measure.score, [one for _day, one in points])
        if change is not None:
            yield outcome_words.name(measure), change


def scores(library: Library, row: query.Answered) -> Iterable[tuple[Item, Scored]]:
    """The outcome measures of an evaluation that have a score, as the patient's page reads them."""
    protocol = protocol_of(library, row.protocol, row.version)
    day = words.local(row.care_at).date()
    for item in protocol.measured:
        if item.id not in row.answers:
            continue
        held = outcome_words.read(item, row.answers[item.id], day)
        if held is not None and held.score is not None:
            yield item, held


def _change(score: Score, points: Sequence[Scored]) -> Change | None:
    last = points[-1]
    if last.score is None:
        return None
    if score.of_change:
        return scoring.standing(score, last.score)
    for first in points[:-1]:
        if first.score is not None and scoring.comparable(first, last):
            return scoring.change(score, first.score, last.score)
    return None


def _way(change: Change) -> str:
    if change.important is Truth.UNKNOWN:
        return UNKNOWN
    if change.important is Truth.FALSE:
        return SAME
    return BETTER if change.amount > 0 else WORSE


def _said(protocol: Protocol, subject: str, decided: Mapping[str, str]) -> str:
    value = decided.get(subject)
    if value is None:
        return ""
    said = decision_words.value(protocol, subject, value, {})
    return _("Grade {grade}").format(grade=said) if subject == "grade" else words.capital(said)


Group = tuple[tuple[str, ...], list[Changed]]


def _grouped(found: Iterable[Changed], key: Callable[[Changed], tuple[str, ...]]) -> list[Group]:
    groups: dict[tuple[str, ...], list[Changed]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return sorted(groups.items(), key=lambda one: one[0])


def _rows(groups: Iterable[Group]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_row(names, held) for names, held in groups)


def _row(names: tuple[str, ...], held: Sequence[Changed]) -> tuple[Cell, ...]:
    title = ", ".join(names)
    sorted_out = {way: [one.case_id for one in held if one.way == way] for way in WAYS}
    return (
        *map(Cell, names),
        count(len(held), Behind("cases.ids", title, tuple(one.case_id for one in held))),
        *(
            count(len(ids), Behind("cases.ids", f"{title}: {WAY_NAMES[way]}", tuple(ids)))
            for way, ids in sorted_out.items()
        ),
        Cell(share(len(sorted_out[BETTER]), len(held))),
        Cell(middle([one.amount for one in held])),
    )
