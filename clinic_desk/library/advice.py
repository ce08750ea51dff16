"""Advice cards: one TOML file a card in `resources/advice/`, words for the patient.

A card is short enough to be read in the waiting room. Its source and an honest word on the
evidence stay beside it for the clinician.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid

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


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: _Words
    title: _Words
    audience: Literal["patient"]
    text: list[_Words]
    source: _Words
    note: str


def load_advice(folder: Path | None = None) -> Mapping[str, AdviceCard]:
    """Every card of the folder by id; the shipped ones where no folder is given.

    Raises LibraryInvalid for a missing folder and for the first file that breaks the format.
    """
    folder = folder or paths.resources() / "advice"
    if not folder.is_dir():
        raise LibraryInvalid(f"{folder.name}: the folder of the advice cards is missing.")
    return {card.id: card for card in map(read_card, sorted(folder.glob("*.toml")))}


def read_card(path: Path) -> AdviceCard:
    """Read one card. Raises LibraryInvalid with file, key and reason."""
    try:
        content = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LibraryInvalid(f"{path.name}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise LibraryInvalid(f"{path.name}: is not UTF-8 text ({error.reason}).") from error
    except tomllib.TOMLDecodeError as error:
        raise LibraryInvalid(f"{path.name}: is not TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise LibraryInvalid(f"{path.name}, {key}: {first['msg']}.") from error
    if content.id != path.stem:
        raise LibraryInvalid(f"{path.name}, id: “{content.id}” must be the file's name.")
    if not content.text:
        raise LibraryInvalid(f"{path.name}, text: needs at least one paragraph.")
    card = AdviceCard(
        id=content.id,
        title=content.title,
        audience=content.audience,
        text=tuple(content.text),
        source=content.source,
        note=content.note,
    )
    if card.words > MOST_WORDS:
        raise LibraryInvalid(
            f"{path.name}, text: has {card.words} words.", f"A card holds {MOST_WORDS} at most."
        )
    return card
