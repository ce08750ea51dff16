"""What ships in `resources/`: protocols, exercises, programs, advice cards and letter kinds."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk import paths

if TYPE_CHECKING:
    from clinic_desk.clinical.protocol import Protocol


class Library:
    """One folder of resources; each file is read and checked when it is first asked for."""

    # Modules are imported when first used: pydantic must not be loaded before the first window.

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or paths.resources()
        self._protocol = lru_cache(maxsize=None)(self._load_protocol)

    def protocol(self, protocol_id: str, version: str | None = None) -> "Protocol":
        """A protocol, the newest version where none is named.

        Raises NotFound for one that is not here and LibraryInvalid for a faulty file.
        """
        return self._protocol(protocol_id, version)

    def protocols(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The ids of all protocols with their versions, oldest first."""
        from clinic_desk.library import protocols

        return tuple(protocols.versions(self.root / "protocols").items())

    def _load_protocol(self, protocol_id: str, version: str | None) -> "Protocol":
        from clinic_desk.library import protocols

        path = protocols.find(self.root / "protocols", protocol_id, version)
        return protocols.load(path, placed=True)
