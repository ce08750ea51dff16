"""What Alt shows: a menu with every command of the window, and the actions that hold their keys."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from clinic_desk.i18n import _


class ShellMenu(QMenuBar):
    """Hidden until it is asked for. `page` lists what the screen in front can do."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._holder = window
        self._always: Sequence[QAction] = ()
        self.setVisible(False)
        self.go = self._add(_("&Go"))
        self.new = self._add(_("&New"))
        self.page = self._add(_("&Page"))
        self.help = self._add(_("&Help"))

    def _add(self, label: str) -> QMenu:
        """A menu that Python made: one that Qt made is lost to it once the bar was opened."""
        menu = QMenu(label, self)
        self.addMenu(menu)
        return menu

    def act(self, label: str, keys: str, act: Callable[[], object], key: str = "") -> QAction:
        """An action of the window; `key` is its data."""
        action = QAction(label, self._holder)
        if keys:
            action.setShortcuts(QKeySequence.listFromString(keys))
        action.setData(key)
        action.triggered.connect(act)
        # in the window too: a hidden menu bar's own actions would have no shortcuts
        self._holder.addAction(action)
        return action

    def set_always(self, actions: Sequence[QAction]) -> None:
        """What every page offers."""
        self._always = actions

    def list_page(self, screen: QWidget) -> None:
        """The screen's own commands stand below what every page offers."""
        self.page.clear()
        self.page.addActions(self._always)
        own = [action for action in screen.actions() if action.text()]
        if own:
            self.page.addSeparator()
            self.page.addActions(own)

    def toggle(self) -> None:
        """Show it with its first menu in hand, or hide it."""
        shown = not self.isVisible()
        self.setVisible(shown)
        if shown:
            self.setActiveAction(self.go.menuAction())
