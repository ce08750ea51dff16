"""Keys of a screen: actions that also stand in its menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.sheet import Sheet

Act = tuple[str, str, Callable[[], object]]  # text, keys, what it does


def add_keys(screen: QWidget, sheet: Sheet, more: Sequence[Act] = ()) -> None:
    """Undo, redo and keep for a screen's sheet, and what else it has."""
    for text, keys, act in (
        (_("Undo"), "Ctrl+Z", sheet.undo),
        (_("Redo"), "Ctrl+Shift+Z", sheet.redo),
        (_("Keep the draft now"), "Ctrl+S", sheet.flush),
        *more,
    ):
        action = QAction(text, screen)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(act)
        screen.addAction(action)
