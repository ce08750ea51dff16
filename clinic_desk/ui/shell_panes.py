"""Where the focus goes when a pane of the window is entered by F6."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_in(pane: QWidget) -> bool:
    """Put the focus on the first thing in a pane that takes it by Tab."""
    own = getattr(pane, "focus_current", None)
    if callable(own):
        own()
        return True
    tab = Qt.FocusPolicy.TabFocus
    for widget in (pane, *pane.findChildren(QWidget)):
        takes = widget.focusPolicy().value & tab.value and widget.focusProxy() is None
        if takes and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False
