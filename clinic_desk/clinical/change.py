"""Whether a value has changed since it was taken last, and by more than the measurement errs."""

from dataclasses import dataclass
from typing import Literal

from clinic_desk.clinical.measures import DECIMALS


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two readings of the same thing, taken in the same way."""

    gain: float  # positive is better
    error: float | None = None  # the smallest change that can be told from none; none: not known

    @property
    def beyond_error(self) -> bool | None:
        """Whether the change is more than measurement error; none where that is not known."""
        return None if self.error is None else abs(self.gain) >= self.error


def change(
    before: float, now: float, worse: Literal["higher", "lower"], error: float | None = None
) -> Change:
    """What became of a reading; the smallest detectable change itself counts as a change."""
    less = round(before - now, DECIMALS)
    return Change(less if worse == "higher" else -less, error)
