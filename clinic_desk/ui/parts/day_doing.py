"""An act on a line of a list, said in the message bar with its way back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes

Undo = Callable[[], object]


class Doing(QObject):
    """Runs acts in the records lane. `changed` when a list has to look again."""

    changed = Signal()
    wrong = Signal(object)  # what is wrong, by field

    def __init__(self, lanes: Lanes, screen: Screen) -> None:
        super().__init__(screen)
        self._lanes, self._screen = lanes, screen
        self._undo: Undo | None = None

    def act(self, work: Callable[[], tuple[str, Undo | None]]) -> None:
        """Do something that gives its words and how it is taken back; both in the lane."""
        self._lanes.run(work, self._done, self._refused)

    def _done(self, outcome: tuple[str, Undo | None]) -> None:
        text, self._undo = outcome
        if self._undo is None:
            self._screen.said.emit(text, "done")
        else:
            self._screen.undoable.emit(text, self._take_back)
        self.changed.emit()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            self._lanes.run(undo, self._back, self._refused)

    def _back(self, _result: object) -> None:
        self._screen.said.emit(_("Taken back."), "done")
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.wrong.emit(dict(error.fields))
        elif isinstance(error, ClinicError):
            self._screen.said.emit(str(error), "problem")
            self.changed.emit()  # what was shown may be older than the record
        else:
            raise error
