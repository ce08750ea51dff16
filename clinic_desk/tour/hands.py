"""Hands for the real windows: they press, type and answer as a person does, and then look.

Nothing here calls a use case to make something happen; what happens goes through the widgets.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from clinic_desk.ui.forms.items import AnswerRow
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.choices import ChoiceField, ManyField
from clinic_desk.ui.widgets.dates import DateField, DurationField
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.pair import PairField
from clinic_desk.ui.widgets.segments import ScaleAnswer, Segments

PATIENCE_MS = 20_000
STILL_MS = 60  # before a picture: layouts and rows that were put off to a quiet moment
LOOK_MS = 10  # between two looks while waiting; the event loop runs meanwhile
W = TypeVar("W", bound=QWidget)


def _let_run(milliseconds: int) -> None:
    """Let the event loop run. QTest.qWait would hold Python's lock, and no lane could work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class StepFailed(Exception):
    """Something that a person would have seen did not happen."""


class Hands:
    """Works one window."""

    def __init__(self, window: MainWindow, lanes: Lanes) -> None:
        self.window, self.lanes = window, lanes

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is so; StepFailed names what never came."""
        patience = QDeadlineTimer(PATIENCE_MS)
        while not true():
            if patience.hasExpired():
                raise StepFailed(f"it never came: {what}")
            _let_run(LOOK_MS)
        self.settle()

    def settle(self) -> None:
        """Wait until no work is under way and the window is painted."""
        if not self.lanes.wait_idle(PATIENCE_MS):
            raise StepFailed("work did not end")
        _let_run(1)  # one turn of the event loop, in which what arrived is painted

    def find(self, name: str, kind: type[W], within: QWidget | None = None) -> W:
        """The visible widget with an object name."""
        for widget in (within or self.window).findChildren(kind, name):
            if widget.isVisible():
                return widget
        raise StepFailed(f"not on screen: {name}")

    def press(self, button: QAbstractButton) -> None:
        """Click a button that can be pressed."""
        if not button.isVisible() or not button.isEnabled():
            raise StepFailed(f"cannot be pressed: {button.text() or button.objectName()}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def press_named(self, name: str) -> None:
        self.press(self.find(name, QAbstractButton))

    def keys(self, text: str, target: QWidget | None = None) -> None:
        """Press keys, such as Ctrl+Return, where the focus is or on a widget."""
        stroke = QKeySequence(text)[0]  # type: ignore[index]
        target = target or QApplication.focusWidget() or self.window
        QTest.keyClick(target, stroke.key(), stroke.keyboardModifiers())
        self.settle()

    def type(self, field: QWidget, text: str) -> None:
        """Type into a field as it stands."""
        if not isinstance(field, QLineEdit | QPlainTextEdit):
            raise StepFailed(f"cannot be typed into: {field.objectName()}")
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        for place, line in enumerate(text.split("\n")):
            if place:
                QTest.keyClick(field, Qt.Key.Key_Return)
            QTest.keyClicks(field, line)
        if isinstance(field, QLineEdit) and text not in field.text():
            raise StepFailed(f"was not taken: {text}")

    def choose(self, segments: Segments, key: str) -> None:
        """Click one of several segments."""
        for segment in segments.segments:
            if segment.key == key:
                QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
                return
        raise StepFailed(f"no such segment: {key}")

    def pick(self, combo: QComboBox, data: object) -> None:
        """Choose an option of a list by the arrow keys."""
        # findData compares what Qt holds, not what Python means by equal
        held = [combo.itemData(row) for row in range(combo.count())]
        if data not in held:
            raise StepFailed(f"no such option: {data}")
        wanted = held.index(data)
        combo.setFocus(Qt.FocusReason.OtherFocusReason)
        while combo.currentIndex() != wanted:
            before = combo.currentIndex()
            QTest.keyClick(combo, Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up)
            if combo.currentIndex() == before:
                raise StepFailed(f"cannot be chosen: {data}")

    def answer(self, row: AnswerRow, value: object) -> None:
        """Answer one question of the evaluation by its own control."""
        control = row.control
        if isinstance(control, ChoiceField):
            if control.segments is not None:
                self.choose(control.segments, str(value))
            elif control.combo is not None:
                self.pick(control.combo, value)
        elif isinstance(control, ManyField) and isinstance(value, list):
            for chip in control.findChildren(QAbstractButton):
                if getattr(chip, "key", None) in value:
                    self.press(chip)
        elif isinstance(control, ScaleAnswer):
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            QTest.keyClicks(control.focusWidget() or control, str(value))
        elif isinstance(control, Segments):
            self.choose(control, str(value))
        elif isinstance(control, PairField) and isinstance(value, Mapping):
            for side, field in (("left", control.left), ("right", control.right)):
                if value.get(side) is not None:
                    self.type(field, str(value[side]))
        elif isinstance(control, DurationField) and isinstance(value, Mapping):
            self.type(control.number, str(value["value"]))
        elif isinstance(control, DateField):
            self.type(control.field, str(value))
        elif isinstance(control, NumberField | QLineEdit | QPlainTextEdit):
            self.type(control, str(value))
        else:
            raise StepFailed(f"no hand for {row.item.id}")
        if row.value() is None:
            raise StepFailed(f"the answer to {row.item.id} was not taken")

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole window."""
        self.settle()
        _let_run(STILL_MS)
        if not self.window.grab().save(str(path)):
            raise StepFailed(f"{path.name} could not be written")
