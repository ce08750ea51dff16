"""The page of keys that F1 shows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import Button, KeyHint
from clinic_desk.ui.widgets.labels import Label


def known_keys(
    sections: int = 6,
) -> tuple[tuple[str, tuple[tuple[tuple[str, ...], str], ...]], ...]:
    """The keys in groups; so many sections have a digit."""
    return (
        (
            _("Everywhere"),
            (
                (("Ctrl", "K"), _("find a patient or command")),
                (("Ctrl", f"1–{sections}"), _("go to a section")),
                (("Ctrl", "Enter"), _("press the filled button")),
                (("Ctrl", "N"), _("new patient")),
                (("F6",), _("next pane")),
                (("Ctrl", "L"), _("lock, or let a colleague in")),
                (("Ctrl", "F"), _("search on this page; also /")),
                (("Esc",), _("close what is open, or go back; never discards")),
                (("Alt",), _("menu with every command")),
            ),
        ),
        (
            _("While working"),
            (
                (("Ctrl", "Z"), _("undo")),
                (("Ctrl", "Shift", "Z"), _("redo")),
                (("Ctrl", "S"), _("keep now")),
                (("Ctrl", "G"), _("go to a step of the evaluation")),
                (("F7",), _("the same as at the last visit")),
                (("F8",), _("accept the suggestion in hand")),
                (("Shift", "F8"), _("differ from it, with a reason")),
                (("Ctrl", "P"), _("preview of the handout")),
                (("Alt", "Up"), _("move an exercise up; Down moves it down")),
            ),
        ),
        (
            _("In answers"),
            (
                (("Y",), _("yes")),
                (("N",), _("no")),
                (("U",), _("unsure")),
                (("Backspace",), _("not asked")),
                (("0–9",), _("a scale; 1 then 0 is 10")),
                (("=",), _("copy the other side")),
                (("Enter",), _("next field")),
            ),
        ),
    )


class ShortcutsPage(QDialog):
    """A sheet over the window; any of Esc, F1 and Enter closes it."""

    def __init__(self, parent: QWidget, sections: int = 6) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(tokens.L)
        column.addWidget(Label(_("Keys"), "title"))
        groups = QHBoxLayout()
        groups.setSpacing(32)
        for title, keys in known_keys(sections):
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(tokens.S)
            inner.addWidget(Label(title, "section"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(tokens.M)
            grid.setVerticalSpacing(tokens.XS)
            for row, (names, words) in enumerate(keys):
                grid.addWidget(KeyHint(names), row, 0)
                grid.addWidget(Label(words, "body"), row, 1)
            inner.addLayout(grid)
            inner.addStretch(1)
            groups.addWidget(holder)
        column.addLayout(groups)
        close = Button(_("Close"))
        close.clicked.connect(self.close)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.close()
            return
        super().keyPressEvent(event)
