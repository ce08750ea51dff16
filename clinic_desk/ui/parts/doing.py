"""An act on the record, said in the message bar with its way back.

Every part of the windows that writes to the record does it here: the act and its undo run in the
records lane, the sentence names what was done, and Undo puts back just that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import taking_back
from clinic_desk.usecases.desk import Desk

T = TypeVar("T")
Undo = Callable[[], object]
Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Host(Protocol):
    """A screen or a card: what it says goes to the message bar."""

    @property
    def said(self) -> SignalInstance: ...
    @property
    def undoable(self) -> SignalInstance: ...


class Told(QObject):
    """A host of its own, for who does something with an Undo before it is offered."""

    said = Signal(str, str)
    undoable = Signal(str, object)


@dataclass(frozen=True, slots=True)
class _Done:
    text: str
    undo: Undo | None
    made: object
    then: Then | None


class Doing(QObject):
    """Runs acts in the records lane. `changed` when what is shown has to look again."""

    changed = Signal()
    taken_back = Signal()  # before `changed`, where it was an undo
    wrong = Signal(object)  # what is wrong, by field

    desk: Desk  # who acts; set later where a screen is built before anybody is there

    def __init__(self, desk: Desk | None, lanes: Lanes, host: Host) -> None:
        super().__init__(host if isinstance(host, QObject) else None)
        if desk is not None:
            self.desk = desk
        self._lanes, self._host = lanes, host

    def do(
        self,
        act: Callable[[], T],
        words: str | Callable[[T], str],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do something; `words` say what was done, of what came out where they have to.

        `then` and `failed` are bound methods of a widget, as everywhere. Without `failed`, what is
        wrong with a field goes to `wrong` and all else is said.
        """
        desk = self.desk

        def work() -> _Done:
            made, undo = taking_back.doing(desk, act)
            text = words if isinstance(words, str) else words(made)
            return _Done(text, undo, made, then)

        self._lanes.run(work, self._done, failed or self._refused)

    def _done(self, done: _Done) -> None:
        if done.then is not None:
            done.then(done.made)
        if done.undo is None:
            self._host.said.emit(done.text, "done")
        else:
            self._host.undoable.emit(done.text, partial(self._take_back, done.undo))
        self.changed.emit()

    def _take_back(self, undo: Undo) -> None:
        self._lanes.run(undo, self._back, self._refused)

    def _back(self, _result: object) -> None:
        self._host.said.emit(_("Taken back."), "done")
        self.taken_back.emit()
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.wrong.emit(dict(error.fields))
        elif isinstance(error, ClinicError):
            self._host.said.emit(str(error), "problem")
            self.changed.emit()  # what was shown may be older than the record
        else:
            raise error
