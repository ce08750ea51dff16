"""When the program locks by itself."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from clinic_desk import settings
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts.kept_settings import KeptSettings
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.toggle import CheckBox


class LockCard(KeptSettings):
    """Read whenever the time is looked at."""

    words = {"lock_minutes": _("Locking changed.")}  # noqa: RUF012

    def __init__(self, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(folder, _("Locking"), parent)
        self.on = CheckBox(_("Lock when nobody has typed or clicked for a while"))
        self.on.setObjectName("lockByItself")
        self.minutes = Stepper(
            _("Minutes without input"), *settings.LOCK_RANGE, step=1, unit=_("min")
        )
        self.form = Form(2)
        self.form.add(
            "lock",
            _("Minutes without input"),
            self.minutes,
            help=_(
                "While something typed cannot be saved, it waits and does not lock. Undo ends with "
                "locking, so that nobody takes back what somebody else did."
            ),
        )
        self.add(self.on)
        self.add(self.form)
        self.on.clicked.connect(self._turn)
        self.minutes.changed.connect(self.changed)

    def _turn(self) -> None:
        self.form.setEnabled(self.on.isChecked())
        self.changed()

    def typed(self) -> Mapping[str, object]:
        minutes = int(self.minutes.value() or Settings().lock_minutes)
        return {"lock_minutes": minutes if self.on.isChecked() else 0}

    def fill(self, kept: Settings) -> None:
        self.on.setChecked(kept.lock_minutes > 0)
        self.form.setEnabled(kept.lock_minutes > 0)
        self.minutes.set_value(kept.lock_minutes or Settings().lock_minutes)
