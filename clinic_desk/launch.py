"""Starting: a display, the folder's lock, the window, and the end of the program.

Imports inside functions are what the first paint does without.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from clinic_desk import paths
from clinic_desk.app import ClinicDesk, application
from clinic_desk.errors import ClinicError, Locked, StorageUnavailable
from clinic_desk.i18n import _
from clinic_desk.ui.single_instance import SingleInstance

if TYPE_CHECKING:
    from pathlib import Path


def run(data: Path | None, demo: bool) -> int:
    """Start the program; returns its exit code."""
    if not _can_show_windows():
        raise ClinicError(
            _("There is no display here, so no window can open."),
            _("`clinic-desk tour --out DIR` makes pictures of every screen instead."),
        )
    if demo and data is not None:
        raise ClinicError(_("The demo clinic has a folder of its own."), _("Leave --data out."))
    app = application()
    if demo:
        return _live(ClinicDesk(app, None))
    folder = data or paths.default_data_folder()
    try:
        instance = SingleInstance(folder)
        free = instance.take()
    except OSError as error:
        raise StorageUnavailable(
            _("The data folder {folder} cannot be used.").format(folder=folder),
            error.strerror or "",
        ) from error
    if not free:
        if instance.ask_to_raise():
            return 0
        raise Locked(
            _("Clinic Desk is already open on this folder: {holder}.").format(
                holder=instance.holder()
            ),
            _("Close it there first."),
        )
    desk = ClinicDesk(app, folder)
    desk.window.painted.connect(lambda: _start_log(folder))
    desk.window.painted.connect(instance.listen)
    instance.raise_asked.connect(desk.window.raise_)
    instance.raise_asked.connect(desk.window.activateWindow)
    code = _live(desk)
    instance.release()
    return code


def _start_log(folder: Path) -> None:
    from clinic_desk import log

    log.start(folder)


def _live(desk: ClinicDesk) -> int:
    """From the first page to the end of the program."""
    desk.window.painted.connect(desk.watch_for_the_end)
    desk.start()
    return desk.app.exec()


def _can_show_windows() -> bool:
    """Qt aborts the process where it finds no display, so it is asked before."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
