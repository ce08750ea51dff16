"""What stands in the way: an open red flag, and exercises that are held back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_strip import Strip
from clinic_desk.ui.parts.program_words import upper_first
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import FieldLabel, stacked
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.programs import ExerciseCard


class FlagLock(Strip):
    """Exercises wait for an action on a red flag, or for the clinician's reason."""

    reasoned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("flag", parent)
        self.setObjectName("flagLock")
        self.reason = TextField(
            _("Reason for exercises in spite of it"),
            placeholder=_("Why exercises are right all the same"),
            limit=400,
        )
        self.reason.setObjectName("overrideReason")
        self.reason.changed.connect(self._typed)
        label = FieldLabel(_("Your reason for exercises in spite of it"), self.reason)
        self.add_below(stacked(label, self.reason))

    def show_locks(self, locks: Sequence[str]) -> None:
        """Which open flags lock; none hides the strip."""
        self.say(
            _("RED FLAG, exercises are locked: {names}").format(
                names="; ".join(one.rstrip(".") for one in locks)
            ),
            _("Record in the evaluation what was done about it; that unlocks them."),
        )
        self.setVisible(bool(locks))

    def show_reason(self, text: str) -> None:
        if self.reason.value() != text:
            self.reason.set_value(text)

    def _typed(self) -> None:
        self.reasoned.emit(self.reason.value())


class HeldBack(Strip):
    """Says what is held back, and asks for a reason where such an exercise is to be added."""

    show_asked = Signal(bool)
    added = Signal(str, str)  # exercise, reason

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("caution", parent)
        self.setObjectName("heldBack")
        self._card: ExerciseCard | None = None
        self._held: tuple[ExerciseCard, ...] = ()
        self._showing = False
        self.link = Button(_("Show with reasons"), kind="link", compact=True)
        self.link.setObjectName("showHeldBack")
        self.link.clicked.connect(self._toggle)
        self.add(self.link)
        self.asking = QWidget()
        line = layout.row(self.asking, tokens.S)
        self.reason = TextField(
            _("Your reason"), placeholder=_("Your reason for adding it now"), limit=300
        )
        self.reason.setObjectName("heldBackReason")
        self.reason.returnPressed.connect(self._add)
        self.reason.changed.connect(self._judge)
        self.ok = Button(_("Add with reason"))
        self.ok.setObjectName("addWithReason")
        self.ok.clicked.connect(self._add)
        cancel = Button(_("Cancel"), kind="link", compact=True)
        cancel.clicked.connect(self._cancel)
        line.addWidget(self.reason, 1)
        line.addWidget(self.ok)
        line.addWidget(cancel)
        self.add_below(self.asking)
        self.asking.hide()

    def show_cards(self, cards: Sequence[ExerciseCard], showing: bool) -> None:
        """The held-back ones of a case; none hides the strip."""
        self._held = tuple(card for card in cards if card.held_back or card.hidden)
        self._showing = showing
        if self._card is None:
            self.put_away()

    def ask(self, card: ExerciseCard) -> None:
        """Ask for the reason to add this one."""
        self._card = card
        why = card.held_back or _("a stretch while a nerve pattern is open")
        self.say(
            _("{name} is held back.").format(name=card.name), upper_first(why.rstrip(".") + ".")
        )
        self.link.hide()
        self.reason.set_value("")
        self._judge()
        self.asking.show()
        self.show()
        self.reason.setFocus()

    def put_away(self) -> None:
        """Back to the summary."""
        self._card = None
        self.asking.hide()
        self.setVisible(bool(self._held))
        if not self._held:
            return
        first, more = self._held[0], len(self._held) - 1
        lead = _("{name} is held back").format(name=first.name)
        if more:
            lead = ngettext(
                "{name} and {n} more is held back", "{name} and {n} more are held back", more + 1
            ).format(name=first.name, n=more)
        why = first.held_back or _("a stretch while a nerve pattern is open")
        self.say(f"{lead}.", upper_first(why.rstrip(".") + "."))
        self.link.setText(_("Hide them") if self._showing else _("Show with reasons"))
        self.link.show()

    def _cancel(self) -> None:
        self.put_away()
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._card is not None:
            self._cancel()
            return
        super().keyPressEvent(event)

    def _toggle(self) -> None:
        self._showing = not self._showing
        self.show_asked.emit(self._showing)

    def _judge(self) -> None:
        self.ok.setEnabled(bool(self.reason.value().strip()))

    def _add(self) -> None:
        reason = self.reason.value().strip()
        if self._card is not None and reason:
            exercise, self._card = self._card.id, None
            self.put_away()
            self.added.emit(exercise, reason)
