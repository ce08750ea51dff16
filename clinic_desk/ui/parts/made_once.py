"""What was made of something is kept until that is another."""

from collections.abc import Callable
from typing import TypeVar, cast

Made = TypeVar("Made")


class MadeOnce:
    """Each keystroke asks for all cards, and most of them say what they said before."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[tuple[object, ...], object]] = {}

    def of(self, key: str, parts: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What is made of these parts; `make` looks at nothing else that changes."""
        held = self._held.get(key)
        if held is None or held[0] != parts:
            held = self._held[key] = parts, make()
        return cast(Made, held[1])
