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
from clinic_desk.ui.single_instance import LOCK, SingleInstance

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = 2  # the exit code of a start that led to no window of the program


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
        instance = taken(folder)
    except ClinicError as error:
        from clinic_desk.mending import Mending  # only where something is wrong

        mending = Mending(app, folder, error, taken)
        if not mending.done():
            return REFUSED
        instance = mending.instance
    if instance is None:
        return 0
    desk = ClinicDesk(app, folder)
    desk.window.painted.connect(lambda: _start_log(folder))
    desk.window.painted.connect(instance.listen)
    instance.raise_asked.connect(desk.window.raise_)
    instance.raise_asked.connect(desk.window.activateWindow)
    code = _live(desk)
    instance.release()
    return code


def taken(folder: Path) -> SingleInstance | None:
    """The folder's lock; None when the copy that holds it was raised instead. Raises Locked,
    StorageUnavailable.
    """
    try:
        instance = SingleInstance(folder)
        if instance.take():
            return instance
    except OSError as error:
        said = _("The data folder {folder} cannot be used: {why}.")
        why = error.strerror or type(error).__name__
        raise StorageUnavailable(
            said.format(folder=folder, why=why),
            _("Check that the disk is there and has room, and that you may write in the folder."),
        ) from error
    if instance.ask_to_raise():
        return None
    said = _("Clinic Desk is already open on this folder: {holder}.")
    hint = _(
        "Close it there first. If it surely runs there no more, delete the file {name} in the "
        "folder."
    )
    raise Locked(said.format(holder=instance.holder()), hint.format(name=LOCK))


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
