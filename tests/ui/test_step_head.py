"""The head of an evaluation step gives its hint room."""

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from clinic_desk.ui.parts.step_head import StepHead
from clinic_desk.ui.widgets.buttons import Button


def test_a_hint_stands_below_the_title_where_it_would_break_and_gives_way_to_a_panel(
    shown,
) -> None:
    act = Button("Confirm all facts (10)", "list-checks", compact=True)
    act.hide()
    panel = QLabel("Record what was done")
    head = StepHead([act, Button("Undo", "undo-2", compact=True)], panel)
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(head)
    column.addWidget(panel)
    panel.hide()
    shown(held, 700, 160)
    head.say("Progress checks", "Only where a program is running or about to change.")
    for width, act_shown, below in ((700, 0, 0), (420, 0, 1), (700, 1, 1), (700, 0, 0)):
        act.setVisible(bool(act_shown))
        held.resize(width, 160)
        for panel_shown in (True, False):
            panel.setVisible(panel_shown)
            for _ in range(3):
                QApplication.processEvents()
            assert head.hint.isHidden() == (panel_shown and bool(below))
        assert (head.hint.y() > head.title.geometry().bottom()) == bool(below)
        assert head.hint.width() >= head.hint.fontMetrics().horizontalAdvance(head.hint.text())
