"""What every screen is: a widget that opens a reference, says what the shell must show, and
leaves nothing unkept behind. Screens never import each other; they ask for another place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from clinic_desk.errors import ClinicError

if TYPE_CHECKING:
    from clinic_desk.ui.refs import Ref
    from clinic_desk.ui.tasks import Lanes
    from clinic_desk.usecases.desk import Desk

KEPT_AT_ONCE = "keptAtOnce"  # the property of a form that keeps each field when it is changed


class KeepsTyped(QObject):
    """A form on a screen that keeps by itself what is half typed in it."""

    def flush(self) -> None:
        """Keep now what is not kept."""
        raise NotImplementedError

    def refused(self) -> bool:
        """Whether something typed could not be kept."""
        raise NotImplementedError


class Screen(QWidget):
    """Base of all screens. `desk` is who acts and on what; `lanes` is where work is done. A screen
    that can be built before anybody is at the desk is given it by `sit`.
    """

    desk: Desk

    open_requested = Signal(object)  # Ref
    not_opened = Signal(str)  # why what was to be opened cannot be shown; the shell leads back
    came_back = Signal(object)  # Ref of what an undo brought back; opens from wherever one is
    heading_changed = Signal(str, str)  # title, subtitle
    banner_changed = Signal(object)  # usecases.patients.Banner or None
    flag_changed = Signal(object)  # what the red-flag banner shows, or None
    keeps_drafts = False  # whether what is typed is kept by itself, and by leaving at once
    said = Signal(str, str)  # text; kind: done, info, problem
    undoable = Signal(str, object)  # what was done, and a bound method that takes it back
    status_changed = Signal(str)  # "Draft kept 10:42:18 on this computer"

    def __init__(self, desk: Desk | None, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if desk is not None:
            self.desk = desk
        self.lanes = lanes
        self.kept_forms: list[KeepsTyped] = []  # those made so far

    def open(self, ref: Ref) -> None:
        """Load what the reference names and show it."""
        raise NotImplementedError

    def lost(self, error: Exception) -> None:
        """What was to be opened cannot be shown: it is gone, or closed. Nobody stays on a page
        without anything on it. Anything else is a bug and goes on.
        """
        if not isinstance(error, ClinicError):
            raise error
        self.not_opened.emit(str(error))

    def take_focus(self, target: QWidget) -> None:
        """Put the focus where work begins, unless the person types elsewhere by now."""
        focus = QApplication.focusWidget()
        types = isinstance(focus, QPlainTextEdit) or (
            isinstance(focus, QLineEdit) and bool(focus.text())  # not in a field still empty
        )
        if self.isVisible() and not (types and focus is not target):
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self) -> QAbstractButton | None:
        """The one filled button; Ctrl+Enter presses it."""
        return None

    def search_field(self) -> QWidget | None:
        """What `/` and Ctrl+F focus, if the screen has it."""
        return None

    def leave(self) -> None:
        """Keep what is unkept, now. Called before another screen is shown and at closing."""

    def unkept(self) -> bool:
        """Whether something typed here could not be kept, so that closing would lose it."""
        return False

    def keep_now(self) -> None:
        """All that this screen can keep, kept now."""
        self.leave()
        for form in self.kept_forms:
            form.flush()

    def loses(self) -> bool:
        """Whether locking or closing would lose something that was typed here."""
        return self.unkept() or any(form.refused() for form in self.kept_forms)

    def held(self) -> str:
        """Why leaving would lose what was typed here, where the person can mend it."""
        return ""


def half_typed(screen: Screen) -> bool:
    """Whether the form that this screen shows holds words that are kept only when saved. What is
    looked for, and settings that are applied at once, are no such words.
    """
    from clinic_desk.ui.widgets.texts import TextField  # most screens are never asked

    if screen.keeps_drafts:
        return False
    lines = [
        line
        for line in screen.findChildren(QLineEdit)
        if line.isModified()
        and line.text()
        and not line.isReadOnly()
        and not (isinstance(line, TextField) and line.searches)
    ]
    texts = [
        text
        for text in screen.findChildren(QPlainTextEdit)
        if text.document().isModified() and text.toPlainText() and not text.isReadOnly()
    ]
    typed: list[QWidget] = [*lines, *texts]
    return any(field.isVisibleTo(screen) and not _kept_at_once(field) for field in typed)


def _kept_at_once(field: QWidget) -> bool:
    around: QWidget | None = field
    while around is not None and not around.property(KEPT_AT_ONCE):
        around = around.parentWidget()
    return around is not None
