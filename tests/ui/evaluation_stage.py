"""The evaluation's screen in a window, for whatever is asked of it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases.desk import Desk
from tests.ui.visit_stage import VisitStage


@pytest.fixture
def at(desk: Desk, shown, qtbot: QtBot) -> Iterator[VisitStage]:
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = EvaluationScreen(desk, lanes)
    shown(screen, 1310, 640)
    yield VisitStage(screen, Place.EVALUATION, lanes, qtbot)
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    screen.forget()
    assert errors == []
