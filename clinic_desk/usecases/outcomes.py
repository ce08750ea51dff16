"""The outcome measures of a case over time: dated scores, with what their change means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.clinical import outcomes
from clinic_desk.clinical.measures import Scored
from clinic_desk.clinical.outcomes import Change
from clinic_desk.clinical.protocol import Item, Measure
from clinic_desk.library import Library
from clinic_desk.usecases import measured, outcome_words, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.measured import Evaluated
from clinic_desk.usecases.reckoning import protocol_of


@dataclass(frozen=True, slots=True)
class Point:
    """One score of one day."""

    on: date
    score: float
    said: str  # "4.3 of 10"
    held: Scored


@dataclass(frozen=True, slots=True)
class History:
    """One measure of a case, the oldest score first; never empty."""

    item: Item
    measure: Measure
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        return outcome_words.name(self.measure)

    @property
    def last(self) -> Point:
        return self.points[-1]

    def first(self) -> Point | None:
        """The first score that the newest can be compared with; none where there is none."""
        for point in self.points[:-1]:
            if outcomes.comparable(point.held, self.last.held):
                return point
        return None

    def since_first(self) -> Change | None:
        """The newest score against the first that it can be compared with."""
        return self._since(self.points[:-1])

    def _since(self, earlier: Iterable[Point]) -> Change | None:
        score = self.measure.score
        if score.of_change:
            return outcomes.standing(score, self.last.score)
        for point in earlier:
            if outcomes.comparable(point.held, self.last.held):
                return outcomes.change(score, point.score, self.last.score)
        return None

    def singles(self) -> tuple[tuple[str, Point, Change], ...]:
        """Each activity of today with the first day on which it was rated too, and its change."""
        score, found = self.measure.score, list[tuple[str, Point, Change]]()
        for name, _ in self.last.held.rated:
            for point in self.points[:-1]:
                same = dict(outcomes.singles(score, point.held, self.last.held)).get(name)
                if same is not None:
                    found.append((name, point, same))
                    break
        return tuple(found)

    def sentence(self) -> str:
        """ "PSFS 4.3 of 10 on 03 Feb 2026; 2.0 better than 20 Jan 2026, at the …"."""
        said = f"{self.name} {self.last.said} on {words.day(self.last.on)}"
        score = self.measure.score
        if score.of_change:
            meant = outcome_words.meaning(score, outcomes.standing(score, self.last.score))
            return words.sentence(f"{said}, {meant}" if self.last.score else said)
        for point in self.points[:-1]:
            if outcomes.comparable(point.held, self.last.held):
                found = outcomes.change(score, point.score, self.last.score)
                said += f"; {outcome_words.change(score, found, words.day(point.on))}"
                break
        else:
            if len(self.points) > 1:
                said += "; not comparable with the earlier ones: other activities were rated"
        each = outcome_words.each(score, ((name, found) for name, _, found in self.singles()))
        said += f"; {each}" if each else ""
        return words.sentence(said)


def histories(desk: Desk, case_id: UUID) -> tuple[History, ...]:
    """Each measure of a case that has a score, in the order of its protocol."""
    with desk.store.reading() as session:
        return of_visits(desk.library, measured.evaluated(session, case_id))


def of_visits(library: Library, visits: Iterable[Evaluated]) -> tuple[History, ...]:
    """As `histories`, from the visits of a case, the newest first."""
    found: dict[str, list[Point]] = {}
    items: dict[str, Item] = {}
    for one in visits:
        protocol = protocol_of(library, one.visit.protocol, one.visit.protocol_version)
        day = words.local(one.care_at).date()
        for item in protocol.measured:
            held = outcome_words.read(item, one.answers.get(item.id), day)
            if held is None or held.score is None:
                continue
            said = outcome_words.value(item, held.score)
            point = Point(held.on or day, held.score, said, held)
            items.setdefault(item.id, item)
            kept = found.setdefault(item.id, [])
            if point not in kept:  # a paper's score is carried from visit to visit
                kept.append(point)
    return tuple(
        History(item, item.measure, tuple(sorted(found[name], key=lambda one: one.on)))
        for name, item in items.items()
        if item.measure is not None
    )
