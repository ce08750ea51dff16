"""The head of an evaluation step gives its hint room."""

from PySide6.QtWidgets import QApplication

from clinic_desk.ui.parts.step_head import StepHead
from clinic_desk.ui.widgets.buttons import Button


def test_a_hint_stands_below_the_title_where_it_would_break_beside_it(shown) -> None:
    act = Button("Confirm all facts (10)", "list-checks", compact=True)
    act.hide()
    head = shown(StepHead([act, Button("Undo", "undo-2", compact=True)]), 700, 90)
    head.say("Progress checks", "Only where a program is running or about to change.")
    for width, act_shown, below in ((700, 0, 0), (420, 0, 1), (700, 1, 1), (700, 0, 0)):
        act.setVisible(bool(act_shown))
        head.resize(width, 90)
        for _ in range(3):
            QApplication.processEvents()
        assert (head.hint.y() > head.title.geometry().bottom()) == bool(below)
        assert head.hint.width() >= head.hint.fontMetrics().horizontalAdvance(head.hint.text())
