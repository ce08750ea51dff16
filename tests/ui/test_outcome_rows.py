"""Questionnaires in a row: opened in place, answered by key, and never answered by themselves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk.clinical.protocol import Item, Kind, Measure
from clinic_desk.library import Library
from clinic_desk.ui.forms.items import AnswerRow, build
from clinic_desk.ui.forms.outcome import ItemsField, ScoreField

LIBRARY = Library()
LAST = {
    "answers": {
        "activity_1": "Running", "rating_1": 3,
        "activity_2": "Stairs", "rating_2": 5,
        "activity_3": "Sitting", "rating_3": 5,
    }
}  # fmt: skip


def row_of(measure: str, shown, qtbot) -> AnswerRow:
    questionnaire = LIBRARY.protocol(measure)
    score = next(iter(questionnaire.scores.values()))
    item = Item(
        "m",
        Kind.OUTCOME,
        "Measure",
        measure=Measure(questionnaire, score),
        minimum=score.minimum,
        maximum=score.maximum,
        whole=score.whole,
    )
    row = shown(build(item, lambda text: text))
    qtbot.waitUntil(row.isActiveWindow)
    return row


def opened(row: AnswerRow, qtbot) -> ItemsField:
    control = row.control
    assert isinstance(control, ItemsField)
    control.opener.setFocus()
    qtbot.keyClick(control.opener, Qt.Key.Key_Space)
    return control


def focus() -> QWidget:
    """Where typing goes to, in the window of the row."""
    window = next(one for one in QApplication.topLevelWidgets() if one.focusWidget() is not None)
    held = window.focusWidget()
    assert held is not None
    return held


def type_in(qtbot, keys: str) -> None:
    qtbot.keyClicks(focus(), keys)


def tab(qtbot, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)


def test_three_activities_are_named_and_rated_by_key(shown, qtbot):
    row = row_of("psfs", shown, qtbot)
    field = opened(row, qtbot)
    for number, (name, rating) in enumerate((("Running", "3"), ("Stairs", "5"), ("Sitting", "5"))):
        asked = field.rows[f"activity_{number + 1}"]
        assert focus() is asked.control
        type_in(qtbot, name)
        tab(qtbot)
        rated = field.rows[f"rating_{number + 1}"]
        assert rated.isAncestorOf(focus())
        type_in(qtbot, rating)
        tab(qtbot)
    assert row.value() == LAST
    assert field.score.text() == "4.3 of 10"
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert field.isHidden()
    assert focus() is field.opener
    assert field.score.text() == "4.3 of 10"
    assert field.detail.text() == "running 3, stairs 5, sitting 5"
    assert "running 3" in field.opener.accessibleName()


def test_a_rating_is_asked_only_for_a_named_activity(shown, qtbot):
    field = opened(row_of("psfs", shown, qtbot), qtbot)
    assert [one for one, row in field.rows.items() if row.isVisible()] == ["activity_1"]
    type_in(qtbot, "Running")
    assert [one for one, row in field.rows.items() if row.isVisible()] == [
        "activity_1",
        "rating_1",
        "activity_2",
    ]


def test_the_last_activities_come_back_without_their_ratings(shown, qtbot):
    row = row_of("psfs", shown, qtbot)
    row.set_carried(LAST)
    assert row.value() is None
    field = opened(row, qtbot)
    assert row.value() is None
    assert field.rows["activity_2"].value() == "Stairs"
    assert field.rows["rating_2"].value() is None
    assert field.rows["rating_1"].isAncestorOf(focus())
    type_in(qtbot, "6")
    assert row.value() == {
        "answers": {
            "activity_1": "Running",
            "activity_2": "Stairs",
            "activity_3": "Sitting",
            "rating_1": 6,
        }
    }
    assert field.score.text() == "answered in part"


def test_an_undone_rating_leaves_no_answer_behind(shown, qtbot):
    row = row_of("psfs", shown, qtbot)
    row.set_carried(LAST)
    opened(row, qtbot)
    type_in(qtbot, "6")
    qtbot.keyClick(focus(), Qt.Key.Key_Backspace)
    assert row.value() is None


def test_down_offers_activities(shown, qtbot):
    field = opened(row_of("psfs", shown, qtbot), qtbot)
    line = field.rows["activity_1"].control
    qtbot.keyClick(line, Qt.Key.Key_Down)
    popup = line.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.rows["activity_1"].value() in ("Walking", "Running")


def test_a_score_from_paper_is_a_number_with_its_day(shown, qtbot):
    row = row_of("lefs", shown, qtbot)
    control = row.control
    assert isinstance(control, ScoreField)
    assert not control.day.isVisible()
    row.focus_first()
    type_in(qtbot, "54")
    assert row.value() == {"score": 54}
    tab(qtbot)
    type_in(qtbot, "1 feb 2026")
    tab(qtbot, 2)
    type_in(qtbot, "German")
    assert row.value() == {"score": 54, "on": "2026-02-01", "note": "German"}
    assert "copyright" in row.help.text()


def test_a_score_outside_the_range_is_no_answer(shown, qtbot):
    row = row_of("lefs", shown, qtbot)
    row.focus_first()
    type_in(qtbot, "81")
    assert row.value() is None
    assert "0 to 80" in row.problem.text


def test_a_day_that_cannot_be_read_keeps_the_score_from_being_taken(shown, qtbot):
    row = row_of("lefs", shown, qtbot)
    row.set_value({"score": 54})
    row.control.day.field.setFocus()
    type_in(qtbot, "yesterwhen")
    assert row.value() is None
    assert row.problem.text
