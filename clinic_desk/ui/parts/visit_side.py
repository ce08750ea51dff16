"""What stands beside a visit's note: its red flags, and what its evaluation says."""

from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.visit_cards import EvaluationCard
from clinic_desk.ui.parts.visit_flag_column import FlagColumn
from clinic_desk.ui.widgets.cards import Scroller


class VisitSide(QFrame):
    """The column to the right of the note; it scrolls alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-right")
        self.setFixedWidth(theme.px(346))
        self.flags, self.evaluation = FlagColumn(), EvaluationCard()
        beside = Scroller(0)
        beside.column.setContentsMargins(16, 16, 10, 16)
        beside.column.setSpacing(tokens.M)
        beside.column.addWidget(self.flags)
        beside.column.addWidget(self.evaluation)
        beside.column.addStretch(1)
        layout.column(self).addWidget(beside)
