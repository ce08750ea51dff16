"""Nothing in the findings pane is cut off, also when a visit is opened first of all."""

from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.desk import Desk
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, start
from tests.usecases.answers import STRAIN

__all__ = ["at"]  # the fixture


def cut_off(at: VisitStage) -> list[str]:
    """The wrapped texts of the pane that are lower than their words need."""
    return [
        label.text()
        for label in at.screen.findings.findChildren(Label)
        if label.isVisible()
        and label.wordWrap()
        and label.text()
        # measured by Qt itself, not by what the label remembers
        and label.height() < super(Label, label).heightForWidth(label.width())
    ]


def test_every_reason_is_whole_when_a_visit_is_opened(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.qtbot.waitUntil(lambda: at.screen.settled)
    at.settle()
    assert at.screen.findings.boxes
    assert cut_off(at) == []


def test_a_reason_that_grows_gets_its_second_line(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, {"complaint": "sudden_injury"}))
    for item, value in STRAIN.items():
        at.screen.draft.set_answer(item, value)
        at.qtbot.waitUntil(lambda: at.screen.settled)
        at.settle()
        assert cut_off(at) == [], item
