"""The page of a letter while it is being written: drawn in the papers lane, the newest wins.

Nothing is drawn while the keys go on. A pause brings the page, on the record as it was read; a
longer one brings it on the record read again, so that what changed meanwhile is noticed.
"""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import letter_ground, letters
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_ground import Ground
from clinic_desk.usecases.letters import LetterDraft, LetterPreview

PREVIEW_MS = 70  # a pause in the typing after which the page is drawn again
REREAD_MS = 1500  # a pause after which the record is read again too


@dataclass(frozen=True, slots=True)
class _Drawn:
    preview: LetterPreview
    ground: Ground


def _draw(desk: Desk, case: UUID, draft: LetterDraft, ground: Ground | None) -> _Drawn:
    if ground is None or not ground.fits(case, draft.kind, desk.today()):
        ground = letter_ground.read(desk, case, draft.kind)
    return _Drawn(letters.preview(desk, case, draft, ground), ground)


class Previewer(QObject):
    """`wanted` asks for the draft, by `draw`; `drawn` brings its page."""

    wanted = Signal()
    drawn = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._ground: Ground | None = None
        self._soon = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._soon.timeout.connect(self.wanted)
        self._later = QTimer(self, singleShot=True, interval=REREAD_MS)
        self._later.timeout.connect(self._again)

    @property
    def waiting(self) -> bool:
        """Whether a page is still to be drawn after a pause."""
        return self._soon.isActive()

    def ask(self) -> None:
        """Something changed: a page after the next pause."""
        self._soon.start()
        self._later.start()

    def forget(self) -> None:
        """The record may be another one: it is read again for the next page."""
        self._ground = None

    def stop(self) -> None:
        self._soon.stop()
        self._later.stop()
        self.forget()

    def draw(self, case: UUID, draft: LetterDraft) -> None:
        desk, ground = self._desk, self._ground
        self._lanes.run(
            lambda: _draw(desk, case, draft, ground),
            self._drawn,
            self._refused,
            lane="papers",
            replace_key="letter: preview",
        )

    def _again(self) -> None:
        self.forget()
        self.wanted.emit()

    def _drawn(self, drawn: _Drawn) -> None:
        self._ground = drawn.ground
        self.drawn.emit(drawn.preview)

    def _refused(self, error: Exception) -> None:
        self.forget()
        self.refused.emit(error)
