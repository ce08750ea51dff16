"""Where a letter's address must stand so that the window of its envelope shows it.

All lengths from the paper's upper left corner. The European field is the one that DIN 5008
(form B) gives for every DIN window envelope: 85 x 45 mm, its last 27.3 mm for the address; it
serves DL and, folded once, C5 (window 90 x 45 mm, 20 mm from the left and 15 or 60 mm from below;
DIN 680). The American one keeps clear of the edges of a #10 window
(7/8 in from the left, 1/2 in from below, 4 1/2 by 1 1/8 in) wherever the sheet slides inside.
"""

from dataclasses import dataclass

from clinic_desk.documents.content import Paper, Window
from clinic_desk.documents.theme import MM, PAPERS

_INCH = 72.0


@dataclass(frozen=True, slots=True)
class AddressField:
    """The field of a window, and where the paper is folded."""

    left: float
    width: float
    top: float  # where the address begins; with more lines it begins higher
    bottom: float  # where it ends at the latest
    clear: float  # above it nothing shows in the window, wherever the sheet slides
    free: float  # where the part of the letterhead ends that stands beside the window
    below: float  # where the letter goes on: below all that the window ever shows
    folds: tuple[float, ...]
    sender: bool  # whether a small line above the address says where it comes from
    low: bool = False  # whether few lines stand at the field's end instead of its top


def field(window: Window, paper: Paper) -> AddressField | None:
    """The field of an envelope for a paper; None where no window is wanted."""
    height = PAPERS[paper][1]
    if window == "us10":
        return AddressField(
            left=1.0 * _INCH,
            width=3.2 * _INCH,
            top=2.5 * _INCH,
            bottom=3.14 * _INCH,
            clear=2.04 * _INCH,
            free=2.3 * _INCH,
            below=3.65 * _INCH,
            folds=(height / 3, height * 2 / 3),
            sender=False,
            low=True,
        )
    if window in ("dl", "c5"):
        return AddressField(
            left=25 * MM,
            width=75 * MM,
            top=62.7 * MM,
            bottom=90 * MM,
            clear=45 * MM,
            free=54 * MM,
            below=(103 if window == "c5" else 96.5) * MM,
            folds=(height / 2,) if window == "c5" else (105 * MM, 210 * MM),
            sender=True,
        )
    return None
