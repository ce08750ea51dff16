"""A red flag as a card: how soon, why, what is advised, and what was done."""

from PySide6.QtCore import Qt, Signal

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.evaluation_why import WhyPanel
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_flags import done_words, headline
from clinic_desk.ui.widgets.buttons import Button, LinkButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import acted, explained
from clinic_desk.usecases.words import sentence


class FlagCard(Card):
    """A red flag with what was done about it; blank until it holds one."""

    record = Signal(str)
    noted = Signal(str)
    undone = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flag = ""
        self.body.setContentsMargins(14, 10, 12, 12)
        self.body.setSpacing(tokens.S)
        top = layout.row(spacing=tokens.S)
        self.chip = Chip("", "flag")
        top.addWidget(self.chip)
        top.addStretch(1)
        self.state = Label("", "caption")
        top.addWidget(self.state)
        self.body.addLayout(top)
        self.title = Label("", "strong", wrap=True)
        self.action = Label("", "caption", wrap=True)
        self.body.addWidget(self.title)
        self.body.addWidget(self.action)
        self.done = Button("", "clipboard-check", compact=True)
        self.more = LinkButton(_("Why"))
        self.undo = Button(_("Take back"), kind="quiet", compact=True)
        line = layout.row(spacing=tokens.S)
        for button in (self.done, self.undo, self.more):
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.whole: WhyPanel | None = None
        self.done.clicked.connect(self._done)
        self.undo.clicked.connect(self._undo)
        self.more.clicked.connect(self._unfold)
        self._routine = False
        self._shown: object = None
        self._draft: VisitDraft | None = None

    def hold(self, flag_id: str) -> None:
        """Be this flag's card from now on."""
        self.setObjectName(f"flagCard:{flag_id}")
        self._flag = flag_id

    def show_for(self, draft: VisitDraft, flag: FlagFinding) -> None:
        say, actions = draft.play.say, draft.actions(flag.id)
        if (draft, flag, actions) == self._shown:
            return
        self._shown = (draft, flag, actions)
        settled = acted.settled(flag, actions)
        self._routine = not flag.urgency.blocks_signing
        self.chip.set(
            _("Routine flag") if self._routine else _("RED FLAG"),
            "caution" if self._routine else "flag",
        )
        self.state.setText(_("Action recorded") if settled else _("Waits for your action"))
        self.title.setText(headline(draft, flag))
        self.action.setText(
            "\n".join(done_words(one) for one in actions) or sentence(say(flag.action))
        )
        focused = self.done.hasFocus()
        self.done.setText(_("Tick as noted") if self._routine else _("Record action"))
        self.done.setObjectName(f"{'noted' if self._routine else 'record'}:{flag.id}")
        self.done.setVisible(not settled and not draft.read_only)
        self.done.updateGeometry()
        self.undo.setVisible(bool(actions) and not draft.read_only)
        if focused and self.done.isHidden():
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._draft = draft
        if self.whole is not None and self.whole.isVisible():
            self._explain()

    def _done(self) -> None:
        (self.noted if self._routine else self.record).emit(self._flag)

    def _undo(self) -> None:
        self.undone.emit(self._flag)

    def _unfold(self) -> None:
        if self.whole is None:
            self.whole = WhyPanel(self._flag)
            self.whole.setProperty("surface", "none")
            self.whole.hide()
            self.body.addWidget(self.whole)
        shown = self.whole.isHidden()
        if shown:
            self._explain()
        self.whole.setVisible(shown)

    def _explain(self) -> None:
        if self._draft is None or self.whole is None:
            return
        text = explained.of(self._draft.reading(), "flag", self._flag)
        if text is not None:
            self.whole.show_for(text)
