"""A card of settings that are kept in the data folder: applied at once, each change taken back."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk import settings
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.ui.screen import KEPT_AT_ONCE
from clinic_desk.ui.widgets.cards import Card


class KeptSettings(Card):
    """A subclass says what its fields are; `words` is what is said when one was changed."""

    said = Signal(str, str)
    undoable = Signal(str, object)
    words: Mapping[str, str] = {}

    def __init__(self, folder: Path | None, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, _("applies at once"), parent)
        self.setProperty(KEPT_AT_ONCE, True)
        self._folder = folder
        self._steps: list[tuple[dict[str, object], dict[str, object]]] = []  # before and after

    def typed(self) -> Mapping[str, object]:
        """The fields as they stand on screen."""
        raise NotImplementedError

    def fill(self, kept: Settings) -> None:
        """Show what is kept."""
        raise NotImplementedError

    def apply(self, wanted: Settings) -> None:
        """What is to happen at once, beside being kept."""

    def look(self) -> None:
        """Show what is kept."""
        self.fill(self._kept())

    def _kept(self) -> Settings:
        return settings.load(self._folder) if self._folder else Settings()

    def changed(self, *_value: object) -> None:
        """A field was changed by the person."""
        now = self._kept()._asdict()
        new = {name: value for name, value in self.typed().items() if value != now[name]}
        if not new:
            return
        self._steps.append(({name: now[name] for name in new}, new))
        self._put(new)
        self.undoable.emit(self.words[next(iter(new))], self.take_back)

    def take_back(self) -> None:
        """Undo the last change here; what else is kept stays."""
        if not self._steps:
            return
        before, after = self._steps.pop()
        now = self._kept()._asdict()
        if all(now[name] == value for name, value in after.items()):
            self._put(before)
        else:
            self.said.emit(_("This was changed since then. Nothing was taken back."), "problem")
        self.look()

    def _put(self, fields: Mapping[str, object]) -> None:
        wanted = Settings(**{**self._kept()._asdict(), **fields})
        if self._folder is not None:
            settings.save(self._folder, wanted)
        self.apply(wanted)
