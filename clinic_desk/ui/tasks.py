"""Work off the GUI thread: two lanes, one thread each, results back on the GUI thread.

`records` does all database work in order; `papers` renders pages and copies. Work knows no
Qt. Callbacks are bound methods of QObjects; when the object is gone, the result is dropped.
"""

from __future__ import annotations

import inspect
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from PySide6.QtCore import (
    QDeadlineTimer,
    QMutex,
    QMutexLocker,
    QObject,
    Qt,
    QThread,
    QWaitCondition,
    Signal,
)
from shiboken6 import isValid

from clinic_desk.ui.garbage import GarbageKeeper

Lane = Literal["records", "papers"]
LANES: tuple[Lane, ...] = ("records", "papers")
T = TypeVar("T")


def _held(
    callback: Callable[..., object] | None,
) -> weakref.WeakMethod[Callable[..., object]] | None:
    if callback is None:
        return None
    if not (inspect.ismethod(callback) and isinstance(callback.__self__, QObject)):
        raise TypeError("a callback must be a bound method of a QObject")
    return weakref.WeakMethod(callback)


@dataclass(eq=False)
class Job:
    """One piece of work with where its result goes."""

    work: Callable[[], object]
    done: weakref.WeakMethod[Callable[..., object]] | None
    failed: weakref.WeakMethod[Callable[..., object]] | None
    key: str | None = None
    superseded: bool = False
    result: object = None
    error: Exception | None = field(default=None)


class _Worker(QThread):
    """Runs one lane's jobs in order, and sleeps between them."""

    finished_job = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(f"lane {name}")
        self._mutex = QMutex()
        self._wake = QWaitCondition()
        self._jobs: deque[Job] = deque()
        self._ending = False

    def add(self, job: Job) -> None:
        with QMutexLocker(self._mutex):
            self._jobs.append(job)
            self._wake.wakeOne()

    def end(self) -> None:
        """Finish what is queued, then stop."""
        with QMutexLocker(self._mutex):
            self._ending = True
            self._wake.wakeOne()

    def run(self) -> None:
        while True:
            with QMutexLocker(self._mutex):
                while not self._jobs and not self._ending:
                    self._wake.wait(self._mutex)
                if not self._jobs:
                    return
                job = self._jobs.popleft()
            if not job.superseded:
                try:
                    job.result = job.work()
                except Exception as error:  # noqa: BLE001 (handed to `failed` on the GUI thread)
                    job.error = error
            self.finished_job.emit(job)
            del job


class Lanes(QObject):
    """The lanes of one window. `unhandled` has the errors that no `failed` took."""

    unhandled = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: dict[str, _Worker] = {}
        self._newest: dict[str, Job] = {}
        self._open = 0
        self._stopped = False
        self._garbage = GarbageKeeper(self)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        lane: Lane = "records",
        replace_key: str | None = None,
    ) -> None:
        """Do `work` in a lane, then call `done(result)` or `failed(error)` on the GUI thread.

        A newer job with the same `replace_key` supersedes the older: its work is skipped if
        it has not begun, and its result is dropped.
        """
        if self._stopped:
            raise RuntimeError("the lanes have ended")
        job = Job(work, _held(done), _held(failed), replace_key)
        if replace_key is not None:
            older = self._newest.get(replace_key)
            if older is not None:
                older.superseded = True
            self._newest[replace_key] = job
        self._open += 1
        self._worker(lane).add(job)

    @property
    def busy(self) -> bool:
        """Whether any work or result is still under way."""
        return self._open > 0

    def wait_idle(self, timeout_ms: int = 5000) -> bool:
        """Wait, with results delivered, until nothing is under way; False at the timeout."""
        from PySide6.QtCore import QEventLoop, QTimer  # only tests and shutdown wait

        if not self.busy:
            return True
        loop = QEventLoop()
        self.idle.connect(loop.quit)
        timer = QTimer(singleShot=True)
        timer.timeout.connect(loop.quit)
        timer.start(timeout_ms)
        while self.busy and timer.isActive():
            loop.exec()
        self.idle.disconnect(loop.quit)
        return not self.busy

    def stop(self, timeout_ms: int = 30_000) -> bool:
        """Finish what is queued and end the threads; later results are dropped."""
        self._stopped = True
        for worker in self._workers.values():
            worker.end()
        ended = [worker.wait(QDeadlineTimer(timeout_ms)) for worker in self._workers.values()]
        self._workers.clear()
        if all(ended):
            self._garbage.stop()
        return all(ended)

    def _worker(self, lane: str) -> _Worker:
        worker = self._workers.get(lane)
        if worker is None:
            if lane not in LANES:
                raise ValueError(f"no such lane: {lane}")
            worker = self._workers[lane] = _Worker(lane, self)
            worker.finished_job.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
            self._garbage.start()
            worker.start()
        return worker

    def _deliver(self, job: Job) -> None:
        self._open -= 1
        if job.key is not None and self._newest.get(job.key) is job:
            del self._newest[job.key]
        try:
            if not job.superseded:
                self._hand_over(job)
        finally:
            if not self._open:
                self.idle.emit()

    def _hand_over(self, job: Job) -> None:
        if job.error is None:
            _call(job.done, job.result)
        elif job.failed is None:
            self.unhandled.emit(job.error)
        else:
            _call(job.failed, job.error)


def _call(held: weakref.WeakMethod[Callable[..., object]] | None, value: object) -> None:
    callback = held() if held is not None else None
    if callback is None:
        return
    receiver = getattr(callback, "__self__", None)
    if isinstance(receiver, QObject) and isValid(receiver):
        callback(value)
