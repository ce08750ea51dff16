"""The way in with the printed recovery sheet: its code, and a new passphrase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.unlock import SHORTEST, SecretField
from clinic_desk.ui.widgets.buttons import LinkButton, PrimaryButton
from clinic_desk.ui.widgets.labels import FieldLabel, Label, Problem
from clinic_desk.ui.widgets.texts import TextField


class RecoveryPage(QWidget):
    """Built when it is asked for; the first paint doesn't wait for it."""

    asked = Signal(str, str)  # code, new passphrase
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = TextField(_("Recovery code"), limit=200)
        self.new = SecretField(_("New passphrase"))
        self.again = SecretField(_("New passphrase again"))
        self.recover = PrimaryButton(_("Unlock with the code"), hint="Enter")
        self.back = LinkButton(_("Back"), icon="arrow-left")
        self.problem = Problem()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(Label(_("Type the code from your printed recovery sheet."), wrap=True))
        rows = (
            (_("Recovery code"), self.code),
            (_("New passphrase"), self.new),
            (_("New passphrase again"), self.again),
        )
        for label, field in rows:
            column.addWidget(FieldLabel(label, field))
            column.addWidget(field)
            if isinstance(field, SecretField):
                column.addWidget(field.caps)
            field.returnPressed.connect(self.recover.click)
        column.addWidget(self.problem)
        ends = QHBoxLayout()
        ends.setContentsMargins(0, tokens.S, 0, 0)
        ends.addWidget(self.back)
        ends.addStretch(1)
        ends.addWidget(self.recover)
        column.addLayout(ends)
        self.recover.clicked.connect(self._ask)
        self.back.clicked.connect(self.left)

    def start(self) -> None:
        """The page comes into sight."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """The key is being derived: nothing can be pressed twice."""
        self.recover.setEnabled(not busy)
        self.recover.setText(_("Unlocking") if busy else _("Unlock with the code"))
        for field in (self.code, self.new, self.again):
            field.setReadOnly(busy)
        self.back.setEnabled(not busy)

    def _ask(self) -> None:
        wrong = ""
        if not self.code.text().strip():
            wrong = _("Type the recovery code.")
        elif len(self.new.text()) < SHORTEST:
            wrong = _("The new passphrase needs at least {n} characters.").format(n=SHORTEST)
        elif self.new.text() != self.again.text():
            wrong = _("The two new passphrases differ.")
        self.problem.set(wrong)
        if not wrong:
            self.set_busy(True)
            self.asked.emit(self.code.text().strip(), self.new.text())
