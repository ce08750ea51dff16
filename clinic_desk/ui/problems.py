"""How errors are shown: beside the field, in the message bar, or, where data is at stake, in a
dialog. What is no ClinicError is a bug: a sheet with a report that holds no patient data.
"""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import clinic_desk
from clinic_desk.errors import (
    ClinicError,
    InvalidInput,
    StorageDamaged,
    StorageUnavailable,
)
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.labels import Icon, Label

if TYPE_CHECKING:
    from clinic_desk.ui.forms.fields import Form

_log = logging.getLogger(__name__)
_PACKAGE = Path(clinic_desk.__file__).parent
Say = Callable[[str, str], object]  # text, kind: the message bar


def report(error: BaseException) -> str:
    """What can be copied for whoever mends it: the kinds of error and the places in the code.

    Messages, values and paths of the person are left out: they may hold patient data.
    """
    lines = [
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}",
    ]
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        kind = type(cause)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


def _place(filename: str) -> str:
    """A file's place inside our package, or only its name."""
    path = Path(filename)
    try:
        return str(path.relative_to(_PACKAGE.parent))
    except ValueError:
        return path.name


class Problems(QObject):
    """Shows errors for one window. `say` is the window's message bar."""

    shown = Signal(str)  # which way: field, bar, dialog, sheet

    def __init__(self, window: QWidget, say: Say) -> None:
        super().__init__(window)
        self._window = window
        self._say = say
        self._sheet: CrashSheet | None = None

    def show_error(self, error: BaseException, form: "Form | None" = None) -> None:
        """Show an error where it belongs. `form`: whose fields InvalidInput may name."""
        if isinstance(error, InvalidInput):
            left = form.show_problems(error.fields) if form is not None else error.fields.values()
            words = " ".join(left)
            if words:
                self._say(f"{words} {error.hint}".strip(), "problem")
            self.shown.emit("bar" if words else "field")
        elif isinstance(error, (StorageDamaged, StorageUnavailable)):
            DataDialog(error, self._window).open()
            self.shown.emit("dialog")
        elif isinstance(error, ClinicError):
            self._say(str(error), "problem")
            self.shown.emit("bar")
        else:
            self.show_crash(error)

    def show_crash(self, error: BaseException) -> None:
        """The crash sheet, once at a time; the log gets the places too."""
        words = report(error)
        _log.error("unexpected error\n%s", words)
        if self._sheet is not None and self._sheet.isVisible():
            return
        self._sheet = CrashSheet(words, self._window)
        self._sheet.open()
        self.shown.emit("sheet")


class DataDialog(QDialog):
    """Data is at stake: what happened, what is safe, what to do."""

    def __init__(self, error: ClinicError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dataDialog")
        self.setWindowTitle(_("Your data"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = _sheet_column(self, "triangle-alert", "caution", error.message)
        if error.hint:
            column.addWidget(Label(error.hint, "body", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        close = PrimaryButton(_("Close"), hint="")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addLayout(row)


class UnkeptDialog(QDialog):
    """Closing would lose what was typed last: stay, or close all the same."""

    lose_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("unkeptDialog")
        self.setWindowTitle(_("Your data"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("What you typed last is not kept.")
        column = _sheet_column(self, "triangle-alert", "caution", title)
        text = _(
            "Everything before it is safe. Stay, and save the form that is open. Where it could "
            "not be kept, make room or look to the data folder, and it is tried again; or copy the "
            "text to a safe place before you close."
        )
        column.addWidget(Label(text, "body", wrap=True))
        row = QHBoxLayout()
        lose = Button(_("Close and lose it"))
        lose.clicked.connect(self.lose_asked)
        stay = PrimaryButton(_("Stay"), hint="")
        stay.clicked.connect(self.accept)
        row.addWidget(lose)
        row.addStretch(1)
        row.addWidget(stay)
        column.addLayout(row)


class CrashSheet(QDialog):
    """Something went wrong in the program itself; the draft is safe."""

    def __init__(self, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("crashSheet")
        self.setWindowTitle(_("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = words
        title = _("Something in the program went wrong.")
        column = _sheet_column(self, "triangle-alert", "caution", title)
        text = _(
            "What you typed is kept up to the last second, and nothing signed was changed. "
            "You can go on working; if it happens again, close the program and start it anew. "
            "The report below holds no patient data."
        )
        column.addWidget(Label(text, "body", wrap=True))
        shown = QPlainTextEdit(words)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        shown.setMinimumHeight(140)
        column.addWidget(shown)
        row = QHBoxLayout()
        copy = Button(_("Copy report"), "copy")
        copy.clicked.connect(self.copy)
        close = PrimaryButton(_("Go on"), hint="")
        close.clicked.connect(self.accept)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)


def _sheet_column(dialog: QDialog, icon: str, role: str, title: str) -> QVBoxLayout:
    dialog.setMinimumWidth(520)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(tokens.L)
    top = QHBoxLayout()
    top.setSpacing(tokens.M)
    top.addWidget(Icon(icon, 20, role), 0, Qt.AlignmentFlag.AlignTop)
    top.addWidget(Label(title, "section", wrap=True), 1)
    column.addLayout(top)
    return column


class _Hook(QObject):
    """Carries errors of other threads to the GUI thread."""

    raised = Signal(object)


def install(show: Callable[[BaseException], object], parent: QObject) -> None:
    """Route every unexpected error to `show` (a bound method of a QObject), on the GUI thread."""
    hook = _Hook(parent)
    hook.raised.connect(show, Qt.ConnectionType.QueuedConnection)

    def on_error(
        kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _trace)
            return
        hook.raised.emit(error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            hook.raised.emit(args.exc_value)

    sys.excepthook = on_error
    threading.excepthook = in_thread
