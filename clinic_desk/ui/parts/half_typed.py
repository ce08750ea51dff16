"""Asking which forms of a screen were left half typed.

It stands apart from the forms because Today asks at the start, long before it needs one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from clinic_desk.ui.screen import Screen
    from clinic_desk.usecases.form_drafts import Kept

BOOKING = "booking"  # as what is half typed of a booking is kept


class HalfTyped(QObject):
    """`found` has what was, the newest first; whoever listens opens the form, which brings it
    back.
    """

    found = Signal(object)  # tuple of Kept

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen

    def look(self, wanted: Sequence[tuple[str, UUID]]) -> None:
        """Forms by their names, each with what it is about."""
        desk = self._screen.desk

        def work() -> tuple[Kept, ...]:
            from clinic_desk.usecases import form_drafts  # loaded after the first page is shown

            return form_drafts.kept(desk, wanted)

        for form in self._screen.kept_forms:
            form.flush()
        self._screen.lanes.run(work, self._looked, replace_key=f"half {id(self)}")

    def _looked(self, found: tuple[Kept, ...]) -> None:
        if found and self._screen.isVisible():
            self.found.emit(found)
