"""What is wrong in those parts of a template that are not in view, with the way there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.letter_templates import Edited, Fault

_SHOWN = 3  # faults at a time


class TemplateFaults(QWidget):
    """One line for each fault; those of the part in view stand beside its text."""

    mend_asked = Signal(str)  # the part in which the first one stands

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = ""
        self.said = Label("", "problem", wrap=True)
        self.said.setObjectName("templateFaults")
        self.mend = Button(_("Go there"), "arrow-right", "link", compact=True)
        self.mend.setObjectName("goToFault")
        self.mend.clicked.connect(self._ask)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.S)
        line.addWidget(self.said, 1)
        line.addWidget(self.mend)
        self.hide()

    def show_for(self, faults: Sequence[Fault], edited: Edited, in_view: str) -> None:
        """The faults of a template, but for those of the part in view."""
        elsewhere = [one for one in faults if one.part != in_view]
        self._first = elsewhere[0].part if elsewhere else ""
        titles = {one.id: one.title for one in edited.parts}
        said = _("{part}, line {line}: {text}")
        self.said.setText(
            "\n".join(
                said.format(part=titles.get(one.part, one.part), line=one.line, text=one.text)
                if one.part
                else one.text
                for one in elsewhere[:_SHOWN]
            )
        )
        self.setVisible(bool(elsewhere))
        self.mend.setVisible(bool(self._first))

    def _ask(self) -> None:
        self.mend_asked.emit(self._first)
