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


def test_the_scene_is_changed_by_its_fields_and_each_change_is_undone(
    qtbot: QtBot, editor: PoseEditor
) -> None:
    scene = editor.scene
    steps = (
        (lambda: choose(scene.view, "front"), lambda pose: pose.view == "front"),
        (lambda: choose(scene.surface, "bed"), lambda pose: pose.surface == "bed"),
        (lambda: choose(scene.add, "chair"), lambda pose: pose.props[-1].type == "chair"),
        (lambda: choose(scene.back, ""), lambda pose: pose.props[-1].back == ""),
        (lambda: scene.parts.chips[-1].click(), lambda pose: "trunk" in pose.working),
        (lambda: choose(scene.arrow, "press"), lambda pose: pose.arrow.kind == "press"),
    )
    before = [editor.pose()]
    for act, holds in steps:
        act()
        assert holds(editor.pose())
        assert problems(editor.pose()) == []
        before.append(editor.pose())
    for earlier in reversed(before[:-1]):
        editor.take_back()
        assert editor.pose() == earlier


def choose(combo, value: object) -> None:
    combo.set_value(value)
    combo.chosen.emit(value)


def test_a_number_moves_the_thing_in_hand(editor: PoseEditor) -> None:
    wall = next(n for n, one in enumerate(editor.pose().props) if one.type == "wall")
    editor.scene.things.chosen.emit(wall)
    editor.scene.numbers["x"].field.setValue(50)
    assert editor.pose().props[wall].numbers["x"] == 0.5
    editor.scene.drop.click()
    assert "wall" not in {one.type for one in editor.pose().props}


def test_a_thing_is_dragged_as_a_whole(qtbot: QtBot, editor: PoseEditor) -> None:
    canvas = editor.canvas
    wall = next(one for one in editor.pose().props if one.type == "wall")
    x = wall.numbers["x"] + 0.015
    corner, scale = canvas._corner(), canvas._scale()
    at = QPoint(round(corner.x() + x * scale), round(corner.y() - 0.3 * scale))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(canvas, at + QPoint(10, 0))
    qtbot.mouseMove(canvas, at + QPoint(20, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at + QPoint(20, 0))
    moved = next(one for one in editor.pose().props if one.type == "wall")
    assert moved.numbers["x"] == pytest.approx(wall.numbers["x"] + 20 / scale, abs=0.01)
    editor.take_back()
    assert editor.pose() == CALF
