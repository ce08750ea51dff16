"""The ring goes around whatever has the focus; one ring moves, so that nothing is painted twice."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFocusFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def _window(qtbot: QtBot, *fields: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for field in fields:
        column.addWidget(field)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def _rings(window: QWidget) -> list[QFocusFrame]:
    return [ring for ring in window.findChildren(QFocusFrame) if ring.isVisible()]


def test_the_same_ring_moves_with_the_focus(qtbot: QtBot) -> None:
    one, other = QLineEdit(), QLineEdit()
    window = _window(qtbot, one, other)
    one.setFocus()
    (first,) = _rings(window)
    assert first.widget() is one
    other.setFocus()
    assert _rings(window) == [first]
    assert first.widget() is other
    assert first.geometry().contains(other.geometry())


def test_without_the_focus_there_is_no_ring_and_it_comes_back(qtbot: QtBot) -> None:
    one = QLineEdit()
    window = _window(qtbot, one, QLineEdit())
    one.setFocus()
    one.clearFocus()
    assert _rings(window) == []
    one.setFocus()
    assert [ring.widget() for ring in _rings(window)] == [one]


def test_a_page_that_goes_takes_its_ring_along_and_the_next_has_its_own(qtbot: QtBot) -> None:
    page, field, stays = QScrollArea(), QLineEdit(), QLineEdit()
    page.setWidget(field)
    window = _window(qtbot, page, stays)
    field.setFocus()
    assert page.isAncestorOf(_rings(window)[0])
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    stays.setFocus()
    assert [ring.widget() for ring in _rings(window)] == [stays]
