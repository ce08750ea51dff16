"""The medication list: names typed, completed and added by the keyboard."""

import pytest
from PySide6.QtCore import Qt

from clinic_desk.clinical.protocol import Choice, Item, Kind
from clinic_desk.ui.forms.items import build
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.chips import Chip

CLASSES = (
    Choice("anticoagulant", "Anticoagulant", ("apixaban", "Eliquis"), "Bleeds"),
    Choice("statin", "Statin", ("simvastatin", "simcombi"), "Cramp"),
    Choice("ace_arb", "Pressure", ("ramipril", "simcombi"), ""),
)
ENTER = Qt.Key.Key_Return


@pytest.fixture
def made(shown):
    item = Item("medicines", Kind.MEDICINES, "Medicines taken now", choices=CLASSES)
    return shown(build(item, lambda text: text))


def enter(made, qtbot, text):
    qtbot.keyClicks(made.control.field, text)
    qtbot.keyClick(made.control.field, ENTER)


def chips(made):
    return [chip.text for row in made.control._rows for chip in row.findChildren(Chip)]


def test_a_name_is_completed_with_its_class_and_enter_adds_it(made, qtbot):
    with qtbot.waitSignal(made.changed):
        enter(made, qtbot, "apix")
    assert made.value() == [{"name": "apixaban", "class": "anticoagulant"}]
    assert chips(made) == ["Anticoagulant"]
    assert made.control.field.text() == ""


def test_a_dose_typed_behind_a_known_name_is_its_dose(made, qtbot):
    enter(made, qtbot, "Eliquis 5 mg twice a day")
    assert made.value() == [
        {"name": "Eliquis", "class": "anticoagulant", "dose": "5 mg twice a day"}
    ]


def test_a_dose_can_be_added_in_the_row(made, qtbot):
    enter(made, qtbot, "simvastatin")
    qtbot.keyClicks(made.control._rows[0].dose, "20 mg")
    assert made.value() == [{"name": "simvastatin", "class": "statin", "dose": "20 mg"}]


def test_an_unknown_name_is_kept_as_typed_and_a_close_one_only_offered(made, qtbot):
    enter(made, qtbot, "apixabam")
    assert made.value() == [{"name": "apixabam"}]
    assert chips(made) == ["Class not known"]
    offers = made.findChildren(Button)
    offer = next(one for one in offers if one.text() == "Is it apixaban?")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert made.value() == [{"name": "apixaban", "class": "anticoagulant"}]


def test_a_name_in_two_classes_shows_both(made, qtbot):
    enter(made, qtbot, "simcombi")
    assert chips(made) == ["Statin", "Pressure"]


def test_escape_keeps_what_was_typed_instead_of_the_completion(made, qtbot):
    qtbot.keyClicks(made.control.field, "sim")
    qtbot.keyClick(made.control.completer.popup(), Qt.Key.Key_Escape)
    qtbot.keyClick(made.control.field, ENTER)
    assert made.value() == [{"name": "sim"}]


def test_takes_none_is_an_answer_and_not_the_same_as_not_asked(made, qtbot):
    assert made.value() is None
    qtbot.mouseClick(made.control.none, Qt.MouseButton.LeftButton)
    assert made.value() == []
    qtbot.mouseClick(made.control.none, Qt.MouseButton.LeftButton)
    assert made.value() is None


def test_adding_a_medicine_takes_back_takes_none(made, qtbot):
    qtbot.mouseClick(made.control.none, Qt.MouseButton.LeftButton)
    enter(made, qtbot, "ramipril")
    assert made.value() == [{"name": "ramipril", "class": "ace_arb"}]
    assert not made.control.none.isChecked()


def test_takes_none_never_empties_a_list(made, qtbot):
    enter(made, qtbot, "ramipril")
    qtbot.mouseClick(made.control.none, Qt.MouseButton.LeftButton)
    assert made.value() == [{"name": "ramipril", "class": "ace_arb"}]


def test_delete_in_an_empty_dose_takes_the_medicine_off(made, qtbot):
    enter(made, qtbot, "ramipril")
    row = made.control._rows[0]
    with qtbot.waitSignal(made.changed):
        qtbot.keyClick(row.dose, Qt.Key.Key_Delete)
    assert made.value() is None


def test_the_same_medicine_stands_once(made, qtbot):
    enter(made, qtbot, "ramipril")
    enter(made, qtbot, "RAMIPRIL")
    assert made.value() == [{"name": "ramipril", "class": "ace_arb"}]


def test_every_part_has_a_name_of_its_own(made, qtbot):
    enter(made, qtbot, "ramipril")
    names = [made.control.field.accessibleName(), made.control.none.accessibleName()]
    names += [
        made.control._rows[0].dose.accessibleName(),
        made.control._rows[0].off.accessibleName(),
    ]
    assert all(names)
    assert len(set(names)) == 4


@pytest.mark.parametrize(
    ("typed", "names", "left"),
    [
        ("ramipril 5 mg, apixaban 5 mg", ["ramipril", "apixaban"], ""),
        ("apixaban, 5 mg, twice a day", ["apixaban"], ""),
        ("ramipril and apixaban", ["ramipril", "apixaban"], ""),
        ("Eliquis\u00ae; apixaban (Eliquis) 5 mg", ["Eliquis\u00ae", "apixaban"], ""),
        ("salt and pepper", ["salt and pepper"], ""),
        ("ramipril, " + "x" * 81, ["ramipril"], "x" * 81),
    ],
)
def test_a_pasted_list_becomes_its_medicines_and_nothing_of_it_is_lost(made, typed, names, left):
    made.control.add(typed)
    assert [one["name"] for one in made.value()] == names
    assert made.control.field.text() == left
    assert bool(made.control.problem_text.text()) is bool(left)


def test_typing_none_says_that_none_is_taken_and_never_beside_a_medicine(made, qtbot):
    enter(made, qtbot, "none")
    assert made.value() == []
    enter(made, qtbot, "ramipril")
    made.control.add("None.")
    assert made.value() == [{"name": "ramipril", "class": "ace_arb"}]
    assert "Take them off first" in made.control.problem_text.text()


def test_a_misspelt_name_set_right_stands_on_the_list_once(made, qtbot):
    enter(made, qtbot, "apixaban")
    enter(made, qtbot, "apixabam")
    offer = next(one for one in made.findChildren(Button) if one.text() == "Is it apixaban?")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert made.value() == [{"name": "apixaban", "class": "anticoagulant"}]


def test_another_dose_of_a_medicine_on_the_list_is_never_dropped(made):
    made.control.add("apixaban")
    made.control.add("apixaban 5 mg")
    assert made.value()[0]["dose"] == "5 mg"
    made.control.add("apixaban 2.5 mg")
    assert made.value()[0]["dose"] == "5 mg"
    assert made.control.field.text() == "apixaban 2.5 mg"
    assert "on the list already" in made.control.problem_text.text()
