"""The message bar: whole at any width, heard, and patient with who is on it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from clinic_desk.ui.widgets import message_bar
from clinic_desk.ui.widgets.message_bar import MessageBar


@pytest.fixture
def bar(shown, qtbot) -> MessageBar:
    made = shown(MessageBar(), 1166, 60)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close_message()


def test_a_long_name_never_pushes_undo_out(bar: MessageBar) -> None:
    for name in ("Wolfeschlegelsteinhausenbergerdorff" * 6, "Anna " * 60):
        text = f"{name} is archived. What names them goes on naming them."
        bar.say(text, "done", "Undo", lambda: None)
        bar.resize(1166, bar.heightForWidth(1166))
        place = bar.action.geometry()
        assert bar.minimumSizeHint().width() < 600
        assert bar.action.isVisible()
        assert bar.rect().contains(place)
        assert place.width() >= bar.action.sizeHint().width()
        assert bar.text == text  # as it was said, whatever the eye is shown


def test_it_is_read_aloud_with_the_way_to_its_button(
    bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []
    monkeypatch.setattr(
        message_bar.QAccessible, "updateAccessibility", lambda event: heard.append(event)
    )
    bar.say("Task done.", "done", "Undo", lambda: None)
    assert [one.type() for one in heard] == [
        QAccessible.Event.Alert,
        QAccessible.Event.Announcement,
    ]
    assert heard[1].message() == "Task done. Undo: F6, then Space."
    assert bar.action.accessibleName() == "Undo: Task done."


def test_it_stays_while_the_keyboard_is_on_it(bar: MessageBar, qtbot) -> None:
    bar.say("Task done.", "done", "Undo", lambda: None)
    bar.action.setFocus(Qt.FocusReason.TabFocusReason)
    bar._over()
    assert bar.isVisible()
    QTest.keyClick(bar.action, Qt.Key.Key_Space)
    assert not bar.isVisible()
