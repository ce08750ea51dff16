"""The pose editor with mouse and keys: joints follow, undo works, a body stays a body."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from clinic_desk.drawing.pose import problems
from clinic_desk.drawing.timing import Beat
from clinic_desk.library import Library
from clinic_desk.ui.parts.pose_editor import STANDING, PoseEditor

CALF = Library().exercise("s2_calf_raise").pose
BEAT = Beat.of(1, 1, 1, 0)


@pytest.fixture
def editor(qtbot: QtBot) -> PoseEditor:
    made = PoseEditor()
    qtbot.addWidget(made)
    made.resize(900, 460)
    made.begin(CALF, BEAT, "Calf raise")
    made.show()
    qtbot.waitExposed(made)
    return made


def dragged(qtbot: QtBot, editor: PoseEditor, handle: str, by: tuple[int, int]) -> None:
    canvas = editor.canvas
    at = canvas.place_of(handle).toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at)
    for part in (1, 2, 3):
        qtbot.mouseMove(canvas, at + QPoint(by[0] * part // 3, by[1] * part // 3))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at + QPoint(*by))


def test_a_dragged_joint_follows_the_pointer(qtbot: QtBot, editor: PoseEditor) -> None:
    before = editor.canvas.place_of("near.wrist")
    dragged(qtbot, editor, "near.wrist", (-40, 10))
    after = editor.canvas.place_of("near.wrist")
    assert abs(after.x() - before.x() + 40) < 4
    assert editor.pose().start == CALF.start
    assert editor.pose().end != CALF.end
    assert problems(editor.pose()) == []


def test_one_drag_is_one_step_of_undo(qtbot: QtBot, editor: PoseEditor) -> None:
    dragged(qtbot, editor, "near.wrist", (-40, 10))
    dragged(qtbot, editor, "head", (20, 0))
    twice = editor.pose()
    editor.take_back()
    editor.take_back()
    assert editor.pose() == CALF
    editor.do_again()
    editor.do_again()
    assert editor.pose() == twice


def test_keys_alone_reach_and_move_every_joint(qtbot: QtBot, editor: PoseEditor) -> None:
    editor.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    names = [editor.canvas.accessibleName()]
    for _ in range(14):
        qtbot.keyClick(editor.canvas, Qt.Key.Key_Tab)
        names.append(editor.canvas.accessibleName())
    assert len(set(names)) == 15
    assert editor.canvas.hasFocus()
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Left)
    assert editor.pose().end.far != CALF.end.far


def test_shift_moves_finer(qtbot: QtBot, editor: PoseEditor) -> None:
    editor.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    fine = editor.pose().end.y - CALF.end.y
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Down)
    assert 0 < fine < 0.005


def test_the_finish_can_take_over_the_start(qtbot: QtBot, editor: PoseEditor) -> None:
    qtbot.mouseClick(editor.copy, Qt.MouseButton.LeftButton)
    assert editor.pose().end.near == CALF.start.near
    assert editor.undo.isEnabled()


def test_a_new_exercise_begins_with_somebody_who_stands(editor: PoseEditor) -> None:
    editor.begin(None, BEAT, "New")
    assert editor.pose() == STANDING
    assert problems(STANDING) == []
    assert not editor.undo.isEnabled()
