"""One step of the evaluation as cards of rows. Rows are built when they are first asked."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from clinic_desk.clinical.protocol import Item, Kind, Section, Step
from clinic_desk.i18n import _
from clinic_desk.ui.forms import items
from clinic_desk.ui.forms.items import AnswerRow
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.evaluation_last import LastValue, last_value
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_typing import EnterGoesOn
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.card_column import CardColumn
from clinic_desk.ui.widgets.cards import Card, Divider
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.kept_column import KeptColumn
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.pair import PairField, PairHeader

YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)
MARGINS = (20, 6, 20, 20)  # px
TABLE_HEAD, ROW_AIR = 6, 3  # px above and below


class Slot(QWidget):
    """A row with the line above it."""

    def __init__(self, row: AnswerRow) -> None:
        super().__init__()
        self.row = row
        column = KeptColumn(self)
        column.addWidget(Divider())
        held = layout.column(margin=0)
        held.setContentsMargins(0, ROW_AIR, 0, ROW_AIR)
        held.addWidget(row)
        column.addLayout(held)


class SectionCard(Card):
    """A section: its title, for pairs the table's head, and the rows that apply."""

    all_no = Signal(str)  # section id

    def __init__(self, section: Section, draft: VisitDraft) -> None:
        super().__init__(draft.play.say(section.title), "")
        say = draft.play.say
        self.section = section
        self.slots: dict[str, Slot] = {}
        self.body.setSpacing(0)
        self.body.setContentsMargins(16, 12, 16, 8)
        hint = say(section.hint) if section.hint else ""
        self.head: PairHeader | None = None
        if any(draft.play.item(one).kind is Kind.PAIR for one in section.items):
            side = draft.play.case.side
            last = written_day(draft.last.evaluated_at.astimezone().date()) if draft.last else ""
            self.head = PairHeader(say(section.title), str(side) if side else "", last)
            if draft.last is None:
                self.head.hide_last()
            self.head.setContentsMargins(0, 0, 0, TABLE_HEAD)
            self.body.addWidget(self.head)
        self.header.title.setText(say(section.title))
        self.header.setContentsMargins(0, 0, 0, TABLE_HEAD)
        self.header.setVisible(self.head is None)
        if hint:
            words = Label(hint, "caption", wrap=True)
            words.setContentsMargins(0, 0, 0, TABLE_HEAD)
            self.body.addWidget(words)
        self._first = self.body.count()
        self.no_button: Button | None = None
        if section.red_flags and not draft.read_only:
            self.no_button = Button(_("All no, asked"), "list-checks", compact=True)
            self.no_button.setObjectName(f"allNo:{section.id}")
            self.no_button.setAccessibleName(
                _("{section}: all that is not answered yet was asked and is no").format(
                    section=say(section.title)
                )
            )
            self.no_button.clicked.connect(self._all_no)
            self.add_to_header(self.no_button)

    def insert(self, slot: Slot) -> None:
        """Put a row where the protocol has it."""
        order = {one: place for place, one in enumerate(self.section.items)}
        mine = order[slot.row.item.id]
        before = sum(1 for one in self.slots if order[one] < mine)
        self.slots[slot.row.item.id] = slot
        self.body.insertWidget(self._first + before, slot)

    def show_head(self, pairs: bool) -> None:
        """The table's head while a pair is asked, else the plain title."""
        if self.head is not None:
            self.head.setVisible(pairs)
            self.header.setVisible(not pairs)

    def show_pending(self, pending: bool) -> None:
        """Offer "all no" while something can be set by it."""
        if self.no_button is not None:
            self.no_button.setVisible(pending or self.no_button.hasFocus())

    def _all_no(self) -> None:
        self.all_no.emit(self.section.id)


