"""The set-up keeps its promises: a lock without hosts, one direction, nothing heavy at start."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed here")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=False
    ).stdout.decode()
    if not listed:
        pytest.skip("not a git checkout")
    return [TOP / name for name in listed.split("\0") if name]


def test_every_locked_package_is_pinned_by_hash_and_none_by_an_index() -> None:
    lock = (TOP / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", lock.strip())
    assert len(entries) > 40
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"index-url|find-links|://|trusted-host", lock)


def test_the_binding_that_aborts_on_python_3_11_is_not_locked() -> None:
    lock = (TOP / "requirements.lock").read_text(encoding="utf-8")
    assert "pyside6-essentials==6.11.3" in lock


def test_no_tracked_text_names_a_machine_path_or_an_index() -> None:
    said = re.compile(
        rb"/(?:home|root|Users)/[a-z]|--(?:extra-)?index-url\s+http|registry = \"http"
    )
    for path in tracked_files():
        if path.suffix in (".ttf", ".png") or path == Path(__file__) or not path.exists():
            continue
        assert not said.search(path.read_bytes()), path


def test_what_the_commands_import_is_light() -> None:
    """`clinic-desk evaluate` answers without a window, a database or a page."""
    code = (
        "import sys, clinic_desk.cli\n"
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab', 'alembic', 'psycopg', 'pypdfium2'}\n"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_data_folder_is_found_without_the_person_setting_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from clinic_desk import paths

    monkeypatch.setenv("CLINIC_DESK_DATA", str(tmp_path))
    assert paths.default_data_folder() == tmp_path
    monkeypatch.delenv("CLINIC_DESK_DATA")
    assert paths.default_data_folder().name.replace(" ", "").lower() == "clinicdesk"
