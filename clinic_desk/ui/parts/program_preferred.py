"""A clinician's own default dose of an exercise: kept from a line, and given up again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.usecases import exercise_marks
from clinic_desk.usecases.programs import Line


class PreferredDose(QWidget):
    """Under a line's dose. What would change nothing cannot be pressed."""

    wanted = Signal(bool)  # keep this dose as one's own default, or forget it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = layout.row(self, tokens.S)
        self.save = Button(_("Save as my default for this exercise"), "star", "quiet", compact=True)
        self.save.setObjectName("dose:prefer")
        self.save.clicked.connect(self._save)
        self.forget = Button(_("Forget my default"), kind="link", compact=True)
        self.forget.setObjectName("dose:forget")
        self.forget.setToolTip(_("The exercise begins with its own dose again; this line stays."))
        self.forget.clicked.connect(self._forget)
        row.addWidget(self.save)
        row.addWidget(self.forget)
        row.addStretch(1)

    def show_line(self, line: Line, mine: Line | None) -> None:
        """What can be done about a line's dose beside the one that is preferred."""
        kept = exercise_marks.is_kept(line, mine)
        self.save.setEnabled(not kept)
        self.save.setText(
            _("This is your default") if kept else _("Save as my default for this exercise")
        )
        self.forget.setVisible(mine is not None)

    def _save(self) -> None:
        self.wanted.emit(True)

    def _forget(self) -> None:
        self.wanted.emit(False)
