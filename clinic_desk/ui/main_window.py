"""The shell: navigation, heading, identity, red flag, messages and status around one screen.

It knows no screen and no use case; the composition root hands it entries, commands and widgets.
The shell is built when the first screen is shown, so that the unlock page paints at once; for
the same reason the `Qt` namespace (20 ms) is loaded only where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinic_desk.i18n import _
from clinic_desk.ui import shell_find, theme, tokens
from clinic_desk.ui.shell_find import Command, Section

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from clinic_desk.ui.tasks import Lanes
    from clinic_desk.ui.widgets.find_field import Find, HitGroup
    from clinic_desk.ui.widgets.flag_banner import FlagAlert
    from clinic_desk.ui.widgets.patient_banner import Identity
    from clinic_desk.ui.widgets.rail import Entry

SMALLEST = (1024, 640)


class MainWindow(QMainWindow):
    """`entries`: (key, label, icon) of what exists, in the order of Ctrl+1 to Ctrl+6."""

    navigate = Signal(str)  # a section's key
    new_requested = Signal(str)  # a command's key
    find_opened = Signal(object)  # the ref of what was found
    back_requested = Signal()
    find_requested = Signal(str)  # the words typed, each time they are looked up
    lock_requested = Signal()
    closing = Signal()
    painted = Signal()  # once: the first page is on screen

    def __init__(
        self,
        entries: Sequence[Entry] = (),
        commands: Sequence[Command] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.may_close: Callable[[], bool] | None = None  # asked when the window is closed
        self.setWindowTitle("Clinic Desk")
        self.setMinimumSize(*SMALLEST)
        self._entries, self._commands = tuple(entries), tuple(commands)
        self._outer = QStackedWidget()
        self.setCentralWidget(self._outer)
        self._built = self._painted = self._demo = self._alt_alone = False
        self._user = self._practice = ""

    # -- before there is a shell ------------------------------------------------

    def show_bare(self, widget: QWidget) -> None:
        """Show a page without a shell: unlock, first run."""
        if self._outer.indexOf(widget) < 0:
            self._outer.addWidget(widget)
        self._outer.setCurrentWidget(widget)

    @property
    def shell_shown(self) -> bool:
        return self._built and self._outer.currentWidget() is self._shell

    def offer(self, entries: Sequence[Entry], commands: Sequence[Command]) -> None:
        """What there is to go to and to do, where that was not known from the start."""
        self._entries, self._commands = tuple(entries), tuple(commands)

    def build(self) -> None:
        """Build the shell now; else the first screen does."""
        if self._built:
            return
        # not before the first paint: these modules cost 50 ms
        from clinic_desk.ui.forms.former_values import FormerValues
        from clinic_desk.ui.widgets.command_bar import CommandBar
        from clinic_desk.ui.widgets.flag_banner import RedFlagBanner
        from clinic_desk.ui.widgets.message_bar import MessageBar
        from clinic_desk.ui.widgets.patient_banner import PatientBanner
        from clinic_desk.ui.widgets.rail import Rail
        from clinic_desk.ui.widgets.status_bar import DemoStrip, StatusBar

        self._built = True
        self._former_values = FormerValues(self)
        self._shell = QWidget()
        across = QHBoxLayout(self._shell)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.rail = Rail(self._entries)
        across.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        across.addLayout(column, 1)
        self.demo_strip = DemoStrip()
        self.bar = CommandBar()
        self.patient_banner = PatientBanner()
        self.flag_banner = RedFlagBanner()
        self.message_bar = MessageBar()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        for widget in (
            self.demo_strip,
            self.bar,
            self.patient_banner,
            self.flag_banner,
            self.message_bar,
        ):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        self.patient_banner.hide()
        self.flag_banner.hide()
        self.demo_strip.setVisible(self._demo)
        self.bar.user.set_name(self._user)
        self.status.set_practice(self._practice)
        self.rail.chosen.connect(self.navigate)
        self.bar.find_field.opened.connect(self._found)
        self.bar.lock.clicked.connect(self.lock_requested)
        self._outer.addWidget(self._shell)
        self._make_actions()
        theme.changed.connect(self._fit)
        self._fit()

    # -- what the composition root says -------------------------------------------

    def show_screen(
        self, widget: QWidget, title: str, subtitle: str = "", section: str = ""
    ) -> None:
        """Show a screen in the shell. It is kept; the root drops it with `drop_screen`."""
        self.build()
        self._outer.setCurrentWidget(self._shell)
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.set_heading(title, subtitle)
        self.rail.set_current(section)
        self._menu.list_page(widget)

    def drop_screen(self, widget: QWidget) -> None:
        """Forget a screen that is no longer needed."""
        if self._built and self.stack.indexOf(widget) >= 0:
            self.stack.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def screen_shown(self) -> QWidget | None:
        return self.stack.currentWidget() if self.shell_shown else None

    def set_heading(self, title: str, subtitle: str = "") -> None:
        self.build()
        self.bar.set_heading(title, subtitle)
        self.setWindowTitle(f"{title} – Clinic Desk" if title else "Clinic Desk")

    def set_patient_banner(self, view: Identity | None) -> None:
        """Whose record this is, or None where no patient is on screen."""
        self.build()
        if view is not None:
            self.patient_banner.show_for(view)
        self.patient_banner.setVisible(view is not None)

    def set_red_flag(self, view: FlagAlert | None) -> None:
        """The most urgent open red flag, or None."""
        self.build()
        if view is not None:
            self.flag_banner.show_for(view)
        self.flag_banner.setVisible(view is not None)

    def message(
        self,
        text: str,
        kind: str = "done",
        action_label: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:
        """One line under the banners. `kind`: done, info, problem."""
        self.build()
        self.message_bar.say(text, kind, action_label, callback)

    def set_status(self, text: str) -> None:
        """What is kept, such as "Draft kept 10:42:18 on this computer"; empty for nothing."""
        self.build()
        self.status.set_kept(text)

    def set_user(self, name: str) -> None:
        self._user = name
        if self._built:
            self.bar.user.set_name(name)

    def set_practice(self, name: str) -> None:
        self._practice = name
        if self._built:
            self.status.set_practice(name)

    def set_demo(self, demo: bool) -> None:
        """Say in a strip at the top that this is the demo clinic."""
        self._demo = demo
        if self._built:
            self.demo_strip.setVisible(demo)

    def set_find(self, find: Find, lanes: Lanes) -> None:
        """What Ctrl+K looks through, beside the commands. Runs in the records lane."""
        self.build()
        self.bar.find_field.connect_to(find, lanes, self._find_commands)

    # -- commands ---------------------------------------------------------------

    def _make_actions(self) -> None:
        from clinic_desk.ui.shell_menu import ShellMenu  # not before the first paint

        menu = self._menu = ShellMenu(self)
        self.setMenuBar(menu)
        for place, (key, label, _icon) in enumerate(self._entries):
            keys = f"Ctrl+{place + 1}" if place < 6 else ""
            menu.go.addAction(menu.act(label, keys, self._go, key))
        menu.go.addSeparator()
        menu.go.addAction(menu.act(_("Back"), "", self._back))
        made = [menu.act(one.label, one.shortcut, self._new, one.key) for one in self._commands]
        menu.new.addActions(made)
        menu.new.menuAction().setVisible(bool(made))
        self.bar.set_new(made)
        press = menu.act(_("Press the filled button"), "Ctrl+Return; Ctrl+Enter", self._press)
        search = menu.act(_("Search on this page"), "Ctrl+F; /", self._search)
        menu.set_always((press, search))
        for label, keys, act in (
            (_("Lock"), "Ctrl+L; Ctrl+Shift+L", self.lock_requested.emit),
            (_("Find"), "Ctrl+K", self._focus_find),
            (_("Next pane"), "F6", self._next_pane),
            (_("Keys"), "F1", self.show_keys),
        ):
            menu.help.addAction(menu.act(label, keys, act))

    def _find_commands(self, words: str) -> Sequence[HitGroup]:
        self.find_requested.emit(words)
        return shell_find.commands(words, self._entries, self._commands)

    def _found(self, ref: object) -> None:
        if isinstance(ref, Section):
            self.navigate.emit(ref.key)
        elif isinstance(ref, Command):
            self.new_requested.emit(ref.key)
        else:
            self.find_opened.emit(ref)

    def _sender_key(self) -> str:
        data = getattr(self.sender(), "data", None)  # an action's
        return str(data()) if callable(data) else ""

    def _go(self) -> None:
        if self.shell_shown:
            self.navigate.emit(self._sender_key())

    def _new(self) -> None:
        if self.shell_shown:
            self.new_requested.emit(self._sender_key())

    def _back(self) -> None:
        if self.shell_shown:
            self.back_requested.emit()

    def _press(self) -> None:
        """Press the screen's filled button."""
        from PySide6.QtCore import Qt

        screen = self.screen_shown() if self.shell_shown else self._outer.currentWidget()
        primary = getattr(screen, "primary", None)
        button = primary() if callable(primary) else None
        if isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled():
            # what is being typed counts before it is pressed
            focus = QApplication.focusWidget()
            if focus is not None and focus is not button:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()

    def _search(self) -> None:
        from PySide6.QtCore import Qt

        field = getattr(self.screen_shown(), "search_field", None)
        found = field() if callable(field) else None
        if isinstance(found, QWidget):
            found.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_find(self) -> None:
        if self.shell_shown:
            self.bar.find_field.begin()

    def _next_pane(self) -> None:
        """From the rail to the command bar, to the screen's panes, and round again."""
        if not self.shell_shown:
            return
        panes: list[QWidget] = [self.rail, self.bar]
        panes += [one for one in (self.flag_banner, self.message_bar) if one.isVisible()]
        screen = self.stack.currentWidget()
        inner = getattr(screen, "panes", None)
        panes += list(inner()) if callable(inner) else [screen] if screen else []
        from clinic_desk.ui.shell_panes import focus_next  # not before the first paint

        focus_next(panes)

    def show_keys(self) -> None:
        """The page of keys."""
        from clinic_desk.ui.shortcuts import ShortcutsPage  # not before the first paint

        page = ShortcutsPage(self, min(6, len(self._entries)))
        page.show()

    # -- events -----------------------------------------------------------------

    def _fit(self) -> None:
        """Sizes that follow the zoom and the width of the window."""
        if not self._built:
            return
        self.bar.setFixedHeight(theme.px(tokens.COMMAND_BAR))
        self.patient_banner.setFixedHeight(theme.px(tokens.BANNER))
        self.status.setFixedHeight(theme.px(tokens.STATUS))
        self.rail.set_narrow(self.width() < tokens.NARROW_BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # what stands in the window is painted right after it, before the event loop's turn
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeySequence

        self._alt_alone = event.key() == Qt.Key.Key_Alt
        undo = event.matches(QKeySequence.StandardKey.Undo)  # which no field and no page took
        if undo and self.shell_shown and self.message_bar.undo():
            return
        if event.key() == Qt.Key.Key_Escape and self.shell_shown:
            if self._menu.isVisible():
                self._menu.setVisible(False)
            elif self.message_bar.isVisible():
                self.message_bar.close_message()
            else:
                self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Alt and self._alt_alone and self.shell_shown:
            self._menu.toggle()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks only where it would lose what was typed; else all is kept by then."""
        self.closing.emit()
        if self.may_close is None or self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()
