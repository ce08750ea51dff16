"""Work that takes its time: it says how far it is, and ends where it is told to."""

from collections.abc import Callable

from clinic_desk.errors import ClinicError

Progress = Callable[[int, int], None]  # done, of how many; it raises Stopped to end the work


class Stopped(ClinicError):
    """The person ended the work."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "Nothing was changed.")


def unwatched(_done: int, _of: int) -> None:
    """Nobody looks how far the work is."""
