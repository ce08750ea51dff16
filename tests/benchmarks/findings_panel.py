"""From a keystroke in a full evaluation to its findings painted, on the real screen.

A visit with more than 250 answers is opened in a window of 1366 by 768 without a screen; keys are
typed into numbers, pairs, scales, choices, yes/no questions and texts of every step. Timed is from
the key's event until the findings panel is up to date: answer taken, findings worked out, cards
changed, laid out and painted. What may follow is timed beside it as `settled`: the questions that
the answer opens or closes, the steps, the red-flag banner. `processor` is the part of the panel's
time that this program was given a processor for: on a busy machine the rest is waiting. Prints one
JSON object: the distributions in milliseconds, the share of keystrokes over one frame, and `ratio`
of the 95th percentile of the panel to the frame.
"""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Item, Kind, Protocol
from clinic_desk.library import Library
from clinic_desk.ui import theme
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import cases, patients, practice, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import VisitContent
from tests.support.records import PASSPHRASE, QUICK

FRAME_MS = 16.0
LEAST_ANSWERS = 250
NOW = datetime(2026, 2, 3, 10, 24, tzinfo=UTC)
TOLD: dict[str, object] = {
    "complaint": "sudden_injury",
    "injury_date": "2026-01-30",
    "onset": "sudden",
    "mechanism": "sprint",
    "pain_at_injury": 7,
    "gait": "limp",
    "bruising": "small",
    "tenderness": "focal",
    "palpation_length_cm": 7,
    "ake": {"left": 34, "right": 20},
    "slr": {"left": 68, "right": 80},
    "force_15": {"left": 182, "right": 254},
    "force_90": {"left": 214, "right": 260},
    "mmt": "4",
    "slump": "familiar_eases",
}
KEYS = {
    Kind.NUMBER: "12",
    Kind.PAIR: "31",
    Kind.SCALE: "73",
    Kind.YES_NO: "yn",
    Kind.YES_NO_UNSURE: "yun",
    Kind.CHOICE: "12",
    Kind.TEXT: "as told",
}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    app = QApplication([])
    theme.start(app, "light")
    theme.settle(app)
    with tempfile.TemporaryDirectory() as folder:
        desk = _desk(Path(folder))
        lanes = Lanes()
        screen = EvaluationScreen(desk, lanes)
        screen.resize(1310, 640)  # what the shell leaves of 1366 by 768
        screen.show()
        given = _answers(desk.library.protocol("posterior-thigh"))
        screen.open(Ref(Place.EVALUATION, _visit(desk, given)))
        lanes.wait_idle(10_000)
        _drain(screen)
        figures = _measure(screen, len(given), rounds)
        screen.leave()
        lanes.wait_idle(10_000)
        lanes.stop()
        screen.forget()
        screen.close()
        desk.store.close()
    print(json.dumps(figures))


def _desk(folder: Path) -> Desk:
    opened, _ = practice.set_up(
        folder / "practice",
        Library(),
        practice.PracticeDetails("Example Street Physiotherapy", "", "12 Example Street", "", ""),
        practice.ClinicianDetails("Dana Demo", "physiotherapist", "PH-EXAMPLE-01"),
        PASSPHRASE,
        kdf=QUICK,
    )
    return Desk(opened.store, opened.library, opened.actor, now=lambda: NOW)


def _answers(protocol: Protocol) -> dict[str, object]:
    """An ordinary strain with everything else asked: screened negative but for one question."""
    given = {
        item.id: _plain(item) for item in protocol.items.values() if item.id not in protocol.derived
    }
    known = {one: value for one, value in TOLD.items() if one in given}
    return given | known


def _plain(item: Item) -> object:
    low = 0 if item.minimum is None else round(item.minimum)
    match item.kind:
        case Kind.YES_NO | Kind.YES_NO_UNSURE:
            return "no"
        case Kind.CHOICE:
            return item.choices[0].id
        case Kind.MANY:
            return [item.choices[-1].id]
        case Kind.PAIR:
            return {"left": low + 20, "right": low + 20}
        case Kind.DATE:
            return "2026-01-30"
        case Kind.DURATION:
            return {"value": 3, "unit": item.unit}
        case Kind.TEXT:
            return "as told"
        case Kind.SCALE:
            return 2
        case _:
            return low + 1


