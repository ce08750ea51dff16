"""Where the focus goes when a pane of the window is entered by F6."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next(panes: Sequence[QWidget]) -> None:
    """Put the focus into the pane after the one that has it, round and round."""
    focus = QApplication.focusWidget()
    here = [
        k for k, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))
    ]
    start = here[0] if here else -1
    for step in range(1, len(panes) + 1):
        if focus_in(panes[(start + step) % len(panes)]):
            return


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
