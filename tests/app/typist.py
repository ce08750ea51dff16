"""Somebody at the keyboard of the real program, in a process of its own that can be killed.

    python -m tests.app.typist FOLDER VISIT PLACE TEXT PACE THEN

Unlocks, opens the visit at PLACE (visit or evaluation) and types TEXT, one key each PACE ms.
Prints `N SECONDS` (of the monotonic clock) after each key and then does THEN: `wait` or `close`.
"""

import sys
import time
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk import app, launch
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.visit import VisitScreen
from tests.support.records import PASSPHRASE

ITEM = "palpation_length_cm"  # asked in every sudden injury


class Typist(app.ClinicDesk):
    """The program with a person before it."""

    def start(self) -> None:
        super().start()
        self.ready.connect(self._go_to_the_visit)
        self.window.painted.connect(self._unlock_it)
        self.typed = 0
        self.keys = QTimer(self)
        self.keys.setInterval(int(sys.argv[5]))
        self.keys.timeout.connect(self._type)

    def _unlock_it(self) -> None:
        assert self.unlock is not None
        QTest.keyClicks(self.unlock.passphrase, PASSPHRASE)
        self.unlock.unlock.click()

    def _go_to_the_visit(self, navigator: Navigator) -> None:
        navigator.go(Ref(Place(sys.argv[3]), UUID(sys.argv[2])))
        self.keys.start()

    def _field(self) -> QWidget | None:
        """Where the typing goes, once the visit is shown."""
        screen = self.navigator.screen if self.navigator is not None else None
        if isinstance(screen, VisitScreen) and screen.draft is not None:
            return screen.note.areas["subjective"]
        if isinstance(screen, EvaluationScreen) and screen.draft is not None:
            if not self.typed:
                assert screen.go_to_item(ITEM)
            return QApplication.focusWidget()
        return None

    def _type(self) -> None:
        field, text = self._field(), sys.argv[4]
        if field is None or not field.isVisible():  # nobody types into a closed window
            return
        if self.typed < len(text):
            QTest.keyClicks(field, text[self.typed])
            self.typed += 1
            print(self.typed, time.monotonic(), flush=True)
        else:
            self.keys.stop()
            if sys.argv[6] == "close":
                self.window.close()


if __name__ == "__main__":
    launch.ClinicDesk = Typist  # type: ignore[misc]
    sys.exit(launch.run(Path(sys.argv[1]), demo=False))
