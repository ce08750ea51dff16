"""How a note under supervision stands, what was said about it, and the co-signature."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import cosign
from clinic_desk.usecases.cosign import NoteRef
from clinic_desk.usecases.cosign_state import COSIGNED, RETURNED, Act, Cosigning
from clinic_desk.usecases.desk import Desk

_ACTS = {
    "asked": _("Signed under supervision"),
    "returned": _("Given back"),
    "cosigned": _("Co-signed"),
}


class CosignCard(Card):
    """The card of a note. `cosign` stands in the screen's footer beside the button that adds an
    addendum; one of the two is shown: what is typed is added first, then the note is co-signed.
    """

    changed = Signal(str)  # what was done, in words

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        add: PrimaryButton,
        addendum: TextArea,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Supervision"), " ", parent)
        self._add, self._addendum = add, addendum
        addendum.changed.connect(self._choose)
        self.setObjectName("cosignCard")
        self._desk, self._lanes = desk, lanes
        self._note = NoteRef()
        self._may = self._busy = self._signed = False
        self._rows: list[QWidget] = []
        self._done = ""
        self.chip = Chip("", "caution")
        self.add_to_header(self.chip)
        self.next = Label("", "quiet", wrap=True)
        self.add(self.next)
        self.remark = TextArea(_("Remark to the author"), lines=2, most=8)
        self.remark.setObjectName("cosignRemark")
        self.remark.setPlaceholderText(_("What is to be added or put right"))
        self.remark.changed.connect(self._typed)
        self.problem = Problem()
        self.back = Button(_("Give back"), "undo-2")
        self.back.setObjectName("giveBack")
        self.back.clicked.connect(self._give_back)
        self.answer = QWidget()
        column = layout.column(self.answer, tokens.S)
        column.addWidget(self.remark)
        column.addWidget(self.problem)
        line = layout.row()
        line.addWidget(self.back)
        line.addStretch(1)
        column.addLayout(line)
        self.add(self.answer)
        self.cosign = PrimaryButton(_("Co-sign"), icon="user-check")
        self.cosign.setObjectName("coSign")
        self.cosign.clicked.connect(self._co_sign)
        self.hide()
        self.cosign.hide()

    @property
    def may(self) -> bool:
        """Whether the person at the desk may co-sign this note now."""
        return self._may

    @property
    def filled(self) -> PrimaryButton:
        """The button of the two that stands for what comes next."""
        return self._add if self._addendum.value().strip() or not self._may else self.cosign

    def _choose(self) -> None:
        self._add.setVisible(self._signed and self.filled is self._add)
        self.cosign.setVisible(self._signed and self.filled is self.cosign)

    def show_for(self, note: NoteRef, cosigning: Cosigning | None, signed: bool) -> None:
        """Show how a note stands; nothing for one that was not signed under supervision."""
        self._busy, self._signed = False, signed
        if note != self._note:
            self._note = note
            self.remark.set_value("")
        self._may = cosigning is not None and cosigning.may_close(self._desk.actor)
        self.setVisible(cosigning is not None)
        self.cosign.setEnabled(True)
        self._choose()
        self.answer.setVisible(self._may)
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        if cosigning is None:
            return
        self.chip.set(*chip_of(cosigning))
        self.next.setText(self._next(cosigning))
        self.next.setVisible(bool(self.next.text()))
        for place, one in enumerate(cosigning.acts):
            row = _act(one)
            self.body.insertWidget(1 + place, row)
            self._rows.append(row)

    def _next(self, cosigning: Cosigning) -> str:
        """What is to be done now, for the person who looks."""
        mine = self._desk.actor.id in cosigning.authors
        if cosigning.state == COSIGNED:
            return ""
        if self._may:
            return _("Read the note and its addenda, then co-sign it or give it back.")
        if cosigning.state == RETURNED:
            return (
                _("Answer with an addendum; it then waits for the co-signature again.")
                if (mine)
                else _("It waits for an addendum by its author.")
            )
        return _("It waits for a physiotherapist. Letters built on it wait too.")

    def _typed(self) -> None:
        self.problem.set("")

    def _co_sign(self) -> None:
        if self.remark.value().strip():
            self.problem.set(_("There is a remark: give the note back, or clear it to co-sign."))
            self.remark.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, note = self._desk, self._note
        self._work(_("Co-signed."), lambda: cosign.co_sign(desk, note))

    def _give_back(self) -> None:
        desk, note, remark = self._desk, self._note, self.remark.value()
        done = _("Given back. The author finds it on Today.")
        self._work(done, lambda: cosign.give_back(desk, note, remark))

    def _work(self, done: str, work: Callable[[], None]) -> None:
        if self._busy or not self._may:
            return
        self._busy, self._done = True, done
        self.cosign.setEnabled(False)
        self._lanes.run(work, self._worked, self._refused)

    def _worked(self, _nothing: object) -> None:
        self._busy = False
        self.remark.set_value("")
        self.changed.emit(self._done)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.cosign.setEnabled(True)
        if isinstance(error, InvalidInput):
            self.problem.set(" ".join(error.fields.values()))
            self.remark.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, ClinicError):
            self.problem.set(str(error))
        else:
            raise error


def chip_of(cosigning: Cosigning) -> tuple[str, str, str]:
    """State in words, with its colour role and icon."""
    if cosigning.state == COSIGNED:
        return _("Co-signed"), "good", "user-check"
    if cosigning.state == RETURNED:
        return _("Given back"), "caution", "undo-2"
    return _("Awaiting co-signature"), "caution", "hourglass"


def signed_words(signed: str, cosigning: Cosigning | None) -> tuple[str, str]:
    """A footer's line on a signature, and its colour role."""
    if cosigning is None:
        return signed, "good"
    words = chip_of(cosigning)[0].lower()
    if not cosigning.open:
        words = _("co-signed by {who}").format(who=cosigning.last.by)
    return f"{signed}, {words}", "caution" if cosigning.open else "good"


def _act(one: Act) -> QWidget:
    at = one.at.astimezone()
    row = QWidget()
    column = layout.column(row, 2)
    words = f"{_ACTS[one.act]}: {one.by}, {written_day(at.date())} {at:%H:%M}"
    column.addWidget(Label(words, "caption", wrap=True))
    if one.remark:
        column.addWidget(Label(one.remark, "body", wrap=True))
    return row
