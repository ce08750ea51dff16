"""Compensation patterns: weighted findings for and against, out of those that were tested."""

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import Confidence, PatternFinding, Truth
from clinic_desk.clinical.logic import Outcome, World
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rules import Pattern
from clinic_desk.clinical.weighing import weigh

LEAST_SUPPORTS = 2  # working value (rules.json, "patterns")
SHOWN = 3
HIGH_SCORE, LOW_SCORE = 0.75, 0.55
HIGH_SUPPORTS = 3


def confidence(found: PatternFinding) -> Confidence:
    """How far its score may be relied on: high only with three signs and nothing weighty open."""
    supports = sum(1 for one in found.reasons if (one.points or 0) > 0)
    if found.score < LOW_SCORE or len(found.missing) > supports + HIGH_SUPPORTS:
        return Confidence.LOW
    if found.score >= HIGH_SCORE and supports >= HIGH_SUPPORTS and not found.missing:
        return Confidence.HIGH
    return Confidence.MEDIUM


def judge(pattern: Pattern, world: World) -> tuple[PatternFinding | None, Outcome]:
    """The pattern where it is found; else whether it is ruled out or still open."""
    weighed = weigh(pattern.supports, pattern.contradicts, world)
    if not weighed.found(LEAST_SUPPORTS):
        return None, (Truth.UNKNOWN, weighed.missing) if weighed.open else logic.FALSE
    found = PatternFinding(
        pattern.id,
        pattern.label,
        weighed.score,
        weighed.reasons(),
        pattern.direction,
        weighed.missing,
        pattern.drill,
        pattern.remeasure,
    )
    return found, logic.TRUE


def ranked(protocol: Protocol, found: dict[str, PatternFinding]) -> tuple[PatternFinding, ...]:
    """The best few, those that must be seen first in front; then score, then the file's order."""
    order = {name: place for place, name in enumerate(protocol.patterns)}
    ordered = sorted(found.values(), key=lambda one: (*rank(protocol, one), order[one.id]))
    return tuple(ordered[:SHOWN])


def rank(protocol: Protocol, one: PatternFinding) -> tuple[bool, float]:
    """Its place among the found ones, lower is earlier; equal where their scores are."""
    return not protocol.patterns[one.id].first, -one.score
