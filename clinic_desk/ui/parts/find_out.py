"""What Ctrl+K found, on its way into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from clinic_desk.i18n import _
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts.list_out import ListOut, Read, Seat

if TYPE_CHECKING:
    from clinic_desk.ui.widgets.find_field import FindField

COLUMNS = (
    Column(_("Kind"), lambda row: row[0]),
    Column(_("Found"), lambda row: row[1].title),
    Column(_("More"), lambda row: row[1].detail),
)


class FindOut(QObject):
    """Offers the act under what was found; Ctrl+S in the field presses it."""

    def __init__(self, seat: Seat, field: FindField) -> None:
        super().__init__(field)
        self._field = field
        self.out = ListOut(seat, field.window(), "found", _("Found"), lambda: COLUMNS, self._found)
        self.out.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # typing goes on in the field
        self.out.button.set_hint("Ctrl+S")
        field.offer(self.out.button)

    def _found(self) -> Read:
        """What is found among the records; sections and commands are no findings."""
        rows = [(group.title, hit) for group in self._field.groups() for hit in group.hits]
        return lambda: rows
