"""The first start: practice, clinician, passphrase, recovery sheet; or the demo clinic.

Plain values go out by signals; what is wrong with them comes back by field.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.unlock import SHORTEST, CentredCard, SecretField, sign
from clinic_desk.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from clinic_desk.ui.widgets.cards import Pages
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Label, Problem
from clinic_desk.ui.widgets.texts import TextArea, TextField

PRACTICE, CLINICIAN, PASSPHRASE, RECOVERY = range(4)


def strength(passphrase: str) -> tuple[int, str]:
    """How hard a passphrase is to guess, 0 to 3, in words. Length counts most."""
    kinds = sum(
        any(test(sign_) for sign_ in passphrase)
        for test in (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    )
    if len(passphrase) < SHORTEST:
        return 0, _("Too short: at least {n} characters.").format(n=SHORTEST)
    if len(set(passphrase)) < 5:
        return 0, _("Weak: the same few characters repeat.")
    weight = len(passphrase) + 2 * kinds
    if weight < 16:
        return 1, _("Fair: a few more words make it strong.")
    if weight < 24:
        return 2, _("Good.")
    return 3, _("Strong.")


class FirstRunPages(CentredCard):
    """Four short pages. After `finished`, the root makes the store and calls `show_recovery`."""

    finished = Signal(dict)  # practice: {...}, clinician: {...}, passphrase: str
    demo_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()
    recovery_confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=560, parent=parent)
        self.setObjectName("firstRun")
        self._code = ""
        self.column.addWidget(
            sign(_("Set up Clinic Desk"), _("Everything stays on this computer."))
        )
        self.where = Label("", "caption")
        self.column.addWidget(self.where)
        self.pages = Pages()
        self.column.addWidget(self.pages)
        self.problem = Problem()
        self.column.addWidget(self.problem)
        self.practice, self.clinician = Form(2), Form(1)
        self.passphrase, self.again = (
            SecretField(_("Passphrase")),
            SecretField(_("Passphrase again")),
        )
        self.strength = Label("", "caption")
        self.code = Label("", "number")
        self.confirm = TextField(_("Last group of the code"), limit=20)
        self._fill_practice()
        self._fill_clinician()
        self._fill_passphrase()
        self._fill_recovery()
        self.back = LinkButton(_("Back"), icon="arrow-left")
        self.demo = Button(_("Try the demo clinic"))
        self.next_button = PrimaryButton(_("Next"))
        row = QHBoxLayout()
        row.setContentsMargins(0, tokens.S, 0, 0)
        row.addWidget(self.back)
        row.addWidget(self.demo)
        row.addStretch(1)
        row.addWidget(self.next_button)
        self.column.addLayout(row)
        self.back.clicked.connect(self._back)
        self.demo.clicked.connect(self.demo_asked)
        self.next_button.clicked.connect(self._next)
        for form in (self.practice, self.clinician):
            for held in form.rows.values():
                if isinstance(held.control, TextField):
                    held.control.returnPressed.connect(self._next)
        for field in (self.passphrase, self.again, self.confirm):
            field.returnPressed.connect(self._next)
        self._show(PRACTICE)

    def primary(self) -> PrimaryButton:
        return self.next_button

    # -- pages ------------------------------------------------------------------

    def _fill_practice(self) -> None:
        form = self.practice
        name = TextField(_("Practice name"))
        form.add("name", _("Practice name"), name, True, span=2)
        form.add(
            "subtitle", _("Line below the name"), TextField(placeholder=_("Physiotherapy")), span=2
        )
        form.add("address", _("Address"), TextArea(lines=3), span=2)
        form.add("phone", _("Phone"), TextField())
        form.add("email", _("Email"), TextField())
        paper = ComboBox()
        paper.fill([("a4", "A4"), ("letter", "US Letter")])
        form.add("paper", _("Paper"), paper)
        number = TextField(limit=20)
        number.setText("112")
        form.add("emergency_number", _("Emergency number"), number)
        self._add(form, _("This stands at the top of letters and handouts."))

    def _fill_clinician(self) -> None:
        form = self.clinician
        form.add("name", _("Your name"), TextField(), True)
        profession = TextField()
        profession.setText(_("physiotherapist"))
        form.add("profession", _("Profession"), profession)
        form.add("registration", _("Registration number"), TextField())
        self._add(form, _("This stands under what you sign."))

    def _fill_passphrase(self) -> None:
        holder, column = _plain()
        column.addWidget(FieldLabel(_("Passphrase"), self.passphrase))
        column.addWidget(self.passphrase)
        column.addWidget(self.passphrase.caps)
        column.addWidget(self.strength)
        column.addWidget(FieldLabel(_("Passphrase again"), self.again))
        column.addWidget(self.again)
        column.addWidget(self.again.caps)
        column.addStretch(1)
        self.passphrase.changed.connect(self._weigh)
        words = _(
            "It encrypts every record. Nobody can open them without it or the recovery sheet."
        )
        self._add(holder, words)

    def _fill_recovery(self) -> None:
        holder, column = _plain()
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setWordWrap(True)
        self.code.setProperty("type", "title")
        column.addWidget(self.code)
        row = QHBoxLayout()
        self.print_button = Button(_("Print the sheet"), "printer")
        self.save_button = Button(_("Save as PDF"), "download")
        self.print_button.clicked.connect(self.print_asked)
        self.save_button.clicked.connect(self.save_asked)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(tokens.S)
        label = _("Type the last group of the code, to be sure that you have it")
        column.addWidget(FieldLabel(label, self.confirm))
        column.addWidget(self.confirm)
        column.addStretch(1)
        words = _("With this code you get back in if the passphrase is lost. It is shown only now.")
        self._add(holder, words)

    def _add(self, inner: QWidget, words: str) -> None:
        page, column = _plain()
        column.addWidget(Label(words, "quiet", wrap=True))
        column.addSpacing(tokens.XS)
        column.addWidget(inner)
        column.addStretch(1)
        self.pages.addWidget(page)

    # -- what the root says -------------------------------------------------------

    def values(self) -> dict[str, object]:
        """What was typed, as plain values."""
        held: dict[str, object] = {}
        for name, form in (("practice", self.practice), ("clinician", self.clinician)):
            part = {}
            for key, row in form.rows.items():
                control = row.control
                if isinstance(control, (TextField, TextArea)):
                    part[key] = control.value().strip()
                elif isinstance(control, ComboBox):
                    part[key] = str(control.value())
            held[name] = part
        held["passphrase"] = self.passphrase.text()
        return held

    def set_busy(self, busy: bool) -> None:
        self.next_button.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.demo.setEnabled(not busy)

    def set_problem(self, text: str) -> None:
        self.set_busy(False)
        self.problem.set(text)

    def show_problems(self, fields: Mapping[str, str]) -> None:
        """What the store refused, beside its field; "practice.name" and "name" both find it."""
        self.set_busy(False)
        left = []
        for key, text in fields.items():
            part, _dot, name = key.rpartition(".")
            forms = {"practice": self.practice, "clinician": self.clinician}
            form = forms.get(part) or next((f for f in forms.values() if name in f.rows), None)
            if form is not None and name in form.rows:
                form.rows[name].show_problem(text)
                self._show(PRACTICE if form is self.practice else CLINICIAN)
            else:
                left.append(text)
        self.problem.set(" ".join(left))

    def show_recovery(self, code: str) -> None:
        """The store stands: show the code once, and wait until it is safe."""
        self.set_busy(False)
        self._code = code
        self.code.setText(code)
        self._show(RECOVERY)

    # -- walking ----------------------------------------------------------------

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        names = (_("Practice"), _("Clinician"), _("Passphrase"), _("Recovery sheet"))
        words = _("Step {n} of 4: {name}").format(n=page + 1, name=names[page])
        self.where.setText(words)
        self.problem.set("")
        self.back.setVisible(page in (CLINICIAN, PASSPHRASE))
        self.demo.setVisible(page == PRACTICE)
        self.next_button.setText(_("Start") if page == RECOVERY else _("Next"))
        first = (
            self.practice.rows["name"].control,
            self.clinician.rows["name"].control,
            self.passphrase,
            self.confirm,
        )[page]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self._show(max(PRACTICE, self.pages.currentIndex() - 1))

    def _next(self) -> None:
        page = self.pages.currentIndex()
        if page in (PRACTICE, CLINICIAN):
            form = self.practice if page == PRACTICE else self.clinician
            name = form.rows["name"]
            field = name.control
            missing = isinstance(field, TextField) and not field.text().strip()
            name.show_problem(_("Type a name.") if missing else "")
            if not missing:
                self._show(page + 1)
        elif page == PASSPHRASE:
            self._finish()
        else:
            self._confirm()

    def _finish(self) -> None:
        weight, words = strength(self.passphrase.text())
        if weight == 0:
            self.problem.set(words)
        elif self.passphrase.text() != self.again.text():
            self.problem.set(_("The two passphrases differ."))
        elif self.next_button.isEnabled():
            self.problem.set("")
            self.set_busy(True)
            self.finished.emit(self.values())

    def _confirm(self) -> None:
        last = self._code.replace("-", " ").split()[-1:]
        if last and self.confirm.text().strip().upper() == last[0].upper():
            self.recovery_confirmed.emit()
        else:
            self.problem.set(_("That is not the last group of the code above."))

    def _weigh(self) -> None:
        weight, words = strength(self.passphrase.text())
        self.strength.setText(words)
        self.strength.set_type("caution" if weight < 2 else "good")


def _plain() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.S)
    return holder, column
