"""A start that the data folder does not let through, and the way on once it does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clinic_desk.app import SIZE
from clinic_desk.errors import ClinicError
from clinic_desk.ui import theme
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.start_fault import StartFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from clinic_desk.ui.single_instance import SingleInstance


class Mending(QObject):
    """A window that says why the folder cannot be used, until it can be or the person leaves."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        error: ClinicError,
        take: Callable[[Path], SingleInstance | None],
    ) -> None:
        """`take` takes the folder, gives None where a running copy was raised, or raises."""
        super().__init__()
        self.instance: SingleInstance | None = None
        self._app, self._folder, self._take, self._mended = app, folder, take, False
        theme.start(app, "system", 100)
        self.window = MainWindow()
        self.page = StartFault(error, folder)
        self.page.again.connect(self.again)
        self.page.left.connect(self.window.close)
        self.window.painted.connect(self._settle)
        self.window.show_bare(self.page)
        self.window.resize(*SIZE)
        self._say(error)

    def done(self) -> bool:
        """Show it; whether the folder could be used in the end."""
        self.window.show()
        self.page.retry.setFocus()
        self._app.exec()
        self.window.deleteLater()
        return self._mended

    def again(self) -> None:
        """Try once more."""
        try:
            self.instance = self._take(self._folder)
        except ClinicError as error:
            self._say(error)
            return
        self._mended = True
        self._app.quit()

    def _say(self, error: ClinicError) -> None:
        """In the window, and for whoever started it from a console."""
        self.page.say(error)
        if sys.stderr is not None:  # a start without a console has none
            sys.stderr.write(f"clinic-desk: {error}\n")

    def _settle(self) -> None:
        theme.settle(self._app)
