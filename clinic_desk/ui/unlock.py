"""The unlock page: the first thing painted. It knows no key; it only asks for words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import LinkButton, PrimaryButton
from clinic_desk.ui.widgets.cards import Pages
from clinic_desk.ui.widgets.labels import FieldLabel, Icon, Label, Problem
from clinic_desk.ui.widgets.texts import TextField, mark_wrong

WIDTH = 420


class SecretField(TextField):
    """A passphrase; says when its letters come out inverted by a caps lock."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, limit=1000)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.caps = Label(_("Caps lock seems to be on."), "caution")
        self.caps.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(letter.isupper() != shift)
        super().keyPressEvent(event)


class CentredCard(QWidget):
    """A page with one card in the middle; `column` is the card's."""

    def __init__(self, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        across = QHBoxLayout()
        across.addStretch(1)
        self.card = QFrame()
        self.card.setProperty("surface", "card")
        self.card.setFixedWidth(width)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(28, 26, 28, 26)
        self.column.setSpacing(tokens.M)
        across.addWidget(self.card)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(3)


def sign(title: str, words: str) -> QWidget:
    """The program's sign with a heading."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, tokens.XS)
    row.setSpacing(tokens.M)
    logo = Icon("logo", 40, "logo")
    row.addWidget(logo)
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(Label(title, "title"))
    text.addWidget(Label(words, "quiet", wrap=True))
    row.addLayout(text, 1)
    return holder


class UnlockPage(CentredCard):
    """Passphrase, or the recovery sheet's code with a new passphrase."""

    unlock_asked = Signal(str)  # passphrase
    recovery_asked = Signal(str, str)  # code, new passphrase

    def __init__(self, practice: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("unlockPage")
        self.column.addWidget(sign("Clinic Desk", practice or _("Your records are locked.")))
        self.pages = Pages()
        self.column.addWidget(self.pages)
        self.passphrase = SecretField(_("Passphrase"))
        self.unlock = PrimaryButton(_("Unlock"), hint="Enter")
        self.lost = LinkButton(_("Use the recovery sheet"))
        self.problem = Problem()
        self.pages.addWidget(self._passphrase_page())
        self.code = TextField(_("Recovery code"), limit=200)
        self.new = SecretField(_("New passphrase"))
        self.again = SecretField(_("New passphrase again"))
        self.recover = PrimaryButton(_("Unlock with the code"), hint="Enter")
        self.back = LinkButton(_("Back"), icon="arrow-left")
        self.recovery_problem = Problem()
        self.pages.addWidget(self._recovery_page())
        for field in (self.passphrase, self.code, self.new, self.again):
            field.returnPressed.connect(self._enter)
        self.unlock.clicked.connect(self._ask)
        self.recover.clicked.connect(self._ask_recovery)
        self.lost.clicked.connect(self._to_recovery)
        self.back.clicked.connect(self._to_passphrase)
        self.setFocusProxy(self.passphrase)

    def _passphrase_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(FieldLabel(_("Passphrase"), self.passphrase))
        column.addWidget(self.passphrase)
        column.addWidget(self.passphrase.caps)
        column.addWidget(self.problem)
        column.addLayout(_ends(self.lost, self.unlock))
        column.addStretch(1)
        return page

    def _recovery_page(self) -> QWidget:
        page, column = _page()
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
        column.addWidget(self.recovery_problem)
        column.addLayout(_ends(self.back, self.recover))
        return page

    def primary(self) -> PrimaryButton:
        return self.recover if self.pages.currentIndex() else self.unlock

    def set_busy(self, busy: bool) -> None:
        """The key is being derived: nothing can be pressed twice."""
        for button, words, working in (
            (self.unlock, _("Unlock"), _("Unlocking")),
            (self.recover, _("Unlock with the code"), _("Unlocking")),
        ):
            button.setEnabled(not busy)
            button.setText(working if busy else words)
        for field in (self.passphrase, self.code, self.new, self.again):
            field.setReadOnly(busy)
        self.lost.setEnabled(not busy)
        self.back.setEnabled(not busy)

    def set_problem(self, text: str) -> None:
        """Why it could not be unlocked; the passphrase can be typed anew."""
        self.set_busy(False)
        if self.pages.currentIndex():
            self.recovery_problem.set(text)
            return
        self.problem.set(text)
        mark_wrong(self.passphrase, bool(text))
        if text:
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        self.primary().click()

    def _ask(self) -> None:
        if not self.passphrase.text():
            self.set_problem(_("Type your passphrase."))
            return
        self.problem.set("")
        mark_wrong(self.passphrase, False)
        self.set_busy(True)
        self.unlock_asked.emit(self.passphrase.text())

    def _ask_recovery(self) -> None:
        wrong = ""
        if not self.code.text().strip():
            wrong = _("Type the recovery code.")
        elif len(self.new.text()) < SHORTEST:
            wrong = _("The new passphrase needs at least {n} characters.").format(n=SHORTEST)
        elif self.new.text() != self.again.text():
            wrong = _("The two new passphrases differ.")
        if wrong:
            self.recovery_problem.set(wrong)
            return
        self.recovery_problem.set("")
        self.set_busy(True)
        self.recovery_asked.emit(self.code.text().strip(), self.new.text())

    def _to_recovery(self) -> None:
        self.pages.setCurrentIndex(1)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_passphrase(self) -> None:
        self.pages.setCurrentIndex(0)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)


SHORTEST = 8  # characters; the store refuses less


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.S)
    return page, column


def _ends(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, tokens.S, 0, 0)
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
