"""The unlock page: the first thing painted. It knows no key; it only asks for words.

What the first paint can do without waits until it is used: the `Qt` namespace (20 ms), the page
of the recovery code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.buttons import LinkButton, PrimaryButton
from clinic_desk.ui.widgets.cards import Pages
from clinic_desk.ui.widgets.labels import FieldLabel, Icon, Label, Problem
from clinic_desk.ui.widgets.texts import TextField, mark_wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from clinic_desk.ui.unlock_people import PersonChoice
    from clinic_desk.ui.unlock_recovery import RecoveryPage

WIDTH = 420
SHORTEST = 8  # characters; the store refuses less


class SecretField(TextField):
    """A passphrase; says when its letters come out inverted by a caps lock."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, limit=1000)
        # this also tells input methods to keep nothing and to predict nothing
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.caps = Label(_("Caps lock seems to be on."), "caution")
        self.caps.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            from PySide6.QtCore import Qt

            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(letter.isupper() != shift)
        super().keyPressEvent(event)


class CentredCard(QWidget):
    """A page with one card in the middle; `column` is the card's."""

    def __init__(self, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def __init__(
        self,
        practice: str = "",
        parent: QWidget | None = None,
        people: Sequence[tuple[str, str]] = (),
        last: str = "",
    ) -> None:
        """`people`: id and name of each, where there are several to choose from; `last` is the id
        of who was here last.
        """
        super().__init__(parent=parent)
        self.setObjectName("unlockPage")
        self.column.addWidget(sign("Clinic Desk", practice or _("Your records are locked.")))
        self.who: PersonChoice | None = None
        if people:
            from clinic_desk.ui.unlock_people import PersonChoice  # only where there are several

            self.who = PersonChoice(people, last)
            self.column.addWidget(self.who)
        self.pages = Pages()
        self.column.addWidget(self.pages)
        self.passphrase = SecretField(_("Passphrase"))
        self.unlock = PrimaryButton(_("Unlock"), hint="Enter")
        self.lost = LinkButton(_("Use the recovery sheet"))
        self.problem = Problem()
        self.recovery: RecoveryPage | None = None
        self.pages.addWidget(self._passphrase_page())
        self.passphrase.returnPressed.connect(self._enter)
        self.unlock.clicked.connect(self._ask)
        self.lost.clicked.connect(self._to_recovery)
        self.setFocusProxy(self.passphrase)

    def _passphrase_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(FieldLabel(_("Passphrase"), self.passphrase))
        column.addWidget(self.passphrase)
        column.addWidget(self.passphrase.caps)
        column.addWidget(self.problem)
        ends = QHBoxLayout()
        ends.setContentsMargins(0, tokens.S, 0, 0)
        ends.addWidget(self.lost)
        ends.addStretch(1)
        ends.addWidget(self.unlock)
        column.addLayout(ends)
        column.addStretch(1)
        return page

    def person(self) -> str:
        """The id of who wants in; empty where nobody is asked."""
        return self.who.person() if self.who is not None else ""

    def primary(self) -> PrimaryButton:
        shown = self.recovery if self.pages.currentIndex() else None
        return self.unlock if shown is None else shown.recover

    def set_busy(self, busy: bool) -> None:
        """The key is being derived: nothing can be pressed twice."""
        self.unlock.setEnabled(not busy)
        self.unlock.setText(_("Unlocking") if busy else _("Unlock"))
        self.passphrase.setReadOnly(busy)
        self.lost.setEnabled(not busy)
        if self.who is not None:
            self.who.setEnabled(not busy)
        if self.recovery is not None:
            self.recovery.set_busy(busy)

    def set_problem(self, text: str, where: str = "") -> None:
        """Why it could not be unlocked, and in which folder; the passphrase can be typed anew."""
        self.set_busy(False)
        if where:
            text = f"{text}\n{_('Data folder')}: {where}"
        if self.recovery is not None and self.pages.currentIndex():
            self.recovery.problem.set(text)
            return
        self.problem.set(text)
        mark_wrong(self.passphrase, bool(text))
        if text:
            self.passphrase.selectAll()
            self.passphrase.setFocus()

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

    def _to_recovery(self) -> None:
        if self.recovery is None:
            from clinic_desk.ui.unlock_recovery import RecoveryPage

            self.recovery = RecoveryPage()
            self.recovery.asked.connect(self.recovery_asked)
            self.recovery.left.connect(self._to_passphrase)
            self.pages.addWidget(self.recovery)
        self.pages.setCurrentIndex(1)
        self.recovery.start()

    def _to_passphrase(self) -> None:
        self.pages.setCurrentIndex(0)
        self.passphrase.setFocus()
