"""Red flags: which fire, how urgent each is, and what is undecided."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_desk.clinical import logic, wording
from clinic_desk.clinical.findings import FlagFinding, Reason, Term, Truth, Urgency
from clinic_desk.clinical.logic import Condition, Missing, Outcome, World
from clinic_desk.clinical.measures import State
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rules import Flag, FlagCase

Open = tuple[tuple[Urgency, Missing], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A flag as it stands: what fired, and the more urgent cases that are still open."""

    finding: FlagFinding | None
    outcome: Outcome
    open: Open = ()


def judge(protocol: Protocol, flag: Flag, world: World) -> Judged:
    """The flag's most urgent true case, and whether it fired at all."""
    still: Open = ()
    unknown = False
    for case in flag.cases:
        truth, lacking = case.when.judge(world)
        if truth is logic.YES:
            finding = _finding(protocol, flag, case, world)
            more = tuple(one for one in still if one[0] is not case.urgency)
            return Judged(finding, logic.TRUE, more)
        if truth is logic.OPEN:
            unknown = True
            still += ((case.urgency, lacking),)
    if not unknown:
        return _CLOSED
    missing = logic.unique(item for _, lacking in still for item in lacking)
    return Judged(None, (Truth.UNKNOWN, missing), still)


_CLOSED = Judged(None, logic.FALSE)


def fired(judged: Iterable[Judged], urgency: Urgency) -> Outcome:
    """Whether any flag of at least this urgency is true."""
    missing: Missing = ()
    unknown = False
    for one in judged:
        if one.finding is not None and one.finding.urgency.rank >= urgency.rank:
            return logic.TRUE
        for asked, lacking in one.open:
            if asked.rank >= urgency.rank:
                unknown = True
                missing += lacking
    return (Truth.UNKNOWN, logic.unique(missing)) if unknown else logic.FALSE


def _finding(protocol: Protocol, flag: Flag, case: FlagCase, world: World) -> FlagFinding:
    decided = deciding_items(case.when, world)
    if case.because:
        reasons: tuple[Reason, ...] = (wording.because(protocol, world, case.because, decided),)
    else:
        reasons = wording.answer_reasons(protocol, world, decided)
    label = case.label or flag.label
    group = protocol.groups.get(flag.group)
    return FlagFinding(
        id=flag.id,
        label=label,
        urgency=case.urgency,
        refer_to=case.refer_to,
        action=case.action,
        reasons=reasons or (Reason("reason.finding", {"item": Term(label)}),),
        safety_net=group.safety_net if group else "",
        why=flag.why,
        source=flag.source,
        group=flag.group,
        target_days=case.target_days,
        presumed=_presumed(protocol, case.when, world),
    )


def deciding_items(when: Condition, world: World) -> Missing:
    """The answered items that made a condition true; of a sum, those that add to it."""
    decided = logic.deciding(when.node, world)
    return tuple(
        item
        for item in decided
        if len(decided) == 1 or not wording.says_no(world, item) or _wanted_no(when, item)
    )


def _wanted_no(when: Condition, item: str) -> bool:
    """Whether the condition asks for a "no" of this item."""

    def inside(node: logic.Node) -> bool:
        if node.op == "not":
            return item in node.reads
        return any(inside(part) for part in node.parts)

    return inside(when.node)


def _presumed(protocol: Protocol, when: Condition, world: World) -> bool:
    """Whether it is true only because "unsure" counts as yes until examined."""
    names = logic.unique(name for item in when.reads for name in (item, *protocol.under(item)))
    unsure = (
        (answer := world.answer(name)) is not None and answer.state is State.UNSURE
        for name in names
    )
    return any(unsure) and not when.holds(world.examined_only())
