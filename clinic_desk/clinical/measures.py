"""Sides and side-to-side deficits.

A deficit is positive when the affected side is worse; which direction is worse is declared
by each pair item (active knee extension is worse when higher, strength when lower).
"""

from enum import StrEnum


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"
