"""The tour: the program drives its own windows through the main job and keeps pictures."""

import os
from pathlib import Path


def run(out: Path, theme: str, size: tuple[int, int], text_size: int = 100) -> int:
    """Make the tour in a folder; 0 only if every step really happened. No display is needed."""
    # Before Qt is loaded: the tour shows nothing on a screen, even where there is one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from clinic_desk.tour.making import run as make

    return make(out, theme, size, text_size)
