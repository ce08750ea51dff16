"""The builder beyond templates: modes, loads, supersets, remedies, changes for all, history."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.program import ProgramScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import programs
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import Line
from tests.ui.paper_stage import PaperStage, evaluated
from tests.usecases.answers import STRAIN


@pytest.fixture
def at(shown, qtbot: QtBot, desk: Desk, strain: UUID):
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = ProgramScreen(desk, lanes)
    shown(screen, 1310, 640)
    stage = PaperStage(screen, lanes, qtbot)
    evaluated(desk, strain, STRAIN)
    content = programs.from_template(desk, strain, "acute_g2_late")
    programs.keep(desk, strain, content)
    stage.open(Place.PROGRAM, strain)
    yield stage
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []


def lines(at: PaperStage) -> tuple[Line, ...]:
    return at.screen.content().lines


def ids(at: PaperStage) -> list[str]:
    return [line.exercise for line in lines(at)]


def opened(at: PaperStage, place: int):
    at.screen.pane.lines.choose(place)
    return at.screen.pane.lines.rows[place].editor


def pick(field, value: object) -> None:
    field.set_value(value)
    field.chosen.emit(value)


def test_each_mode_shows_its_own_fields_and_counts_its_own_minutes(at: PaperStage) -> None:
    editor = opened(at, 0)
    pick(editor.mode, "distance")
    assert lines(at)[0].mode == "distance"
    assert editor.distance.isVisible()
    assert not editor.steppers["reps"].isVisible()
    assert not editor.tempo.isVisible()
    pick(editor.distance.unit, 1000)
    editor.distance.amount.setFocus()
    editor.distance.amount.selectAll()
    QTest.keyClicks(editor.distance.amount, "1.5")
    assert lines(at)[0].distance_m == 1500
    assert programs.gauge(at.screen.desk, at.screen.content()).line_seconds[0] > 1300
    assert "1.5 km" in at.screen.pane.lines.rows[0].head.accessibleName()
    at.screen.sheet.undo()
    pick(editor.mode, "time")
    assert lines(at)[0].duration_s == 30
    pick(editor.mode, "hold")
    assert editor.tempo.isVisible()
    assert lines(at)[0].hold_s >= 1


def test_a_load_is_typed_by_its_kind(at: PaperStage) -> None:
    editor = opened(at, 0)
    pick(editor.load.kind, "kg")
    editor.load.amount.selectAll()
    QTest.keyClicks(editor.load.amount, "7.5")
    assert lines(at)[0].load == "7.5 kg"
    pick(editor.load.kind, "band")
    pick(editor.load.band, "green")
    assert lines(at)[0].load == "green band"
    pick(editor.load.kind, "")
    assert lines(at)[0].load == ""


def test_effort_and_limit_are_unsaid_until_chosen_and_can_be_unsaid_again(at: PaperStage) -> None:
    editor = opened(at, 1)
    assert lines(at)[1].effort is None
    pick(editor.effort, 0)
    pick(editor.pain_limit, 2)
    assert (lines(at)[1].effort, lines(at)[1].pain_limit) == (0, 2)
    pick(editor.effort, None)
    assert lines(at)[1].effort is None


def test_a_half_typed_tempo_waits_and_a_whole_one_sets_the_hold(at: PaperStage) -> None:
    editor = opened(at, 0)
    editor.tempo.selectAll()
    QTest.keyClicks(editor.tempo, "3-")
    assert programs.gauge(at.screen.desk, at.screen.content()).line_seconds[0] == 0
    QTest.keyClicks(editor.tempo, "4-1-0")
    assert lines(at)[0].hold_s == 4
    assert editor.steppers["hold_s"].value() == 4


def test_a_superset_is_joined_and_parted_by_one_button(at: PaperStage) -> None:
    at.screen._set_lines([replace(line, sets=3, rest_s=30) for line in lines(at)], "test")
    editor = opened(at, 1)
    before = programs.gauge(at.screen.desk, at.screen.content()).seconds
    editor.turn.click()
    heads = [row.head.accessibleName()[:3] for row in at.screen.pane.lines.rows[:3]]
    assert heads == ["A1.", "A2.", "3. "]
    assert programs.gauge(at.screen.desk, at.screen.content()).seconds != before
    assert editor.turn.text() == "Alone"
    editor.turn.click()
    assert programs.gauge(at.screen.desk, at.screen.content()).seconds == before


def test_dragging_a_line_moves_it_and_undo_brings_it_back(at: PaperStage) -> None:
    before = ids(at)
    rows = at.screen.pane.lines.rows
    head = rows[0].head
    start = QPoint(10, 20)
    end = head.mapFromGlobal(rows[2].mapToGlobal(QPoint(10, rows[2].height() - 4)))
    QTest.mousePress(head, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(head, QPoint(10, 60))
    QTest.mouseMove(head, end)
    QTest.mouseRelease(head, Qt.MouseButton.LeftButton, pos=end)
    assert ids(at) == [before[1], before[2], before[0], *before[3:]]
    at.screen.sheet.undo()
    assert ids(at) == before


def test_remedies_bring_a_long_program_under_twelve_minutes_step_by_step(at: PaperStage) -> None:
    long = [replace(line, sets=6, times_per_day=1) for line in lines(at)]
    at.screen._set_lines(long, "test")
    button = at.screen.pane.head.remedy_buttons[0]
    assert button.text().startswith("One set less: ")
    first = lines(at)
    button.click()
    assert sum(line.sets for line in lines(at)) == sum(line.sets for line in first) - 1
    at.screen.sheet.undo()
    assert lines(at) == first
    for _step in range(40):
        if programs.gauge(at.screen.desk, at.screen.content()).time_ok:
            break
        button.click()
    assert programs.gauge(at.screen.desk, at.screen.content()).time_ok
    assert not button.isVisible()


def test_one_change_for_all_lines_is_one_step_of_undo(at: PaperStage) -> None:
    before = lines(at)
    at.screen.pane.head.bulk.click()
    panel = at.screen.pane.bulk
    assert panel.isVisible()
    assert not panel.apply.isEnabled()
    pick(panel.fields["sets"], 3)
    pick(panel.fields["pain_limit"], 2)
    panel.apply.click()
    assert {(line.sets, line.pain_limit) for line in lines(at)} == {(3, 2)}
    assert [line.rest_s for line in lines(at)] == [line.rest_s for line in before]
    at.screen.sheet.undo()
    assert lines(at) == before


def test_ones_own_dose_is_saved_shown_used_and_forgotten(
    at: PaperStage, desk: Desk, strain: UUID
) -> None:
    editor = opened(at, 0)
    exercise = lines(at)[0].exercise
    editor.steppers["sets"].set_value(6)
    editor.steppers["sets"].changed.emit()
    assert editor.preferred.save.isEnabled()
    assert editor.preferred.forget.isHidden()
    editor.preferred.save.click()
    at.settle()
    head = at.screen.pane.lines.rows[0].head
    assert "Your default" in head.accessibleName()
    assert not editor.preferred.save.isEnabled()
    assert programs.line_for(desk, strain, exercise).sets == 6
    assert "your default" in at.screen.library.grid.view_of(exercise).accessibleName()
    editor.buttons["remove"].click()
    at.screen.add(exercise)
    at.settle()
    assert lines(at)[-1].sets == 6
    editor = opened(at, len(lines(at)) - 1)
    editor.preferred.forget.click()
    at.settle()
    assert "Your default" not in at.screen.pane.lines.rows[-1].head.accessibleName()
    assert lines(at)[-1].sets == 6  # the patient's line stays as it was typed
    assert programs.line_for(desk, strain, exercise).sets != 6


def test_two_programs_of_the_case_stand_side_by_side(
    at: PaperStage, desk: Desk, strain: UUID
) -> None:
    first = at.screen.content()
    programs.prescribe(desk, strain, first)
    changed = (replace(first.lines[0], sets=5), *first.lines[2:])
    at.screen._set_lines(list(changed), "test")
    at.screen.pane.head.history.click()
    at.until(lambda: at.screen.past.isVisible())
    grid = at.screen.past._grid
    states = [grid.itemAtPosition(row, 1).widget().text for row in range(len(first.lines))]
    assert states[0] == "Changed"
    assert states[-1] == "Taken out"
    assert set(states[1:-1]) == {"Same"}
    at.screen.past.take.click()
    assert lines(at) == first.lines
    assert not at.screen.past.isVisible()
