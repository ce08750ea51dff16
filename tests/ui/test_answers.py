"""Answers by key and by click: raw values are exactly what was answered."""

import pytest
from PySide6.QtCore import Qt

from clinic_desk.clinical.protocol import Choice, Item, Kind, Measure
from clinic_desk.library import Library
from clinic_desk.ui.forms.items import build
from clinic_desk.ui.widgets.dates import parse_day
from clinic_desk.ui.widgets.segments import Segments

CHOICES = (
    Choice("a", "Yes, a little"),
    Choice("b", "Walks with a limp that hurts"),
    Choice("c", "No"),
)


def row(kind, shown, **more):
    if kind is Kind.OUTCOME:
        psfs = Library().protocol("psfs")
        more.setdefault("measure", Measure(psfs, psfs.scores["mean"]))
    more.setdefault("choices", CHOICES if kind in (Kind.CHOICE, Kind.MANY) else ())
    made = build(Item("x", kind, "Question", "Help", **more), lambda text: text, "left")
    return shown(made)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_begins_as_not_asked(kind, shown):
    assert row(kind, shown).value() is None


VALUES = [
    (Kind.YES_NO, "no"), (Kind.YES_NO_UNSURE, "unsure"), (Kind.CHOICE, "b"),
    (Kind.MANY, ["a", "c"]), (Kind.MANY, []), (Kind.SCALE, 0), (Kind.SCALE, 10),
    (Kind.NUMBER, 7.5), (Kind.DATE, "2026-02-03"),
    (Kind.PAIR, {"left": 34, "right": 20}), (Kind.PAIR, {"left": 0, "right": None}),
    (Kind.DURATION, {"value": 3, "unit": "wk"}), (Kind.TEXT, "<b>&"),
    (Kind.OUTCOME, {"answers": {"activity_1": "Running", "rating_1": 0}}),
    (Kind.OUTCOME, {"score": 4.3, "on": "2026-02-01", "note": "paper"}),
    (Kind.NUMBER, "not_testable"),
    (Kind.MEDICINES, [{"name": "apixaban", "dose": "5 mg"}]), (Kind.MEDICINES, []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_raw_value_comes_back_as_it_went_in(kind, value, shown, qtbot):
    made = row(kind, shown)
    with qtbot.assertNotEmitted(made.changed):
        made.set_value(value)
    assert made.value() == value
    made.set_value("not_asked")
    assert made.value() is None


def test_letters_answer_and_backspace_takes_back(shown, qtbot):
    made = row(Kind.YES_NO_UNSURE, shown)
    made.focus_first()
    for key, wanted in (("y", "yes"), ("n", "no"), ("u", "unsure")):
        with qtbot.waitSignal(made.changed):
            qtbot.keyClicks(made.focusWidget(), key)
        assert made.value() == wanted
    qtbot.keyClick(made.focusWidget(), Qt.Key.Key_Backspace)
    assert made.value() is None


@pytest.mark.parametrize("kind", [{"view": True}, {"always": True}, {}])
def test_backspace_leaves_what_is_always_chosen(kind, shown, qtbot):
    made = shown(Segments([("one", "One"), ("two", "Two")], "Show", **kind))
    made.set_value("two")
    made.segments[1].setFocus()
    qtbot.keyClick(made.segments[1], Qt.Key.Key_Backspace)
    assert made.value() == ("two" if kind else None)


def test_u_means_nothing_where_unsure_is_no_answer(shown, qtbot):
    made = row(Kind.YES_NO, shown)
    made.focus_first()
    qtbot.keyClicks(made.focusWidget(), "u")
    assert made.value() is None


def test_one_then_zero_is_ten_but_zero_alone_is_zero(shown, qtbot):
    made = row(Kind.SCALE, shown)
    made.focus_first()
    qtbot.keyClicks(made.focusWidget(), "10")
    assert made.value() == 10
    qtbot.keyClicks(made.focusWidget(), "0")
    assert made.value() == 0


def test_a_zero_after_a_number_that_was_pressed_is_no_second_digit(shown, qtbot):
    made = row(Kind.SCALE, shown)
    made.focus_first()
    qtbot.keyClicks(made.focusWidget(), "1")
    made.control.segments[5].click()
    qtbot.keyClicks(made.focusWidget(), "0")
    assert made.value() == 0


def test_arrows_walk_through_the_segments(shown, qtbot):
    made = row(Kind.YES_NO, shown)
    made.focus_first()
    qtbot.keyClick(made.focusWidget(), Qt.Key.Key_Left)
    assert made.value() == "no"


def test_equals_copies_the_other_side(shown, qtbot):
    made = row(Kind.PAIR, shown, unit="°")
    made.set_value({"left": None, "right": 20})
    qtbot.keyClicks(made.control.left, "=")
    assert made.value() == {"left": 20, "right": 20}


def test_a_blank_side_is_not_zero(shown, qtbot):
    made = row(Kind.PAIR, shown)
    qtbot.keyClicks(made.control.left, "12")
    assert made.value() == {"left": 12, "right": None}


def test_a_number_out_of_range_is_no_answer_and_says_the_range(shown, qtbot):
    made = row(Kind.NUMBER, shown, unit="cm", minimum=0, maximum=30)
    qtbot.keyClicks(made.control, "31")
    assert made.value() is None
    assert "0 to 30 cm" in made.problem.text
    assert made.control.text() == "31"
    qtbot.keyClick(made.control, Qt.Key.Key_Backspace)
    assert made.value() == 3
    assert not made.problem.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3-4", None),  # two numbers, never 34
        ("1e3", None),
        ("5'", None),
        ("1/2", None),
        ("5 4", None),
        ("1,234", None),  # a thousand, or three decimals
        ("nan", None),
        ("5²", None),
        ("7,5", 7.5),
        ("7.5", 7.5),
        ("٣٤", 34),
        ("２０", 20),
        (" 20 ", 20),
        ("20 cm", 20),
        ("20CM", 20),
        ("20 mm", None),
        ("−3", None),  # a minus, and below the range
    ],
)
def test_a_number_is_read_whole_or_refused_in_words(typed, said, shown):
    one = row(Kind.NUMBER, shown, minimum=0, maximum=60, unit="cm")
    one.control.insert(typed)  # as pasted, or typed key by key
    one.control.textEdited.emit(one.control.text())
    assert one.value() == said
    assert one.control.text() == typed
    assert bool(one.problem.text) == (said is None)