def _visit(desk: Desk, given: dict[str, object]) -> object:
    who = patients.register(
        desk,
        patients.PatientDetails("Example", "Alex", date(1991, 6, 14), Sex.FEMALE),
    )
    case = cases.open_case(
        desk,
        who,
        cases.CaseDetails("hamstring strain", Side.LEFT, onset_on=date(2026, 1, 30)),
    )
    visit = visits.start(desk, case)
    visits.keep(desk, visit, VisitContent(answers=given))
    return visit


def _measure(screen: EvaluationScreen, answered: int, rounds: int) -> dict[str, object]:
    assert answered >= LEAST_ANSWERS, answered
    draft = screen.draft
    assert draft is not None
    took: list[tuple[float, float, float, str]] = []
    gc.collect()
    gc.freeze()
    watch = _Watch(screen)
    for turn in range(rounds + 1):
        for step in [one.step.id for one in draft.progress()]:
            if step not in {one.step.id for one in draft.progress()}:
                continue
            screen.go_to_step(step)
            _drain(screen)
            for name, where, key in _strokes(screen, step):
                timed = watch.press(where, key)
                if turn:  # the first round only builds what is shown
                    took.append((*timed, name))
                if not where.isVisible():
                    break
    times, worked, settled, _ = zip(*took, strict=True)
    p95 = _at(times, 0.95)
    return {
        "answers": answered,
        "cards": len(screen.findings.flags) + len(screen.findings.boxes),
        "keystrokes": len(times),
        **_spread("", times),
        "over_a_frame": round(sum(1 for ms in times if ms > FRAME_MS) / len(times), 3),
        **_spread("processor_", worked),
        **_spread("settled_", settled),
        "slowest": [f"{name} {ms:.1f}" for ms, _, _, name in sorted(took, reverse=True)[:5]],
        "goal_ms": FRAME_MS,
        "ratio": round(p95 / FRAME_MS, 3),
    }


def _spread(name: str, times: Sequence[float]) -> dict[str, float]:
    shares = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {f"{name}{word}_ms": round(_at(times, share), 2) for word, share in shares.items()}


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


class _Watch:
    """Presses keys and notes when the panel is painted and when nothing is left to do."""

    def __init__(self, screen: EvaluationScreen) -> None:
        self._screen = screen
        self._painted = self._worked = 0.0
        screen._rest.timeout.disconnect()
        screen._rest.timeout.connect(self._rest_due)

    def _rest_due(self) -> None:
        if not self._painted:
            QApplication.sendPostedEvents()  # whatever of the panel is not yet laid out and painted
            self._painted, self._worked = time.perf_counter(), time.process_time()
        self._screen._rest_due()

    def press(self, where: QWidget, key: str | Qt.Key) -> tuple[float, float, float]:
        """Milliseconds to the painted panel, of them the processor's, and to the end."""
        self._painted, began, started = 0.0, time.process_time(), time.perf_counter()
        QTest.keyClick(where, key)
        _drain(self._screen)
        ended = time.perf_counter()
        if not self._painted:  # the key changed nothing
            self._painted, self._worked = ended, time.process_time()
        worked, painted = self._worked - began, self._painted - started
        return 1000 * painted, 1000 * worked, 1000 * (ended - started)


def _strokes(screen: EvaluationScreen, step: str) -> Iterator[tuple[str, QWidget, str | Qt.Key]]:
    """Keys for the questions of a step that stand on the page, as somebody would type them."""
    draft = screen.draft
    assert draft is not None
    now = next(one for one in draft.progress() if one.step.id == step)
    for name in now.visible_items:
        kind = draft.play.item(name).kind
        if kind not in KEYS or not screen.go_to_item(name):
            continue
        _drain(screen)
        where = QApplication.focusWidget()
        if where is None:
            continue
        if isinstance(where, QLineEdit):
            where.selectAll()
        before = draft.answer(name)
        for key in KEYS[kind]:
            yield f"{name}:{key}", where, key
        draft.set_answer(name, before)
        _drain(screen)


def _drain(screen: EvaluationScreen) -> None:
    """Until what was asked for is shown."""
    _turn()
    while not screen.settled:
        _turn()
    QApplication.sendPostedEvents()
    _turn()


def _turn() -> None:
    """One turn of the loop. What was let go of is deleted, as the program's own loop does;
    `processEvents` alone would leave it lying about, still following every change.
    """
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main()
