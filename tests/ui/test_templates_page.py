"""The clinic's program templates on screen: looked at, copied, changed, hidden, given up."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.exercises import ExercisesScreen
from clinic_desk.ui.screens.program import ProgramScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import programs, shelf, template_library
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press
from tests.ui.paper_stage import PaperStage


class Templates(Stage):
    screen: ExercisesScreen

    def pick(self, template: str) -> None:
        self.screen.programs._open(template)
        self.settle()

    def act(self, act: str) -> None:
        press(self.screen.programs.pane.buttons[act])
        self.settle()
        self.settle()

    def field(self, key: str):
        return self.screen.programs.form.findChild(QWidget, f"templateField:{key}")

    def save(self) -> None:
        press(self.screen.primary())
        self.settle()
        self.settle()

    @property
    def chosen(self) -> str:
        return self.screen.programs._chosen


@pytest.fixture
def stage(desk: Desk, shown, qtbot: QtBot) -> Iterator[Templates]:
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = ExercisesScreen(desk, lanes)
    shown(screen, 1310, 640)
    made = Templates(screen, lanes, qtbot)
    made.open(Place.EXERCISES)
    press(screen.templates)
    made.settle()
    yield made
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []


def test_all_templates_are_listed_and_one_is_shown_in_full(stage: Templates, desk: Desk) -> None:
    page = stage.screen.programs
    assert page.model.rowCount() == len(desk.library.templates())
    stage.pick("subacute")
    assert page.pane.name.text() == shelf.template(desk.library, "subacute").name
    QTest.keyClick(stage.screen, Qt.Key.Key_Escape)
    assert stage.screen.pages.currentIndex() == 0


def test_a_copy_is_changed_and_saved_and_offered_in_the_builder(
    stage: Templates, desk: Desk, strain: UUID
) -> None:
    stage.pick("subacute")
    stage.act("copy")
    assert stage.screen.unkept()
    stage.field("name").set_value("Gentle middle weeks")
    picked = stage.field("exercises")
    before = picked.value()
    press(picked.findChild(QWidget, f"picked:down:{before[0]}"))
    press(picked.findChild(QWidget, f"picked:remove:{before[3]}"))
    picked.add.chosen.emit("s1_clam")
    stage.save()
    made = stage.chosen
    assert made == "own_gentle_middle_weeks"
    assert not stage.screen.unkept()
    lines = programs.from_template(desk, strain, made).lines
    expected = [before[1], before[0], before[2], "s1_clam"]
    assert [line.exercise for line in lines] == expected
    assert made in {row.id for row in programs.builder(desk, strain).templates}


def test_a_criterion_keeps_what_it_reads_unless_its_words_change(
    stage: Templates, desk: Desk
) -> None:
    stage.pick("subacute")
    stage.act("edit")
    lines = stage.field("criterion").value().splitlines()
    stage.field("criterion").set_value("\n".join([*lines[1:], "Sleeps through"]))
    stage.save()
    criteria = shelf.template(desk.library, "subacute").criteria
    shipped = desk.library.shipped_plans().templates["subacute"].criteria
    assert criteria[:-1] == shipped[1:]
    assert (criteria[-1].text, criteria[-1].when) == ("Sleeps through", None)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(stage: Templates) -> None:
    press(stage.screen.primary())
    stage.settle()
    QTest.keyClicks(stage.field("name"), "x" * 120)
    stage.save()
    form = stage.screen.programs.form
    assert set(form._forms[0].problems()) == {"name", "exercises"}
    QTest.keyClick(stage.screen, Qt.Key.Key_Escape)
    assert stage.screen.programs.editing
    stage.open(Place.EXERCISES)
    assert stage.field("name").value() == "x" * 120


def test_hiding_and_taking_the_shipped_version_can_be_taken_back(
    stage: Templates, desk: Desk
) -> None:
    undos: list = []
    stage.screen.undoable.connect(lambda _text, undo: undos.append(undo))
    stage.pick("comp_2")
    stage.act("hide")
    assert "comp_2" not in {one.id for one in desk.library.templates()}
    undos[-1]()
    stage.settle()
    assert "comp_2" in {one.id for one in desk.library.templates()}
    stage.act("edit")
    stage.field("name").set_value("Our second weeks")
    stage.save()
    stage.act("take_shipped")
    assert template_library.view(desk, "comp_2").card.origin == ""
    undos[-1]()
    stage.settle()
    assert shelf.template(desk.library, "comp_2").name == "Our second weeks"


def test_the_builder_leads_to_the_templates(
    desk: Desk, strain: UUID, shown, qtbot: QtBot, stage: Templates
) -> None:
    lanes = Lanes()
    builder = PaperStage(ProgramScreen(desk, lanes), lanes, qtbot)
    shown(builder.screen, 1310, 640)
    builder.open(Place.PROGRAM, strain)
    menu = builder.screen.library._menu
    next(one for one in menu.actions() if one.objectName() == "everyTemplate").trigger()
    wanted = builder.asked[-1]
    assert (wanted.place, wanted.extra) == (Place.EXERCISES, "templates")
    stage.screen.open(wanted)
    assert stage.screen.pages.currentWidget() is stage.screen.programs
    lanes.wait_idle(10_000)
    lanes.stop()
