"""What every act needs: the open store, the library, who acts, and what time it is.

Built once by the composition root and handed on; a use case is given it as its first argument.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:  # the first window needs this module, but neither SQL nor the data files
    from clinic_desk.library import Library
    from clinic_desk.storage.store import Store


PHYSIOTHERAPIST = "physiotherapist"
# Who signs under supervision: their notes wait for a co-signature.
SUPERVISED = ("student", "assistant")


@dataclass(frozen=True, slots=True)
class Actor:
    """The clinician who acts. The role is a rule of the program: the data key is the same."""

    id: UUID
    name: str
    role: str = PHYSIOTHERAPIST

    @property
    def supervised(self) -> bool:
        return self.role in SUPERVISED


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """An unlocked practice with a clinician at the desk."""

    store: "Store"
    library: "Library"
    actor: Actor
    demo: bool = False
    now: Callable[[], datetime] = field(default=_now)

    def today(self) -> date:
        """The day it is where the clinician sits."""
        return self.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act changed, so that every open list can look again: kind and id."""

    touched: frozenset[tuple[str, UUID]] = frozenset()
