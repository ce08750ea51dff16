"""The parts of a letter template in their order: chosen, added, taken out, moved."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.usecases import template_parts
from clinic_desk.usecases.letter_templates import Edited, EditedPart


class TemplatePartBar(QWidget):
    """`chosen` names the part to show; the others ask for that to be done to the one in view."""

    chosen = Signal(str)
    added = Signal()
    removed = Signal()
    moved = Signal(int)  # one up (-1) or down (1)

    def __init__(self, keys_in: QWidget) -> None:
        """`keys_in` is where the keys of moving count: the whole editor."""
        super().__init__(keys_in)
        self.part = ComboBox(_("Part"))
        self.part.setObjectName("templatePart")
        self.part.chosen.connect(self._chosen)
        self.up = self._button("arrow-up", _("Move the part up (Ctrl+Shift+Up)"), "movePartUp")
        self.down = self._button(
            "arrow-down", _("Move the part down (Ctrl+Shift+Down)"), "movePartDown"
        )
        self.new = self._button("plus", _("Add a part below (Ctrl+Shift+N)"), "addPart")
        self.out = self._button("trash-2", _("Take the part out (Ctrl+Shift+Del)"), "removePart")
        line = layout.row(self, tokens.XS)
        line.addWidget(self.part, 1)
        self.setFocusProxy(self.part)
        for button, keys, act in (
            (self.up, "Ctrl+Shift+Up", self._up),
            (self.down, "Ctrl+Shift+Down", self._down),
            (self.new, "Ctrl+Shift+N", self.added.emit),
            (self.out, "Ctrl+Shift+Del", self.removed.emit),
        ):
            line.addWidget(button)
            button.clicked.connect(act)
            action = QAction(button.accessibleName(), keys_in)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(button.click)
            keys_in.addAction(action)

    def _button(self, icon: str, name: str, called: str) -> IconButton:
        made = IconButton(icon, name, self, compact=True)
        made.setObjectName(called)
        return made

    def show_parts(self, edited: Edited, shown: str) -> None:
        """The parts as they stand, with the one in view."""
        self.part.fill([(one.id, _told(number, one)) for number, one in enumerate(edited.parts)])
        self.part.set_value(shown)
        self.up.setEnabled(template_parts.may_move(edited, shown, -1))
        self.down.setEnabled(template_parts.may_move(edited, shown, 1))
        self.out.setEnabled(template_parts.may_remove(edited, shown))

    def _chosen(self, part: object) -> None:
        self.chosen.emit(str(part))

    def _up(self) -> None:
        self.moved.emit(-1)

    def _down(self) -> None:
        self.moved.emit(1)


def _told(number: int, part: EditedPart) -> str:
    """ "3. History (not ticked)"; the lead and the closing have no number."""
    if not part.headed:
        return part.title
    state = ""
    if part.required:
        state = _(" (required)")
    elif not part.included:
        state = _(" (not ticked)")
    return f"{number}. {part.title}{state}"
