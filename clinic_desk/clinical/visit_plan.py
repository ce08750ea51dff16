"""When a case is to be evaluated again: at half and at the end of the visits that were planned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Due:
    """The visit by which a re-evaluation belongs, and why."""

    mark: str  # half | full
    visit: int  # its place among the case's visits
    planned: int


def due(planned: int | None, signed: int, evaluated: int) -> Due | None:
    """What is due now: from the visit before the mark on, until a visit at it or after it was
    a re-evaluation. One that is being written counts.

    `signed` is how many visits are signed, `evaluated` the place of the last that is a
    re-evaluation among all visits of the case in the order of care, from 1; none: 0.
    """
    if planned is None:
        return None
    found = None
    for mark, visit in (("half", (planned + 1) // 2), ("full", planned)):
        # the first visit is an evaluation anyway
        if visit > 1 and signed >= visit - 1 and evaluated < visit:
            found = Due(mark, visit, planned)
    return found
