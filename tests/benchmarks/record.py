"""Find while typing, the patient page, the list of all and signing, by the size of the practice.

Prints one JSON object: for each size the figures in milliseconds, then how they grow from the
smallest to the largest, and which goals are met. `gui` is the processor time of the window's own
thread for one key, from the press to the painted results; `results` is the time on the clock for
the same; `sql` is the use case alone. A practice that takes minutes to make is kept with --keep
and used again; each run signs some visits in it.
Run: python tests/benchmarks/record.py [sizes ...] [--keep FOLDER]
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import event, select

from clinic_desk.forework import prepare
from clinic_desk.library import Library
from clinic_desk.storage import Store
from clinic_desk.storage.models import Case, Patient, Visit
from clinic_desk.ui import shell_find, theme
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.problems import Problems
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.patients import ALL, PatientsScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import find, rehearsal, visits
from clinic_desk.usecases import practice as practices
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visits import Note, VisitContent
from tests.benchmarks import practice

SIZES = (1_000, 10_000, 100_000)
FRAME_MS = 1000 / 60
PAUSE = 0.03  # s; without it a real-time priority is suspended for 50 ms in each second
GOALS = {
    "find_gui_p95": FRAME_MS,
    "find_results_p95": 50,
    "patient_page": 100,
    "scroll_gui_p95": FRAME_MS,
    "sign_without_sync": 50,
    "growth": 1.5,
}
ENTRIES = (("today", "Today", "calendar"), ("patients", "Patients", "users"))


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def summary(times: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(times), 2),
        "p95": round(p95(times), 2),
        "max": round(max(times), 2),
    }


def pause() -> None:
    """Between two acts, as people pause; not measured."""
    time.sleep(PAUSE)


def timed(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def queries(desk: Desk, count: int = 12) -> dict[str, list[str]]:
    """What people type, made from who is there."""
    chance = Random(7)
    with desk.store.reading() as session:
        rows = session.execute(
            select(
                Patient.family_name,
                Patient.given_name,
                Patient.birth_date,
                Patient.phone,
                Patient.number,
            ).where(Patient.serial.in_(chance.sample(range(2, practice_size(desk)), count * 3)))
        ).all()
    rows = [row for row in rows if row.family_name.isascii() and len(row.family_name) > 6][:count]
    swapped = [n[:2] + n[3] + n[2] + n[4:] for n in (row.family_name for row in rows)]
    return {
        "family": [row.family_name[:6] for row in rows],
        "both names": [f"{row.given_name} {row.family_name[:4]}" for row in rows],
        "inside": [row.family_name[2:6] for row in rows],
        "birth date": [f"{row.birth_date:%d.%m.%Y}" for row in rows],
        "number": [row.number for row in rows],
        "phone": [row.phone[-4:] for row in rows],
        "mistyped": swapped,
        "notes": ["hamstring spr", "palpable gap", "nordic lower", "kicking saturday", "referred"],
    }


def practice_size(desk: Desk) -> int:
    return find.how_many(desk)


def press(field: QWidget, sign: str) -> None:
    """One key; a sign that no key of ours has comes as the input method sends it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_unknown, none, sign))


def typing(app: QApplication, desk: Desk, lanes: Lanes, window: MainWindow) -> dict[str, Any]:
    field = window.bar.find_field
    window.set_find(partial(shell_find.records, desk), lanes)
    gui: list[float] = []
    results: list[float] = []
    sql: dict[str, list[float]] = {}
    for kind, typed in queries(desk).items():
        for words in typed:
            field.setFocus()
            for place, sign in enumerate(words):
                clock, work = time.perf_counter(), time.thread_time()
                press(field, sign)
                app.processEvents()
                lanes.wait_idle()
                app.processEvents()  # the painting
                gui.append((time.thread_time() - work) * 1000)
                results.append((time.perf_counter() - clock) * 1000)
                part = words[: place + 1]
                sql.setdefault(kind, []).extend(timed(lambda p=part: find.everything(desk, p), 1))
                pause()
            field.clear()
            app.processEvents()
            lanes.wait_idle()
    everything = [one for times in sql.values() for one in times]
    return {
        "keys": len(gui),
        "gui": summary(gui),
        "results": summary(results),
        "sql": summary(everything),
        "sql_by_kind": {kind: summary(times) for kind, times in sql.items()},
    }


