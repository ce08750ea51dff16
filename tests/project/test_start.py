"""The start keeps its promises, in a process of its own on a real store's two files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_desk import paths
from clinic_desk.storage import Store
from clinic_desk.ui import theme
from tests.support.records import add_clinician

HEAVY = {"sqlalchemy", "pydantic", "reportlab", "jinja2", "alembic", "psycopg", "pypdfium2"}
# Cheap alone, but each was measured to hold up the first paint.
LATER = {"PySide6.QtNetwork", "PySide6.QtSvg", "logging.handlers", "clinic_desk.library"}

FIRST_PAINT = """
import json, os, sys
from pathlib import Path
from clinic_desk import cli
cli.load_windows()
from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject
from clinic_desk.app import ClinicDesk, application
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() != QEvent.Type.Expose:
            return False
        watched.removeEventFilter(self)
        app.sendEvent(watched, event)
        lines = sys.modules.get("linecache")
        print(json.dumps({
            "unlock": desk.unlock is not None and desk.unlock.isVisible(),
            "focus": desk.unlock is not None and desk.unlock.passphrase.hasFocus(),
            "modules": sorted(sys.modules),
            "enums": "Qt" in vars(QtCore),
            "sources": [name for name in lines.cache if "clinic_desk" in name] if lines else [],
        }), flush=True)
        os._exit(0)
app = application()
desk = ClinicDesk(app, Path(sys.argv[1]))
desk.window.winId()
first = FirstPaint()
desk.window.windowHandle().installEventFilter(first)
desk.start()
app.exec()
"""

SETTLED = """
import json, sys
from pathlib import Path
from clinic_desk import cli
cli.load_windows()
from clinic_desk.app import ClinicDesk, application
app = application()
desk = ClinicDesk(app, Path(sys.argv[1]))
def settled():
    desk.lanes.wait_idle(60_000)
    desk.end()
    app.setStyleSheet("")  # which hides the style's name
    print(json.dumps({"modules": sorted(sys.modules), "style": app.style().name()}), flush=True)
    app.quit()
desk.settled.connect(settled)
desk.start()
app.exec()
"""

NONE = """
import json, sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
before = sys.getrefcount(None)
for number in range(500):
    label.setText("text")
print(json.dumps(abs(sys.getrefcount(None) - before)))
"""


def said(code: str, *arguments: str) -> object:
    """What a new Python process says as JSON."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    line = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(line, check=True, env=environment, stdout=subprocess.PIPE, timeout=90)
    return json.loads(done.stdout)


def asked(code: str, folder: Path) -> dict[str, object]:
    found = said(code, str(folder))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def practice(store: Store) -> Path:
    add_clinician(store)
    store.close()
    assert store.folder is not None
    return store.folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_first_paint_is_the_unlock_page_and_nothing_heavy_is_loaded(practice: Path) -> None:
    found = asked(FIRST_PAINT, practice)
    assert found["unlock"]
    modules = found["modules"]
    assert isinstance(modules, list)
    assert not HEAVY & {str(name).partition(".")[0] for name in modules}
    assert not LATER & set(modules)


def test_the_first_paint_makes_no_table_of_all_key_names_and_reads_no_source(
    practice: Path,
) -> None:
    found = asked(FIRST_PAINT, practice)
    assert not found["enums"], "the Qt namespace is loaded: 20 ms before the first paint"
    assert found["sources"] == []


def test_what_unlocking_needs_is_loaded_in_the_background(practice: Path) -> None:
    found = asked(SETTLED, practice)
    modules = found["modules"]
    assert isinstance(modules, list)
    needed = {"sqlalchemy", "pydantic", "clinic_desk.ui.screens.today", "clinic_desk.ui.theme_ring"}
    assert needed <= set(modules)
    assert found["style"] == "fusion"


def test_a_second_start_adds_nothing_to_the_folder(practice: Path) -> None:
    asked(SETTLED, practice)
    first = files(practice)
    asked(SETTLED, practice)
    assert files(practice) == first
    assert {paths.DATABASE, paths.KEYS} <= set(first)


def test_void_calls_of_qt_take_no_reference_of_none() -> None:
    moved = said(NONE)
    assert isinstance(moved, int)
    assert moved < 5


def test_imports_after_qt_are_not_searched_for_features() -> None:
    # PySide's own question, which `clinic_desk.ui` answers; it must still be asked by that name
    feature = sys.modules["shibokensupport.feature"]
    assert feature._mod_uses_pyside(theme) is False
