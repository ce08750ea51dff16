"""Values as they are typed: refused, asked about, confirmed, kept as typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.library import Library
from clinic_desk.ui.forms import items
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, answers, focused, signed, start
from tests.usecases.answers import STRAIN

__all__ = ["at"]  # the fixture


CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_pair_says_its_deficit_while_typing_and_what_it_was(
    at: VisitStage, desk: Desk, strain
) -> None:
    before = STRAIN | {"ake": {"left": 41, "right": 20}}
    signed(desk, strain, before)
    at.open(start(desk, strain, {k: v for k, v in STRAIN.items() if k != "ake"}))
    at.screen.go_to_item("ake")
    at.keys("34")
    pair = at.child("item:ake").control
    assert pair._deficit.text() == "Enter right side"
    at.key(Qt.Key.Key_Tab)
    assert pair.right.hasFocus()
    at.keys("20")
    assert pair._deficit.text() == "14° less"
    assert (pair._last.text(), pair._change.text()) == ("21° less", "7° better")
    at.key(Qt.Key.Key_Return)
    assert at.child("item:slr").control.left.hasFocus()


def test_an_impossible_value_is_refused_beside_the_field(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    at.screen.go_to_item("ake")
    field = focused()
    field.selectAll()
    at.keys("400")
    row = at.child("item:ake")
    assert "120" in row.problem.text
    assert row.problem.isVisible()
    assert field.hasFocus()
    assert at.screen.draft.answer("ake") == {"left": None, "right": 20}
    assert not row.control._bar.isVisible()
    at.screen.draft.set_answer("ake", {"left": 400, "right": 20})  # as an older record holds it
    at.settle()
    assert row.problem.isVisible()
    assert not row.control._bar.isVisible()
    assert row.control._deficit.text() == ""


def test_an_injury_before_birth_is_refused_beside_the_field(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, {"complaint": "sudden_injury"}))
    row = at.child("item:injury_date")
    at.screen.draft.set_answer("injury_date", "1980-01-01")
    at.settle()
    assert row.problem.text


def test_undo_works_while_a_number_is_being_typed(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.screen.go_to_item("days_to_painfree_walk")
    focused().selectAll()
    at.keys("9")
    assert at.screen.draft.answer("days_to_painfree_walk") == 9
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.screen.draft.answer("days_to_painfree_walk") == 6
    assert focused().text() == "6"


ACTIVITIES = {
    "answers": {
        "activity_1": "Running",
        "rating_1": 2,
        "activity_2": "Climbing stairs",
        "rating_2": 4,
        "activity_3": "Sitting for long",
        "rating_3": 5,
    }
}


def test_the_activities_of_the_last_visit_are_rated_anew_by_digits(
    at: VisitStage, desk: Desk, strain, clock
) -> None:
    before = STRAIN | {"pain_now": 7, "psfs": ACTIVITIES, "measures_today": ["lefs"]}
    signed(desk, strain, before | {"lefs": {"score": 40}})
    clock.move(days=7)
    visit = visits.start(desk, strain)
    at.open(visit)
    for item in ("complaint", "injury_date"):
        at.screen.draft.set_answer(item, STRAIN[item])
    at.settle()
    assert at.screen.go_to_item("psfs")
    at.settle()
    at.keys(" ")
    for digit in "467":
        at.keys(digit)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)  # past the activity, which stays as it is
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    at.settle()
    rated = at.screen.draft.answer("psfs")
    assert rated == {
        "answers": ACTIVITIES["answers"] | {"rating_1": 4, "rating_2": 6, "rating_3": 7}
    }
    row = at.child("item:psfs")
    assert row.from_last.text() == (
        "03 Feb 2026: 3.7 of 10; 2.0 better, at the measurement error of 2; each activity against "
        "the measurement error of 3: running 2 better, within it; climbing stairs 2 better, "
        "within it; sitting for long 2 better, within it"
    )
    at.screen.draft.sheet.undo()
    at.settle()
    assert at.screen.draft.answer("psfs") != rated
    assert row.value() == at.screen.draft.answer("psfs")


def test_an_unusual_value_is_asked_about_until_it_is_confirmed(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, {**STRAIN, "ake": {"left": 34, "right": 20}})
    at.open(visit)
    at.screen.go_to_item("ake")
    field = focused()
    field.selectAll()
    at.keys("100")
    row = at.child("item:ake")
    assert row.doubt.text == "Left 100° is unusual: more than 90°. Is it right?"
    assert not row.problem.isVisible()
    assert at.screen.draft.answer("ake") == {"left": 100, "right": 20}
    row.doubt.button.click()
    at.settle()
    assert row.doubt.text == ""
    at.screen.leave()
    at.settle()
    assert visits.open_visit(desk, visit).content.confirmed == {"ake": {"left": 100, "right": 20}}
    field.selectAll()
    at.keys("101")
    assert row.doubt.text.startswith("Left 101°")
    field.selectAll()
    at.keys("34")
    assert row.doubt.text == ""


def test_a_pair_of_the_other_side_alone_is_asked_about_once_it_was_left(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, {k: v for k, v in STRAIN.items() if k != "ake"}))
    at.screen.go_to_item("ake")
    at.key(Qt.Key.Key_Tab)
    at.keys("20")  # the case is on the left
    row = at.child("item:ake")
    assert row.doubt.text == ""  # the left may come yet
    at.key(Qt.Key.Key_Tab)
    said = "Only the right side was measured; the case is on the left. Is it right?"
    assert row.doubt.text == said
    row.control.left.setFocus()
    at.keys("34")
    assert row.doubt.text == ""


def test_a_confirmation_is_one_step_of_undo(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, {**STRAIN, "ake": {"left": 100, "right": 20}}))
    at.screen.go_to_item("ake")
    row = at.child("item:ake")
    row.doubt.button.click()
    at.settle()
    at.screen.draft.sheet.undo()
    at.settle()
    assert row.doubt.text


def test_medicines_typed_by_name_are_answers_that_undo_takes_back(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, {"complaint": "cramp"})
    at.open(visit)
    at.screen.go_to_item("medicines")
    at.keys("simvast")
    at.key(Qt.Key.Key_Return)
    wanted = [{"name": "simvastatin", "class": "statin"}]
    assert at.screen.draft.answer("medicines") == wanted
    assert "rf_cramp_meds" in [one.id for one in at.screen.draft.findings().red_flags]
    at.screen.draft.sheet.undo()
    at.settle()
    assert at.screen.draft.answer("medicines") is None
    assert at.child("item:medicines").value() is None


def test_fahrenheit_is_recognised_beside_the_field(shown, qtbot: QtBot) -> None:
    thigh = Library().protocol("posterior-thigh")
    row = shown(items.build(thigh.item("temperature_c"), thigh.say))
    qtbot.keyClicks(row.control, "97")
    assert row.problem.text.endswith("97 looks like Fahrenheit: that is 36.1 °C.")
    assert row.value() is None


def test_a_temperature_is_typed_in_the_unit_of_the_settings_and_kept_as_typed(
    shown, qtbot: QtBot
) -> None:
    thigh = Library().protocol("posterior-thigh")
    item = thigh.item("temperature_c")
    row = shown(items.build(item, thigh.say, typed_in={"°C": "°F"}))
    assert row.control.unit == "°F"
    assert row.help.text() == "97.0 to 100.4 °F"
    qtbot.keyClicks(row.control, "101.3")
    assert row.problem.text == ""
    assert row.value() == {"value": 101.3, "unit": "°F"}
    row.set_value(38.5)  # as it was typed before the settings were changed
    assert (row.control.text(), row.value()) == ("101.3", 38.5)
    row.control.clear()
    qtbot.keyClicks(row.control, "38.5")
    assert row.problem.text == "86 to 113 °F can be entered."
    assert row.value() is None
    celsius = shown(items.build(item, thigh.say))
    celsius.set_value({"value": 101.3, "unit": "°F"})
    assert (celsius.control.text(), celsius.control.unit) == ("38.5", "°C")
    assert celsius.value() == {"value": 101.3, "unit": "°F"}


def test_a_region_marked_on_the_body_chart_is_kept_compared_and_undone(
    at: VisitStage, desk: Desk, strain
) -> None:
    calf = {"region": "calf_back", "side": "left", "type": "pain", "intensity": 6}
    signed(desk, strain, {**STRAIN, "body_chart": {"marks": [calf]}})
    visit = start(desk, strain, {})
    at.open(visit)
    assert at.screen.go_to_item("body_chart")
    chart = at.child("item:body_chart").control
    QTest.mouseClick(chart.open_button, Qt.MouseButton.LeftButton)
    assert "pain 6 of 10 in the left calf" in chart.panel.since.text()
    regions = chart.panel.regions
    QTest.keyClicks(regions.field, "heel left")
    QTest.keyClick(regions.field, Qt.Key.Key_Down)
    QTest.keyClicks(regions.list, "4")
    heel = {**calf, "region": "heel", "intensity": 4}
    at.qtbot.waitUntil(
        lambda: answers(desk, visit) == {"body_chart": {"marks": [heel]}}, timeout=5000
    )
    QTest.keyClick(regions.list, Qt.Key.Key_Delete)
    assert chart.value() is None
    at.screen.draft.sheet.undo()
    assert chart.value() == {"marks": [heel]}
    assert "Gone: Pain in the left calf: was 6." in chart.panel.since.text()


def test_a_zero_typed_after_coming_back_to_a_scale_is_never_a_ten(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    assert at.screen.go_to_item("pain_at_injury")
    at.keys("10")
    assert at.screen.draft.answer("pain_at_injury") == 10
    at.keys("1")
    assert at.screen.go_to_item("pop")
    assert at.screen.go_to_item("pain_at_injury")
    at.keys("0")
    assert at.screen.draft.answer("pain_at_injury") == 0


def test_what_was_refused_in_a_field_is_said_on_the_way_to_the_note(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    assert at.screen.go_to_item("palpation_length_cm")
    focused().selectAll()
    at.keys("400")
    at.screen.go_to_step("story")
    at.press("toNote")
    (said,) = [text for text, kind in at.said if kind == "problem"]
    assert said.startswith("Not recorded as it is typed: ")
    assert "0 to 60 cm can be entered" in said
