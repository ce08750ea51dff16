"""Starts that cannot lead to a window end with a sentence and the code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# the program, and a person who closes the window that says why it does not start
PROGRAM = """
import sys
from clinic_desk import mending
from clinic_desk.__main__ import main
mending.Mending.done = lambda waiting: waiting.window.close() and False
sys.exit(main())
"""


def start(*arguments: str, display: bool = True) -> "subprocess.CompletedProcess[str]":
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    around = {name: value for name, value in os.environ.items() if display or name not in names}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env=around,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a display is always there")
@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_without_a_display_it_says_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = start("--data", str(tmp_path / "data"), *arguments, display=False)
    assert done.returncode == 2
    assert "no display" in done.stderr
    assert "tour" in done.stderr
    assert not (tmp_path / "data").exists()


def test_the_demo_clinic_takes_no_data_folder(tmp_path: Path) -> None:
    before = start("--data", str(tmp_path / "mine"), "demo")
    assert before.returncode == 2
    assert "folder of its own" in before.stderr
    after = start("demo", "--data", str(tmp_path / "mine"))
    assert after.returncode == 2
    assert "--data" in after.stderr
    assert not (tmp_path / "mine").exists()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("a file")
    folder = tmp_path / "notes.txt" / "data"
    done = start("--data", str(folder))
    assert done.returncode == 2
    assert str(folder) in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "a file"
