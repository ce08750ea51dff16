"""What an exercise is done against: a weight, a band, or something in words.

A load is written as it is said ("5 kg", "12.5 lb", "red band") and read back by its kind, so
that it can be counted, translated and stepped.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from clinic_desk.errors import InvalidInput

HEAVIEST = 500.0
"""Of a load at home, in either unit: a bound that catches slips of the keyboard."""

BANDS = ("yellow", "red", "green", "blue", "black", "silver", "gold")
"""Colours of resistance bands, the lightest first, as the common makers order them."""

_WEIGHT = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)\s*(kg|lb|lbs)", re.IGNORECASE)
_BAND = re.compile(rf"({'|'.join(BANDS)}) band", re.IGNORECASE)


class LoadKind(StrEnum):
    """How a load is given."""

    NONE = ""
    KG = "kg"
    LB = "lb"
    BAND = "band"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Load:
    """A load by its kind: `amount` for weights, `band` a colour, `words` for anything else."""

    kind: LoadKind = LoadKind.NONE
    amount: float = 0.0
    band: str = ""
    words: str = ""

    @classmethod
    def parse(cls, text: str) -> "Load":
        """Read what a line keeps; what is neither a weight nor a band is kept as words."""
        plain = " ".join(text.split())
        if not plain:
            return cls()
        weight = _WEIGHT.fullmatch(plain)
        if weight is not None:
            unit = LoadKind.KG if weight[2].lower() == "kg" else LoadKind.LB
            return cls(unit, amount=float(weight[1].replace(",", ".")))
        band = _BAND.fullmatch(plain)
        if band is not None:
            return cls(LoadKind.BAND, band=band[1].lower())
        return cls(LoadKind.WORDS, words=plain)

    def __str__(self) -> str:
        if self.kind in (LoadKind.KG, LoadKind.LB):
            return f"{number(self.amount)} {self.kind.value}"
        return f"{self.band} band" if self.kind is LoadKind.BAND else self.words

    def check(self) -> None:
        """Raises InvalidInput by field `load` where nobody could mean it."""
        weighed = self.kind in (LoadKind.KG, LoadKind.LB)
        if weighed and not 0 < self.amount <= HEAVIEST:
            raise InvalidInput({"load": f"{number(self.amount)} is outside 0 to {HEAVIEST:.0f}"})


def number(amount: float) -> str:
    """5, 7.5."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")
