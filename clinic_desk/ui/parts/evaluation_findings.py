"""The live findings beside the questions: flags, suggestions, decisions, what to ask next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.evaluation_suggestions import Suggestion, suggestions
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_flags import done_words, headline, why
from clinic_desk.ui.widgets.buttons import Button, LinkButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.finding_card import FindingCard
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import signing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.words import sentence

NEXT = 5  # items offered under "Ask next"
LINK = 216  # px of a question's words in a link


class FlagCard(Card):
    """A red flag with what was done about it."""

    record = Signal(str)
    noted = Signal(str)
    undone = Signal(str)

    def __init__(self, flag_id: str) -> None:
        super().__init__()
        self.setObjectName(f"flagCard:{flag_id}")
        self._flag = flag_id
        self.body.setContentsMargins(14, 10, 12, 12)
        self.body.setSpacing(tokens.S)
        top = layout.row(spacing=tokens.S)
        self.chip = Chip("", "flag")
        top.addWidget(self.chip)
        top.addStretch(1)
        self.state = Label("", "caption")
        top.addWidget(self.state)
        self.body.addLayout(top)
        self.title, self.why = Label("", "strong", wrap=True), Label("", "body", wrap=True)
        self.action = Label("", "caption", wrap=True)
        for label in (self.title, self.why, self.action):
            self.body.addWidget(label)
        self.done = Button("", "clipboard-check", compact=True)
        self.more = LinkButton(_("Why"))
        self.undo = Button(_("Take back"), kind="quiet", compact=True)
        line = layout.row(spacing=tokens.S)
        for button in (self.done, self.undo, self.more):
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.source = Label("", "caption", wrap=True)
        self.source.hide()
        self.body.addWidget(self.source)
        self.done.clicked.connect(self._done)
        self.undo.clicked.connect(self._undo)
        self.more.clicked.connect(self._unfold)
        self._routine = False

    def show_for(self, draft: VisitDraft, flag: FlagFinding) -> None:
        say, actions = draft.play.say, draft.actions(flag.id)
        settled = signing.settled(flag, actions)
        self._routine = not flag.urgency.blocks_signing
        self.chip.set(
            _("Routine flag") if self._routine else _("RED FLAG"),
            "caution" if self._routine else "flag",
        )
        self.state.setText(_("Action recorded") if settled else _("Waits for your action"))
        self.title.setText(headline(draft, flag))
        self.why.setText(why(draft, flag))
        self.action.setText(
            "\n".join(done_words(one) for one in actions) or sentence(say(flag.action))
        )
        self.done.setText(_("Tick as noted") if self._routine else _("Record action"))
        self.done.setObjectName(f"{'noted' if self._routine else 'record'}:{flag.id}")
        self.done.setVisible(not settled and not draft.read_only)
        self.done.updateGeometry()
        self.undo.setVisible(bool(actions) and not draft.read_only)
        self.source.setText(
            "\n".join(
                line
                for line in (
                    sentence(say(flag.why)) if flag.why else "",
                    _("Source: {source}").format(source=sentence(flag.source))
                    if flag.source
                    else "",
                )
                if line
            )
        )
        self.more.setVisible(bool(self.source.text()))

    def _done(self) -> None:
        (self.noted if self._routine else self.record).emit(self._flag)

    def _undo(self) -> None:
        self.undone.emit(self._flag)

    def _unfold(self) -> None:
        self.source.setVisible(self.source.isHidden())


class ChoicePanel(QFrame):
    """Choosing otherwise: the options and, where it differs, the reason. Not modal."""

    chosen = Signal(str, str)  # decided, reason

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setObjectName(f"choose:{name}")
        column = layout.column(self, tokens.S, tokens.M)
        self._suggested: str | None = None
        self._options: tuple[tuple[str, str], ...] = ()
        self._column = column
        self.field: Segments | ComboBox | None = None
        self._note = Label("", "caption", wrap=True)
        column.addWidget(self._note)
        self.reason = TextArea(_("Reason"), lines=2, most=5)
        self.reason.setObjectName("reason")
        self.reason.setPlaceholderText(_("Reason, where it differs from what is suggested"))
        column.addWidget(self.reason)
        self.problem = Problem()
        column.addWidget(self.problem)
        line = layout.row(spacing=tokens.S)
        self.decide = Button(_("Decide"), "check", compact=True)
        self.decide.setObjectName("decide")
        self.cancel = Button(_("Cancel"), kind="quiet", compact=True)
        line.addWidget(self.decide)
        line.addWidget(self.cancel)
        line.addStretch(1)
        column.addLayout(line)
        self.decide.clicked.connect(self._decide)
        self.cancel.clicked.connect(self.hide)

    def ask(self, one: Suggestion, preset: str | None) -> None:
        self._suggested = one.suggested
        if one.options != self._options:
            self._build(one.options)
        names = dict(one.options)
        if one.suggested is not None:
            text = _("Suggested is {what}. To differ, give a short reason.")
            self._note.setText(text.format(what=names.get(one.suggested, one.suggested)))
        else:
            self._note.setText(_("Nothing is suggested. The choice is yours."))
        self.problem.set("")
        if self.field is not None:
            self.field.set_value(preset)
            self.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, options: tuple[tuple[str, str], ...]) -> None:
        if self.field is not None:
            self._column.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
        self._options = options
        field: Segments | ComboBox
        if len(options) <= 4:
            short = [(key, key if key.isdigit() else label) for key, label in options]
            field = Segments(short, _("Choice"), least=48)
        else:
            field = ComboBox(_("Choice"))
            field.fill(options, none=_("Choose"))
        field.setObjectName("choice")
        self.field = field
        self._column.insertWidget(1, field)
        self.setTabOrder(field, self.reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _decide(self) -> None:
        value = self.field.value() if self.field is not None else None
        reason = self.reason.value().strip()
        if not isinstance(value, str):
            self.problem.set(_("Choose one."))
        elif self._suggested is not None and value != self._suggested and not reason:
            self.problem.set(_("It differs from what is suggested: give your reason."))
            self.reason.setFocus()
        else:
            self.hide()
            self.chosen.emit(value, reason)


class SuggestionBox(QWidget):
    """A finding's card with what unfolds below it."""

    def __init__(self, one: Suggestion, draft: VisitDraft) -> None:
        super().__init__()
        self.setObjectName(f"finding:{one.key}")
        self._one, self._draft = one, draft
        column = layout.column(self, tokens.S)
        self.card = FindingCard(one.view)
        column.addWidget(self.card)
        self._why = Label("", "caption", wrap=True)
        self._why.setContentsMargins(14, 0, 12, 0)
        self._why.hide()
        column.addWidget(self._why)
        self.panel: ChoicePanel | None = None
        self.card.acted.connect(self._acted)
        self.show_for(one)

    def show_for(self, one: Suggestion) -> None:
        self._one = one
        self.card.show_for(one.view)
        self._why.setText("\n".join(one.why))

    def _acted(self, key: str) -> None:
        one = self._one
        if key == "why":
            self._why.setVisible(self._why.isHidden() and bool(one.why))
        elif key == "clear":
            self._draft.undecide(one.subject)
        elif key == "use" and one.own is not None and one.own == one.suggested:
            self._draft.decide(one.subject, one.suggested, one.own, "")
        else:
            held = self._draft.decision(one.subject)
            preset = held.decided if held is not None else None
            if key == "use":
                preset = one.own
            elif preset is None and len(one.options) == 2:
                preset = one.options[1][0]
            self._choose(preset)

    def _choose(self, preset: str | None) -> None:
        if self.panel is None:
            self.panel = ChoicePanel(self._one.subject)
            self.panel.chosen.connect(self._chosen)
            held = self.layout()
            if held is not None:
                held.addWidget(self.panel)
        self.panel.ask(self._one, preset)

    def _chosen(self, value: str, reason: str) -> None:
        self._draft.decide(self._one.subject, self._one.suggested, value, reason)


