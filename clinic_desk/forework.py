"""What is imported and read in the background while the passphrase is typed.

Nothing of it is needed by the first paint, and each import here would hold that up.
"""

from __future__ import annotations

import gc
import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic_desk.library import Library

# What takes its time to import and is needed only behind the unlock page.
# In steps of some tenths of a second, because after each the garbage collector is told that what
# was imported stays.
HEAVY = (
    "clinic_desk.usecases.practice",
    "clinic_desk.storage.models",
    "clinic_desk.storage.store",
    "clinic_desk.library.protocols",
    "clinic_desk.library.exercises",
    "clinic_desk.ui.screens.today",
    "clinic_desk.ui.screens.patient",
    "clinic_desk.ui.screens.visit",
    "clinic_desk.ui.screens.contacts",
    "clinic_desk.ui.screens.batch",
    "clinic_desk.ui.navigator",
    "clinic_desk.ui.widgets.command_bar",
    "clinic_desk.ui.widgets.message_bar",
    "clinic_desk.ui.widgets.rail",
    "clinic_desk.ui.widgets.status_bar",
    "PySide6.QtSvg",
)


def prepare(library: Library) -> None:
    """Import and read it, in the lane that will unlock."""
    for name in HEAVY:
        importlib.import_module(name)
        # else the next collection walks through all that was imported: a stutter of 100 ms
        gc.freeze()
    from clinic_desk.usecases import practice, rehearsal  # after the steps above, not in one

    practice.prepare(library)
    rehearsal.rehearse(library)
    gc.freeze()
