"""Start-up: spawn to first paint against a bare PySide6 window, pair by pair.

Prints one JSON object. `ratio` is the median of the pairs' ratios (goal 1.25, never above
1.6). Also: unlock to Today painted without the key derivation (goal 150 ms), and the
derivation apart. Run: python tests/benchmarks/start.py [pairs]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        sys.stdout.close()
        import os
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

OURS = """
import sys
from pathlib import Path
from clinic_desk import app
app.probe_first_paint(Path(sys.argv[1]))
"""

UNLOCK = """
import sys
from pathlib import Path
from clinic_desk import app
app.probe_unlock(Path(sys.argv[1]), sys.argv[2])
"""

MAKE = """
import sys
from pathlib import Path
from clinic_desk.library import Library
from clinic_desk.usecases import practice
practice.set_up(Path(sys.argv[1]), Library(), practice.PracticeDetails(name="Bench"),
    practice.ClinicianDetails(name="Bench"), sys.argv[2])
"""


def spawn_to_paint(code: str, *arguments: str) -> float:
    """Milliseconds from spawning Python to the word that the first paint is done."""
    start = time.perf_counter()
    line = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = (time.perf_counter() - start) * 1000
    if b"painted" not in said:
        raise SystemExit(f"no first paint: {said!r}")
    return took


def environment() -> dict[str, str]:
    return dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    passphrase = "a passphrase to measure with"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        subprocess.run(
            [sys.executable, "-c", MAKE, str(folder), passphrase], check=True, env=environment()
        )
        spawn_to_paint(BARE)
        spawn_to_paint(OURS, str(folder))
        bare, ours = [], []
        for _ in range(pairs):
            bare.append(spawn_to_paint(BARE))
            ours.append(spawn_to_paint(OURS, str(folder)))
        unlocked = [
            json.loads(
                subprocess.run(
                    [sys.executable, "-c", UNLOCK, str(folder), passphrase],
                    check=True,
                    env=environment(),
                    stdout=subprocess.PIPE,
                ).stdout
            )
            for _ in range(max(3, pairs // 3))
        ]
    print(
        json.dumps(
            {
                "name": "start",
                "ratio": round(
                    statistics.median(o / b for o, b in zip(ours, bare, strict=True)), 3
                ),
                "goal": 1.25,
                "never_above": 1.6,
                "bare_ms": round(statistics.median(bare), 1),
                "first_paint_ms": round(statistics.median(ours), 1),
                "unlock_to_today_ms": round(
                    statistics.median(u["unlock_to_today_ms"] for u in unlocked), 1
                ),
                "unlock_goal_ms": 150,
                "derivation_ms": round(statistics.median(u["derivation_ms"] for u in unlocked), 1),
                "pairs": pairs,
            }
        )
    )


if __name__ == "__main__":
    main()
