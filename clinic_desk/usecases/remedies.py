"""One-click remedies: what brings a program under the low-load rule, gently and step by step.

Each remedy changes one thing and gives the whole program back, so that one undo takes it away.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic_desk.clinical.dosage import MOST, Mode
from clinic_desk.usecases.program_views import ExerciseCard, Gauge, Line, ProgramContent

FEWEST_REPS, FEWER_REPS = 5, 2
SHORTEST_S, SHORTER_S = 20, 10


@dataclass(frozen=True, slots=True)
class Remedy:
    """What one click does: `kind` is cut_set, cut_reps, drop or swap. `exercise` is the one it
    changes, `instead` the one that a swap takes; a swap's line is fetched with its own dose.
    """

    kind: str
    place: int
    exercise: str
    lines: tuple[Line, ...]
    instead: str = ""


def remedies(
    content: ProgramContent,
    gauge: Gauge,
    cards: Mapping[str, ExerciseCard],
    measure: Callable[[ProgramContent], Gauge],
) -> tuple[Remedy, ...]:
    """What helps now, at most one for time or number and one for equipment.

    Time: cut a set where that saves most, else repetitions or seconds, else drop the last
    exercise. Too many exercises: drop the last. Equipment: the nearest easier exercise that
    needs none and isn't held back or in the program.
    """
    found: list[Remedy] = []
    lines = content.lines
    if lines and not gauge.time_ok:
        found.append(_quicker(content, gauge, measure))
    elif len(lines) > MOST:
        found.append(_drop(lines))
    if not gauge.equipment_ok:
        found += _without_equipment(lines, cards)
    return tuple(found)


def _quicker(
    content: ProgramContent, gauge: Gauge, measure: Callable[[ProgramContent], Gauge]
) -> Remedy:
    lines = content.lines
    for kind, shorter in (("cut_set", _cut_set), ("cut_reps", _cut_reps)):
        saved: list[tuple[int, int, tuple[Line, ...]]] = []
        for place, line in enumerate(lines):
            less = shorter(line)
            if less is not None:
                changed = (*lines[:place], less, *lines[place + 1 :])
                took = measure(replace(content, lines=changed)).seconds
                saved.append((gauge.seconds - took, place, changed))
        # the longest saving; of equals the later, for the first are the most wanted
        best = max(saved, key=lambda one: one[:2], default=None)
        if best is not None and best[0] > 0:
            return Remedy(kind, best[1], lines[best[1]].exercise, best[2])
    return _drop(lines)


def _cut_set(line: Line) -> Line | None:
    return replace(line, sets=line.sets - 1) if line.sets > 1 else None


def _cut_reps(line: Line) -> Line | None:
    if line.mode in (Mode.REPS, Mode.HOLD):
        fewer = max(FEWEST_REPS, line.reps - FEWER_REPS)
        return replace(line, reps=fewer) if fewer < line.reps else None
    if line.mode == Mode.TIME:
        shorter = max(SHORTEST_S, line.duration_s - SHORTER_S)
        return replace(line, duration_s=shorter) if shorter < line.duration_s else None
    return None


def _drop(lines: Sequence[Line]) -> Remedy:
    return Remedy("drop", len(lines) - 1, lines[-1].exercise, tuple(lines[:-1]))


def _without_equipment(
    lines: Sequence[Line], cards: Mapping[str, ExerciseCard]
) -> tuple[Remedy, ...]:
    """The first exercise with equipment that the ladder knows a plainer one for."""
    taken = {line.exercise for line in lines}
    for place, line in enumerate(lines):
        card = cards.get(line.exercise)
        if card is None or not card.equipment:
            continue
        instead = _plainer(card, cards, taken)
        if instead:
            return (Remedy("swap", place, line.exercise, tuple(lines), instead),)
    return ()


def _plainer(card: ExerciseCard, cards: Mapping[str, ExerciseCard], taken: set[str]) -> str:
    seen, step = {card.id}, card.easier
    while step and step in cards and step not in seen:
        one = cards[step]
        if not (one.equipment or one.held_back or one.hidden or one.id in taken):
            return one.id
        seen.add(step)
        step = one.easier
    return ""


def for_all(lines: Sequence[Line], values: Mapping[str, object]) -> tuple[Line, ...]:
    """Every line with these values; repetitions only where repetitions are counted."""
    changed = []
    for line in lines:
        own = dict(values)
        if line.mode not in (Mode.REPS, Mode.HOLD):
            own.pop("reps", None)
        changed.append(replace(line, **own))  # type: ignore[arg-type]  # keyed by the line's fields
    return tuple(changed)