def page(
    app: QApplication, desk: Desk, lanes: Lanes, window: MainWindow, rested: bool
) -> dict[str, Any]:
    """From the wish to see a patient to the whole page painted. Before `first` the program has
    made it ready in a rest of a second, unless not `rested`: then `first` makes the screen too.
    `journal` is when banner, cases and journal are filled, before the cards beside them.
    """
    with desk.store.reading() as session:
        who = session.scalars(select(Patient.id).where(Patient.serial == 1)).one()
    away = QWidget()
    statements: list[str] = []

    @event.listens_for(desk.store._engine, "before_cursor_execute")
    def _count(_one: object, _two: object, said: str, *_more: object) -> None:
        statements.append(said)

    screen: PatientScreen | None = None
    clock, gui, filled, asked = [], [], [], []
    if rested:
        readings = rehearsal.patient_page(desk)
        lanes.run(lambda: list(readings))
        lanes.wait_idle()
        screen = PatientScreen(desk, lanes, window.stack)
        screen.ensurePolished()
        screen.banner_changed.connect(lambda _shown: filled.append(time.perf_counter()))
    for _ in range(20):
        window.show_screen(away, "", "")
        app.processEvents()
        pause()
        statements.clear()
        begun, work = time.perf_counter(), time.thread_time()
        if screen is None:
            screen = PatientScreen(desk, lanes, window.stack)  # as the navigator does
            screen.banner_changed.connect(lambda _shown: filled.append(time.perf_counter()))
        window.show_screen(screen, "", "")
        screen.open(Ref(Place.PATIENT, who))
        lanes.wait_idle()
        app.processEvents()
        clock.append((time.perf_counter() - begun) * 1000)
        gui.append((time.thread_time() - work) * 1000)
        filled[-1] = (filled[-1] - begun) * 1000
        asked.append(len(statements))
    return {
        "first": round(clock[0], 1),
        "journal": summary(filled[1:]),
        "clock": summary(clock[1:]),
        "gui": summary(gui[1:]),
        "statements": asked[-1],
    }


def scrolling(app: QApplication, desk: Desk, lanes: Lanes, window: MainWindow) -> dict[str, Any]:
    screen = PatientsScreen(desk, lanes, window.stack)
    window.show_screen(screen, "", "")
    screen.open(Ref(Place.PATIENTS))
    lanes.wait_idle()
    begun = time.perf_counter()
    screen.which.choose(ALL)
    lanes.wait_idle()
    app.processEvents()
    lanes.wait_idle()
    opened = (time.perf_counter() - begun) * 1000
    bar = screen.all_rows.verticalScrollBar()
    frames = []
    for step in range(200):
        begun = time.thread_time()
        bar.setValue(round(bar.maximum() * step / 200))
        screen.all_rows.viewport().repaint()
        app.processEvents()
        frames.append((time.thread_time() - begun) * 1000)
    lanes.wait_idle()
    pages = timed(lambda: find.page(desk, max(0, practice_size(desk) - 100), 100), 10)
    return {
        "opened": round(opened, 1),
        "frame_gui": summary(frames),
        "rows_held": screen.all_model.held,
        "last_page_sql": summary(pages),
    }


def saving(desk: Desk, folder: Path) -> dict[str, Any]:
    with desk.store.reading() as session:
        case = session.scalars(
            select(Case.id).join(Patient).where(Patient.serial == 2, Case.closed_on.is_(None))
        ).first()
    assert case is not None
    note = VisitContent(note=Note("Pull while sprinting.", "Tender.", "Grade two.", "Bridge."))
    taken = []
    for _ in range(30):
        desk.store.settle()  # as the program does where the records rest
        visit = visits.start(desk, case, "follow_up")
        pause()
        taken += timed(lambda v=visit: visits.sign(desk, v, note), 1)
    sync = []
    with (folder / "sync").open("wb") as file:
        for _ in range(30):
            file.write(b"x" * 4096)
            file.flush()
            sync += timed(lambda: os.fdatasync(file.fileno()), 1)
    return {"sign": summary(taken), "sync": summary(sync)}


def against_raw(desk: Desk) -> dict[str, Any]:
    """40 visits of one case: mapped objects, Core rows, and the bare driver with the same SQL."""
    with desk.store.reading() as session:
        case: UUID = (
            session.execute(
                select(Visit.case_id)
                .join(Case)
                .join(Patient)
                .where(Patient.serial == 1, Visit.number == practice.MANY)
            )
            .scalars()
            .first()
        )  # type: ignore[assignment]
    query = select(Visit).where(Visit.case_id == case).order_by(Visit.number)
    core = query.with_only_columns(*Visit.__table__.c)

    def orm() -> None:
        with desk.store.reading() as session:
            assert len(session.scalars(query).all()) >= practice.MANY

    def rows() -> None:
        with desk.store.reading() as session:
            assert len(session.execute(core).all()) >= practice.MANY

    with desk.store._engine.connect() as connection:
        sql = str(core.compile(connection))
        cursor = connection.connection.cursor()
        assert len(cursor.execute(sql, (case.hex,)).fetchall()) >= practice.MANY
        raw = timed(lambda: cursor.execute(sql, (case.hex,)).fetchall(), 200)
    mapped, plain = timed(orm, 200), timed(rows, 200)
    base = statistics.median(raw)
    return {
        "raw": summary(raw),
        "core": summary(plain),
        "orm": summary(mapped),
        "core_ratio": round(statistics.median(plain) / base, 2),
        "orm_ratio": round(statistics.median(mapped) / base, 2),
    }


