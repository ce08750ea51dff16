"""Findings for and against something, weighed against all that was tested of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desk.clinical import logic
from clinic_desk.clinical.findings import Reason, Term
from clinic_desk.clinical.logic import Missing, World

# Working value (rules.json, "patterns"): it needs a clinician's sign-off.
LEAST_SCORE = 0.4


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for and against, the weightiest first, and what is not known yet."""

    present: tuple[tuple[str, int], ...]
    against: tuple[tuple[str, int], ...]
    tested: int  # the weights of all supporting findings that were looked for
    missing: Missing
    open: bool  # something of it is not known, whether or not an answer could settle it
    undecided: tuple[str, ...]  # what no further answer settles, as a norm without the sex

    @property
    def total(self) -> int:
        return sum(weight for _, weight in self.present + self.against)

    @property
    def score(self) -> float:
        """From 0 to 1, of what was tested."""
        return round(min(1.0, max(0.0, self.total / self.tested)), 2) if self.tested else 0.0

    def found(self, least: int) -> bool:
        """Whether enough findings support it and enough of their weight is left."""
        return len(self.present) >= least and self.total >= LEAST_SCORE * self.tested - 1e-9

    def reasons(self) -> tuple[Reason, ...]:
        said = [("reason.finding", item, points) for item, points in self.present]
        said += [("reason.against", item, points) for item, points in self.against]
        said += [("reason.undecided", item, 0) for item in self.undecided]
        return tuple(
            Reason(text, {"item": Term(f"item.{item}.label")}, (item,), points)
            for text, item, points in said
        )


def weigh(supports: Mapping[str, int], contradicts: Mapping[str, int], world: World) -> Weighed:
    """All findings of a rule as they stand now."""
    present: list[tuple[str, int]] = []
    against: list[tuple[str, int]] = []
    missing: list[tuple[int, Missing]] = []
    undecided: list[str] = []
    tested = 0
    for item, weight in supports.items():
        truth, lacking = world.truth(item)
        if truth is logic.OPEN:
            missing.append((-weight, lacking))
            if not lacking:
                undecided.append(item)
            continue
        tested += weight
        if truth is logic.YES:
            present.append((item, weight))
    for item, weight in contradicts.items():
        truth, lacking = world.truth(item)
        if truth is logic.YES:
            against.append((item, -weight))
        elif truth is logic.OPEN:
            missing.append((-weight, lacking))
    missing.sort(key=lambda part: part[0])
    return Weighed(
        tuple(sorted(present, key=lambda part: -part[1])),
        tuple(sorted(against, key=lambda part: part[1])),
        tested,
        logic.unique(item for _, items in missing for item in items),
        bool(missing),
        tuple(undecided),
    )
