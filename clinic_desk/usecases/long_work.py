"""Work that takes its time: it says how far it is, and ends where it is told to."""

from collections.abc import Callable

from clinic_desk.errors import ClinicError

Progress = Callable[[int, int], None]  # done, of how many; it raises Stopped to end the work


class Stopped(ClinicError):
    """The person ended the work."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "Nothing was changed.")


class Course:
    """How far a work is that has stretches without a number: there it only asks to go on."""

    def __init__(self, watch: Progress) -> None:
        self._watch, self._done, self._of = watch, 0, 0

    def step(self, done: int, of: int) -> None:
        """So much is done."""
        self._done, self._of = done, of
        self.ask()

    def ask(self) -> None:
        """Go on, or raise Stopped."""
        self._watch(self._done, self._of)


def unwatched(_done: int, _of: int) -> None:
    """Nobody looks how far the work is."""
