"""The wheel works by itself: installed elsewhere and started from any folder, it finds
its protocols, exercises, letters, fonts, icons and migrations inside itself.
"""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUEST = {
    "protocol": "posterior-thigh",
    "patient": {"birth_date": "1991-06-14", "sex": "female"},
    "date": "2026-02-03",
    "side": "left",
    "answers": {"complaint": "sudden_injury", "pain_at_injury": 7, "rf_pe": "no"},
}
# The demo clinic is made by the real use cases: store, exercises, templates, figures, fonts.
WHOLE = """
import sys
from pathlib import Path
from clinic_desk import paths
from clinic_desk.library import Library
from clinic_desk.usecases import demo, papers, patients, practice
here, folder = Path(sys.argv[1]), Path(sys.argv[2])
for place in (paths.resources(), paths.migrations()):
    assert place.is_relative_to(here), place
demo.make(folder, Library()).store.close()
desk = practice.unlock(folder, Library(), demo.PASSPHRASE)
kinds = set()
for patient in patients.find(desk, ""):
    for entry in patients.open_file(desk, patient.id).journal:
        if entry.kind in ("handout", "letter"):
            assert papers.open_document(desk, entry.id).pdf.startswith(b"%PDF")
            kinds.add(entry.kind)
desk.store.close()
print(*sorted(kinds))
"""
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtGui import QFontDatabase
from clinic_desk import app
desk = app.ClinicDesk(app.application(), Path(sys.argv[1]))
desk.window.painted.connect(desk.window.close)
desk.start()
code = desk.app.exec()
print(*(name for name in QFontDatabase.families() if name.startswith("Inter")), sep=",")
sys.exit(code)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own."""
    made = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = made.glob("*.whl")
    site = made / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def run(installed: Path, *arguments: str) -> str:
    """What a command says that runs far from the checkout, with the wheel alone."""
    around = {**os.environ, "PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=Path(installed.anchor),
        env=around,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_holds_the_program_its_data_and_its_command(installed: Path) -> None:
    package = installed / "clinic_desk"
    for name in ("protocols", "exercises", "programs", "letters", "fonts", "icons"):
        assert any((package / "resources" / name).iterdir()), name
    assert any((package / "db").rglob("*.py"))
    (command,) = installed.glob("*.dist-info/entry_points.txt")
    assert "clinic-desk = clinic_desk.__main__:main" in command.read_text()
    assert not (installed / "tests").exists()
    shipped = [path for path in installed.rglob("*") if path.suffix in (".db", ".keys", ".pyc")]
    assert shipped == []


def test_it_holds_every_resource_of_the_checkout(installed: Path) -> None:
    for name in ("resources", "db"):
        there = {
            path.relative_to(ROOT / name)
            for path in (ROOT / name).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        inside = installed / "clinic_desk" / name
        packed = {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()}
        assert there == packed


def test_its_commands_answer(installed: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(REQUEST), encoding="utf-8")
    found = json.loads(run(installed, "-m", "clinic_desk", "evaluate", str(file)))
    assert found["protocol"] == "posterior-thigh"
    assert "all right" in run(installed, "-m", "clinic_desk", "protocol", "check")
    assert "pain_at_injury" in run(installed, "-m", "clinic_desk", "protocol", "items")


def test_it_makes_a_clinic_with_its_papers(installed: Path, tmp_path: Path) -> None:
    said = run(installed, "-c", WHOLE, str(installed), str(tmp_path / "practice"))
    assert said.split() == ["handout", "letter"]


def test_its_window_opens_with_its_own_letters(installed: Path, tmp_path: Path) -> None:
    assert "Inter" in run(installed, "-c", WINDOW, str(tmp_path / "practice"))
