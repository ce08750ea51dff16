"""A sheet of typed values with undo and autosave.

A draft is kept 800 ms after the first unsaved change, and again and again while changes go
on; `flush` keeps at once. Typing on in one field is one step of undo.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _

KEEP_MS = 800
MERGE_ID = 1


class Typed:
    """A value that is more than a text, in which a person types on: `typing` is the text as it was
    typed, None where the value was set as a whole.
    """

    __slots__ = ()
    typing: str | None


def _typing(value: object) -> str | None:
    return value.typing if isinstance(value, Typed) else value if isinstance(value, str) else None


class _Change(QUndoCommand):
    """One key's value before and after."""

    def __init__(
        self, sheet: "Sheet", key: str, before: object, after: object, word: str, cell: str = ""
    ) -> None:
        super().__init__(word)
        self.sheet, self.key, self.before, self.after = sheet, key, before, after
        self.cell = cell  # where in a value of several it was typed
        self.typed = bool(cell) or (
            _typing(after) is not None and isinstance(before, (str, Typed, type(None)))
        )

    def redo(self) -> None:
        self.sheet.put(self.key, self.after)

    def undo(self) -> None:
        self.sheet.put(self.key, self.before)

    def id(self) -> int:
        return MERGE_ID if self.typed else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Letters typed into one text are one step, up to the end of a word."""
        if not isinstance(other, _Change) or (other.key, other.cell) != (self.key, self.cell):
            return False
        if (_typing(other.after) or "")[-1:].isspace():
            return False
        self.after = other.after
        return True


class Sheet(QObject):
    """Values by key; None is "nothing". `keep` is called with a copy of all of them."""

    changed = Signal(str)  # the key, also after undo and redo
    undo_changed = Signal()

    def __init__(
        self, keep: Callable[[dict[str, object]], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._values: dict[str, object] = {}
        self._stack = QUndoStack(self)
        self._stack.indexChanged.connect(self.undo_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.flush)
        self._unsaved = False
        self._refused = False
        self._apart = False

    def load(self, values: Mapping[str, object]) -> None:
        """Begin with these values, without undo and without anything to keep."""
        self._timer.stop()
        self._unsaved = self._refused = False
        self._stack.clear()
        self._values = {key: value for key, value in values.items() if value is not None}

    def value(self, key: str) -> object:
        return self._values.get(key)

    def values(self) -> dict[str, object]:
        return dict(self._values)

    def set(self, key: str, value: object, word: str = "", cell: str = "") -> None:
        """The person changed a value; `word` names the step of undo. Typing on in one `cell` of
        a value of several is one step.
        """
        before = self._values.get(key)
        if before == value and type(before) is type(value):
            return
        change = _Change(self, key, before, value, word or _("change"), cell)
        if self._apart:
            self._apart = change.typed = False
        self._stack.push(change)

    def apart(self) -> None:
        """What is set next is a step of its own, though it comes while a person types."""
        self._apart = True

    def set_many(self, values: Mapping[str, object], word: str = "") -> None:
        """Several values as one step of undo; without any difference there is no step."""
        new = {key: value for key, value in values.items() if self._values.get(key) != value}
        if not new:
            return
        self._stack.beginMacro(word or _("change"))
        for key, value in new.items():
            self.set(key, value, word)
        self._stack.endMacro()

    def put(self, key: str, value: object) -> None:
        """Set without a step of undo; it will be kept. For undo itself and for the program."""
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._unsaved = True
        # never restarted while it runs: the wait counts from the first unsaved change
        if not self._timer.isActive():
            self._timer.start()
        self.changed.emit(key)

    @property
    def unsaved(self) -> bool:
        return self._unsaved

    @property
    def refused(self) -> bool:
        """Whether what was handed to `keep` last could not be kept."""
        return self._refused

    @property
    def can_undo(self) -> bool:
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._stack.canRedo()

    def undo(self) -> None:
        self._stack.undo()

    def redo(self) -> None:
        self._stack.redo()

    def flush(self) -> None:
        """Keep now what is not kept."""
        self._timer.stop()
        if not self._unsaved:
            return
        self._unsaved = self._refused = False
        self._keep(dict(self._values))

    def not_kept(self, error: Exception) -> None:
        """What was handed to `keep` was refused. Only what may pass by itself, such as a full
        disk, is tried again soon: a bug would show its sheet again and again.
        """
        self.failed(soon=isinstance(error, ClinicError) and not isinstance(error, InvalidInput))

    def failed(self, soon: bool = True) -> None:
        """What was handed to `keep` could not be kept: try again soon, or else with the next
        change and when it is left.
        """
        self._unsaved = self._refused = True
        if soon and not self._timer.isActive():
            self._timer.start()
