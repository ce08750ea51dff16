"""The live findings beside the questions: flags, suggestions, decisions, what to ask next."""

from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.card_shelf import CardShelf
from clinic_desk.ui.parts.evaluation_box import SuggestionBox, one_line
from clinic_desk.ui.parts.evaluation_retest import RetestCard
from clinic_desk.ui.parts.evaluation_suggestions import suggestions
from clinic_desk.ui.parts.suggestion import Suggestion
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_flag_card import FlagCard
from clinic_desk.ui.widgets.buttons import LinkButton
from clinic_desk.ui.widgets.card_column import CardColumn
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.desk import Desk

NEXT = 5  # items offered under "Ask next"
TRIED = 12  # open questions that are tried for settling a finding
IDLE_MS = 300  # after the last change, before what would settle it is worked out
READY = 2  # blank cards of each sort that wait for a new finding
ACCEPT, DIFFER = "F8", "Shift+F8"
EDGE = 1  # px of the pane's own line at its left, which what stands in it leaves free
MARGINS = (16 - EDGE, 2, 10, 16)  # px
LINK = 244  # px of a question's words in a link


class FindingsPane(QFrame):
    """The right column. `asked(item)` asks to go to a question, `record(flag)` to act."""

    asked = Signal(str)
    record = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-right")
        self.setFixedWidth(theme.px(346))
        self._desk = desk
        self._draft: VisitDraft | None = None
        whole = layout.column(self)
        whole.setContentsMargins(EDGE, 0, 0, 0)
        head = layout.row(spacing=tokens.S)
        head.setContentsMargins(16 - EDGE, 14, 16, 10)
        head.addWidget(Label(_("Live findings"), "section"))
        head.addStretch(1)
        head.addWidget(Label(_("updates as you type"), "caption"))
        whole.addLayout(head)
        self.column = CardColumn(MARGINS, 12, "surface")
        self._empty = Label(
            _("What the answers lead to is shown here. So far they lead to nothing."),
            "quiet",
            wrap=True,
        )
        self.column.add(self._empty)
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
        self.column.add(self._next)
        self.retest = RetestCard()
        self.column.add(self.retest)
        whole.addWidget(self.column, 1)
        foot = Label(
            _(
                "Suggestions are working rules, not validated tests. "
                "Nothing is recorded until you decide."
            ),
            "caption",
            wrap=True,
        )
        foot.setContentsMargins(16 - EDGE, 8, 16, 12)
        whole.addWidget(foot)
        self._order: tuple[str, ...] = ()
        self._unsettled: list[str] = []
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle_one)
        self.flags: dict[str, FlagCard] = {}
        self.boxes: dict[str, SuggestionBox] = {}
        self._flag_shelf = CardShelf(self.column, self._blank_flag, READY)
        self._box_shelf = CardShelf(self.column, self._blank_box, READY)

    def begin(self, draft: VisitDraft) -> None:
        """Show another visit."""
        for flag, card in self.flags.items():
            self._flag_shelf.put(flag, card)
        for key, box in self.boxes.items():
            self._box_shelf.put(key, box)
        self._flag_shelf.forget()
        self._box_shelf.forget()
        self.flags, self.boxes, self._order = {}, {}, ()
        self._draft = draft
        self.retest.begin(draft)
        self.refresh()
        self.column.verticalScrollBar().setValue(0)

    def end(self) -> None:
        """The visit is let go of: nothing is worked out any more."""
        self._settling.stop()
        self._unsettled = []

    def refresh(self) -> None:
        """Bring all cards up to date; those that stay keep their place and focus."""
        draft = self._draft
        if draft is None:
            return
        found = draft.findings()
        flags = sorted(found.red_flags, key=lambda one: -one.urgency.rank)
        made = suggestions(self._desk, draft)
        self.column.hold()
        self._match_flags(draft, flags)
        self._match_boxes(draft, made)
        asked = [] if draft.read_only else _askable(draft, found.missing)
        for link, item in zip(self._links, (*asked, *([""] * NEXT)), strict=False):
            if item == link.property("item"):
                continue
            link.setVisible(bool(item))
            link.setProperty("item", item)
            if item:
                label = draft.play.say(draft.play.item(item).label)
                link.setText(one_line(label, theme.px(LINK)))
                link.setToolTip(label)
                link.setAccessibleName(_("Ask next: {question}").format(question=label))
                link.updateGeometry()
        self._next.setVisible(bool(asked))
        self.retest.refresh_soon()
        self._empty.setVisible(not flags and not made)
        self._order = tuple(one.key for one in made)
        self._show_in_hand()
        self.column.arrange()
        self._unsettled = [] if draft.read_only else list(self._order)
        self._settling.start(IDLE_MS)

    def show_box(self, key: str) -> None:
        """Bring a card into view."""
        if key in self.boxes:
            self.column.ensureWidgetVisible(self.boxes[key], 0, 20)

    # -- by keys ------------------------------------------------------------------

    def in_hand(self) -> SuggestionBox | None:
        """The first suggestion that waits for a decision."""
        boxes = (self.boxes[key] for key in self._order)
        return next((one for one in boxes if one.offers("use")), None)

    def accept(self) -> None:
        """Decide the suggestion in hand as suggested; the next one is then in hand."""
        box = self.in_hand()
        if box is not None and box.isEnabled():
            box.accept()
            self.refresh()
            following = self.in_hand()
            self.column.ensureWidgetVisible(following or box, 0, 20)

    def differ(self) -> None:
        """Choose otherwise than the suggestion in hand, without the mouse."""
        box = self.in_hand()
        if box is not None and box.isEnabled():
            self.column.ensureWidgetVisible(box, 0, 20)
            box.differ()

    def _show_in_hand(self) -> None:
        now = self.in_hand()
        for box in self.boxes.values():
            box.card.set_hint(ACCEPT if box is now else "")

    def _settle_one(self) -> None:
        """One card at a time, so that no keystroke waits for it."""
        draft = self._draft
        while self._unsettled and draft is not None:
            box = self.boxes.get(self._unsettled.pop(0))
            if box is not None:
                box.settle(_askable(draft, draft.findings().missing, TRIED))
                self._settling.start(0)
                return
        if self._flag_shelf.prepare() or self._box_shelf.prepare():
            self._settling.start(0)

    def _match_flags(self, draft: VisitDraft, flags: list[FlagFinding]) -> None:
        wanted = {one.id for one in flags}
        for key in [key for key in self.flags if key not in wanted]:
            self._flag_shelf.put(key, self.flags.pop(key))
        for place, flag in enumerate(flags):
            card = self.flags.get(flag.id)
            if card is None:
                card = self.flags[flag.id] = self._flag_shelf.take(flag.id)
                card.hold(flag.id)
            card.show_for(draft, flag)
            self.column.place(card, 1 + place)

    def _blank_flag(self) -> FlagCard:
        card = FlagCard()
        card.record.connect(self.record)
        card.noted.connect(self._noted)
        card.undone.connect(self._undone)
        return card

    def _blank_box(self) -> SuggestionBox:
        box = SuggestionBox()
        box.card.asked.connect(self.asked)
        return box

    def _match_boxes(self, draft: VisitDraft, made: tuple[Suggestion, ...]) -> None:
        wanted = {one.key for one in made}
        for key in [key for key in self.boxes if key not in wanted]:
            self._box_shelf.put(key, self.boxes.pop(key))
        for place, one in enumerate(made):
            box = self.boxes.get(one.key)
            if box is None:
                box = self.boxes[one.key] = self._box_shelf.take(one.key)
                box.hold(one, draft)
            else:
                box.show_for(one)
            self.column.place(box, 1 + len(self.flags) + place)

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


def _askable(draft: VisitDraft, missing: tuple[str, ...], most: int = NEXT) -> list[str]:
    """The missing items that stand on a page now."""
    asked_now = draft.play.asked_now(draft.reading())
    open_now = (one for one in missing if draft.answer(one) is None and asked_now(one))
    return list(islice(open_now, most))
