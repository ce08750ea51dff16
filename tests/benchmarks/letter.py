"""A one-page referral against a bare ReportLab canvas with the same marks.

Goal 1.5, never above 2.
"""

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS.parent), str(_TESTS / "benchmarks"), str(_TESTS / "documents")]

from replay import compare  # noqa: E402
from sample import LETTER  # noqa: E402

from clinic_desk.documents import letter, theme  # noqa: E402

_edits = count(100)


def edited() -> bytes:
    """As after another keystroke, so that no whole page can be remembered."""
    return letter.render(replace(LETTER, reference=f"Our ref CD-00412 / 2026-{next(_edits)}"))


if __name__ == "__main__":
    compare("letter", edited, theme.PAPERS["a4"])