def measured(app: QApplication, size: int, folder: Path, rested: bool) -> dict[str, Any]:
    made: dict[str, float] = {}
    if not folder.is_dir():
        begun = time.perf_counter()
        with redirect_stdout(sys.stderr):
            practice.make(folder, size).store.close()
        made = {"made_s": round(time.perf_counter() - begun, 1)}
    starts = timed(lambda: Store.open(folder, practice.PASSPHRASE).close(), 10)
    library = Library()
    prepare(library)  # as the program does while the passphrase is typed
    lanes = Lanes()
    window = MainWindow(ENTRIES, ())
    window.resize(1366, 768)
    window.show()
    window.show_screen(QWidget(), "", "")
    app.processEvents()
    begun = time.perf_counter()
    desk = practices.unlock(folder, library, practice.PASSPHRASE)
    unlocked = time.perf_counter()
    navigator = Navigator(window, desk, lanes, Problems(window, window.message))
    navigator.go(Ref(Place.TODAY))
    lanes.wait_idle()
    app.processEvents()
    today = time.perf_counter()
    navigator.part()
    found = {
        "patients": size,
        **made,
        "megabytes": round((folder / "clinic.db").stat().st_size / 1e6, 1),
        "open_store": summary(starts),
        "unlock": {
            "passphrase": round((unlocked - begun) * 1000, 1),
            "then_today": round((today - unlocked) * 1000, 1),
        },
        "patient_page": page(app, desk, lanes, window, rested),
        "find": typing(app, desk, lanes, window),
        "all_patients": scrolling(app, desk, lanes, window),
        "saving": saving(desk, folder),
        "same_work": against_raw(desk),
    }
    lanes.wait_idle()
    lanes.stop()
    window.close()
    desk.store.close()
    return found


def met(run: dict[str, Any]) -> dict[str, bool]:
    """Which of the goals a run meets."""
    saving = run["saving"]
    return {
        "find_gui_p95": run["find"]["gui"]["p95"] <= GOALS["find_gui_p95"],
        "find_results_p95": run["find"]["results"]["p95"] <= GOALS["find_results_p95"],
        "patient_page_first": run["patient_page"]["first"] <= GOALS["patient_page"],
        "patient_page_p95": run["patient_page"]["clock"]["p95"] <= GOALS["patient_page"],
        "scroll_gui_p95": run["all_patients"]["frame_gui"]["p95"] <= GOALS["scroll_gui_p95"],
        "sign_p95": saving["sign"]["p95"] <= GOALS["sign_without_sync"] + saving["sync"]["p95"],
    }


def growth(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    def ratio(*path: str) -> float:
        one, other = small, large
        for key in path:
            one, other = one[key], other[key]
        return round(float(other) / float(one), 2)  # type: ignore[arg-type]

    return {
        "open_store_p50": ratio("open_store", "p50"),
        "find_results_p50": ratio("find", "results", "p50"),
        "find_results_p95": ratio("find", "results", "p95"),
        "find_sql_p95": ratio("find", "sql", "p95"),
        "patient_page_p50": ratio("patient_page", "clock", "p50"),
        "sign_p50": ratio("saving", "sign", "p50"),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description="Measure the record by the practice's size.")
    asked.add_argument("sizes", type=int, nargs="*", default=SIZES)
    asked.add_argument("--keep", type=Path, help="where the practices are kept, one per size")
    asked.add_argument("--cold", action="store_true", help="open the first page without a rest")
    given = asked.parse_args()
    app = QApplication([])
    theme.start(app, "light", 100)
    with tempfile.TemporaryDirectory() as place:
        folder = given.keep or Path(place)
        folder.mkdir(exist_ok=True)
        runs = [measured(app, size, folder / str(size), not given.cold) for size in given.sizes]
    result = {
        "goals": {name: round(goal, 1) for name, goal in GOALS.items()},
        "runs": runs,
        "growth": growth(runs[0], runs[-1]) if len(runs) > 1 else {},
        "met": {str(run["patients"]): met(run) for run in runs},
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