class FindingsPane(QFrame):
    """The right column. `asked(item)` asks to go to a question, `record(flag)` to act."""

    asked = Signal(str)
    record = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-right")
        self.setFixedWidth(theme.px(338))
        self._desk = desk
        self._draft: VisitDraft | None = None
        whole = layout.column(self)
        head = layout.row(spacing=tokens.S)
        head.setContentsMargins(16, 14, 16, 10)
        head.addWidget(Label(_("Live findings"), "section"))
        head.addStretch(1)
        head.addWidget(Label(_("updates as you type"), "caption"))
        whole.addLayout(head)
        self._scroller = Scroller(0)
        self._scroller.column.setContentsMargins(16, 2, 10, 16)
        self._scroller.column.setSpacing(12)
        self._empty = Label(
            _("What the answers lead to is shown here. Nothing is answered yet."),
            "quiet",
            wrap=True,
        )
        self._scroller.column.addWidget(self._empty)
        self._next = Card(_("Ask next"), _("would settle most"))
        self._next.setObjectName("askNext")
        self._next.body.setSpacing(tokens.XS)
        self._next.body.setContentsMargins(14, 10, 12, 10)
        self._links: list[LinkButton] = []
        for place in range(NEXT):
            link = LinkButton("", icon="arrow-right")
            link.setObjectName(f"askNext:{place}")
            link.clicked.connect(self._link_pressed)
            self._links.append(link)
            self._next.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._scroller.column.addWidget(self._next)
        self._scroller.column.addStretch(1)
        whole.addWidget(self._scroller, 1)
        foot = Label(
            _(
                "Suggestions are working rules, not validated tests. "
                "Nothing is recorded until you decide."
            ),
            "caption",
            wrap=True,
        )
        foot.setContentsMargins(16, 8, 16, 12)
        whole.addWidget(foot)
        self.flags: dict[str, FlagCard] = {}
        self.boxes: dict[str, SuggestionBox] = {}

    def begin(self, draft: VisitDraft) -> None:
        """Show another visit."""
        for widget in (*self.flags.values(), *self.boxes.values()):
            self._drop(widget)
        self.flags, self.boxes = {}, {}
        self._draft = draft
        self.refresh()

    def refresh(self) -> None:
        """Bring all cards up to date; those that stay keep their place and focus."""
        draft = self._draft
        if draft is None:
            return
        found = draft.findings()
        flags = sorted(found.red_flags, key=lambda one: -one.urgency.rank)
        self._match_flags(draft, flags)
        made = suggestions(self._desk, draft)
        self._match_boxes(draft, made)
        asked = [] if draft.read_only else _askable(draft, found.missing)
        for link, item in zip(self._links, (*asked, *([""] * NEXT)), strict=False):
            link.setVisible(bool(item))
            link.setProperty("item", item)
            if item:
                label = draft.play.say(draft.play.item(item).label)
                link.setText(_short(label, theme.px(LINK)))
                link.setToolTip(label)
                link.updateGeometry()
        self._next.setVisible(bool(asked))
        self._empty.setVisible(not flags and not made)

    def _match_flags(self, draft: VisitDraft, flags: list[FlagFinding]) -> None:
        wanted = {one.id for one in flags}
        for key in [key for key in self.flags if key not in wanted]:
            self._drop(self.flags.pop(key))
        for place, flag in enumerate(flags):
            card = self.flags.get(flag.id)
            if card is None:
                card = self.flags[flag.id] = FlagCard(flag.id)
                card.record.connect(self.record)
                card.noted.connect(self._noted)
                card.undone.connect(self._undone)
            card.show_for(draft, flag)
            self._place(card, 1 + place)

    def _match_boxes(self, draft: VisitDraft, made: tuple[Suggestion, ...]) -> None:
        wanted = {one.key for one in made}
        for key in [key for key in self.boxes if key not in wanted]:
            self._drop(self.boxes.pop(key))
        for place, one in enumerate(made):
            box = self.boxes.get(one.key)
            if box is None:
                box = self.boxes[one.key] = SuggestionBox(one, draft)
            else:
                box.show_for(one)
            self._place(box, 1 + len(self.flags) + place)

    def _place(self, widget: QWidget, place: int) -> None:
        column = self._scroller.column
        if column.indexOf(widget) != place:
            column.insertWidget(place, widget)

    def _drop(self, widget: QWidget) -> None:
        self._scroller.column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _noted(self, flag: str) -> None:
        if self._draft is not None:
            self._draft.act(flag, "noted", "")

    def _undone(self, flag: str) -> None:
        if self._draft is not None:
            self._draft.take_back(flag)

    def _link_pressed(self) -> None:
        link = self.sender()
        if link is not None:
            self.asked.emit(str(link.property("item")))


def _askable(draft: VisitDraft, missing: tuple[str, ...]) -> list[str]:
    """The missing items that stand on a page now."""
    visible = {one for step in draft.progress() for one in step.visible_items}
    return [one for one in missing if one in visible and draft.answer(one) is None][:NEXT]


def _short(text: str, most: int) -> str:
    """The text cut to a width in px."""
    metrics = QFontMetrics(theme.font("medium"))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
