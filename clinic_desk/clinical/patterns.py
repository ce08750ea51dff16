"""Compensation patterns: weighted findings for and against, out of those that were tested."""

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import Confidence, PatternFinding, Reason, Term, Truth
from clinic_desk.clinical.logic import Outcome, World
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rules import Pattern

# Working values (rules.json, "patterns"): they need a clinician's sign-off.
LEAST_SCORE = 0.4
LEAST_SUPPORTS = 2
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
    present: list[tuple[str, int]] = []
    against: list[tuple[str, int]] = []
    missing: list[tuple[int, tuple[str, ...]]] = []
    undecided: list[str] = []  # what no further answer settles, as a norm without the sex
    tested = 0
    for item, weight in pattern.supports.items():
        truth, lacking = world.truth(item)
        if truth is Truth.UNKNOWN:
            missing.append((-weight, lacking))
            if not lacking:
                undecided.append(item)
            continue
        tested += weight
        if truth is Truth.TRUE:
            present.append((item, weight))
    for item, weight in pattern.contradicts.items():
        truth, lacking = world.truth(item)
        if truth is Truth.TRUE:
            against.append((item, -weight))
        elif truth is Truth.UNKNOWN:
            missing.append((-weight, lacking))
    missing.sort(key=lambda part: part[0])
    still = logic.unique(item for _, items in missing for item in items)
    total = sum(weight for _, weight in present + against)
    score = round(min(1.0, max(0.0, total / tested)), 2) if tested else 0.0
    if len(present) < LEAST_SUPPORTS or total < LEAST_SCORE * tested - 1e-9:
        return None, (Truth.UNKNOWN, still) if missing else logic.FALSE
    ranked = sorted(present, key=lambda part: -part[1]) + sorted(against, key=lambda p: p[1])
    reasons = tuple(
        Reason(
            "reason.finding" if points > 0 else "reason.against",
            {"item": Term(f"item.{item}.label")},
            (item,),
            points,
        )
        for item, points in ranked
    )
    reasons += tuple(
        Reason("reason.undecided", {"item": Term(f"item.{item}.label")}, (item,), 0)
        for item in undecided
    )
    found = PatternFinding(pattern.id, pattern.label, score, reasons, pattern.direction, still)
    return found, logic.TRUE


def ranked(protocol: Protocol, found: dict[str, PatternFinding]) -> tuple[PatternFinding, ...]:
    """The best few, those that must be seen first in front; then score, then the file's order."""
    order = {name: place for place, name in enumerate(protocol.patterns)}
    ordered = sorted(found.values(), key=lambda one: (*rank(protocol, one), order[one.id]))
    return tuple(ordered[:SHOWN])


def rank(protocol: Protocol, one: PatternFinding) -> tuple[bool, float]:
    """Its place among the found ones, lower is earlier; equal where their scores are."""
    return not protocol.patterns[one.id].first, -one.score
