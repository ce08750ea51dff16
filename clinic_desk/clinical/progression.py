"""The home program: which path is walked, which template comes next, and what gates it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic_desk.clinical import logic, wording
from clinic_desk.clinical.findings import FlagFinding, ProgramFinding, Reason, Term, Truth
from clinic_desk.clinical.logic import Condition, Missing, Node, World
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rules import Path, PathStep


class Gate(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a gate as it stands now."""

    gate: Gate
    reads: tuple[str, ...]
    missing: Missing = ()


def gate(condition: Condition, world: World) -> Gate:
    """Whether a criterion is met by what is recorded."""
    return _GATES[condition.judge(world)[0]]


def gates(conditions: Mapping[str, Condition], world: World) -> dict[str, Gate]:
    """The state of several criteria, by their names."""
    return {name: gate(condition, world) for name, condition in conditions.items()}


def open_criteria(condition: Condition, world: World) -> tuple[Criterion, ...]:
    """The parts of a condition that do not hold yet."""
    found = []
    for part in logic.criteria(condition.node):
        truth, missing = part.run(world)
        if truth is not Truth.TRUE:
            found.append(Criterion(_GATES[truth], _reads(part), logic.unique(missing)))
    return tuple(found)


_GATES = {Truth.TRUE: Gate.MET, Truth.FALSE: Gate.NOT_MET, Truth.UNKNOWN: Gate.NOT_MEASURED}


def _reads(node: Node) -> tuple[str, ...]:
    return node.reads


def suggest(
    protocol: Protocol,
    world: World,
    flags: tuple[FlagFinding, ...],
    acted_on: frozenset[str],
    hide_stretch: bool,
    no_strain: Reason | None = None,
) -> ProgramFinding | None:
    """The first template of the first true path whose aim is not reached yet.

    `flags` are those that fired; `acted_on` names those whose action is recorded; `no_strain`
    says why the grade is withheld where the picture is another one.
    """
    if not protocol.paths:
        return None
    waiting = [flag for flag in flags if flag.id not in acted_on]
    locked = [flag for flag in waiting if flag.urgency.locks_exercises]
    if locked:
        why = tuple(_about("program.blocked", flag) for flag in locked)
        return ProgramFinding(None, None, True, why, hide_stretch)
    first = tuple(_about("program.record", flag) for flag in waiting if flag.urgency.blocks_signing)
    found = walked(protocol, world)
    if found is None:
        why = first + _no_path(protocol, world, no_strain)
        return ProgramFinding(None, None, False, why, hide_stretch)
    path, step = found
    why = first + _why(protocol, path, step, world)
    return ProgramFinding(step.stage, step.template, False, why, hide_stretch)


def walked(protocol: Protocol, world: World) -> tuple[Path, PathStep] | None:
    """The first true path, and its first step whose aim is not reached yet."""
    path = next((path for path in protocol.paths if path.when.holds(world)), None)
    if path is None:
        return None
    step = next(
        (step for step in path.steps if step.leave is None or not step.leave.holds(world)),
        path.steps[-1],
    )
    return path, step


def _about(text: str, flag: FlagFinding) -> Reason:
    return Reason(text, {"flag": Term(flag.label)})


def _why(protocol: Protocol, path: Path, step: PathStep, world: World) -> tuple[Reason, ...]:
    decided = logic.deciding(path.when.node, world)
    reasons = [wording.because(protocol, world, path.because, decided)]
    if step.because:
        reads = step.leave.reads if step.leave else ()
        reasons.append(wording.because(protocol, world, step.because, reads))
    if step.leave is not None:
        for criterion in open_criteria(step.leave, world):
            if criterion.missing or criterion.reads:
                reasons.append(said(protocol, world, criterion))
    return tuple(reasons)


def said(protocol: Protocol, world: World, criterion: Criterion) -> Reason:
    """A criterion that does not hold yet: with its values as they are, or not measured."""
    unmet = criterion.gate is Gate.NOT_MET
    text = "program.unmet" if unmet else "program.unmeasured"
    about = criterion.reads if unmet else criterion.missing or criterion.reads
    items: tuple[object, ...] = wording.labels(protocol, about)
    if unmet:
        items = wording.as_now(protocol, world, about) or items
    return Reason(text, {"items": items}, about)


def _no_path(
    protocol: Protocol, world: World, no_strain: Reason | None = None
) -> tuple[Reason, ...]:
    if no_strain is not None:
        return Reason("program.no_path"), no_strain
    waiting = _waiting(protocol, world)
    if not waiting:
        return (Reason("program.no_path"),)
    nearest = waiting[0][:5]
    shown = wording.labels(protocol, nearest)
    return Reason("program.no_path"), Reason("program.open", {"items": shown}, nearest)


def undecided(protocol: Protocol, world: World) -> Missing:
    """What would settle which path is walked, while none is."""
    return logic.unique(item for lacking in _waiting(protocol, world) for item in lacking)


def _waiting(protocol: Protocol, world: World) -> list[Missing]:
    """What each undecided path lacks: the ones already entered first, then in the file's order."""
    found: list[tuple[bool, Missing]] = []
    for path in protocol.paths:
        truth, lacking = path.when.judge(world)
        if truth is Truth.TRUE:
            return []
        if lacking:
            found.append((not _entered(path.when.node, world), logic.unique(lacking)))
    return [lacking for _, lacking in sorted(found, key=lambda one: one[0])]


def _entered(node: Node, world: World) -> bool:
    """Whether something that was answered or found already speaks for it."""
    if node.op in ("and", "or"):
        return any(_entered(part, world) for part in node.parts)
    spoken = not node.reads or any(world.answered(name)[0] is Truth.TRUE for name in node.reads)
    return spoken and node.op == "leaf" and node.run(world)[0] is Truth.TRUE
