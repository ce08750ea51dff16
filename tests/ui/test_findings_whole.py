"""Nothing in the findings pane is cut off, also when a visit is opened first of all."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.desk import Desk
from tests.ui.visit_stage import VisitStage, start
from tests.usecases.answers import STRAIN


@pytest.fixture
def at(desk: Desk, shown, qtbot: QtBot) -> Iterator[VisitStage]:
    lanes = Lanes()
    screen = EvaluationScreen(desk, lanes)
    shown(screen, 1310, 640)
    yield VisitStage(screen, Place.EVALUATION, lanes, qtbot)
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    screen.forget()


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
