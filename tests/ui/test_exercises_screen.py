"""The exercise library on screen: found, opened, starred, hidden, made and changed by keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.exercises import ExercisesScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import clinic_exercises, exercise_drafts
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press
from tests.usecases.test_clinic_exercises import filled, jpeg

BRIDGE = "s2_bridge"


class Library(Stage):
    screen: ExercisesScreen

    def pick(self, exercise: str) -> None:
        self.screen.show_exercise(exercise)
        self.settle()

    def act(self, act: str) -> None:
        press(self.screen.pane.findChild(object, f"exercise:{act}"))
        self.settle()
        self.settle()

    def field(self, key: str):
        return self.screen.editor.form.findChild(object, f"exerciseField:{key}")


@pytest.fixture
def stage(desk: Desk, shown, qtbot: QtBot) -> Iterator[Library]:
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = ExercisesScreen(desk, lanes)
    shown(screen, 1310, 640)
    made = Library(screen, lanes, qtbot)
    made.open(Place.EXERCISES)
    yield made
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []


def test_every_exercise_is_shown_and_each_filter_narrows_them(stage: Library) -> None:
    screen = stage.screen
    every = len(screen.grid.shown())
    assert every == len(screen._seen.cards)
    for combo in (
        screen.filters.stage,
        screen.filters.position,
        screen.filters.region,
        screen.filters.muscle,
        screen.filters.equipment,
        screen.filters.minutes,
    ):
        combo.setCurrentIndex(1)
        combo.chosen.emit(combo.value())
        assert 0 < len(screen.grid.shown()) < every
        combo.setCurrentIndex(0)
        combo.chosen.emit(combo.value())
        assert len(screen.grid.shown()) == every


def test_a_star_is_found_by_the_filter(stage: Library) -> None:
    stage.pick(BRIDGE)
    stage.act("star")
    stage.screen.filters.pick.set_value("favourite")
    stage.screen.filters.pick.chosen.emit("favourite")
    assert stage.screen.grid.shown() == [BRIDGE]


def test_the_figure_moves_only_when_it_is_asked(stage: Library) -> None:
    stage.pick(BRIDGE)
    figure = stage.screen.pane.figure
    assert not figure.playing
    figure.setFocus()
    QTest.keyClick(figure, Qt.Key.Key_Space)
    assert figure.playing
    stage.screen.leave()
    assert not figure.playing


def test_the_ladder_leads_to_the_easier_one(stage: Library) -> None:
    stage.pick(BRIDGE)
    easier = stage.screen.pane.view.easier[0]
    press(stage.screen.pane.findChild(object, f"ladder:{easier}"))
    stage.settle()
    assert stage.screen.pane.view.card.id == easier


def test_hiding_can_be_taken_back(stage: Library) -> None:
    offered = []
    stage.screen.undoable.connect(lambda text, undo: offered.append(undo))
    stage.pick(BRIDGE)
    stage.act("hide")
    assert BRIDGE not in stage.screen.grid.shown()
    offered[0]()
    stage.settle()
    stage.settle()
    assert BRIDGE in stage.screen.grid.shown()


def test_a_new_exercise_is_made_with_a_posed_figure(stage: Library, desk: Desk) -> None:
    screen = stage.screen
    assert screen.primary() is screen.add
    press(screen.add)
    stage.settle()
    stage.field("name").set_value("Towel slide")
    press(screen.primary())
    stage.settle()
    assert stage.screen._editing
    assert "short_name" in {key for form in screen.editor.form._forms for key in form.problems()}
    for key, text in {
        "short_name": "Towel slide",
        "start": "Stand tall.",
        "steps": "Bend one knee.\nLower it slowly.",
        "muscles": "hamstrings",
    }.items():
        stage.field(key).set_value(text)
    press(screen.primary())
    stage.settle()
    stage.settle()
    assert not stage.screen._editing
    made = desk.library.exercise("own_towel_slide")
    assert made.exercise.steps == ("Bend one knee.", "Lower it slowly.")
    assert made.pose is not None
    assert screen.pane.view.card.origin == "own"


def test_photos_stand_in_for_the_figure(stage: Library, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(jpeg())
    stage.pick(BRIDGE)
    stage.act("edit")
    screen = stage.screen
    screen.editor.shown_by.set_value("photos")
    screen.editor._turn()
    screen.editor.photo_chosen.emit(file)
    stage.settle()
    press(screen.primary())
    stage.settle()
    stage.settle()
    assert len(desk.library.exercise(BRIDGE).photos) == 1
    assert screen.pane.photos[0].isVisible()
    assert not screen.pane.figure.isVisible()


def test_a_file_that_is_no_photo_is_refused_in_place(stage: Library, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"not a photo")
    press(stage.screen.add)
    stage.settle()
    stage.screen.editor.photo_chosen.emit(file)
    stage.settle()
    assert stage.screen.editor.problem.isVisible()


def test_nothing_typed_is_lost_by_leaving(stage: Library) -> None:
    press(stage.screen.add)
    stage.settle()
    QTest.keyClicks(stage.field("name"), "Towel")
    stage.screen.leave()
    stage.settle()
    assert not stage.screen.unkept()
    stage.open(Place.EXERCISES)
    assert stage.field("name").value() == "Towel"
    QTest.keyClick(stage.screen, Qt.Key.Key_Escape)
    assert stage.screen._editing


@pytest.fixture
def again(desk: Desk, shown, qtbot: QtBot) -> Iterator[Callable[[], Library]]:
    """Opens the screen of a program that was started anew."""
    made: list[Library] = []

    def start() -> Library:
        lanes = Lanes()
        screen = ExercisesScreen(desk, lanes)
        shown(screen, 1310, 640)
        made.append(Library(screen, lanes, qtbot))
        made[-1].open(Place.EXERCISES)
        made[-1].settle()
        return made[-1]

    yield start
    for one in made:
        one.lanes.wait_idle(10_000)
        one.lanes.stop()


def test_what_is_half_typed_survives_a_restart_with_figure_and_photo(
    stage: Library, desk: Desk, again: Callable[[], Library]
) -> None:
    press(stage.screen.add)
    stage.settle()
    QTest.keyClicks(stage.field("name"), "Towel")
    QTest.keyClick(stage.screen.editor.pose.canvas, Qt.Key.Key_Tab)
    QTest.keyClick(stage.screen.editor.pose.canvas, Qt.Key.Key_Up)
    posed = stage.screen.editor.pose.pose()
    stage.screen.editor.take_photo(clinic_exercises.photo(jpeg()))
    stage.screen.leave()
    stage.settle()
    other = again()
    assert other.screen._editing
    assert other.field("name").value() == "Towel"
    assert other.screen.editor.pose.pose() == posed
    assert len(other.screen.editor._photos) == 1
    press(other.screen.editor.cancel)
    other.settle()
    assert exercise_drafts.kept(desk) is None
    other.screen._undrop()
    assert other.field("name").value() == "Towel"
    other.screen.leave()
    other.settle()
    assert exercise_drafts.kept(desk) is not None


def test_saving_ends_the_draft_and_a_refused_saving_keeps_it(
    stage: Library, desk: Desk, again: Callable[[], Library]
) -> None:
    stage.pick(BRIDGE)
    stage.act("edit")
    stage.field("name").set_value("")
    stage.screen.editor.form.changed.emit()
    press(stage.screen.editor.save)
    stage.settle()
    stage.screen.leave()
    stage.settle()
    typed = exercise_drafts.kept(desk)
    assert typed is not None
    assert (typed.edited.id, typed.edited.tables["name"]) == (BRIDGE, "")
    stage.field("name").set_value("Our bridge")
    press(stage.screen.editor.save)
    stage.settle()
    assert not stage.screen._editing
    assert exercise_drafts.kept(desk) is None
    assert not again().screen._editing


def test_an_unchanged_exercise_is_saved_as_it_is(stage: Library, desk: Desk) -> None:
    for one in list(desk.library.exercises())[::9]:
        edited = clinic_exercises.edit(desk, one.exercise.id)
        stage.screen._begin(edited)
        back = stage.screen.editor.edited()
        saved = clinic_exercises.save(desk, back)
        again = desk.library.exercise(saved)
        assert again == one
        stage.screen._leave_page()
        stage.settle()


def test_a_newer_shipped_version_is_shown_beside_ours(stage: Library, desk: Desk) -> None:
    found = clinic_exercises.edit(desk, BRIDGE)
    mine = replace(found, tables={**found.tables, "pain_limit": 1}, based_on="older")
    clinic_exercises.save(desk, mine)
    undos: list = []
    stage.screen.undoable.connect(lambda _text, undo: undos.append(undo))
    stage.pick(BRIDGE)
    stage.act("keep_mine")
    assert stage.screen.pane.view.card.origin == "changed"
    stage.act("take_shipped")
    assert stage.screen.pane.view.card.origin == ""
    undos[-1]()
    stage.settle()
    stage.settle()
    assert stage.screen.pane.view.card.origin == "changed"


def test_files_go_out_and_come_in_again(stage: Library, desk: Desk, tmp_path: Path) -> None:
    made = clinic_exercises.save(desk, filled(desk))
    stage.screen.save_to(tmp_path / "towel.toml", made)
    stage.settle()
    assert (tmp_path / "towel.1.jpg").is_file()
    stage.screen.take(tmp_path / "towel.toml")
    stage.settle()
    stage.settle()
    assert len(desk.library.exercise("own_towel_slide_2").photos) == 1
    (tmp_path / "broken.toml").write_text("name = ")
    stage.screen.take(tmp_path / "broken.toml")
    stage.settle()
    assert stage.said[-1][1] == "problem"
    assert "broken.toml" in stage.said[-1][0]
