"""How windows look to this person: theme and text size."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk import settings
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.ui import theme
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts.kept_settings import KeptSettings
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.segments import Segments


class LooksCard(KeptSettings):
    """Both are applied to all windows in the moment of the choice."""

    words = {"theme": _("Theme changed."), "zoom": _("Text size changed.")}  # noqa: RUF012

    def __init__(self, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(folder, _("Look"), parent)
        self.theme = Segments(
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            _("Theme"),
            always=True,
        )
        self.zoom = Stepper(_("Text size"), *settings.ZOOM_RANGE, step=10, unit="%")
        self.form = Form(2)
        self.form.add("theme", _("Theme"), self.theme)
        self.form.add("zoom", _("Text size"), self.zoom)
        self.add(self.form)
        self.theme.changed.connect(self.changed)
        self.zoom.changed.connect(self.changed)

    def typed(self) -> Mapping[str, object]:
        return {"theme": self.theme.value(), "zoom": int(self.zoom.value() or 100)}

    def fill(self, kept: Settings) -> None:
        self.theme.set_value(kept.theme)
        self.zoom.set_value(kept.zoom)

    def apply(self, wanted: Settings) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, wanted.theme, wanted.zoom)
