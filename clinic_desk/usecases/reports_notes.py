"""The self-audit of the notes, and what was asked of others: by clinician, by recipient."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.library import Library
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import cosign_queries
from clinic_desk.storage import report_queries as query
from clinic_desk.usecases import charts, report_days, report_versions, words
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
)
from clinic_desk.usecases.reports_outcomes import scores

_ISSUES = (
    _("Late"),
    _("Unsigned"),
    _("No consent"),
    _("No outcome measure"),
    _("Overdue answer"),
)
_NOT_COSIGNED = _("Not co-signed")  # asked only where several people work


def audit(
    session: chart.Reading,
    library: Library,
    period: Period,
    today: date,
    step: Progress = unwatched,
) -> Report:
    """What is missing in the notes of the visits of the period, by who began them."""
    span = report_days.span(period)
    cared = query.cared(*span)
    sums = query.visit_sums(session, cared, (query.unsigned(), query.without_consent()))
    of = sum(visits for visits, *_others in sums.values())
    late = _by(_late(session, cared, of, step))
    held = query.answered(session, query.both(cared, query.evaluating()), step)
    evaluated, left_out = report_versions.readable(library, held)
    unmeasured = _by(_unmeasured(library, evaluated, step))
    asked = query.loop_sums(
        session, query.ordered(period.first, period.last), "clinician", (query.overdue(today),)
    )
    names = query.names(session)
    issues = (*_ISSUES, _NOT_COSIGNED) if len(names) > 1 else _ISSUES
    waiting = _by(
        (one.visit.clinician_id, one.visit.id)
        for one in (cosign_queries.open_notes(session) if len(names) > 1 else ())
        if one.visit is not None and span[0] <= one.visit.care_at < span[1]
    )
    rows, whole = [], [0] * (len(issues) + 1)
    for who, name in names.items():
        visits, open_notes, without = sums.get(who, (0, 0, 0))
        loops = asked.get(who, (0, 0))[1]
        numbers = [
            visits, len(late.get(who, ())), open_notes, without, len(unmeasured.get(who, ())),
            loops, len(waiting.get(who, ())),
        ][: len(issues) + 1]  # fmt: skip
        if not any(numbers):
            continue
        whole = [one + other for one, other in zip(whole, numbers, strict=True)]
        ids = (late.get(who, ()), unmeasured.get(who, ()), waiting.get(who, ()))
        rows.append(_row(name, numbers, _behind(period, name, who, *ids)))
    every = ([v for held in found.values() for v in held] for found in (late, unmeasured, waiting))
    if len(rows) > 1:
        rows.append(_row(_("All"), whole, _behind(period, _("all"), None, *every)))
    return Report(
        kind="notes",
        title=_("Notes"),
        period=period,
        tables=(
            Table(
                _("By clinician"), (_("Clinician"), _("Visits"), *issues), tuple(rows)
            ),
        ),
        bars=Bars(
            _("Visits by what is missing"),
            (_("visits"),),
            tuple(BarRow(name, (n,)) for name, n in zip(issues, whole[1:], strict=True)),
        ),
        note=_(
            "Late: signed on a later day than the care. No consent: none is recorded for the "
            "patient by now. No outcome measure: a signed evaluation without a score. Overdue "
            "answer: asked in this period, due before today and not signed off. Not co-signed: "
            "signed under supervision, and no physiotherapist has co-signed it yet."
        )
        + (f" {left_out}" if left_out else ""),
    )  # fmt: skip


def _late(
    session: chart.Reading, cared: query.Where, of: int, step: Progress
) -> Iterator[tuple[UUID, UUID]]:
    """Who began the notes that were signed on a later day than the care, and which those are."""
    done = 0
    for together in query.moments(session, cared):
        for visit, who, care_at, signed_at in together:
            if charts.late(care_at, signed_at):
                yield who, visit
        done += len(together)
        step(done, max(done, of))


def _unmeasured(
    library: Library, evaluated: Sequence[query.Answered], step: Progress
) -> Iterator[tuple[UUID, UUID]]:
    """Who began the evaluations that hold no score, and which those are."""
    for done, one in enumerate(evaluated):
        step(done, len(evaluated))
        if not any(scores(library, one)):
            yield one.clinician_id, one.visit_id


def _by(found: Iterable[tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
    groups: dict[UUID, list[UUID]] = {}
    for who, visit in found:
        groups.setdefault(who, []).append(visit)
    return groups


def _behind(
    period: Period,
    name: str,
    who: UUID | None,
    late: Sequence[UUID],
    unmeasured: Sequence[UUID],
    waiting: Sequence[UUID],
) -> tuple[Behind, ...]:
    def of(what: str, title: str, ids: Sequence[UUID] = ()) -> Behind:
        words_ = f"{title}, {name}"
        return Behind(what, words_, tuple(ids), period.first, period.last, who)

    return (
        of("visits.all", _("Visits")),
        of("visits.ids", _ISSUES[0], late),
        of("visits.unsigned", _ISSUES[1]),
        of("visits.no_consent", _ISSUES[2]),
        of("visits.ids", _ISSUES[3], unmeasured),
        of("loops.overdue", _ISSUES[4]),
        of("visits.ids", _NOT_COSIGNED, waiting),
    )


def _row(name: str, numbers: Sequence[int], behind: Sequence[Behind]) -> tuple[Cell, ...]:
    return (Cell(name), *map(count, numbers, behind[: len(numbers)]))


# What was asked of others

_ASKED = (
    ("loops.all", _("Asked")),
    ("loops.answered", _("Answered")),
    ("loops.no_answer", _("Ended without")),
    ("loops.waiting", _("Waiting")),
    ("loops.overdue", _("Overdue")),
)


def referrals(session: chart.Reading, period: Period, today: date) -> Report:
    """Requests by recipient: what became of them, and how long an answer takes."""
    where = query.ordered(period.first, period.last)
    sums = query.loop_sums(
        session,
        where,
        "recipient",
        (
            query.ended("answered"),
            query.ended("no_answer"),
            query.waiting(),
            query.overdue(today),
        ),
    )
    times: dict[str, list[int]] = {}
    for recipient, asked, answered in query.answer_times(session, where):
        times.setdefault(recipient, []).append((words.local(answered).date() - asked).days)
    rows = []
    whole = [0] * len(_ASKED)
    asked_of = sorted(sums, key=lambda one: (-sums[one][0], str(one)))
    for key in asked_of:
        numbers, to = sums[key], str(key)
        whole = [one + other for one, other in zip(whole, numbers, strict=True)]
        rows.append(_asked(to or _("No recipient named"), to, numbers, times.get(to, []), period))
    if len(rows) > 1:
        every = [days for held in times.values() for days in held]
        rows.append(_asked(_("All"), None, whole, every, period))
    header = (_("Recipient"), *(name for _what, name in _ASKED), _("Days, median (range)"))
    return Report(
        kind="referrals",
        title=_("Referrals"),
        period=period,
        tables=(Table(_("By recipient"), header, tuple(rows)),),
        bars=Bars(
            _("Requests by recipient"),
            (_("answered"), _("ended without"), _("waiting")),
            tuple(BarRow(str(one) or _("No recipient named"), sums[one][1:4]) for one in asked_of),
        ),
        note=_(
            "Referrals, imaging and tests that were asked for in this period, also by letter. "
            "Days: from the asking until the answer was signed off."
        ),
    )


def _asked(
    name: str,
    recipient: str | None,
    numbers: Sequence[int],
    days: Sequence[int],
    period: Period,
) -> tuple[Cell, ...]:
    cells = [
        count(
            number,
            Behind(
                what,
                f"{title}: {name}",
                first=period.first,
                last=period.last,
                recipient=recipient,
            ),
        )
        for number, (what, title) in zip(numbers, _ASKED, strict=True)
    ]
    return (Cell(name), *cells, Cell(middle(days)))
