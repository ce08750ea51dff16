"""Qt objects are destroyed on the GUI thread, whichever thread makes the garbage."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from clinic_desk.ui import garbage
from clinic_desk.ui.tasks import Lanes


class Cycle(QObject):
    """Only the collector can free it; a live timer makes it matter where."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        self.timer = QTimer()
        self.timer.start(3_600_000)


def allocate() -> list[list[object]]:
    """Enough at a time for Python's own collector to run."""
    return [[] for _ in range(2_000)]


@pytest.mark.parametrize("lane", ["records", "papers"])
def test_a_cycle_dies_on_the_gui_thread(
    qtbot: QtBot, lane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "PAUSE_MS", 20)
    lanes = Lanes()
    ended: list[threading.Thread] = []
    held: list[object] = []

    def is_gone() -> bool:
        held.append(allocate())
        return bool(ended)

    lanes.run(lambda: None, lane=lane)  # type: ignore[arg-type]
    weakref.finalize(Cycle(), lambda: ended.append(threading.current_thread()))
    allocated = threading.Event()

    def work() -> None:
        kept = [allocate() for _ in range(200)]
        allocated.set()
        del kept

    lanes.run(work, lane=lane)  # type: ignore[arg-type]
    try:
        assert allocated.wait(10)  # the GUI thread itself allocates nothing meanwhile
        qtbot.waitUntil(is_gone, timeout=10_000)
    finally:
        lanes.wait_idle(10_000)
        lanes.stop()
    assert ended == [threading.main_thread()]


def test_python_collects_by_itself_again_when_the_lanes_have_ended() -> None:
    assert gc.isenabled()
    first, second = Lanes(), Lanes()
    for lanes in (first, second):
        lanes.run(lambda: None)
    assert not gc.isenabled()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    second.stop()
    assert gc.isenabled()
