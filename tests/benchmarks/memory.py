"""Memory after the start against a bare PySide6 window: private bytes (USS) where the system
tells them, else the resident set. Prints one JSON object; goal 1.6.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

MEASURE = """
def measure():
    import json, sys
    try:
        with open("/proc/self/smaps_rollup") as rows:
            parts = dict(r.split(":") for r in rows.read().splitlines()[1:])
        kb = sum(int(parts[k].split()[0]) for k in ("Private_Clean", "Private_Dirty"))
    except OSError:
        import resource
        kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(kb / 1024), flush=True)
"""

BARE = (
    MEASURE
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
QTimer.singleShot(300, lambda: (measure(), app.quit()))
app.exec()
"""
)

OURS = (
    MEASURE
    + """
import sys
from pathlib import Path
from clinic_desk import app
app.probe_memory(Path(sys.argv[1]), measure)
"""
)


def figure(code: str, *arguments: str) -> float:
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    line = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(line, check=True, env=environment, stdout=subprocess.PIPE)
    return float(json.loads(done.stdout))


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        bare = [figure(BARE) for _ in range(5)]
        ours = [figure(OURS, str(Path(place) / "data")) for _ in range(5)]
    ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
    print(
        json.dumps(
            {
                "name": "memory",
                "ratio": round(ratio, 3),
                "goal": 1.6,
                "bare_mb": round(statistics.median(bare), 1),
                "first_paint_mb": round(statistics.median(ours), 1),
            }
        )
    )


if __name__ == "__main__":
    main()
