"""Ctrl+Z in any field of any form gives back what stood there before."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from clinic_desk.ui import parts
from clinic_desk.ui.forms import former_values
from clinic_desk.ui.forms.former_values import FormerValues
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.desk import Desk

# Forms that begin with what a screen hands them; they are opened on their screens' own tests.
_NOT_ALONE = {"CaseContactsCard"}
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left)


def forms() -> Iterator[type[QWidget]]:
    for found in pkgutil.iter_modules(parts.__path__):
        module = importlib.import_module(f"{parts.__name__}.{found.name}")
        for kind in vars(module).values():
            if (
                inspect.isclass(kind)
                and kind.__module__ == module.__name__
                and issubclass(kind, QWidget)
                and kind.__name__.endswith(("Form", "ClosedPartsCard", "EndCard", "ChaseCard"))
                and kind.__name__ not in _NOT_ALONE
            ):
                yield kind


def made(kind: type[QWidget], screen: Screen) -> QWidget:
    given = {"desk": screen.desk, "lanes": screen.lanes, "today": date(2026, 2, 3)}
    given |= {"screen": screen, "parent": None}
    names = list(inspect.signature(kind.__init__).parameters)[1:]
    return kind(**{name: given.get(name, "Words") for name in names})


def change(widget: QWidget) -> None:
    """What a person does there by keys."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        QTest.keyClicks(widget, "7")
        return
    for key in _KEYS[2:] if isinstance(widget, QComboBox) else _KEYS:  # Space opens its list
        before = former_values._value(former_values._field_of(widget))
        QTest.keyClick(widget, key)
        if former_values._value(former_values._field_of(widget)) != before:
            return


def fields(page: QWidget) -> Iterator[QWidget]:
    """What takes the focus and stands in a field."""
    for widget in page.findChildren(QWidget):
        typed = isinstance(
            widget, QLineEdit | QPlainTextEdit | QComboBox | QAbstractSpinBox | QAbstractButton
        )
        able = (
            widget.isVisible() and widget.isEnabled() and not getattr(widget, "isReadOnly", bool)()
        )
        if typed and able and former_values._field_of(widget) is not None:
            yield widget


def test_every_field_of_every_form_gives_back_its_former_value(desk: Desk, shown, qtbot) -> None:
    lanes = Lanes()
    window = QWidget()
    QVBoxLayout(window)
    FormerValues(window)
    screen = Screen(desk, lanes, window)
    shown(window, 1000, 900)
    qtbot.waitUntil(window.isActiveWindow)
    wrong, tried = [], 0
    for kind in forms():
        form = made(kind, screen)
        window.layout().addWidget(form)
        form.show()
        lanes.wait_idle(5_000)
        for widget in list(fields(form)):
            widget.setFocus()
            field = former_values._field_of(widget)
            if QApplication.focusWidget() is not widget or field is None:
                continue
            before = former_values._value(field)
            change(widget)
            if former_values._value(field) == before:
                continue
            tried += 1
            undo(QApplication.focusWidget() or widget)
            if former_values._value(field) != before:
                wrong.append((kind.__name__, type(field).__name__, field.accessibleName()))
        form.hide()
        form.setParent(None)
        form.deleteLater()
    qtbot.wait(300)  # what a pause in typing looks up
    lanes.wait_idle(5_000)
    lanes.stop()
    assert wrong == []
    assert tried > 100


@pytest.fixture
def page(shown, qtbot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    FormerValues(window)
    shown(window, 500, 400)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def put(page: QWidget, *fields: QWidget) -> None:
    for one in fields:
        page.layout().addWidget(one)
        one.show()


def undo(widget: QWidget, more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | more)


def test_steps_go_back_one_by_one_and_forward_again(page: QWidget) -> None:
    number, said = Stepper("Sets", 1, 9), []
    number.changed.connect(lambda: said.append(number.value()))
    put(page, number)
    spin = number.findChild(QAbstractSpinBox)
    spin.setFocus()
    first = number.value()
    for _step in range(2):
        QTest.keyClick(spin, Qt.Key.Key_Up)
    undo(spin)
    undo(spin)
    assert number.value() == first
    undo(spin, Qt.KeyboardModifier.ShiftModifier)
    assert number.value() == first + 1
    assert said[-1] == first + 1  # who listens knows it


def test_what_a_form_is_filled_with_is_no_step(page: QWidget) -> None:
    choice, other = ComboBox("Side"), TextField("Other")
    choice.fill([("left", "Left"), ("right", "Right"), ("both", "Both")])
    put(page, choice, other)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    other.setFocus()
    choice.set_value("both")  # another patient's
    choice.setFocus()
    undo(choice)
    assert choice.value() == "both"


def test_a_date_that_was_written_out_comes_back_as_it_was(page: QWidget) -> None:
    day, side = DateField(), Segments([("left", "Left"), ("right", "Right")], "Side")
    day.set_value("2026-02-01")
    put(page, day, side)
    line = day.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "3 Feb 2026")
    side.setFocus()
    assert day.value() == "2026-02-03"
    line.setFocus()
    undo(line)
    assert day.value() == "2026-02-01"
