"""Making the patient's page ready while nobody types."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui import settling, warm
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.problems import Problems
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases.desk import Desk


@pytest.fixture
def nav(shown, desk: Desk):
    lanes = Lanes()
    window = shown(MainWindow(), 1366, 768)
    navigator = Navigator(window, desk, lanes, Problems(window, window.message))
    navigator.go(Ref(Place.TODAY))
    yield navigator
    assert lanes.wait_idle(10_000)
    assert lanes.stop()


def test_the_page_is_ready_before_it_is_opened_and_the_day_stays_in_front(
    nav: Navigator, alex: UUID, strain: UUID, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(warm, "QUIET_MS", 1)
    made = warm.Warmup(nav)
    qtbot.waitUntil(lambda: made.done, timeout=10_000)
    assert Place.PATIENT in nav._screens
    assert nav.here == Ref(Place.TODAY)
    ready = nav._screens[Place.PATIENT]
    assert not ready.isVisible()
    nav.go(Ref(Place.PATIENT, alex))
    assert nav.screen is ready


def test_a_key_puts_it_off_and_locking_ends_it(nav: Navigator, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(warm, "QUIET_MS", 60_000)
    made = warm.Warmup(nav)
    begun: list[int] = []
    monkeypatch.setattr(made._timer, "start", begun.append)
    QTest.keyClick(nav.window, Qt.Key.Key_Shift)
    assert 60_000 in begun
    made.stop()
    assert made.done
    assert not made._timer.isActive()
    assert Place.PATIENT not in nav._screens


def test_what_was_written_is_settled_when_the_records_rest(
    nav: Navigator, desk: Desk, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(settling, "QUIET_MS", 1)
    monkeypatch.setattr(desk.store, "_written", 1000)
    work = settling.Settling(desk, nav.lanes, nav)
    nav.lanes.run(lambda: None)
    qtbot.waitUntil(lambda: not desk.store.unsettled, timeout=5000)
    work.stop()
