"""The moving figure: plays on request, pauses, stops when hidden, and says what it does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from clinic_desk.drawing.timing import Beat
from clinic_desk.library import Library
from clinic_desk.ui.widgets.figure_view import FigureView

POSE = Library().exercise("s1_bent_knee_lift").pose


@pytest.fixture
def view(qtbot: QtBot) -> FigureView:
    made = FigureView()
    qtbot.addWidget(made)
    made.resize(240, 160)
    made.show_exercise(POSE, Beat.of(1, 0, 1, 0), "Bent-knee lift")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_nothing_moves_before_it_is_asked_to(view: FigureView, qtbot: QtBot) -> None:
    before = view.grab().toImage()
    qtbot.wait(60)
    assert not view.playing
    assert view.grab().toImage() == before


def test_space_plays_and_pauses_and_the_figure_stays_where_it_is(
    view: FigureView, qtbot: QtBot
) -> None:
    rest = view.grab().toImage()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.grab().toImage() != rest)
    assert "Space pauses" in view.accessibleName()
    qtbot.wait(200)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    paused = view.grab().toImage()
    qtbot.wait(60)
    assert view.grab().toImage() == paused != rest
    assert "Bent-knee lift" in view.accessibleName()
    assert "Space plays" in view.accessibleName()


def test_a_click_plays_too(view: FigureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.played) as played:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    assert played.args == [True]


def test_a_hidden_figure_costs_nothing(view: FigureView) -> None:
    view.play()
    view.hide()
    assert not view.playing


def test_another_exercise_begins_at_rest(view: FigureView) -> None:
    view.play()
    view.show_exercise(Library().exercise("s1_clam").pose, Beat.of(2, 2, 2, 0), "Clam")
    assert not view.playing
    assert view.accessibleName().startswith("Clam")


def test_the_sore_side_is_mirrored(view: FigureView) -> None:
    right = view.grab().toImage()
    view.show_exercise(POSE, Beat.of(1, 0, 1, 0), "Bent-knee lift", "left")
    left = view.grab().toImage()
    assert left != right


def test_a_new_size_or_theme_is_drawn_anew(view: FigureView) -> None:
    small = view.grab().toImage()
    view.resize(400, 260)
    view.setPalette(QPalette(Qt.GlobalColor.black))
    assert view.grab().toImage().size() != small.size()
