"""Memory of the start against a bare PySide6 window, pair by pair: private bytes (USS) where the
system tells them, else the largest resident set.

Prints one JSON object. `ratio` is the median of the pairs' ratios at the first paint (goal 1.6);
`settled_mb` is what is held when all that is imported in the background is there.
Run: python tests/benchmarks/memory.py [pairs]
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from start import BARE, FIRST_PAINT, LOAD, MAKE, OURS, PASSPHRASE, environment, python

HELD = """
def held():
    try:
        with open("/proc/self/smaps_rollup") as rows:
            parts = dict(row.split(":") for row in rows.read().splitlines()[1:])
        return sum(int(parts[key].split()[0]) for key in ("Private_Clean", "Private_Dirty")) / 1024
    except OSError:
        import resource
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
"""

AT_FIRST_PAINT = """
def painted():
    import os
    print(held(), flush=True)
    os._exit(0)
"""

SETTLED = """
def painted():
    desk.settled.connect(wait)
def wait():
    desk.lanes.wait_idle(60_000)
    print(held(), flush=True)
    desk.end()
    app.quit()
"""


def megabytes(code: str, *arguments: str, load: str = "") -> float:
    """What one start holds, in MB."""
    line = python(load + FIRST_PAINT + HELD + code, *arguments)
    done = subprocess.run(line, check=True, env=environment(), stdout=subprocess.PIPE, timeout=90)
    return float(done.stdout)


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        subprocess.run(python(MAKE, str(folder), PASSPHRASE), check=True, env=environment())
        bare, ours = [], []
        for _ in range(pairs):
            bare.append(megabytes(AT_FIRST_PAINT + BARE))
            ours.append(megabytes(AT_FIRST_PAINT + OURS, str(folder), load=LOAD))
        settled = megabytes(SETTLED + OURS, str(folder), load=LOAD)
    ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
    figures = {
        "name": "memory",
        "ratio": round(ratio, 3),
        "goal": 1.6,
        "bare_mb": round(statistics.median(bare), 1),
        "first_paint_mb": round(statistics.median(ours), 1),
        "settled_mb": round(settled, 1),
        "pairs": pairs,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
