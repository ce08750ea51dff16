"""What else it could be: scored as patterns are, never before what must be excluded first."""

from collections.abc import Iterable

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import DifferentialFinding, Truth
from clinic_desk.clinical.logic import Missing, World
from clinic_desk.clinical.rules import Differential
from clinic_desk.clinical.weighing import weigh

Judged = tuple[DifferentialFinding | None, Missing]


def ranked(judged: Iterable[Judged]) -> tuple[tuple[DifferentialFinding, ...], tuple[Missing, ...]]:
    """All that is to be considered, by score, then in the order of the file; and what is open."""
    found: list[DifferentialFinding] = []
    lacking: list[Missing] = []
    for finding, missing in judged:
        if finding is not None:
            found.append(finding)
        if missing:
            lacking.append(missing)
    return tuple(sorted(found, key=lambda finding: -finding.score)), tuple(lacking)


def judge(one: Differential, world: World) -> Judged:
    """It where it is to be considered, and what would settle it."""
    if one.when is not None and not one.when.holds(world):
        return None, ()
    weighed = weigh(one.supports, one.contradicts, world)
    if not weighed.found(one.least):
        return None, weighed.missing
    if one.after is not None:
        truth, first = one.after.judge(world)
        if truth is not Truth.TRUE:
            return None, logic.unique(first) if truth is Truth.UNKNOWN else ()
    found = DifferentialFinding(
        one.id,
        one.label,
        weighed.score,
        weighed.reasons(),
        one.next_step,
        weighed.missing,
        one.source,
    )
    return found, weighed.missing
