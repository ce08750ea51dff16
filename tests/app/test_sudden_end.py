"""What was typed outlives the window, the session and the process (F3, F37)."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtTest import QTest

from clinic_desk.library import Library
from clinic_desk.storage import Store
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import practice
from clinic_desk.usecases.visit_views import VisitView
from tests.app.people import FAMILY
from tests.support.records import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Pulled up at the end of a sprint; a sharp pain high behind the left thigh. " * 3
LAST_SECOND = 1.0  # s, DECISIONS 15
Kept = Callable[[UUID], VisitView]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")


@contextmanager
def typist(folder: Path, visit: UUID, place: str, text: str, pace: int, then: str) -> Iterator[
    "subprocess.Popen[str]"
]:  # fmt: skip
    command = [sys.executable, "-m", "tests.app.typist", str(folder), str(visit), place, text]
    with subprocess.Popen(
        [*command, str(pace), then], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def keys_until(child: "subprocess.Popen[str]", count: int) -> list[float]:
    """When each key was pressed, up to the key with this number."""
    assert child.stdout is not None
    pressed: list[float] = []
    while len(pressed) < count:
        line = child.stdout.readline()
        assert line, f"the program ended after {len(pressed)} keys"
        number, at = line.split()
        assert int(number) == len(pressed) + 1
        pressed.append(float(at))
    return pressed


def test_a_kill_while_typing_costs_the_last_second_at_most(
    folder: Path, visit: UUID, kept: Kept
) -> None:
    with typist(folder, visit, "visit", TEXT, 20, "wait") as child:
        pressed = keys_until(child, 140)
        child.kill()
        killed = time.monotonic()
        rest, _ = child.communicate()
    pressed += [float(line.split()[1]) for line in rest.splitlines() if line.count(" ") == 1]
    view = kept(visit)
    safe = sum(1 for at in pressed if at <= killed - LAST_SECOND)
    assert safe > 20, "the test typed too little"
    assert TEXT.startswith(view.content.note.subjective)
    assert len(view.content.note.subjective) >= safe
    assert view.signed_at is None


@pytest.mark.parametrize("place", ["visit", "evaluation"])
def test_what_was_typed_a_second_before_a_kill_is_offered_on_today(
    started, folder: Path, visit: UUID, kept: Kept, place: str
) -> None:
    text = "Sprinting, sudden pain." if place == "visit" else "11"
    with typist(folder, visit, place, text, 1, "wait") as child:
        pressed = keys_until(child, len(text))
        # counted from the key, not from when its line was read
        time.sleep(max(0.0, pressed[-1] + LAST_SECOND - time.monotonic()))
        child.kill()
    raw = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert text.encode() not in raw or place == "evaluation"
    assert FAMILY.encode() not in raw

    program = started(folder)
    program.unlock()
    today = program.screen
    assert isinstance(today, TodayScreen)
    assert FAMILY.upper() in today.next_card.name.text()
    assert [row.signed_at for row in today.day.model.rows()] == [None]
    program.press(today.next_card.proceed)
    assert isinstance(program.screen, VisitScreen)
    draft = program.screen.draft
    assert draft is not None
    assert not draft.read_only
    if place == "visit":
        assert program.screen.note.areas["subjective"].value() == text
    else:
        assert draft.answer("palpation_length_cm") == 11


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_session_that_ends_while_typing_loses_nothing(
    folder: Path, visit: UUID, kept: Kept, number: signal.Signals
) -> None:
    with typist(folder, visit, "visit", TEXT, 1, "wait") as child:
        keys_until(child, 30)
        child.send_signal(number)
        rest, _ = child.communicate(timeout=20)
        assert child.returncode == 0
    told = 30 + sum(1 for line in rest.splitlines() if line.count(" ") == 1)
    assert len(kept(visit).content.note.subjective) >= told


def test_a_window_closed_right_after_the_last_key_loses_nothing(
    folder: Path, visit: UUID, kept: Kept
) -> None:
    text = "Went back to jogging on day 9."
    with typist(folder, visit, "visit", text, 1, "close") as child:
        child.communicate(timeout=20)
        assert child.returncode == 0
    assert kept(visit).content.note.subjective == text
    assert sorted(path.name for path in folder.iterdir()) == ["clinic.db", "clinic.keys"]


def test_leaving_a_visit_for_another_place_keeps_it_at_once(
    started, folder: Path, visit: UUID, kept: Kept
) -> None:
    program = started(folder)
    program.unlock()
    program.navigator.go(Ref(Place.VISIT, visit))
    program.settle()
    assert isinstance(program.screen, VisitScreen)
    program.type(program.screen.note.areas["plan"], "Isometrics daily")
    program.navigator.go(Ref(Place.TODAY))
    program.navigator.go(Ref(Place.VISIT, visit))
    QTest.qWait(0)
    program.settle()
    assert program.screen.note.areas["plan"].value() == "Isometrics daily"
    program.desk.end()
    assert kept(visit).content.note.plan == "Isometrics daily"


def test_the_trail_is_whole_after_a_kill(folder: Path, visit: UUID, library: Library) -> None:
    with typist(folder, visit, "visit", TEXT, 1, "wait") as child:
        keys_until(child, len(TEXT) // 2)
        child.kill()
    store = Store.open(folder, PASSPHRASE)
    assert store.verify_audit() is None
    store.close()
    practice.unlock(folder, library, PASSPHRASE).store.close()
