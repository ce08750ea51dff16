"""What keeps the program from starting, in a window: what is wrong, where, and what to do.

A person who starts a program from an icon sees no console, so a sentence there is no answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.unlock import CentredCard, sign
from clinic_desk.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from clinic_desk.ui.widgets.labels import Label, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from clinic_desk.errors import ClinicError

_WIDTH = 560


class StartFault(CentredCard):
    """One card. `again` tries once more, `left` ends the program, `other_asked` is the way round
    it, where there is one.
    """

    again = Signal()
    left = Signal()
    other_asked = Signal()

    def __init__(
        self, error: ClinicError, folder: Path, other: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(_WIDTH, parent)
        self.setObjectName("startFault")
        self._folder = folder
        self.column.addWidget(sign("Clinic Desk", _("Your records cannot be opened now.")))
        self.what = Problem()
        self.column.addWidget(self.what)
        self.todo = Label("", "body", wrap=True)
        self._todo = self._part(_("What to do"), self.todo)
        self.where = Label(str(folder), "body", wrap=True)
        self.where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.where.setAccessibleName(_("Data folder"))
        self._part(_("Data folder"), self.where)
        row = QHBoxLayout()
        row.setContentsMargins(0, tokens.S, 0, 0)
        self.open = LinkButton(_("Open the folder"), icon="external-link")
        self.open.setVisible(self._nearest() is not None)
        self.open.clicked.connect(self._open)
        self.other = Button(other)
        self.other.setVisible(bool(other))
        self.other.clicked.connect(self.other_asked)
        self.close_program = Button(_("Close"))
        self.close_program.clicked.connect(self.left)
        self.retry = PrimaryButton(_("Try again"), hint="")
        self.retry.clicked.connect(self.again)
        row.addWidget(self.open)
        row.addStretch(1)
        for button in (self.close_program, self.other, self.retry):
            row.addWidget(button)
        self.column.addLayout(row)
        self.setFocusProxy(self.retry)
        self.say(error)

    def say(self, error: ClinicError) -> None:
        """What is wrong now."""
        self.what.set(error.message)
        self.todo.setText(error.hint)
        self._todo.setVisible(bool(error.hint))

    def _part(self, title: str, words: Label) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        column.addWidget(Label(title, "label"))
        column.addWidget(words)
        self.column.addWidget(holder)
        return holder

    def _nearest(self) -> Path | None:
        """The folder, or the nearest one around it that is there."""
        for place in (self._folder, *self._folder.parents):
            try:
                if place.is_dir():
                    return place
            except OSError:
                continue
        return None

    def _open(self) -> None:
        place = self._nearest()
        if place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