def test_a_number_typed_with_its_unit_is_shown_as_it_was_read(shown, qtbot):
    one = row(Kind.NUMBER, shown, minimum=0, maximum=60, unit="cm")
    qtbot.keyClicks(one.control, "20 cm")
    one.control.editingFinished.emit()
    assert (one.control.text(), one.value()) == ("20", 20)


def test_what_could_not_be_tested_can_be_taken_back(shown, qtbot):
    made = row(Kind.NUMBER, shown)
    made.mark_not_testable()
    assert made.value() == "not_testable"
    made._off.click()
    assert made.value() is None


def test_none_of_these_is_an_answer_and_excludes_the_others(shown, qtbot):
    made = row(Kind.MANY, shown)
    made.control.chips[0].click()
    made.control._none.click()
    assert made.value() == []
    made.control.chips[1].click()
    assert made.value() == ["b"]


@pytest.mark.parametrize(
    "text", ["3 feb 2026", "03 Feb 2026", "2026-02-03", "3. February 2026", "feb 3, 2026"]
)
def test_a_day_with_its_month_in_words_is_read(text):
    assert parse_day(text).isoformat() == "2026-02-03"


@pytest.mark.parametrize(
    "text", ["03/02/2026", "03/02", "3.2.26", "31 feb 2026", "3 fee 2026", "soon"]
)
def test_a_doubtful_day_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        parse_day(text)


def test_the_wheel_changes_nothing(shown, qtbot):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    from clinic_desk.ui.widgets.numbers import Stepper

    stepper = shown(Stepper("Sets", 1, 9))
    stepper.set_value(3)
    point = QPointF(5, 5)
    none = Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(point, point, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, none,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(stepper.field, wheel)
    assert stepper.value() == 3


@pytest.mark.parametrize("text", ["14.6.1991", "14.06.1991", "14/6/1991", "6/14/1991", "14-6-1991"])
def test_numbers_that_name_one_day_only_are_that_day(text: str) -> None:
    assert parse_day(text).isoformat() == "1991-06-14"


def test_numbers_that_could_be_two_days_are_refused_with_both() -> None:
    assert parse_day("5.5.1991").isoformat() == "1991-05-05"
    for twofold in ("3/2/2026", "3-2-2026"):
        with pytest.raises(ValueError, match="03 Feb 2026 or 02 Mar 2026"):
            parse_day(twofold)
    for impossible in ("31/02/1990", "31.2.1990", "14.13.1991", "14.6/1991"):
        with pytest.raises(ValueError, match=r"no such day|Type the day"):
            parse_day(impossible)


@pytest.mark.parametrize("text", ["3.2.2026", "03.02.2026", "3. 2. 2026"])
def test_between_dots_the_day_stands_first(text: str) -> None:
    assert parse_day(text).isoformat() == "2026-02-03"
