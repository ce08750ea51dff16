"""The progress of a case: each pair test left against right, and each outcome measure, over its
visits, with the goal of the home program's next stage and the change that matters to patients.

What was not measured on a day has no point on that day; nothing is drawn in between as if it were.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from clinic_desk.clinical import outcomes as scoring
from clinic_desk.clinical.exercise import Template
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item, Kind, Protocol, Score
from clinic_desk.i18n import _
from clinic_desk.library import Library
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case
from clinic_desk.usecases import (
    answer_words,
    charts,
    lockbox,
    measured,
    outcomes,
    program_content,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.measured import Evaluated
from clinic_desk.usecases.outcomes import History
from clinic_desk.usecases.reckoning import protocol_of

_GOAL = re.compile(r"^(\w+) (<=?) (\d+(?:\.\d+)?)$")  # the one shape of a goal that is a line
_MOST_STAGES = 12  # of a chain of programs


@dataclass(frozen=True, slots=True)
class Taken:
    """One measuring: both sides of a pair with what lies between them, or a score."""

    on: date
    signed: bool
    left: float | None = None
    right: float | None = None
    amount: float | None = None  # the deficit as it is shown, or the score
    said: str = ""  # "14° less", "4.3 of 10"
    comparable: bool = True  # with the newest: a list of other activities is another measure


@dataclass(frozen=True, slots=True)
class Goal:
    """What a deficit must come under, and where that is said."""

    below: float
    said: str  # "goal under 10°"
    source: str  # the program whose next stage asks for it


@dataclass(frozen=True, slots=True)
class Track:
    """One measure of a case, the oldest first; never empty."""

    id: str
    name: str
    kind: Literal["pair", "score"]
    unit: str  # of `amount`: "°", "%"; empty for a score
    raw_unit: str  # of both sides
    side: Side | None
    taken: tuple[Taken, ...]
    meaning: str  # which way is better, in words
    sentence: str  # how it stands, in one sentence
    goal: Goal | None = None
    lowest: float | None = None  # a score's whole range
    highest: float | None = None
    band: tuple[float, float] | None = None  # within it a change is not important
    band_said: str = ""
    source: str = ""  # of the MCID

    @property
    def has_difference(self) -> bool:
        return any(one.amount is not None for one in self.taken)


def tracks(desk: Desk, case_id: UUID) -> tuple[Track, ...]:
    """All that was measured in a case: pair tests first, of them those with a goal, and of
    each kind those that were taken most often. Raises NotFound; AccessDenied for a part that
    is closed at the patient's wish.
    """
    with desk.store.reading() as session:
        lockbox.refuse_hidden(session, case_id)
        case = charts.case(session, case_id)
        return tracks_of(desk, session, case, measured.evaluated(session, case_id))


def tracks_of(
    desk: Desk, session: chart.Reading, case: Case, visits: Sequence[Evaluated]
) -> tuple[Track, ...]:
    """As `tracks`, within an open reading."""
    programs = chart.programs(session, [case.id])
    template = program_content.read(programs[0].content).template if programs else None
    side = charts.side_of(case)
    found = _pairs(desk.library, visits, side, template)
    found.sort(key=lambda one: (one.goal is None, -len(one.taken)))  # else as in the protocol
    signed = {words.local(one.care_at).date() for one in visits if one.signed}
    histories = outcomes.of_visits(desk.library, visits)
    scores = [_score(one, signed) for one in histories]
    scores.sort(key=lambda one: -len(one.taken))
    return (*found, *scores)


# Pair tests


def _pairs(
    library: Library, visits: Sequence[Evaluated], side: Side | None, template: str | None
) -> list[Track]:
    items: dict[str, tuple[Protocol, Item]] = {}
    taken: dict[str, list[Taken]] = {}
    for one in visits:  # the newest first
        protocol = protocol_of(library, one.visit.protocol, one.visit.protocol_version)
        for item in protocol.items.values():
            if item.kind is not Kind.PAIR or item.worse is None:
                continue
            held = answer_words.difference(item, one.answers.get(item.id), side)
            if held is None:
                continue
            items.setdefault(item.id, (protocol, item))
            day = words.local(one.care_at).date()
            taken.setdefault(item.id, []).append(
                Taken(
                    on=day,
                    signed=one.signed,
                    left=held.left,
                    right=held.right,
                    amount=held.deficit,
                    said=held.text if held.complete else "",
                )
            )
    order = {name: items[name][0].order[name] for name in items}
    return [
        _pair(library, *items[name], tuple(reversed(taken[name])), side, template)
        for name in sorted(items, key=order.__getitem__)
    ]


def _pair(
    library: Library,
    protocol: Protocol,
    item: Item,
    taken: tuple[Taken, ...],
    side: Side | None,
    template: str | None,
) -> Track:
    _step, section = protocol.places[item.id]
    among = protocol.say(section.title).split(",")[0]  # "Knee at 15°" alone says too little
    name = f"{protocol.say(item.label)} ({words.lowered(among)})"
    last = taken[-1]
    unit = "%" if item.show == "percent" else item.unit
    if side in (Side.LEFT, Side.RIGHT):
        meaning = _("{side} worse than {other}, in {unit}; 0 is equal").format(
            side=words.capital(side.value), other=words.other(side).value, unit=unit or _("points")
        )
    else:
        meaning = _("Left and right as they read")
    sides = [
        f"{label} {_with(value, item.unit)}"
        for label, value in ((_("left"), last.left), (_("right"), last.right))
        if value is not None
    ]
    said = f"{', '.join(sides)} ({last.said})" if last.said else ", ".join(sides)
    first = taken[0]
    sentence = f"{name} {said} on {words.day(last.on)}"
    if len(taken) > 1 and first.amount is not None:
        sentence += f"; {first.said} on {words.day(first.on)}"
    return Track(
        id=item.id,
        name=name,
        kind="pair",
        unit=unit,
        raw_unit=item.unit,
        side=side,
        taken=taken,
        meaning=meaning,
        sentence=words.sentence(sentence),
        goal=_goal(library, protocol, item, unit, template),
    )


def _with(value: float, unit: str) -> str:
    return words.with_unit(value, unit)


def _goal(
    library: Library, protocol: Protocol, item: Item, unit: str, template: str | None
) -> Goal | None:
    """The nearest stage that asks for this deficit, from the newest program on; before there is
    a program, the strictest that any asks.
    """
    names = {
        name
        for name, derived in protocol.derived.items()
        if derived.reads == (item.id,) and protocol.items[name].unit == unit
    }
    if template is None:
        asked = [goal for one in library.templates() for goal in _asked(one, names, unit)]
        return min(asked, key=lambda one: one.below, default=None)
    known = library.plans().templates  # also those that are no longer offered
    at: str | None = template
    for _stage in range(_MOST_STAGES):
        if at is None or at not in known:
            break
        for goal in _asked(known[at], names, unit):
            return goal
        at = known[at].next
    return None


def _asked(template: Template, names: set[str], unit: str) -> Iterable[Goal]:
    for one in template.criteria:
        found = _GOAL.match(one.when or "")
        if found and found[1] in names:
            value = float(found[3])
            word = _("goal under {value}") if found[2] == "<" else _("goal {value} or less")
            yield Goal(value, word.format(value=_with(value, unit)), template.name)


# Outcome measures


def _score(one: History, signed: set[date]) -> Track:
    score = one.measure.score
    taken = tuple(
        Taken(
            on=point.on,
            signed=point.on in signed,
            amount=point.score,
            said=point.said,
            comparable=score.of_change or scoring.comparable(point.held, one.last.held),
        )
        for point in one.points
    )
    start = 0.0 if score.of_change else next(p.amount for p in taken if p.comparable) or 0.0
    band, said = _band(score, start)
    way = _("lower is better") if score.better == "lower" else _("higher is better")
    return Track(
        id=one.item.id,
        name=one.name,
        kind="score",
        unit="",
        raw_unit="",
        side=None,
        taken=taken,
        meaning=f"{words.capital(way)}; {said}",
        sentence=one.sentence(),
        lowest=score.minimum,
        highest=score.maximum,
        band=band,
        band_said=said if band else "",
        source=score.mcid_source,
    )


def _band(score: Score, start: float) -> tuple[tuple[float, float] | None, str]:
    """Between which scores a change from the first one is not important, with its words.

    A percentage was established for getting better only; for worse it says nothing.
    """
    worse = score.mcid
    ways = [] if worse is None else [worse]
    if score.mcid_pct is not None and start and not score.of_change:
        ways.append(abs(start) * score.mcid_pct / 100)
    better = min(ways, default=None)
    if better is None:
        return None, _("the least important change is not established")
    up, down = (better, worse) if score.better == "higher" else (worse, better)
    band = (max(start - (down or 0.0), score.minimum), min(start + (up or 0.0), score.maximum))
    return band, _("MCID: {n} better").format(n=f"{round(better, 1):g}")
