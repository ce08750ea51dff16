"""The moving figure: how much of one core it takes at 60 frames a second, offscreen.

Prints one JSON object: processor time over playing time, frames a second, and `ratio` to the
goal of a tenth of one core. The first repetition, in which each place is drawn, is counted.
"""

import json
import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from clinic_desk.drawing.timing import Beat
from clinic_desk.library import Library
from clinic_desk.ui.widgets.figure_view import FigureView

GOAL = 0.1
SECONDS = 10


class Counted(FigureView):
    """Counts the frames that are really painted."""

    frames = 0
    asked = 0

    def paintEvent(self, event: object) -> None:
        self.frames += 1
        super().paintEvent(event)

    def _step(self) -> None:
        self.asked += 1
        super()._step()


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    app = QApplication([])
    view = Counted()
    view.resize(320, 220)
    view.show_exercise(Library().exercise("s1_bent_knee_lift").pose, Beat.of(2, 1, 2, 0), "lift")
    view.show()
    app.processEvents()
    view.play()
    started, used = time.perf_counter(), time.process_time()
    QTimer.singleShot(round(seconds * 1000), app.quit)
    app.exec()
    took, cost = time.perf_counter() - started, time.process_time() - used
    share = cost / took
    print(
        json.dumps(
            {
                "share_of_core": round(share, 4),
                "looks_per_second": round(view.asked / took, 1),
                "frames_per_second": round(view.frames / took, 1),
                "ratio": round(share / GOAL, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
