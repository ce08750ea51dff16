"""How windows and papers look to this person: applied at once, each change taken back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk import settings
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.ui import theme
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.toggle import CheckBox


class LooksCard(Card):
    """Theme, text size, and what handouts say of unreviewed translations."""

    undoable = Signal(str, object)

    def __init__(self, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Look and papers"), _("applies at once"), parent)
        self._folder = folder
        self._before: list[Settings] = []
        self.theme = Segments(
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            _("Theme"),
        )
        self.zoom = Stepper(_("Text size"), *settings.ZOOM_RANGE, step=10, unit="%")
        self.form = Form(2)
        self.form.add("theme", _("Theme"), self.theme)
        self.form.add("zoom", _("Text size"), self.zoom)
        self.add(self.form)
        self.unreviewed = CheckBox(_("Say on handouts that a translation is not yet reviewed"))
        self.unreviewed.setObjectName("printUnreviewed")
        self.add(self.unreviewed)
        self.unreviewed.clicked.connect(self._changed)
        self.theme.changed.connect(self._changed)
        self.zoom.changed.connect(self._changed)

    def look(self) -> None:
        """Show what is kept."""
        kept = self._kept()
        self.theme.set_value(kept.theme)
        self.zoom.set_value(kept.zoom)
        self.unreviewed.setChecked(kept.print_unreviewed)

    def _kept(self) -> Settings:
        return settings.load(self._folder) if self._folder else Settings()

    def _changed(self) -> None:
        before = self._kept()
        chosen = self.theme.value()
        after = before._replace(
            theme=chosen if chosen in ("system", "light", "dark") else before.theme,
            zoom=int(self.zoom.value() or before.zoom),
            print_unreviewed=self.unreviewed.isChecked(),
        )
        if after == before:
            return
        self._before.append(before)
        self._put(after)
        self.undoable.emit(_said(before, after), self.take_back)

    def take_back(self) -> None:
        """Undo the last change of the looks; what else is kept there stays."""
        if not self._before:
            return
        was = self._before.pop()
        self._put(
            self._kept()._replace(
                theme=was.theme, zoom=was.zoom, print_unreviewed=was.print_unreviewed
            )
        )
        self.look()

    def _put(self, wanted: Settings) -> None:
        if self._folder is not None:
            settings.save(self._folder, wanted)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, wanted.theme, wanted.zoom)


def _said(before: Settings, after: Settings) -> str:
    if before.theme != after.theme:
        return _("Theme changed.")
    if before.zoom != after.zoom:
        return _("Text size changed.")
    return _("What handouts say of translations is changed.")
