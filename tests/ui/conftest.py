"""Real widgets without a screen; after each test nothing may be left behind."""

import gc
import os
import threading

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication

from clinic_desk.ui import theme
from clinic_desk.ui.tasks import Lanes
from tests.ui.desk_stage import Stage

_started = False


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def look(qapp: QApplication):
    """The light theme at 100 %, whatever a test before did."""
    global _started
    if not _started:
        theme.start(qapp, "light")
        theme.settle(qapp)
        _started = True
    elif theme.is_dark() or theme.zoom() != 100:
        theme.apply(qapp, "light", 100)


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, look: None):
    """No top-level widget, no live thread and no running timer of the program survives a test."""
    threads = set(threading.enumerate())
    # what stands already is no work of this test: neither collected nor looked through after it
    gc.freeze()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in qapp.topLevelWidgets() if widget.parent() is None]
    assert not left, f"top-level widgets are left: {left}"
    running = [
        held
        for held in gc.get_objects()
        if isinstance(held, QThread) and _alive(held) and held.isRunning()
    ]
    assert not running, f"threads are left: {running}"
    ticking = [
        held
        for held in gc.get_objects()
        if isinstance(held, QTimer) and _alive(held) and held.isActive()
    ]
    assert not ticking, f"timers are left: {ticking}"
    # Python remembers an ended QThread as a dummy; the check above has seen that it ended
    real = {one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}
    assert real <= threads


def _alive(held: QObject) -> bool:
    from shiboken6 import isValid

    return isValid(held) and held.thread() is not None and QThread.currentThread() is not held


@pytest.fixture
def shown(qtbot):
    """Show a widget in a window; it is closed and deleted after the test."""
    kept = []

    def show(widget, width=900, height=600):
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        kept.append(widget)
        return widget

    yield show
    for widget in kept:
        widget.close()
        widget.deleteLater()


@pytest.fixture
def stage(shown, qtbot, desk):
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)

    def make(kind):
        screen = kind(desk, lanes)
        shown(screen, 1310, 640)
        return Stage(screen, lanes, qtbot)

    yield make
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []
