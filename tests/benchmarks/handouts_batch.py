"""A thousand handouts one after another: throughput, and memory that stays flat.

Each is a real template in one preset and language after another, so that nothing is remembered
as a whole page.
"""

import json
import resource
import sys
import time
from dataclasses import replace
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from clinic_desk.documents import handout
from clinic_desk.library import Library
from clinic_desk.usecases import handout_page, samples
from clinic_desk.usecases.program_views import SheetOptions

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
WARM = 100  # by then every template, font and picture was needed once


def used() -> float:
    """The memory in use now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Print handouts per second and how memory grew after the first hundred."""
    library = Library()
    templates = cycle([one.id for one in library.templates()])
    looks = cycle(
        SheetOptions(preset=preset, language=language)
        for preset in ("standard", "large-print", "easy-read", "ink-saver", "clinician")
        for language in ("en", "fr", "ar")
    )
    warm = 0.0
    begun = time.perf_counter()
    size = 0
    for number in range(COUNT):
        if number == WARM:
            warm = used()
        program = samples.program(library, next(templates), next(looks), "a4")
        content = handout_page.compose(library, program, samples._ALEX)
        size += len(handout.render(replace(content, reference=f"H-2026-{number:04}")))
    took = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "benchmark": "handouts_batch",
                "handouts": COUNT,
                "per_second": round(COUNT / took, 1),
                "kB_each": round(size / COUNT / 1000),
                "MB_after_100": round(warm),
                "MB_at_end": round(used()),
                "ratio": round(used() / warm, 3) if warm else None,
            }
        )
    )


if __name__ == "__main__":
    main()
