"""When a figure is where: the tempo of an exercise as a share of the movement at each moment."""

from dataclasses import dataclass
from math import cos, pi

SHORTEST = 0.6
"""Seconds that a movement takes at least on screen; faster ones could not be followed."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One repetition in seconds: there, hold, back, pause."""

    move: float
    hold: float
    back: float
    pause: float

    @classmethod
    def of(cls, move: float, hold: float, back: float, pause: float) -> "Beat":
        """The beat that is shown for a tempo; a way of no time takes the shortest time.

        Raises ValueError for a negative or endless time.
        """
        for seconds in (move, hold, back, pause):
            if not 0 <= seconds < float("inf"):
                raise ValueError(f"a time of {seconds} s")
        return cls(max(move, SHORTEST), hold, max(back, SHORTEST), pause)

    @property
    def seconds(self) -> float:
        """Of one repetition."""
        return self.move + self.hold + self.back + self.pause

    def share(self, at: float) -> float:
        """Where the movement is after `at` seconds: 0 the start, 1 the finish; it repeats."""
        at %= self.seconds
        if at < self.move:
            return _eased(at / self.move)
        at -= self.move
        if at < self.hold:
            return 1.0
        at -= self.hold
        if at < self.back:
            return _eased(1 - at / self.back)
        return 0.0


def _eased(share: float) -> float:
    """A limb starts and stops softly."""
    return (1 - cos(pi * share)) / 2
