"""Files on their way into the record: one after the other, with progress, and it can be stopped."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import OneLine
from clinic_desk.usecases import files, taking_back
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.files import Added, Examined
from clinic_desk.usecases.taking_back import Undo


class FilesAdding(QWidget):
    """A line that says what is being added; hidden while there is nothing.

    `added` comes for each file, `finished` when none is left, `said` with what went wrong.
    """

    added = Signal(object, object)  # Added, and what takes it back
    finished = Signal()
    said = Signal(str, str)
    _went_on = Signal(int, int)  # from the lane's thread

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._left: deque[Path] = deque()
        self._patient: UUID | None = None
        self._case: UUID | None = None
        self._loop: UUID | None = None
        self._busy = False
        self._stop = Event()
        self._reading, self._name = True, ""
        self.words = OneLine("", "caption", least=40)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(_("Progress of adding"))
        self.stop = Button(_("Stop"), kind="link", compact=True, name=_("Stop adding files"))
        self.stop.setObjectName("stopAdding")
        self.stop.clicked.connect(self.cancel)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.words, 1)
        line.addWidget(self.stop)
        whole = layout.column(self, tokens.XS)
        whole.addLayout(line)
        whole.addWidget(self.bar)
        self._went_on.connect(self._show_progress)
        self.hide()

    @property
    def busy(self) -> bool:
        return self._busy

    def add(
        self,
        paths: Sequence[Path],
        patient: UUID,
        case: UUID | None = None,
        loop: UUID | None = None,
    ) -> None:
        """Add files to a patient, and to a case or as the answer to a request."""
        if self._busy and (patient, case, loop) != (self._patient, self._case, self._loop):
            self.said.emit(_("Other files are still being added; wait a moment."), "info")
            return
        self._patient, self._case, self._loop = patient, case, loop
        self._left.extend(paths)
        if not self._busy:
            self._stop.clear()
            self._next()

    def cancel(self) -> None:
        """Stop after the piece in hand; the file in hand and those after it are not added."""
        self._left.clear()
        self._stop.set()

    def _next(self) -> None:
        if not self._left:
            self._busy = False
            self.hide()
            self.finished.emit()
            return
        path = self._left.popleft()
        self._busy, self._reading, self._name = True, True, path.name
        self._show_progress(0, 1)
        self.show()
        self._lanes.run(
            lambda: files.examine(path, self._going), self._examined, self._failed, lane="papers"
        )

    def _going(self, done: int, size: int) -> bool:
        """Called in the lane's thread."""
        self._went_on.emit(100 * done // max(size, 1), 100)
        return not self._stop.is_set()

    def _examined(self, found: Examined) -> None:
        patient, case, loop = self._patient, self._case, self._loop
        if patient is None:
            return
        self._reading, self._name = False, found.name
        self._show_progress(0, 1)
        add = partial(files.add, self._desk, patient, found, case, loop, self._going)
        self._lanes.run(partial(taking_back.doing, self._desk, add), self._done, self._failed)

    def _done(self, done: tuple[Added, Undo | None]) -> None:
        self.added.emit(*done)
        self._next()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            self._left.clear()
            self._busy = False
            self.hide()
            raise error
        words = getattr(error, "fields", {}).get("file") or str(error)
        kind = "info" if isinstance(error, files.Stopped) else "problem"
        self.said.emit(words, kind)
        self._next()

    def _show_progress(self, done: int, of: int) -> None:
        text = _("Reading {name}") if self._reading else _("Keeping {name}")
        more = len(self._left)
        if more:
            text = _("{text}, {n} more after it").format(text=text, n=more)
        self.words.setText(text.format(name=self._name))
        self.bar.setValue(100 * done // max(of, 1))
