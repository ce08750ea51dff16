"""One running copy for one data folder (DECISIONS 22), each start a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from clinic_desk.ui.single_instance import LOCK, SingleInstance
from tests.app.test_refused_starts import PROGRAM

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from clinic_desk import app, launch
app.ClinicDesk.start = lambda desk, start=app.ClinicDesk.start: (
    start(desk), desk.window.painted.connect(lambda: print("open", flush=True)))
app.MainWindow.raise_ = lambda window: (print("raised", flush=True), window.close())
sys.exit(launch.run(Path(sys.argv[1]), demo=False))
"""


def start(folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "--data", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_second_start_raises_the_first_window_and_ends(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as first:
        try:
            assert first.stdout is not None
            assert first.stdout.readline() == "open\n"
            second = start(tmp_path)
            assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
            assert first.communicate(timeout=20)[0] == "raised\n"
            assert first.returncode == 0
        finally:
            first.kill()
    assert not (tmp_path / LOCK).exists()


def test_what_a_kill_leaves_behind_blocks_nobody(qapp: object, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        first.kill()
    assert (tmp_path / LOCK).exists()
    mine = SingleInstance(tmp_path)
    assert mine.take()
    mine.release()
    assert not (tmp_path / LOCK).exists()


def test_a_holder_that_cannot_be_reached_is_named(qapp: object, tmp_path: Path) -> None:
    """A copy that hangs, or one on another computer: no window opens, so it must be said."""
    lock = QLockFile(str(tmp_path / LOCK))
    assert lock.tryLock(0)
    second = start(tmp_path)
    lock.unlock()
    assert second.returncode == 2
    assert "already open" in second.stderr
    assert str(os.getpid()) in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that takes no file")
def test_a_folder_that_takes_no_file_is_not_taken_for_a_running_copy() -> None:
    done = start(Path("/proc"))
    assert done.returncode == 2
    assert "/proc" in done.stderr
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
