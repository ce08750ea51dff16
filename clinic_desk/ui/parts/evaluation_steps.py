"""The left column of the evaluation: the steps, how much is answered, finding a question."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QFrame, QListView, QMenu, QSizePolicy, QWidget

from clinic_desk.clinical.flow import RETEST_FIRST
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import KeyHint
from clinic_desk.ui.widgets.cards import Divider, Scroller
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.steps import StepList, StepRow
from clinic_desk.ui.widgets.texts import TextField

ITEM = Qt.ItemDataRole.UserRole + 1


class AnsweredBar(QWidget):
    """How much is answered, as a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, share: float) -> None:
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint.box(painter, area, area.height() / 2, "sunken")
        if self._share > 0:
            area.setWidth(max(area.height(), area.width() * self._share))
            paint.box(painter, area, area.height() / 2, "primary")
        painter.end()


class QuestionFinder(TextField):
    """Finds a question by its words; `found(item)` when one is picked."""

    found = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__(_("Find a question"), placeholder=_("Find a question"), icon="search")
        self.setObjectName("findQuestion")
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        popup = QListView()
        completer.setPopup(popup)  # which owns it from here on
        popup.setObjectName("foundQuestions")
        popup.setMinimumWidth(theme.px(440))
        popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setCompleter(completer)
        self.returnPressed.connect(self._first)

    def offer(self, questions: list[tuple[str, str]]) -> None:
        """The questions that can be found: item, words."""
        self._model.clear()
        for item, words in questions:
            entry = QStandardItem(words)
            entry.setData(item, ITEM)
            entry.setEditable(False)
            self._model.appendRow(entry)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.entered.emit()

    def _picked(self, index: QModelIndex) -> None:
        self._go(index.data(ITEM))

    def _first(self) -> None:
        words = self.text().strip().lower()
        for row in range(self._model.rowCount()):
            entry = self._model.item(row)
            if words and words in entry.text().lower():
                self._go(entry.data(ITEM))
                return

    def _go(self, item: object) -> None:
        if isinstance(item, str):
            self.clear()
            self.found.emit(item)


class StepsPane(QFrame):
    """`chosen(step)` and `found(item)` ask to go there."""

    chosen = Signal(str)
    found = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-left")
        self.setFixedWidth(theme.px(226))
        self._draft: VisitDraft | None = None
        self._shown: object = None
        self.steps = StepList()
        self.steps.setObjectName("stepList")
        self.steps.chosen.connect(self.chosen)
        self._count = Label("", "label")
        self._bar = AnsweredBar()
        self.finder = QuestionFinder()
        self.finder.found.connect(self.found)
        self.finder.entered.connect(self._offer)
        answered = layout.row()
        answered.addWidget(Label(_("Answered"), "caption"))
        answered.addStretch(1)
        answered.addWidget(self._count)
        foot = layout.column(spacing=tokens.S)
        foot.setContentsMargins(8, 10, 8, 0)
        foot.addWidget(Divider())
        foot.addSpacing(2)
        foot.addLayout(answered)
        foot.addWidget(self._bar)
        foot.addSpacing(2)
        foot.addWidget(self.finder)
        for keys, text in (
            (("Ctrl", "Enter"), _("next step")),
            (("Ctrl", "G"), _("jump to step")),
            (("Ctrl", "F"), _("find a question")),
        ):
            foot.addWidget(KeyHint(keys, text))
        scroller = Scroller(0)
        scroller.column.setSpacing(0)
        scroller.column.setContentsMargins(10, 12, 10, 12)
        scroller.column.addWidget(self.steps)
        scroller.column.addLayout(foot)
        scroller.column.addStretch(1)
        whole = layout.column(self)
        whole.addWidget(scroller)

    def begin(self, draft: VisitDraft) -> None:
        self._draft, self._shown = draft, None

    def refresh(self, current: str) -> None:
        """The steps that apply with how far each has come."""
        draft = self._draft
        if draft is None:
            return
        say, waiting = draft.play.say, _flagged(draft)
        rows, answered, whole = [], 0, 0
        for one in draft.progress():
            total = len(one.visible_items)
            if one.step.id != RETEST_FIRST:  # its questions stand in their own places too
                answered += one.answered
                whole += total
            begun = one.answered > 0 or one.step.id == current
            note = f"{one.answered}/{total}" if begun and not one.complete else str(total)
            flags = sum(1 for inputs in waiting if inputs & set(one.visible_items))
            rows.append(StepRow(one.step.id, say(one.step.title), note, one.complete, flags))
        if (rows, current) == self._shown:
            return
        self._shown = (rows, current)
        self.steps.set_steps(rows)
        self.steps.set_current(current)
        self._count.setText(_("{n} of {all}").format(n=answered, all=whole))
        self._bar.set(answered / whole if whole else 0.0)
        self._bar.setAccessibleName(_("{n} of {all} answered").format(n=answered, all=whole))

    def jump(self) -> None:
        """The steps as a list to pick from by number or arrows."""
        if self._draft is None:
            return
        menu = QMenu(self)
        menu.setObjectName("jumpToStep")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, one in enumerate(self._draft.progress(), start=1):
            sign = f"&{place}" if place < 10 else "1&0" if place == 10 else str(place)
            title = self._draft.play.say(one.step.title).replace("&", "&&")
            action = menu.addAction(f"{sign}  {title}")
            action.setData(one.step.id)
            action.triggered.connect(self._jumped)
            if one.step.id == self.steps.current:
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(self.rect().topRight()))

    def _jumped(self) -> None:
        action = self.sender()
        data = getattr(action, "data", None)
        if callable(data):
            self.chosen.emit(str(data()))

    def _offer(self) -> None:
        if self._draft is not None:
            say, play = self._draft.play.say, self._draft.play
            self.finder.offer(
                [
                    (item, say(play.item(item).label))
                    for one in self._draft.progress()
                    if one.step.id != RETEST_FIRST
                    for item in one.visible_items
                ]
            )


def _flagged(draft: VisitDraft) -> list[set[str]]:
    """For each open flag the items behind it."""
    protocol: Protocol = draft.play.protocol
    found = []
    for flag in draft.open_flags():
        names = {name for reason in flag.reasons for name in reason.inputs}
        found.append(names | {below for name in names for below in protocol.under(name)})
    return found