class StepPage(CardColumn):
    """All sections of a step. `show_items` says which items apply now."""

    def __init__(self, step: Step, draft: VisitDraft, parent: QWidget | None = None) -> None:
        super().__init__(MARGINS, 12, "canvas", parent)
        self.setObjectName(f"step:{step.id}")
        self.step, self._draft = step, draft
        self._typing = EnterGoesOn(self)
        self.cards: dict[str, SectionCard] = {}
        self.rows: dict[str, AnswerRow] = {}
        self._shown: tuple[str, ...] = ()
        self._judged: set[str] = set()  # rows whose words below may have changed
        self._below: dict[str, tuple[str, ...]] = {}  # those words as they were laid out
        self._unchained = False  # rows were built that Tab does not know yet
        self.lingering = False  # a row is only still shown because it has the focus

    # -- what is asked ------------------------------------------------------------

    def show_items(self, visible: Collection[str]) -> None:
        """Show the rows that apply. One that has the focus stays until it loses it."""
        focus = QApplication.focusWidget()
        self.lingering = False
        built, self._unchained = self._unchained, False
        shown = []
        self.hold()
        for section in self.step.sections:
            wanted = [one for one in section.items if one in visible]
            card = self.cards.get(section.id)
            if card is None and wanted:
                card = self._add_card(section)
            if card is None:
                continue
            for one in wanted:
                if one not in self.rows:
                    self._add_row(card, one)
                    built = True
            some = False
            for one, slot in card.slots.items():
                focused = focus is not None and slot.isAncestorOf(focus)
                stays = one in visible or focused
                self.lingering = self.lingering or (focused and one not in visible)
                if slot.isHidden() == stays:
                    slot.setVisible(stays)
                some = some or stays
            shown += [one for one in section.items if one in card.slots and one in visible]
            card.setVisible(some)
            card.show_head(
                any(self.rows[one].item.kind is Kind.PAIR for one in wanted if one in self.rows)
            )
            card.show_pending(bool(self.unanswered(section, visible)))
        self._shown = tuple(shown)
        if built:
            self._chain()
        self.arrange()

    def build_ahead(self, visible: Collection[str], most: int) -> bool:
        """Build up to so many rows before they are shown; whether there are more to build."""
        for section in self.step.sections:
            wanted = [one for one in section.items if one in visible and one not in self.rows]
            for one in wanted:
                if not most:
                    return True
                most -= 1
                self._add_row(self.cards.get(section.id) or self._add_card(section), one)
                for child in self.rows[one].findChildren(QWidget):
                    child.ensurePolished()
                self._unchained = True
        return False

    def unanswered(self, section: Section, visible: Collection[str]) -> list[str]:
        """The yes/no items that "all no, asked" would answer."""
        return [
            one
            for one in section.items
            if one in visible
            and self._draft.play.item(one).kind in YES_NO
            and self._draft.answer(one) is None
        ]

    def _add_card(self, section: Section) -> SectionCard:
        card = SectionCard(section, self._draft)
        order = [one.id for one in self.step.sections]
        before = sum(1 for one in self.cards if order.index(one) < order.index(section.id))
        self.adopt(card)
        self.place(card, before)
        self.cards[section.id] = card
        card.all_no.connect(self._all_no)
        return card

    def _add_row(self, card: SectionCard, item_id: str) -> None:
        play = self._draft.play
        item = play.item(item_id)
        row = items.build(item, play.say, play.case.side, typed_in=self._draft.typed_in)
        row.set_value(self._draft.answer(item_id))
        self.rows[item_id] = row
        row.changed.connect(self._edited)
        row.grown.connect(self._grown)
        row.confirmed.connect(self._confirmed)
        row.rested.connect(self._rested)
        row.same.connect(self._same)
        row.retest.connect(self._retest)
        row.retested = None if self._draft.read_only else item_id in self._draft.retest()
        row.setEnabled(not self._draft.read_only)
        self._take_over_typing(row)
        if self._draft.last is not None and not self._draft.read_only:
            row.set_carried(self._draft.last.answers.get(item_id))
        if self._draft.last is None and isinstance(row.control, PairField):
            row.control.hide_last()
        card.insert(Slot(row))
        self._show_derived(item)
        self._judge(item_id)

    def _take_over_typing(self, row: AnswerRow) -> None:
        for kind in (QLineEdit, QPlainTextEdit):
            for field in row.findChildren(kind):
                field.installEventFilter(self._typing)

    def _grown(self) -> None:
        """A questionnaire was opened in its row."""
        row = self.sender()
        if isinstance(row, AnswerRow):
            self._take_over_typing(row)
            self._chain()

    def _chain(self) -> None:
        """Tab goes through the rows as they stand, whenever they were built."""
        stops: list[QWidget] = []
        for section in self.step.sections:
            card = self.cards.get(section.id)
            if card is None:
                continue
            if card.no_button is not None:
                stops.append(card.no_button)
            for one in section.items:
                if one in card.slots:
                    stops += [
                        child
                        for child in self.rows[one].findChildren(QWidget)
                        if child.focusPolicy() != Qt.FocusPolicy.NoFocus
                        and child.focusProxy() is None
                        and child.window() is self.window()  # not what pops up
                    ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # -- answers ------------------------------------------------------------------

    def _edited(self) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self._draft.set_answer(row.item.id, row.value())
            self._judge(row.item.id)

    def _confirmed(self) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self._draft.confirm(row.item.id)
            self._judge(row.item.id)

    def _same(self) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self._draft.same_as_then(row.item.id)

    def _retest(self, on: bool) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self._draft.set_retest(row.item.id, on)

    def follow_retest(self) -> None:
        """What is picked for the next visit changed."""
        picked = self._draft.retest()
        for item_id, row in self.rows.items():
            row.retested = item_id in picked

    def follow(self, item_id: str) -> None:
        """An answer changed, here or by undo: show it, and what follows from it."""
        row = self.rows.get(item_id)
        if row is None:
            return
        value = self._draft.answer(item_id)
        if row.value() != value:
            row.set_value(value)
        self._judge(item_id)
        self._show_derived(row.item)

    def _judge(self, item_id: str) -> None:
        """What is wrong with a value that the field itself would take."""
        self._judged.add(item_id)
        row, value = self.rows[item_id], self._draft.answer(item_id)
        wrong = self._draft.play.check(item_id, value) if value is not None else ""
        if wrong:  # else what the field itself says stays
            row.set_problem(wrong)
        doubt = "" if wrong else self._draft.doubt(item_id, row.typing())
        row.set_doubt(_("{doubt}. Is it right?").format(doubt=doubt) if doubt else "")

    def _rested(self) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self._judge(row.item.id)

    def _show_derived(self, item: Item) -> None:
        row = self.rows[item.id]
        if item.kind is Kind.PAIR:
            found = self._draft.play.deficit(item.id, self._draft.answers())
            held = self._draft.answer(item.id)
            if held is not None and self._draft.play.check(item.id, held):
                found = None  # what is refused lies nowhere against the other side
            if found is None:
                row.set_deficit("", None)
            else:
                row.set_deficit(found.text, found.fraction if found.worse else 0.0, found.worse)
                if found.fraction is None:
                    row.set_deficit(found.text, None, found.worse)
        if item.kind is Kind.BODY_CHART:
            row.set_last_chart(self._draft.last.answers.get(item.id) if self._draft.last else None)
            return  # the chart itself says what has changed
        last = self._last(item)
        if last is not None:
            row.set_last(last.text, last.change, last.better, last.error)
            row.set_mark(last.mark)

    def _last(self, item: Item) -> LastValue | None:
        if self._draft.last is None:
            return None
        day: date = self._draft.last.evaluated_at.astimezone().date()
        return last_value(self._draft, item, day)

    def _all_no(self, section_id: str) -> None:
        section = self.cards[section_id].section
        self._draft.set_answers(dict.fromkeys(self.unanswered(section, set(self._shown)), "no"))

    def settle(self) -> None:
        """Give rows that grew or shrank by what stands under them their room now. Each level of
        the layout would ask the next one by a posted event, and the page be painted in between.
        """
        grown = {one for one in self._judged if self.rows[one].below() != self._below.get(one)}
        self._below.update((one, self.rows[one].below()) for one in self._judged)
        self._judged.clear()
        for card in self.cards.values():
            if not grown.isdisjoint(card.slots):
                card.body.invalidate()
        if grown:
            self.arrange()

    def refused(self) -> list[tuple[str, str]]:
        """The questions in which something stands that cannot be recorded, with what is wrong."""
        rows = (self.rows[one] for one in self._shown)
        return [(row.label.text(), row.problem.text) for row in rows if row.problem.text]

    # -- the focus ----------------------------------------------------------------

    def focus_item(self, item_id: str) -> bool:
        """Bring a question into view and put the focus on it."""
        row = self.rows.get(item_id)
        if row is None or item_id not in self._shown:
            return False
        row.focus_first()
        self.ensureWidgetVisible(row, 0, 60)
        return True

    def focus_first(self) -> None:
        """The first question without an answer, else the first."""
        free = [one for one in self._shown if self._draft.answer(one) is None]
        for one in (*free, *self._shown):
            if self.focus_item(one):
                return

    def leave(self, old: QWidget) -> None:
        """The focus has gone from this widget: tell the rows around it that it is no longer in."""
        now = QApplication.focusWidget()
        around: QWidget | None = old
        while around is not None and around is not self:
            if isinstance(around, AnswerRow) and (now is None or not around.isAncestorOf(now)):
                around.leave()
            around = around.parentWidget()

    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        self._reveal()
        return moved

    def _reveal(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, 40)
