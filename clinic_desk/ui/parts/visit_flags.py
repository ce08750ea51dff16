"""Red flags on the visit's screens: what the banner says, and recording what was done."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from clinic_desk.clinical.findings import FlagFinding, Urgency
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.flag_banner import FlagAlert
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases.visit_views import FlagAction
from clinic_desk.usecases.words import capital, sentence

ACTIONS = {
    "referred": _("Referred"),
    "phoned": _("Phoned"),
    "sent_to_emergency": _("Sent to an emergency department"),
    "examined_and_cleared": _("Examined and cleared"),
    "override": _("Set aside with a reason"),
    "noted": _("Noted"),
}
SURGEONS = frozenset({"ortho", "paed_ortho"})  # recipients that the orthopaedic letter is for
TWO_WEEKS = 14


def letter_kind(flag: FlagFinding) -> str:
    """Which letter a flag's referral is."""
    return "referral-orthopaedics" if SURGEONS & set(flag.refer_to) else "referral-gp"


def why(draft: VisitDraft, flag: FlagFinding) -> str:
    """The reasons of a flag in one or more sentences."""
    said = " ".join(sentence(draft.play.say(reason)) for reason in flag.reasons)
    if flag.presumed:
        said += " " + _("Unsure counts as yes until examined.")
    return said


def headline(draft: VisitDraft, flag: FlagFinding) -> str:
    """How soon, and what it may be."""
    label, on = draft.play.say(flag.label), draft.play.case.on
    if flag.urgency is Urgency.EMERGENCY_NOW:
        return _("Emergency now: {what}").format(what=label)
    if flag.urgency is Urgency.SAME_DAY:
        return _("Same day, {day}: {what}").format(day=written_day(on), what=label)
    if flag.urgency is Urgency.URGENT_2W:
        by = on + timedelta(days=flag.target_days or TWO_WEEKS)
        return _("Urgent, seen by {day}: {what}").format(day=written_day(by), what=label)
    return _("Routine: {what}").format(what=label)


def alert(draft: VisitDraft, act: Callable[[str], object]) -> FlagAlert | None:
    """What the banner says of the most urgent open flag; none while nothing waits."""
    if draft.read_only:
        return None
    waiting = [flag for flag in draft.open_flags() if flag.urgency.blocks_signing]
    if not waiting:
        return None
    flag = waiting[0]
    head = headline(draft, flag)
    if len(waiting) > 1:
        more = ngettext("and {n} more", "and {n} more", len(waiting) - 1)
        head = f"{head} ({more.format(n=len(waiting) - 1)})"
    waits = (
        _("New exercises and signing wait for your action.")
        if flag.urgency.locks_exercises
        else _("Signing waits for your action.")
    )
    text = " ".join((why(draft, flag), sentence(draft.play.say(flag.action)), waits))
    actions = (
        ("letter", _("Write referral"), "mail"),
        ("record", _("Record action"), "clipboard-check"),
    )
    return FlagAlert(head, text, flag.urgency.value, actions, act)


def done_words(action: FlagAction) -> str:
    """ "Phoned, Dana Demo, 10:36: told the GP's desk"."""
    said = f"{ACTIONS.get(action.kind, capital(action.kind))}, {action.by}, "
    said += f"{action.at.astimezone():%H:%M}"
    return f"{said}: {action.text}" if action.text else said


class ActionPanel(Card):
    """Records what was done about a flag; not modal, closed by Esc or Cancel."""

    recorded = Signal(str, str, str)  # flag, kind, text
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Record what was done"), " ", parent)
        self.setObjectName("actionPanel")
        self._flag = ""
        self._back: QWidget | None = None
        self.kind = ComboBox(_("What was done"))
        self.kind.setObjectName("actionKind")
        self.text = TextArea(_("Details"), lines=2, most=5)
        self.text.setObjectName("actionText")
        self._form = Form(2)
        self._form.add("kind", _("What was done"), self.kind, required=True)
        self._form.add(
            "text",
            _("Who was told, what was agreed, or why it is set aside"),
            self.text,
        )
        self.add(self._form)
        self.record = Button(_("Record"), "check")
        self.record.setObjectName("recordAction")
        self.cancel = Button(_("Cancel"), kind="quiet")
        line = layout.row(spacing=tokens.S)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.record)
        self.body.addLayout(line)
        self.record.clicked.connect(self._record)
        self.cancel.clicked.connect(self.close_panel)
        self.hide()

    def ask(self, flag: FlagFinding, label: str) -> None:
        """Open for a flag, with the focus on the choice."""
        if flag.id != self._flag or self.isHidden():
            self._flag = flag.id
            kinds = [key for key in ACTIONS if key != "noted" or not flag.urgency.blocks_signing]
            self.kind.fill([(key, ACTIONS[key]) for key in kinds], none=_("Choose"))
            self.text.set_value("")
            self._form.clear_problems()
        self.header.set(_("Record what was done"), label)
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._back = focus
        self.show()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def flag(self) -> str:
        """The flag it is open for, or empty."""
        return "" if self.isHidden() else self._flag

    def close_panel(self) -> None:
        """Hide it without recording; the focus goes back to where it was."""
        back, self._back = self._back, None
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def _record(self) -> None:
        kind, text = self.kind.value(), self.text.value().strip()
        if not isinstance(kind, str):
            self._form.show_problems({"kind": _("Choose what was done.")})
            self.kind.setFocus()
            return
        if kind == "override" and not text:
            self._form.show_problems({"text": _("Setting it aside needs your reason.")})
            self.text.setFocus()
            return
        self._back = None  # the button that asked is about to go
        self.hide()
        self.recorded.emit(self._flag, kind, text)
        self.closed.emit()
