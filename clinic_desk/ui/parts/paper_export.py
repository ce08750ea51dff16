"""A file of a document with a password, a digital signature or both."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import exports
from clinic_desk.usecases.exports import Wish


class PaperExport(Card):
    """The card beside the pages, closed until it is wanted. `wished` has what the file is to
    carry; nothing of it is kept.
    """

    wished = Signal(object)  # Wish

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.can_sign = exports.can_sign()
        title = _("Password or signature") if self.can_sign else _("Password")
        self.header.set(title)
        self.header.show()
        self.known: tuple[str, ...] = ()
        self._certificate: Path | None = None
        self.turn = Button(_("Show"), "key-round", compact=True, name=title)
        self.turn.setObjectName("turnExport")
        self.turn.clicked.connect(self._turn)
        self.add_to_header(self.turn)
        self.inner = QWidget()
        column = layout.column(self.inner, tokens.M)
        self.password, self.again, self.secret = (TextField(limit=200) for _n in range(3))
        for name, field in (
            ("exportPassword", self.password),
            ("exportAgain", self.again),
            ("certificatePassword", self.secret),
        ):
            field.setEchoMode(TextField.EchoMode.Password)
            field.setObjectName(name)
        self.form = Form()
        typed = self.form.add("password", _("Password of the file"), self.password)
        self.form.add("again", _("Password again"), self.again)
        self.hint = Label("", "caption", wrap=True)
        self.hint.setObjectName("passwordStrength")
        typed.add_below(self.hint)
        column.addWidget(
            Label(
                _("A file of its own; the issued one stays as it is. Tell the password by phone."),
                "quiet",
                wrap=True,
            )
        )
        self.choose = Button(_("Choose certificate"), "user-check")
        self.choose.setObjectName("chooseCertificate")
        if self.can_sign:
            self.form.add("certificate", _("Your certificate (PKCS #12)"), self.choose)
            self.form.add("certificate_password", _("Its password"), self.secret)
        column.addWidget(self.form)
        self.make = Button(_("Save this file"), "download")
        self.make.setObjectName("saveExport")
        column.addWidget(self.make)
        self.add(self.inner)
        self.inner.hide()
        self.password.changed.connect(self._judge)
        self.choose.clicked.connect(self._ask_which)
        self.make.clicked.connect(self._wish)

    def clear(self) -> None:
        """Forget what was typed, and close."""
        for field in (self.password, self.again, self.secret):
            field.clear()
        self.choose_certificate(None)
        self.form.clear_problems()
        self._judge()
        self._show(False)

    def choose_certificate(self, path: Path | None) -> None:
        """The file to sign with; only its name is shown."""
        self._certificate = path
        self.choose.setText(path.name if path else _("Choose certificate"))
        if path is not None:
            self.form.rows["certificate"].show_problem("")

    def _turn(self) -> None:
        if self.inner.isHidden():
            self._show(True)
            self.password.setFocus()
        else:
            self.clear()

    def _show(self, on: bool) -> None:
        self.inner.setVisible(on)
        self.turn.setText(_("Close") if on else _("Show"))

    def _judge(self) -> None:
        said = exports.strength(self.password.value(), self.known)
        self.hint.setText(said)
        self.hint.setVisible(bool(said))

    def _ask_which(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose certificate"), "", _("Certificates (*.p12 *.pfx)")
        )
        if chosen:
            self.choose_certificate(Path(chosen))

    def _wish(self) -> None:
        self.wished.emit(
            Wish(self.password.value(), self.again.value(), self._certificate, self.secret.value())
        )
