"""Advice cards: one TOML file a card in `resources/advice/`, words for the patient.

A card is short enough to be read in the waiting room. Its source and an honest word on the
evidence stay beside it for the clinician.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library.files import Strict, invalid, read

MOST_WORDS = 120
"""Words on one card; more is a leaflet, and leaflets stay unread."""

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """Advice on one subject: short paragraphs, where they come from, how sure that is."""

    id: str
    title: str
    audience: str  # patient
    text: tuple[str, ...]
    source: str
    note: str  # honesty about the evidence, for the clinician

    @property
    def words(self) -> int:
        """Words that the patient has to read, the title apart."""
        return sum(len(paragraph.split()) for paragraph in self.text)


class _File(Strict):
    id: _Words
    title: _Words
    audience: Literal["patient"]
    text: Annotated[list[_Words], Field(min_length=1)]
    source: _Words
    note: str


def load_advice(folder: Path | None = None) -> Mapping[str, AdviceCard]:
    """Every card of the folder by id; the shipped ones where no folder is given.

    Raises LibraryInvalid for a missing folder and for the first file that breaks the format.
    """
    folder = folder or paths.resources() / "advice"
    if not folder.is_dir():
        raise LibraryInvalid(f"{folder.name}: the folder of the advice cards is missing")
    return {card.id: card for card in map(read_card, sorted(folder.glob("*.toml")))}


def read_card(path: Path) -> AdviceCard:
    """Read one card. Raises LibraryInvalid with file, key and reason."""
    given = read(path, _File)
    if given.id != path.stem:
        raise invalid(path.name, "id", f"“{given.id}” must be the file's own name")
    text = tuple(given.text)
    card = AdviceCard(given.id, given.title, given.audience, text, given.source, given.note)
    if card.words > MOST_WORDS:
        reason = f"has {card.words} words, {MOST_WORDS} are the most"
        raise invalid(path.name, "text", reason)
    return card
