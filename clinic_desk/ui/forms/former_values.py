"""Ctrl+Z in a field gives back its former value, in every form that has no undo of its own.

A typed line takes its letters back by itself. This is for all that it does not know: choices,
ticks, numbers that were stepped, dates, drawings, rows, and a line whose text was rewritten. Only
the field with the focus is watched, so that a page of many fields costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

OWN_FIELDS = "ownFields"  # the property of a form whose fields come before the undo of its page
_UNDO = QKeySequence("Ctrl+Z")
_REDO = (QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y"))
_Typed = QLineEdit | QPlainTextEdit


@dataclass
class _Past:
    """What a field said before, the last last, and what was taken back."""

    now: object
    before: list[object] = field(default_factory=list)
    after: list[object] = field(default_factory=list)
    typing: bool = False  # the letters of one stay are one step


class FormerValues(QObject):
    """For all windows of the program; one is enough."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past: WeakKeyDictionary[QWidget, _Past] = WeakKeyDictionary()
        self._focus: QWidget | None = None
        self._field: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    # -- which field --------------------------------------------------------------

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focus is not None and isValid(self._focus):
            self._focus.removeEventFilter(self)
        if self._field is not None and isValid(self._field):
            said = _said(self._field)
            if said is not None:
                said.disconnect(self._changed)
        self._focus, self._field = new, _field_of(new)
        if self._focus is None or self._field is None:
            return
        self._focus.installEventFilter(self)
        said = _said(self._field)
        if said is not None:
            said.connect(self._changed)
        past, now = self._past.get(self._field), _value(self._field)
        if past is None or past.now != now:  # another patient's form, or filled anew
            self._past[self._field] = _Past(now)
        else:
            past.typing = False

    # -- what changes -------------------------------------------------------------

    def _changed(self, *_said: object) -> None:
        if self._field is None:
            return
        past, now = self._past[self._field], _value(self._field)
        if past.now == now:
            return
        if not past.typing:
            past.before.append(past.now)
            past.after.clear()
        past.typing = isinstance(self._focus, _Typed)
        past.now = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent) or self._field is None:
            return False
        step = self._step(event)
        if step is None or _knows(watched, back=step == self._back) or _page_undoes(self._field):
            return False
        past = self._past[self._field]
        if not (past.before if step == self._back else past.after):
            return False
        if kind == QEvent.Type.KeyPress:
            step()
        event.accept()
        return kind == QEvent.Type.KeyPress

    def _step(self, event: QKeyEvent) -> Callable[[], None] | None:
        keys = QKeySequence(event.keyCombination())
        if keys == _UNDO:
            return self._back
        return self._on if keys in _REDO else None

    def _back(self) -> None:
        self._turn(lambda past: (past.before, past.after))

    def _on(self) -> None:
        self._turn(lambda past: (past.after, past.before))

    def _turn(self, lists: Callable[[_Past], tuple[list[object], list[object]]]) -> None:
        if self._field is None:
            return
        past = self._past[self._field]
        away, kept = lists(past)
        wanted = away.pop()
        kept.append(past.now)
        past.now, past.typing = wanted, False
        _put(self._field, wanted)
        past.now = _value(self._field)  # as the field says it


def _field_of(widget: QWidget | None) -> QWidget | None:
    """The outermost field that a widget is a part of."""
    found = None
    while widget is not None and not widget.isWindow():
        if _said(widget) is not None:
            found = widget
        elif found is not None:
            break
        widget = widget.parentWidget()
    if found is None and widget is not None and widget.isWindow():
        return _field_of(widget.parentWidget())  # from the list that a choice opens
    return found


def _said(widget: QWidget) -> SignalInstance | None:
    """What a field says when a person changes it; None for what is no field."""
    if isinstance(widget, QAbstractButton):
        return widget.toggled if widget.isCheckable() and not widget.autoExclusive() else None
    if not (hasattr(widget, "value") and hasattr(widget, "set_value")):
        return None
    for name in ("chosen", "changed"):
        found = getattr(widget, name, None)
        if isinstance(found, SignalInstance):
            return found
    return None


def _value(widget: QWidget) -> object:
    return widget.isChecked() if isinstance(widget, QAbstractButton) else widget.value()  # type: ignore[attr-defined]


def _put(widget: QWidget, value: object) -> None:
    """Show a value and say so, as if the person had done it."""
    if isinstance(widget, QAbstractButton):
        widget.click()
        return
    widget.set_value(value)  # type: ignore[attr-defined]
    chosen = getattr(widget, "chosen", None)
    if isinstance(chosen, SignalInstance):
        chosen.emit(value)
    else:
        widget.changed.emit()  # type: ignore[attr-defined]


def _knows(watched: QObject, *, back: bool) -> bool:
    """Whether a typed line can take it back by itself."""
    if isinstance(watched, QLineEdit):
        return watched.isUndoAvailable() if back else watched.isRedoAvailable()
    if isinstance(watched, QPlainTextEdit):
        document = watched.document()
        return document.isUndoAvailable() if back else document.isRedoAvailable()
    return False


def _page_undoes(widget: QWidget) -> bool:
    """Whether the page has an undo of its own, which knows this field too."""
    only = Qt.FindChildOption.FindDirectChildrenOnly
    above: QWidget | None = widget
    while above is not None:
        if above.property(OWN_FIELDS):
            return False
        keys = [one.key() for one in above.findChildren(QShortcut, options=only)]
        keys += [key for action in above.actions() for key in action.shortcuts()]
        if _UNDO in keys:
            return True
        above = above.parentWidget()
    return False
