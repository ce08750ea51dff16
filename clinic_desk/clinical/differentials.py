"""What else it could be: scored as patterns are, never before what must be excluded first."""

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import DifferentialFinding, Truth
from clinic_desk.clinical.logic import Missing
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rules import Differential
from clinic_desk.clinical.weighing import weigh


def find(reading: Reading) -> tuple[tuple[DifferentialFinding, ...], tuple[Missing, ...]]:
    """All that is to be considered, by score, then in the order of the file; and what is open."""
    found: list[DifferentialFinding] = []
    lacking: list[Missing] = []
    for one in reading.protocol.differentials.values():
        finding, missing = judge(one, reading)
        if finding is not None:
            found.append(finding)
        if missing:
            lacking.append(missing)
    return tuple(sorted(found, key=lambda finding: -finding.score)), tuple(lacking)


def judge(one: Differential, reading: Reading) -> tuple[DifferentialFinding | None, Missing]:
    """It where it is to be considered, and what would settle it."""
    if one.when is not None and not one.when.holds(reading):
        return None, ()
    weighed = weigh(one.supports, one.contradicts, reading)
    if not weighed.found(one.least):
        return None, weighed.missing
    if one.after is not None:
        truth, first = one.after.judge(reading)
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
