"""Work in lanes: in order, latest wins, and nobody dead is called."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread

from clinic_desk.ui.tasks import Lanes


class Receiver(QObject):
    def __init__(self):
        super().__init__()
        self.got, self.errors, self.threads = [], [], []

    def take(self, value):
        self.threads.append(QThread.currentThread())
        self.got.append(value)

    def fail(self, error):
        self.errors.append(error)


@pytest.fixture
def lanes(qapp):
    made = Lanes()
    yield made
    assert made.stop()
    made.deleteLater()


def test_results_come_in_order_on_the_gui_thread(lanes, qapp):
    to = Receiver()
    for number in range(20):
        lanes.run(lambda number=number: number, to.take)
    assert lanes.wait_idle()
    assert to.got == list(range(20))
    assert set(to.threads) == {qapp.thread()}


def test_work_runs_off_the_gui_thread_and_lanes_do_not_wait_for_each_other(lanes):
    to, gate = Receiver(), threading.Event()
    lanes.run(
        lambda: (gate.wait(5), threading.current_thread() is threading.main_thread())[1], to.take
    )
    lanes.run(gate.set, lane="papers")
    assert lanes.wait_idle()
    assert to.got == [False]


def test_a_newer_search_supersedes_the_older(lanes):
    to, gate, ran = Receiver(), threading.Event(), []
    lanes.run(lambda: gate.wait(5))
    for word in ("h", "ha", "ham"):
        lanes.run(lambda word=word: ran.append(word) or word, to.take, replace_key="find")
    gate.set()
    assert lanes.wait_idle()
    assert to.got == ["ham"]
    assert ran == ["ham"]


def test_an_error_goes_to_failed_or_to_unhandled(lanes):
    to = Receiver()
    lanes.unhandled.connect(to.take)
    lanes.run(lambda: 1 / 0, to.take, to.fail)
    lanes.run(lambda: 1 / 0, to.take)
    assert lanes.wait_idle()
    assert [type(error) for error in to.errors + to.got] == [ZeroDivisionError] * 2


def test_a_dead_receiver_is_not_called(lanes):
    to, gate = Receiver(), threading.Event()
    got = to.got
    lanes.run(lambda: gate.wait(5), to.take)
    to.deleteLater()
    del to
    gate.set()
    assert lanes.wait_idle()
    assert got == []


def test_a_lambda_is_refused_as_a_callback(lanes):
    with pytest.raises(TypeError):
        lanes.run(lambda: 1, lambda value: None)


def test_stop_finishes_what_is_queued(qapp):
    lanes, done = Lanes(), []
    for number in range(50):
        lanes.run(lambda number=number: done.append(number))
    assert lanes.stop()
    assert done == list(range(50))
    lanes.deleteLater()


def test_five_hundred_calls_steal_no_reference_to_none(qapp):
    import sys

    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 5
    label.deleteLater()
