"""What was done to a letter template since it was opened, step by step, to be undone and redone."""

from dataclasses import replace

from clinic_desk.usecases.letter_templates import Edited


class TemplateSteps:
    """Typing on in one text is one step; `now` is the template as it stands."""

    def __init__(self, begin: Edited, unsaved: bool = False) -> None:
        self.now = begin
        self._begin = None if unsaved else begin
        self._past: list[Edited] = []
        self._future: list[Edited] = []
        self._cell = ""

    @property
    def changed(self) -> bool:
        """Whether it differs from what was opened. An older version that was opened to be saved
        again always does.
        """
        return self.now != self._begin

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def put(self, edited: Edited, cell: str = "") -> bool:
        """Take a step; `cell` names the text that is typed in. False where nothing changed."""
        if edited == self.now:
            return False
        if not cell or cell != self._cell:
            self._past.append(self.now)
        self._future.clear()
        self.now, self._cell = edited, cell
        return True

    def rebase(self, newest: int) -> None:
        """Another version was saved in the meantime: what is typed here now follows that one."""
        self.now = replace(self.now, newest=newest)
        self._past = [replace(one, newest=newest) for one in self._past]
        self._future = [replace(one, newest=newest) for one in self._future]
        self._cell = ""

    def undo(self) -> Edited:
        """One step back; the same where there is none."""
        if self._past:
            self._future.append(self.now)
            self.now = self._past.pop()
        self._cell = ""
        return self.now

    def redo(self) -> Edited:
        """One step forward again; the same where there is none."""
        if self._future:
            self._past.append(self.now)
            self.now = self._future.pop()
        self._cell = ""
        return self.now
