"""The start, against a bare PySide6 window pair by pair; then the way from unlock to Today.

Prints one JSON object. `ratio` is the median of the pairs' ratios of spawn to first paint (goal
1.25, never above 1.6). Also the stutter while the background imports run and a person types
(goal 50 ms), unlock to Today painted without the key derivation (goal 150 ms), and the
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

PASSPHRASE = "a passphrase to measure with"
CACHE = "clinic-desk-benchmarks"

# The first expose event paints the window with all that stands in it; what comes before the word
# is the same for both.
FIRST_PAINT = """
import sys
from PySide6.QtCore import QEvent, QObject
class FirstPaint(QObject):
    def __init__(self, app, window):
        super().__init__()
        self.app = app
        window.winId()
        window.windowHandle().installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() != QEvent.Type.Expose:
            return False
        watched.removeEventFilter(self)
        self.app.sendEvent(watched, event)
        painted()
        return True
"""

SAY_AND_END = """
def painted():
    import os
    print("painted", flush=True)
    os._exit(0)
"""

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
first = FirstPaint(app, window)
window.show()
app.exec()
"""

# As the command does it; what comes after finds its modules loaded.
LOAD = """
from clinic_desk import cli
cli.load_windows()
"""

OURS = """
from pathlib import Path
from clinic_desk.app import ClinicDesk, application
app = application()
desk = ClinicDesk(app, Path(sys.argv[1]))
first = FirstPaint(app, desk.window)
desk.start()
app.exec()
"""

# A person types a letter every 60 ms while the imports run; a timer of 5 ms tells of each gap.
UNLOCK = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer, Qt
from PySide6.QtTest import QTest
from clinic_desk.app import ClinicDesk, application
now = time.perf_counter
class Watch(QObject):
    def __init__(self):
        super().__init__()
        self.last, self.longest = now(), 0.0
        self.timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
    def start(self):
        self.last = now()
        self.timer.start()
    def tick(self):
        self.longest = max(self.longest, now() - self.last)
        self.last = now()
class Unlocking(QObject):
    def __init__(self, desk, passphrase):
        super().__init__()
        self.desk, self.passphrase, self.typed = desk, passphrase, 0
        self.keys = QTimer(self, interval=60)
        self.keys.timeout.connect(self.type)
        self.watch = Watch()
        self.began = self.derived = 0.0
        desk.ready.connect(self.unlocked)
    def begin(self):
        self.watch.start()
        self.keys.start()
    def type(self):
        field = self.desk.unlock.passphrase
        if self.typed < len(self.passphrase):
            QTest.keyClicks(field, self.passphrase[self.typed])
            self.typed += 1
        elif not self.desk.lanes.busy:
            self.keys.stop()
            self.watch.timer.stop()
            self.time_the_derivation()
            self.began = now()
            QTest.keyClick(field, Qt.Key.Key_Return)
    def time_the_derivation(self):
        from clinic_desk.storage import keys
        plain = keys.hash_secret_raw
        def timed(*given, **named):
            began = now()
            try:
                return plain(*given, **named)
            finally:
                self.derived += now() - began
        keys.hash_secret_raw = timed
    def unlocked(self, navigator):
        self.navigator = navigator
        self.desk.lanes.idle.connect(self.filled)
    def filled(self):
        screen = self.navigator.screen
        screen.installEventFilter(self)
        screen.update()
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.done)
        return False
    def done(self):
        took = now() - self.began
        print(json.dumps({
            "unlock_to_today_ms": 1000 * (took - self.derived),
            "derivation_ms": 1000 * self.derived,
            "longest_stutter_ms": 1000 * self.watch.longest,
        }), flush=True)
        self.desk.end()
        app.quit()
app = application()
desk = ClinicDesk(app, Path(sys.argv[1]))
unlocking = Unlocking(desk, sys.argv[2])
painted = unlocking.begin
first = FirstPaint(app, desk.window)
desk.start()
app.exec()
"""

# The demo clinic's records behind a key derivation of the usual strength.
MAKE = """
import sys
from pathlib import Path
from clinic_desk import paths
from clinic_desk.library import Library
from clinic_desk.storage import keys
from clinic_desk.usecases import demo
folder = Path(sys.argv[1])
demo.make(folder, Library()).store.close()
held = keys.read(folder / paths.KEYS)
person, key = held.unlock(demo.PASSPHRASE)
keys.write(folder / paths.KEYS, held.with_passphrase(person, sys.argv[2], key, keys.Kdf()))
"""


def environment() -> dict[str, str]:
    """Compiled modules are kept, as an installed program has them, but not in the checkout."""
    own = dict(os.environ, PYTHONPYCACHEPREFIX=str(Path(tempfile.gettempdir()) / CACHE))
    own.setdefault("QT_QPA_PLATFORM", "offscreen")
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def spawn_to_paint(code: str, *arguments: str, load: str = "") -> float:
    """Milliseconds from spawning Python to the word that the first paint is done."""
    start = time.perf_counter()
    line = python(load + FIRST_PAINT + SAY_AND_END + code, *arguments)
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = (time.perf_counter() - start) * 1000
    if b"painted" not in said:
        raise SystemExit(f"no first paint: {said!r}")
    return took


def unlocking(folder: Path) -> dict[str, float]:
    """What one start with typing, unlocking and Today took."""
    line = python(LOAD + FIRST_PAINT + UNLOCK, str(folder), PASSPHRASE)
    done = subprocess.run(line, check=True, env=environment(), stdout=subprocess.PIPE, timeout=60)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(folder: Path, pairs: int) -> dict[str, object]:
    spawn_to_paint(BARE)
    spawn_to_paint(OURS, str(folder), load=LOAD)
    bare, ours = [], []
    for _ in range(pairs):
        bare.append(spawn_to_paint(BARE))
        ours.append(spawn_to_paint(OURS, str(folder), load=LOAD))
    unlocked = [unlocking(folder) for _ in range(max(3, pairs // 3))]

    def middle(name: str) -> float:
        return round(statistics.median(one[name] for one in unlocked), 1)

    ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
    return {
        "name": "start",
        "ratio": round(ratio, 3),
        "goal": 1.25,
        "never_above": 1.6,
        "bare_ms": round(statistics.median(bare), 1),
        "first_paint_ms": round(statistics.median(ours), 1),
        "longest_stutter_ms": middle("longest_stutter_ms"),
        "stutter_goal_ms": 50,
        "unlock_to_today_ms": middle("unlock_to_today_ms"),
        "unlock_goal_ms": 150,
        "derivation_ms": middle("derivation_ms"),
        "pairs": pairs,
    }


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        subprocess.run(python(MAKE, str(folder), PASSPHRASE), check=True, env=environment())
        print(json.dumps(measure(folder, pairs)))


if __name__ == "__main__":
    main()
