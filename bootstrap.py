#!/usr/bin/env python3
"""From a bare machine to a running program, or to passed tests, in one command.

    python3 bootstrap.py run  [arguments of clinic-desk]
    python3 bootstrap.py test [arguments of pytest]

Only the standard library is used, so that nothing has to be there but Python 3.11 or newer.
The environment is made once in `.venv` from the hash-pinned `requirements.lock`; while that
file stays the same, a later start adds nothing but the start.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent
VENV = TOP / ".venv"
STAMP = VENV / "clinic-desk.stamp"  # what was prepared: the fingerprint, and for windows or not
WINDOWS = "windows"
LOCK = TOP / "requirements.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# Qt's wheel brings Qt, not the system libraries under it: library -> Debian package.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("run", "test"):
        print((__doc__ or "").strip())
        return 0 if command in ("-h", "--help") else 2
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Clinic Desk needs Python 3.11 or newer; this is {found} ({sys.executable}).")
        return 3
    with_windows = command == "run" and has_display()
    if not is_ready(with_windows):
        if not prepare_system(with_windows) or not prepare_environment():
            return 3
        done = [fingerprint(), WINDOWS] if with_windows else [fingerprint()]
        STAMP.write_text("\n".join(done), encoding="utf-8")
    return run(rest) if command == "run" else test(rest)


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, else only with a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_ready(with_windows: bool) -> bool:
    """Whether an earlier start has prepared all this; then nothing is looked at again."""
    if not PYTHON.exists() or not STAMP.exists():
        return False
    known = STAMP.read_text(encoding="utf-8").split()
    return known[:1] == [fingerprint()] and (not with_windows or WINDOWS in known)


def prepare_system(with_windows: bool) -> bool:
    """On Linux: the libraries under Qt, and Python's own venv. As root they are installed."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = dict(QT_LIBRARIES, **(WINDOW_LIBRARIES if with_windows else {}))
    missing = [package for library, package in wanted.items() if not loads(library)]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if not missing:
        return True
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        print("These system libraries are missing (their names on Debian):", " ".join(missing))
        print("Install them with this system's package manager and start again.")
        return False
    if os.geteuid() != 0:
        print("Some system packages are missing. Install them with this line, then start again:")
        print(f"    sudo apt-get update && sudo {' '.join(install)}")
        return False
    print("Installing system packages:", " ".join(missing), flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for line in (["apt-get", "update", "-q"], install):
        if subprocess.run(line, env=environment, check=False).returncode:
            print("That did not work; the line was:", " ".join(line))
            return False
    return True


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def prepare_environment() -> bool:
    """`.venv` with the locked packages and the program itself, made anew when the lock changes."""
    if is_ready(with_windows=False):
        return True
    print("Making the environment in .venv (once, one to five minutes)", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for line in (
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)],
        # hatchling and editables stand in the lock, so nothing more is fetched here
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(TOP)],
        # so that not even the first start has to compile
        [str(PYTHON), "-m", "compileall", "-q", str(TOP / "clinic_desk")],
    ):
        if subprocess.run(line, cwd=TOP, check=False).returncode:
            print("The environment could not be made; the line was:", " ".join(line))
            print("Look at the lines above, and start again when that is mended.")
            return False
    return True


def fingerprint() -> str:
    """Changes when the locked packages, the project's metadata or the Python change."""
    parts = [LOCK.read_bytes(), (TOP / "pyproject.toml").read_bytes(), sys.version.encode()]
    parts.append(str(TOP).encode())  # an environment does not survive being moved
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def run(rest: list[str]) -> int:
    """Start the program; without a display, make the tour instead and say so."""
    line = [str(PYTHON), "-m", "clinic_desk", *rest]
    if not has_display() and not rest:
        print("There is no display here, so no window can open.")
        print(
            "Making the tour instead: pictures of every screen and the PDFs, in tour/", flush=True
        )
        line += ["tour", "--out", str(TOP / "tour")]
    return subprocess.run(line, check=False).returncode


def test(rest: list[str]) -> int:
    """Lint, types, import contracts and tests; all of them run, and any failure counts."""
    python = str(PYTHON)
    checks = {
        "lint": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy"],
        "import contracts": [str(PYTHON.with_name("lint-imports" + PYTHON.suffix))],
        "tests": [python, "-m", "pytest", *rest],
    }
    failed = []
    for name, line in checks.items():
        print(f"== {name}", flush=True)
        if subprocess.run(line, cwd=TOP, check=False).returncode:
            failed.append(name)
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
