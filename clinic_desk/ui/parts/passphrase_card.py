"""Changing one's own passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import practice
from clinic_desk.usecases.desk import Desk


class PassphraseCard(Card):
    """The one now, and the new one twice. This alone is not taken back: nothing keeps the old."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Passphrase"), parent=parent)
        self._desk, self._lanes = desk, lanes
        self.old, self.new, self.again = (TextField(limit=1000) for _n in range(3))
        for field in (self.old, self.new, self.again):
            field.setEchoMode(TextField.EchoMode.Password)
        self.keys = Form(3)
        self.keys.add("old", _("Passphrase now"), self.old)
        self.keys.add("passphrase", _("New passphrase"), self.new)
        self.keys.add("again", _("New passphrase again"), self.again)
        self.change = Button(_("Change passphrase"), "key-round")
        self.change.clicked.connect(self._change)
        self.add(
            Label(
                _(
                    "The recovery sheet stays valid. Without passphrase and sheet nobody can read "
                    "these records, not even the makers of this program."
                ),
                "quiet",
                wrap=True,
            )
        )
        self.add(self.keys)
        line = layout.row()
        line.addWidget(self.change)
        line.addStretch(1)
        self.body.addLayout(line)

    def _change(self) -> None:
        folder = self._desk.store.folder
        if folder is None:
            return
        if self.new.value() != self.again.value():
            self.keys.show_problems({"again": _("The two new passphrases differ.")})
            return
        old, new = self.old.value(), self.new.value()
        self._lanes.run(
            lambda: practice.change_passphrase(self._desk, folder, old, new),
            self._changed,
            self._not_changed,
        )

    def _changed(self, _nothing: object) -> None:
        self.keys.clear_problems()
        for field in (self.old, self.new, self.again):
            field.clear()
        self.said.emit(_("Passphrase changed. It is asked for at the next start."), "done")

    def _not_changed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.keys.show_problems(error.fields)
        elif isinstance(error, ClinicError):
            self.keys.show_problems({"old": str(error)})
        else:
            raise error
