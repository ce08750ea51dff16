"""From the last key in a letter to its page painted, on the real screen.

A referral of one page is opened in a window of 1366 by 768 without a screen. Words are typed into a
part at the pace of a quick writer, then the pause begins: timed is from the last key's event until
the page with that word is painted. While the keys go, each key's own time until the event loop is
free again is taken: the longest is the longest stutter that a writer can meet, whatever else ran on
the other threads. Prints one JSON object: the distributions in milliseconds, how many pages were
drawn while the keys went, and `ratio` of the slowest preview to its goal.
"""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.library import Library
from clinic_desk.ui import theme
from clinic_desk.ui.parts.letter_previewer import PREVIEW_MS
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import cases, contacts, patients, practice, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import VisitContent
from tests.support.records import PASSPHRASE, QUICK
from tests.usecases.answers import STRAIN

GOAL_MS = 150.0
KEY_MS = 60.0  # between two keys: about 200 letters a minute
FRAME_MS = 16.0
WORDS = "Slept badly on the left side, worse on stairs and after sitting. "
NOW = datetime(2026, 2, 3, 10, 24, tzinfo=UTC)


class _Painted(QObject):
    """When a sheet of the page view was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = self.spent = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._done)
        return False

    def _done(self) -> None:
        self.at, self.spent = time.perf_counter(), time.process_time()


class _Ticks(QObject):
    """The longest time for which the event loop did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=4)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self.longest = 0.0

    def start(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    app = QApplication([])
    theme.start(app, "light")
    theme.settle(app)
    with tempfile.TemporaryDirectory() as folder:
        desk, case = _desk(Path(folder))
        lanes = Lanes()
        try:
            print(json.dumps(_measured(app, desk, lanes, case, rounds), indent=2))
        finally:
            lanes.wait_idle(10_000)
            lanes.stop()
            desk.store.close()


def _desk(folder: Path) -> tuple[Desk, object]:
    opened, _ = practice.set_up(
        folder / "practice",
        Library(),
        practice.PracticeDetails(
            "Example Street Physiotherapy", "Physiotherapy", "12 Example Street\nSampletown"
        ),
        practice.ClinicianDetails("Dana Demo", "physiotherapist", "PH-EXAMPLE-01"),
        PASSPHRASE,
        kdf=QUICK,
    )
    desk = Desk(opened.store, opened.library, opened.actor, now=lambda: NOW)
    alex = patients.register(
        desk,
        patients.PatientDetails(
            "Example", "Alex", birth_date=date(1991, 6, 14), sex=Sex.FEMALE,
            allergies="zinc-oxide tape", consent_on=date(2026, 1, 23),
        ),
    )  # fmt: skip
    case = cases.open_case(
        desk,
        alex,
        cases.CaseDetails("hamstring strain", Side.LEFT, onset_on=date(2026, 1, 21)),
    )
    contacts.add(
        desk,
        contacts.ContactDetails("Dr Robin Sample", "Dr Sample", "orthopaedics", "", "1 Way\nTown"),
    )
    visit = visits.start(desk, case)
    content = visits.write_into_note(
        desk, visits.open_visit(desk, visit), VisitContent(answers=STRAIN)
    )
    visits.keep(desk, visit, content)
    visits.sign(desk, visit, content)
    return desk, case


def _measured(
    app: QApplication, desk: Desk, lanes: Lanes, case: object, rounds: int
) -> dict[str, object]:
    screen = LetterScreen(desk, lanes)
    screen.resize(1366 - 76, 768 - 150)
    screen.show()
    QTest.qWaitForWindowExposed(screen)
    screen.open(Ref(Place.LETTER, case, extra="referral-orthopaedics"))  # type: ignore[arg-type]
    _until(lambda: screen.draft() is not None and screen.pages.page_image(0) is not None)
    lanes.wait_idle(10_000)
    screen.choose("history")
    screen.editor.text.setFocus()
    screen.editor.text.put_caret(len(screen.editor.text.value()))
    drawn: list[bytes] = []
    painted, ticks = _Painted(), _Ticks()
    keys: list[float] = []
    stalls: list[float] = []
    waits: list[float] = []
    worked: list[float] = []
    gc.collect()
    for _round in range(rounds):
        before = screen.pages.pdf
        screen.pages._sheets[0].installEventFilter(painted)
        ticks.start()
        for sign in WORDS[: len(WORDS) * 2 // 3]:
            begun = time.perf_counter()
            QTest.keyClicks(screen.editor.text, sign)
            app.processEvents()
            keys.append(time.perf_counter() - begun)
            _spend(begun + KEY_MS / 1000)
            if screen.pages.pdf is not before:
                before = screen.pages.pdf
                drawn.append(b"")
        begun, spent = time.perf_counter(), time.process_time()
        QTest.keyClicks(screen.editor.text, ".")
        _until(partial(_settled, screen, lanes, painted, begun))
        waits.append(painted.at - begun)
        worked.append(painted.spent - spent)
        stalls.append(ticks.longest)
        ticks.stop()
    screen.leave()
    lanes.wait_idle(10_000)
    screen.close()
    screen.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {
        "preview_ms": _spread(waits),
        "processor_ms": _spread(worked),
        "pause_ms": PREVIEW_MS,
        "key_ms": _spread(keys),
        "longest_stall_ms": _spread(stalls),
        "keys_over_one_frame": round(sum(one * 1000 > FRAME_MS for one in keys) / len(keys), 4),
        "pages_drawn_while_typing": len(drawn),
        "goal_ms": GOAL_MS,
        "ratio": round(max(waits) * 1000 / GOAL_MS, 2),
    }


def _settled(screen: LetterScreen, lanes: Lanes, painted: _Painted, begun: float) -> bool:
    """Whether nothing more is to come: the paint seen last is that of the last key's page."""
    return painted.at > begun and not screen.previewer.waiting and not lanes.busy


def _spend(until: float) -> None:
    """What a person leaves free between two keys."""
    while (left := until - time.perf_counter()) > 0:
        _wait(max(1, min(5, round(left * 1000))))


def _wait(milliseconds: int) -> None:
    """Let the event loop run, as a program does: `QTest.qWait` sleeps with the interpreter's lock
    in its hand, so that every other thread waits for it.
    """
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(true: object) -> None:
    end = time.perf_counter() + 10
    while not true():  # type: ignore[operator]
        if time.perf_counter() > end:
            raise SystemExit("the page never came")
        _wait(4)


def _spread(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(one * 1000 for one in times)
    return {
        "median": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "max": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    main()
